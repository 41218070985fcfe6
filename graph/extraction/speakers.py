"""Speakers: who said the words of each quotation.

Looked for, in this order: the incise inside it ("- ha scritto X -"), the words right behind it, the colon or
the verb before it in its sentence, a verb later in its sentence, "Lo ha detto X" in the next, the clause that
holds it, the last speaker, the interviewee; of a headline, who says the same words below.
"""

from collections.abc import Callable
from dataclasses import replace

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import NEWS, subkind
from graph.extraction.interviews import Interview
from graph.extraction.owners import Owners
from graph.extraction.pointing import Pointing
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.extraction.subjects import subject_of
from graph.extraction.surroundings import Surroundings
from graph.extraction.voices import people

# Quoted words of a clause ("ha definito il clima «migliore del previsto»") are fewer than this.
_FRAGMENT = 14

# A quotation of fewer words inside one sentence is a term, which nobody goes on to say.
_TERM = 5

# The last speaker goes on when at most this many sentences outside quotations lie between.
_GAP = 2

# A headline repeats at least two words of the quotation below.
_REPEATED = 2


class Speakers:
    """The speaker of each quotation of an article; `by_quote` has None where nobody is known.

    `said` tells which are somebody's words, named or not.
    """

    def __init__(self, attributions: Attributions, quotes: list[Quote]) -> None:
        self.attributions = attributions
        self.voices = attributions.voices
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.vocabulary = self.clauses.vocabulary
        self.quotes = quotes
        self.owners = Owners(attributions)
        self.surroundings = Surroundings(attributions, self.owners)
        self.pointing = Pointing(attributions, self.owners)
        self.interview = Interview(attributions, quotes)
        self._found: list[Attribution | None] = []
        for quote in quotes:
            self._found.append(self._of(quote))
        self._look_ahead()
        self._headlines()
        self.by_quote = [a if a is not None and a.speakers else None for a in self._found]
        self.said = [a is not None for a in self._found]

    def _of(self, quote: Quote) -> Attribution | None:
        """What the first of the places says that names a speaker, or that nobody is named."""
        places: tuple[Callable[[Quote], Attribution | None], ...] = (
            self._incise,
            self.surroundings.behind,
            self._colon,
            self._before,
            self._trailing,
            self._pointing,
            self._holding,
            self._answered,
            self._continued,
            self._interviewed,
        )
        for place in places:
            found = place(quote)
            if found is not None:
                outlet = found.speakers and all(subkind(m) in NEWS for m in found.speakers)
                return self._known(self._passed_on(quote, found) if outlet else found)
        return None

    def _incise(self, quote: Quote) -> Attribution | None:
        first, last = self.words[quote.first].sentence, self.words[quote.last].sentence
        inside = (a for sentence in range(first, last + 1) for a in self.attributions.of_sentence(sentence))
        return next((a for a in inside if quote.first <= a.predicate.first <= quote.last), None)

    def _colon(self, quote: Quote) -> Attribution | None:
        """ "X ha detto: «…»", "X accusa: «…»", "X: «…»"."""
        first = self.pointing.sentence_before(quote)
        if first is None:
            return None
        sentence = self.words[first].sentence
        here = [a for a in self.attributions.of_sentence(sentence) if a.predicate.last < quote.first]
        if here:
            return here[-1]
        verbs = [p for p in self.clauses.predicates_of(sentence) if self._outside(p, quote)]
        if not verbs:
            return self.pointing.colon(quote)
        spoken = self.owners.noun_of_any(self.words[first : quote.first - 2])
        if spoken is not None:
            return spoken
        found = Voice() if verbs[-1].passive else self.voices.of(verbs[-1])
        return self.owners.attribution(verbs[-1], found) if found and people(found) else None

    def _outside(self, predicate: Predicate, quote: Quote) -> bool:
        return predicate.finite and predicate.last < quote.first - 1 and self.words[predicate.head].quote < 0

    def _before(self, quote: Quote) -> Attribution | None:
        """The verb of saying before the quotation in its sentence, or one that calls something by it."""
        sentence = self.words[quote.first].sentence
        here = self.attributions.of_sentence(sentence)
        found = next((a for a in reversed(here) if a.predicate.last < quote.first), None)
        named = self._named(quote)
        if named is not None and (found is None or named.predicate.first > found.predicate.first):
            return named
        return found

    def _passed_on(self, quote: Quote, attribution: Attribution) -> Attribution:
        """ "X ha chiesto «garanzie», scrive la Tass": X says it, the outlet passes it on."""
        places = (self._colon, self._before, self._holding)
        told = (place(quote) for place in places)
        held = next((a for a in told if a is not None and a.speakers and people(Voice(a.speakers))), None)
        if held is None:
            return attribution
        return replace(held, channel=replace(held.channel, via=attribution.speakers))

    def _named(self, quote: Quote) -> Attribution | None:
        """ "X ha definito l'incontro «utile»"."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        verbs = [p for p in here if p.last < quote.first and self.words[p.head].quote < 0]
        if not verbs or verbs[-1].passive or verbs[-1].lemma not in self.vocabulary.lists.naming_verbs:
            return None
        found = self.voices.of(verbs[-1])
        return self.owners.attribution(verbs[-1], found) if found else None

    def _trailing(self, quote: Quote) -> Attribution | None:
        """A verb of saying that closes the sentence ("Il clima è «buono» e si va avanti, ha detto X")."""
        for attribution in self.attributions.of_sentence(self.words[quote.last].sentence):
            predicate = attribution.predicate
            if predicate.first <= quote.last or predicate.mood == "gerund":
                continue
            before = self.words[predicate.first - 1]
            english = self.vocabulary.language == "en" or predicate.lemma in self.vocabulary.lists.according
            return attribution if english or before.text in (",", "-", ":", '"', "»", "”") else None
        return None

    def _pointing(self, quote: Quote) -> Attribution | None:
        """ "Lo ha detto X" in the next sentence, also when the quotation is a part of this one."""
        found = self.pointing.behind(quote)
        if found is not None:
            return found
        sentence = self.words[quote.last].sentence
        inside = any(w.alphabetic and w.quote < 0 for w in self.clauses.sentence(quote.last))
        return self.pointing.sentence(sentence + 1) if inside else None

    def _holding(self, quote: Quote) -> Attribution | None:
        """The subject of the clause around a few quoted words ("X ha accolto «con gioia» l'invito")."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        verbs = [p for p in here if self._outside(p, quote)]
        if not verbs or quote.last - quote.first >= _FRAGMENT:
            return None
        subject = subject_of(verbs[-1], self.clauses)
        voice = Voice(self.voices.bearers.agents(subject.mentions))
        if not voice.mentions or subject.dropped or not people(voice):
            return None
        return self.owners.attribution(verbs[-1], voice)

    def _known(self, attribution: Attribution) -> Attribution:
        """An attribution whose speaker the text leaves unsaid ("ha aggiunto") has the last one quoted."""
        if attribution.speakers or attribution.nobody:
            return attribution
        previous = next((a for a in reversed(self._found) if a is not None), None)
        if previous is None:
            return attribution
        return replace(attribution, speakers=previous.speakers, nobody=previous.nobody)

    def _continued(self, quote: Quote) -> Attribution | None:
        """Whoever spoke last goes on when the quotation is its own sentence, or whoever acts before it."""
        if self._term(quote) or self._part(quote):
            return None
        previous = self._found[-1] if self._found else None
        last = self.quotes[len(self._found) - 1].last if self._found else -1
        between = {w.sentence for w in self.words[last + 1 : quote.first] if w.quote < 0 and w.alphabetic}
        told = between - {self.words[last].sentence} if self._found else between
        if previous is not None and len(told) <= _GAP:
            acting = self._acting(quote) if told else None
            return acting or replace(previous, channel=replace(previous.channel, via=()))
        return self._acting(quote)

    def _acting(self, quote: Quote) -> Attribution | None:
        """ "X shrugs. «…»": the subject of the sentence before, in the same paragraph."""
        index = quote.first - 2
        if index < 0 or self.words[index].paragraph != self.words[quote.first].paragraph:
            return None
        if self.words[index].text == "?":
            return None
        here = self.clauses.predicates_of(self.words[index].sentence)
        verb = next((p for p in here if p.finite and self.words[p.head].quote < 0), None)
        if verb is None:
            return None
        voice = self.voices.of(verb)
        known = voice.mentions and people(voice)
        return self.owners.attribution(verb, voice) if known else None

    def _term(self, quote: Quote) -> bool:
        """Whether the quoted words are part of a sentence of the article."""
        same = self.words[quote.first].sentence == self.words[quote.last].sentence
        short = quote.last - quote.first + 1 < _TERM
        before = quote.first - 2
        inside = before >= 0 and self.words[before].sentence == self.words[quote.first].sentence
        return same and short and inside

    def _answered(self, quote: Quote) -> Attribution | None:
        return self.interview.speaker if self.interview.answers(len(self._found)) else None

    def _part(self, quote: Quote) -> bool:
        """Whether the sentence of the article that holds the quotation has a verb of its own before it."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        return any(self._outside(predicate, quote) for predicate in here)

    def _interviewed(self, quote: Quote) -> Attribution | None:
        return None if self._term(quote) or self._part(quote) else self.interview.speaker

    def _look_ahead(self) -> None:
        """ "«…». «…», ha detto X": what nobody is named for is his who says the next words."""
        for number in range(len(self.quotes) - 2, -1, -1):
            one, other = self.quotes[number], self.quotes[number + 1]
            between = self.words[one.last + 1 : other.first]
            together = self.words[one.last].paragraph == self.words[other.first].paragraph
            if self._found[number] is None and together and not any(w.alphabetic for w in between):
                self._found[number] = self._found[number + 1]

    def _headlines(self) -> None:
        """The quotations of a headline: whoever says the same words below."""
        told = [self._folded(quote) for quote in self.quotes]
        heading = [number for number, quote in enumerate(self.quotes) if self._heads(quote)]
        for number in heading:
            own = told[number]
            for later in range(number + 1, len(self.quotes)):
                same = len(own.split()) >= _REPEATED and f" {own} " in f" {told[later]} "
                if same and self._found[later] is not None and later not in heading:
                    self._found[number] = self._found[later]
                    break
            said = self._found[number]
            if self.interview.speaker is not None and (said is None or not said.speakers):
                self._found[number] = self.interview.speaker

    def _heads(self, quote: Quote) -> bool:
        """Whether a quotation stands in the first paragraph and that has no full stop at its end."""
        return self.words[quote.last].paragraph == self.words[0].paragraph

    def _folded(self, quote: Quote) -> str:
        inside = self.words[quote.first : quote.last + 1]
        return " ".join(word.lower for word in inside if word.alphabetic)
