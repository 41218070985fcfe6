"""The subject before a verb of saying: in its clause, over an apposition, or of the verb it goes with.

A noun phrase right before the verb hides every name beyond it; a comma leads back to the name that opens the
clause, a relative to what it follows, a conjunction to the verb before.
"""

from collections.abc import Callable

from graph.extraction.antecedents import NOBODY, Voice
from graph.extraction.bearers import Bearers
from graph.extraction.clauses import Clauses
from graph.extraction.phrases import Phrase, Phrases
from graph.extraction.predicates import Predicate
from graph.extraction.subjects import subject_of
from graph.extraction.words import Word

# A verb of saying between two commas has at most this many words behind it before the second.
_BEHIND = 26

_CLOSING = ('"', "»", "”")

# "X, the official who was to chair the talks, told": so many words at most between a name and its verb.
_APART = 30


class Foregoing:
    """The subjects before the verbs of one article; `of` tells who speaks by another verb."""

    def __init__(
        self, clauses: Clauses, phrases: Phrases, bearers: Bearers, of: Callable[[Predicate], Voice]
    ) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.phrases = phrases
        self.bearers = bearers
        self.of = of
        self._stated: dict[int, Voice | None] = {}

    def stated(self, predicate: Predicate) -> Voice | None:
        """The subject that stands before a verb in its clause; None when the clause leaves it unsaid."""
        if predicate.first in self._stated:
            return self._stated[predicate.first]
        self._stated[predicate.first] = None
        found = self._ahead(predicate) if predicate.person[:1] != "1" else Voice()
        self._stated[predicate.first] = found
        return found

    def _ahead(self, predicate: Predicate) -> Voice | None:
        index, sentence = predicate.first - 1, self.words[predicate.first].sentence
        while index >= 0 and self.words[index].sentence == sentence:
            word = self.words[index]
            if word.cls == "pronoun":
                return self.bearers.pronoun(word)
            if self.phrases.over(word) or (word.cls == "prep" and self._dated(index)):
                index -= 1
                continue
            if word.quote >= 0 or word.text in _CLOSING:
                return None
            if word.cls == "rel":
                return self._relative(index, predicate) if word.value == "that" else None
            if word.text == ",":
                return None if self._incise(predicate) else self._apposed(index, predicate)
            if word.cls in ("conj", "sub"):
                return self._coordinated(predicate)
            phrase = self.phrases.ending(index)
            if phrase is None:
                return self._clause(predicate)
            if not phrase.prep:
                free = self._object_of_free(phrase)
                return NOBODY if free else self.bearers.voice(phrase, predicate)
            index = phrase.first - 1
        return self._clause(predicate)

    def _object_of_free(self, phrase: Phrase) -> bool:
        """ "Chi conosce X dice": the name is the object of a clause about somebody without a name."""
        verb = self.clauses.predicate_at.get(phrase.first - 1)
        before = self.words[verb.first - 1] if verb is not None and verb.first else None
        lists = self.clauses.vocabulary.lists
        return before is not None and before.lower in lists.free_relatives

    def _clause(self, predicate: Predicate) -> Voice | None:
        """The subject by the grammar of clauses, which knows names alone."""
        subject = subject_of(predicate, self.clauses)
        mentions = self.bearers.agents(subject.mentions)
        if subject.dropped:
            return self._coordinated(predicate)
        return Voice(mentions) if mentions else None

    def _coordinated(self, predicate: Predicate) -> Voice | None:
        """ "X è arrivato e ha detto": the subject of the verb before in the sentence."""
        here = self.clauses.predicates_of(self.words[predicate.first].sentence)
        fellows = [
            p
            for p in here
            if p.finite and p.last < predicate.first and p.link != "that" and self.words[p.head].quote < 0
        ]
        return self.of(fellows[-1]) if fellows else None

    def _relative(self, index: int, predicate: Predicate) -> Voice | None:
        """ "X, che ha aggiunto", "an official who said": what stands before the relative."""
        last = index - 1 - (index > 0 and self.words[index - 1].text == ",")
        while last >= 0 and self.words[last].sentence == self.words[index].sentence:
            phrase = self.phrases.ending(last)
            if phrase is None:
                return self._clause(predicate)
            if phrase.prep != "di" or phrase.mention is not None:
                return self.bearers.voice(phrase, predicate)
            last = phrase.first - 1
        return self._clause(predicate)

    def _incise(self, predicate: Predicate) -> bool:
        """ "Mosca, ha detto ancora, respinge": nothing but a verb of saying between two commas."""
        for word in self.words[predicate.last + 1 : predicate.last + 1 + _BEHIND]:
            if not self.phrases.over(word):
                return word.text in (",", ".")
        return False

    def _apposed(self, comma: int, predicate: Predicate) -> Voice | None:
        """ "X, the envoy who was to chair it, told": the name that opens the clause, a comma behind it."""
        phrase = self.opening_phrase(comma)
        return self.bearers.voice(phrase, predicate) if phrase is not None else self._clause(predicate)

    def opening_phrase(self, comma: int) -> Phrase | None:
        """The noun phrase that opens the clause before a comma and is closed by another comma."""
        first, sentence = comma, self.words[comma].sentence
        while first and self.words[first - 1].sentence == sentence and comma - first <= _APART:
            before = self.words[first - 1]
            if before.quote >= 0 or before.text in (*_CLOSING, ";", ":") or self._dash(before):
                break
            first -= 1
        while first < comma and (self.phrases.over(self.words[first]) or self.words[first].text == ","):
            first += 1
        phrase = self.phrases.opening(first)
        if phrase is None or phrase.prep:
            return None
        last = phrase.last + 1
        while last < comma and self.words[last].cls == "prep":
            inner = self.phrases.opening(last)
            if inner is None:
                return None
            last = inner.last + 1
        return phrase if self.words[last].text in (",", "(") else None

    def _dated(self, index: int) -> bool:
        """ "On Monday": a preposition before a date."""
        return "time" in self.words[index + 1].tags if index + 1 < len(self.words) else False

    def _dash(self, word: Word) -> bool:
        return word.text == "-" and word.index > 0 and self.words[word.index - 1].end < word.start
