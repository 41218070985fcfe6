"""Pointing: the words before a colon, and the next sentence, that say whose a quotation is.

X: "…"; le parole di X: "…"; "…". Lo ha detto X; "…". Così X; "…". Sono parole di X; "…". A dirlo è X.
"""

from collections.abc import Iterator

from graph.extraction import words as word_module
from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import Channel, channel_of
from graph.extraction.owners import Owners
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.model import EntityKind

# "Con queste poche parole X ha": so many words at most before the noun of saying.
_NOUN = 5


class Pointing:
    """What points to the quotations of one article from before and from behind."""

    def __init__(self, attributions: Attributions, owners: Owners) -> None:
        self.attributions = attributions
        self.owners = owners
        self.voices = attributions.voices
        self.phrases = attributions.voices.phrases
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.lists = self.clauses.vocabulary.lists

    def colon(self, quote: Quote) -> Attribution | None:
        """X: "…", Il commento di X: "…", Più netto X, raggiunto da Y: "…"; a clause without a verb."""
        first = self.sentence_before(quote)
        if first is None:
            return None
        last = quote.first - 2
        here = self.words[first:last]
        spoken = self.owners.noun_of_any(here)
        if spoken is not None:
            return spoken
        free = [
            mention
            for word in here
            if (mention := self.clauses.at.get(word.index)) is not None
            and mention.first == word.index
            and not mention.prep
        ]
        if self._unresolved(last - 1):
            place = Predicate(last - 1, last - 1, last - 1, "", "finite")
            return Attribution(place, "say", (), Channel(), nobody=True)
        persons = [mention for mention in free if mention.kind is EntityKind.PERSON]
        for mention in reversed(persons or free):
            group = self.voices.bearers.agents((mention,))
            if group:
                place = Predicate(mention.first, mention.last, mention.last, "", "finite")
                return Attribution(place, "say", group, channel_of(place, group, self.clauses))
        return self._from_whom(last - 1) or self._unsaid(first)

    def _from_whom(self, index: int) -> Attribution | None:
        """ "Altro tono da X: «…»": the person right before the colon, whatever the preposition."""
        mention = self.clauses.at.get(index)
        if mention is None or mention.kind is not EntityKind.PERSON:
            return None
        place = Predicate(mention.first, mention.last, mention.last, "", "finite")
        voice = Voice(self.voices.bearers.agents((mention,)))
        return self.owners.attribution(place, voice) if voice else None

    def _unsaid(self, first: int) -> Attribution | None:
        """ "Poi la frecciata: «…»": a clause that names nobody goes on with who spoke or acted before."""
        voice = self.voices.antecedents.of(first)
        place = Predicate(first, first, first, "", "finite")
        return self.owners.attribution(place, voice) if voice.mentions else None

    def _unresolved(self, index: int) -> bool:
        """Whether a capital right before the colon names somebody whom the text does not tell more of."""
        word = self.words[index]
        opens = index == 0 or self.words[index - 1].text in (",", ".", "-", "|", "!", "?")
        return word.capital and word.alphabetic and index not in self.clauses.at and opens

    def sentence_before(self, quote: Quote) -> int | None:
        """The first word of the sentence that ends with the colon before a quotation, or None without one."""
        mark = quote.first - 2
        if mark < 1 or self.words[mark].text != ":":
            return None
        index = mark
        while index and self.words[index - 1].sentence == self.words[mark].sentence:
            index -= 1
        return index

    def behind(self, quote: Quote) -> Attribution | None:
        """ "…". Lo ha detto X; "…". Così X; "…". Sono parole di X; "…". A dirlo è X."""
        start = self.next_sentence(quote)
        return self._points(start) if start is not None else None

    def sentence(self, sentence: int) -> Attribution | None:
        """The one whose words the sentence of that number calls those of the sentence before."""
        here = self.clauses.predicates_of(sentence)
        first = here[0].first if here else self._first_of(sentence)
        if first is None:
            return None
        start, _ = word_module.bounds(self.words, first)
        return self._points(start)

    def _first_of(self, sentence: int) -> int | None:
        """A word of a sentence without a verb, by its first noun of saying."""
        return next(
            (m.first for m in self.clauses.mentions if self.words[m.first].sentence == sentence), None
        )

    def _points(self, start: int) -> Attribution | None:
        sentence = self.words[start].sentence
        found = next((a for a in self.attributions.of_sentence(sentence) if a.pointing), None)
        return found or self.owners.opener(start) or self.cleft(start) or self._with_words(start)

    def next_sentence(self, quote: Quote) -> int | None:
        """The first word behind the quotation and its stop, when a sentence begins there."""
        index, sentence = quote.last + 1, self.words[quote.last].sentence
        while index < len(self.words) and not self.words[index].alphabetic:
            if self.words[index].text in ("(", '"', "«", "“") and index > quote.last + 1:
                return None
            index += 1
        if index >= len(self.words) or self.words[index].quote >= 0:
            return None
        near = self.words[index].paragraph - self.words[quote.last].paragraph <= 1
        return index if near and self.words[index].sentence != sentence else None

    def cleft(self, start: int) -> Attribution | None:
        """ "A dirlo è X", "ad annunciarlo è stato X"."""
        infinitive = self.clauses.predicate_at.get(start + 1)
        if infinitive is None or infinitive.mood != "infinitive" or self.words[start].value != "a":
            return None
        if infinitive.lemma not in self.clauses.vocabulary.speech:
            return None
        copula = next(self._finite_behind(infinitive), None)
        found = self.voices.behind(copula) if copula is not None else None
        return self.owners.attribution(copula, found) if copula is not None and found else None

    def _finite_behind(self, predicate: Predicate) -> Iterator[Predicate]:
        here = self.clauses.predicates_of(self.words[predicate.first].sentence)
        return (p for p in here if p.finite and p.first > predicate.last)

    def _with_words(self, start: int) -> Attribution | None:
        """ "Queste le parole di X", "Parola di X", "Con queste parole X ha": the noun of saying, then who."""
        for word in self.words[start : start + _NOUN]:
            if word.sentence != self.words[start].sentence:
                return None
            if word.lower in self.lists.speech_nouns:
                owner = self.owners.owner(word)
                if owner is not None:
                    return owner
                demonstrative = any(w.value == "dem" for w in self.words[start : word.index])
                phrase = self.phrases.opening(word.index + 1) if demonstrative else None
                if phrase is None or phrase.prep or phrase.mention is None:
                    return None
                place = Predicate(word.index, word.index, word.index, word.lower, "finite")
                return self.owners.attribution(place, self.voices.bearers.voice(phrase, place))
        return None
