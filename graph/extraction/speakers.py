"""Speakers: who said the words of each quotation.

Looked for, in this order: the incise inside it ("- ha scritto X -"), the words right behind it, the colon or
the verb before it in its sentence, a verb later in its sentence, "Lo ha detto X" in the next, the clause that
holds it, the last speaker, the interviewee; of a headline, who says the same words below.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from graph.extraction import words as word_module
from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import NEWS, subkind
from graph.extraction.fragments import Fragments
from graph.extraction.interviews import Interview
from graph.extraction.owners import Owners
from graph.extraction.pointing import Pointing
from graph.extraction.quotes import Quote
from graph.extraction.surroundings import Surroundings
from graph.extraction.voices import people
from graph.model import EntityKind

# A quotation of fewer words inside one sentence is a term, which nobody goes on to say.
_TERM = 5

# The last speaker goes on when at most this many sentences outside quotations lie between.
_GAP = 2

# A headline repeats at least two words of the quotation below.
_REPEATED = 2


# The time that opens an entry of a live report.
_TIME = re.compile(r"\d{1,2}[.:h]\d{2}")


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
        self.fragments = Fragments(attributions, self.owners, quotes)
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
            self.fragments.gapped,
            self.fragments.before,
            self.fragments.trailing,
            self._pointing,
            self.fragments.view,
            self.fragments.holding,
            self._answered,
            self._continued,
            self._interviewed,
            self._followed,
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
        spoken = self.owners.noun_of_any(self.words[first : quote.first - 2])
        if here and not self._noun_read_as_verb(here[-1], spoken):
            return here[-1]
        cleft = self.pointing.cleft(first)
        if cleft is not None:
            return cleft
        verbs = [p for p in self.clauses.predicates_of(sentence) if self.fragments.outside(p, quote)]
        if not verbs:
            return self.pointing.colon(quote)
        if spoken is not None:
            return spoken
        found = Voice() if verbs[-1].passive else self.voices.of(verbs[-1])
        return self.owners.attribution(verbs[-1], found) if found and people(found) else None

    def _noun_read_as_verb(self, attribution: Attribution, spoken: Attribution | None) -> bool:
        """ "Secca la replica di X: «…»": the verb that names nobody is the noun whose owner speaks."""
        return (
            spoken is not None
            and attribution.nobody
            and spoken.predicate.first == attribution.predicate.first
        )

    def _passed_on(self, quote: Quote, attribution: Attribution) -> Attribution:
        """ "X ha chiesto «garanzie», scrive la Tass": X says it, the outlet passes it on."""
        places = (self._colon, self.fragments.before, self.fragments.holding)
        told = (place(quote) for place in places)
        held = next((a for a in told if a is not None and a.speakers and people(Voice(a.speakers))), None)
        if held is None:
            return attribution
        return replace(held, channel=replace(held.channel, via=attribution.speakers))

    def _pointing(self, quote: Quote) -> Attribution | None:
        """ "Lo ha detto X" in the next sentence, also when the quotation is a part of this one."""
        found = self.pointing.behind(quote)
        if found is not None:
            return found
        sentence = self.words[quote.last].sentence
        inside = any(w.alphabetic and w.quote < 0 for w in self.clauses.sentence(quote.last))
        return self.pointing.sentence(sentence + 1) if inside else None

    def _followed(self, quote: Quote) -> Attribution | None:
        """ "«Una passeggiata». X scherza così": whoever opens the sentence behind words that open theirs."""
        before = self.words[quote.first - 2] if quote.first > 1 else None
        opens = before is None or before.paragraph != self.words[quote.first].paragraph
        start = self.pointing.next_sentence(quote)
        if start is None or not opens or self.words[start].paragraph != self.words[quote.last].paragraph:
            return None
        phrase = self.voices.phrases.opening(start)
        mention = phrase.mention if phrase is not None and not phrase.prep else None
        person = mention is not None and mention.kind is EntityKind.PERSON
        return self.fragments.by_name(mention) if mention is not None and person else None

    def _known(self, attribution: Attribution) -> Attribution:
        """An attribution whose speaker the text leaves unsaid ("ha aggiunto") has the last one quoted."""
        if self.interview.regular and self.interview.speaker is not None and self._unsaid(attribution):
            return replace(attribution, speakers=self.interview.speaker.speakers, nobody=False)
        if attribution.speakers or attribution.nobody:
            return attribution
        previous = next((a for a in reversed(self._found) if a is not None), None)
        if previous is None:
            return attribution
        return replace(attribution, speakers=previous.speakers, nobody=previous.nobody)

    def _unsaid(self, attribution: Attribution) -> bool:
        """Whether a sentence names nobody who speaks ("«No», dice ridendo"), so that it was looked up."""
        sentence = self.words[attribution.predicate.first].sentence
        here = any(self.words[mention.first].sentence == sentence for mention in attribution.speakers)
        return not here and not attribution.nobody

    def _continued(self, quote: Quote) -> Attribution | None:
        """Whoever spoke last goes on when the quotation is its own sentence, or whoever acts before it."""
        if self._term(quote) or self.fragments.part(quote):
            return None
        previous = self._found[-1] if self._found else None
        if self.interview.regular and not self._beside(quote):
            return self.interview.speaker
        last = self.quotes[len(self._found) - 1].last if self._found else -1
        between = {w.sentence for w in self.words[last + 1 : quote.first] if w.quote < 0 and w.alphabetic}
        told = between - {self.words[last].sentence} if self._found else between
        if previous is not None and len(told) <= _GAP and not self._new_entry(last, quote):
            acting = self._acting(quote) if told else None
            return acting or replace(previous, channel=replace(previous.channel, via=()))
        return self._acting(quote)

    def _beside(self, quote: Quote) -> bool:
        """Whether another quotation stands before this one in its paragraph."""
        number = len(self._found) - 1
        paragraph = self.words[quote.first].paragraph
        return number >= 0 and self.words[self.quotes[number].last].paragraph == paragraph

    def _new_entry(self, last: int, quote: Quote) -> bool:
        """Whether an entry of a live report ("20.45 …") begins between two quotations."""
        before = self.words[last]
        for word in self.words[last + 1 : quote.first]:
            if word.paragraph != before.paragraph and _TIME.match(word.text):
                return True
            before = word
        return False

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
            first, _ = word_module.bounds(self.words, index)
            phrase = self.voices.phrases.opening(first)
            named = phrase.mention if phrase is not None and not phrase.prep else None
            person = named is not None and named.kind is EntityKind.PERSON and named.cluster >= 0
            return self.fragments.by_name(named) if named is not None and person else None
        voice = self.voices.of(verb)
        known = voice.mentions and people(voice)
        return self.owners.attribution(verb, voice) if known else None

    def _term(self, quote: Quote) -> bool:
        """Whether the quoted words are part of a sentence of the article."""
        if self.pointing.sentence_before(quote) is not None:
            return False
        same = self.words[quote.first].sentence == self.words[quote.last].sentence
        short = quote.last - quote.first + 1 < _TERM
        before = quote.first - 2
        inside = before >= 0 and self.words[before].sentence == self.words[quote.first].sentence
        return same and short and inside

    def _answered(self, quote: Quote) -> Attribution | None:
        return self.interview.speaker if self.interview.answers(len(self._found)) else None

    def _interviewed(self, quote: Quote) -> Attribution | None:
        aside = self._term(quote) or self.fragments.part(quote) or not self.interview.throughout
        return None if aside else self.interview.speaker

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
