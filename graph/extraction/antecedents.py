"""Antecedents: whom "he said", "ha aggiunto" and "la donna" mean, by what the text told before.

The last one who said something goes on speaking, else the subject of the last clause does; a gender that
the text shows must not contradict.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.lexicon.genders import genders
from graph.lexicon.names import fold
from graph.model import EntityKind

# Whoever was not named in the last four sentences outside quotations is out of a reader's mind.
_REMEMBERED = 4

# "He" whose subject is "he" again is followed back so many times.
_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the `mentions`, or somebody whom the text does not name (`nobody`)."""

    mentions: tuple[Mention, ...] = ()
    nobody: bool = False

    def __bool__(self) -> bool:
        return bool(self.mentions) or self.nobody


NOBODY = Voice(nobody=True)


class Antecedents:
    """The people of one article as they speak and act, in the order of the text."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self._heard: dict[int, list[tuple[int, Voice]]] = defaultdict(list)
        self._depth = 0
        self.stated: Callable[[Predicate], Voice | None] = lambda predicate: None
        self._meant: dict[int, Voice] = {}
        self._told = sorted({w.sentence for w in self.words if w.quote < 0 and w.alphabetic})
        self._genders: dict[int, str] = {}
        self._countries: dict[int, set[str]] = defaultdict(set)
        self._people: dict[int, list[Mention]] = defaultdict(list)
        for mention in clauses.mentions:
            if _person(mention):
                self._know(mention)

    def _know(self, mention: Mention) -> None:
        """Remember a person's sentence, and the gender and the country that the mention shows."""
        self._people[self.words[mention.first].sentence].append(mention)
        gender = self._shown(mention)
        if gender:
            self._genders.setdefault(mention.cluster, gender)
        countries = {mention.country, *(entry.country for entry in mention.entries[:1])}
        self._countries[mention.cluster] |= countries - {""}

    def hear(self, index: int, voice: Voice) -> None:
        """Remember that `voice` says something by the verb at word `index`."""
        self._heard[self.words[index].sentence].append((index, voice))

    def of(self, index: int, gender: str = "", country: str = "") -> Voice:
        """Whom a singular pronoun or an unsaid subject at word `index` means; empty when nobody fits.

        `gender` (m, f) is a preference, `country` (ISO 3166) a condition.
        """
        if self._depth > _CHAIN:
            return Voice()
        self._depth += 1
        first = Voice()
        for voice in self._candidates(index):
            if country and not all(self._from(mention, country) for mention in voice.mentions):
                continue
            if self._fits(voice, gender):
                first = voice
                break
            first = first or voice
        self._depth -= 1
        return first

    def _from(self, mention: Mention, country: str) -> bool:
        known = self._countries[mention.cluster]
        return not known or country in known

    def _candidates(self, index: int) -> Iterator[Voice]:
        """Those who can be meant, the likeliest first."""
        sentence = self.words[index].sentence
        place = bisect_left(self._told, sentence)
        yield from self._spoken(sentence, index)
        for earlier in reversed(self._told[max(0, place - _REMEMBERED) : place]):
            yield from self._spoken(earlier, index)
            yield from self._subjects(earlier)
            yield from self._others(earlier)

    def _spoken(self, sentence: int, index: int) -> Iterator[Voice]:
        for at, voice in reversed(self._heard.get(sentence, ())):
            people = all(mention.kind is EntityKind.PERSON for mention in voice.mentions)
            if at < index and voice and people:
                yield voice

    def _subjects(self, sentence: int) -> Iterator[Voice]:
        for predicate in self.clauses.predicates_of(sentence):
            if predicate.finite and self.words[predicate.head].quote < 0:
                voice = self.stated(predicate)
                if voice is not None and len(voice.mentions) == 1 and _person(voice.mentions[0]):
                    yield voice

    def pronoun(self, word: Word) -> Voice:
        """Whom a singular pronoun means; the answer is kept, so that a chain of them is gone through once."""
        if word.index not in self._meant:
            self._meant[word.index] = Voice()  # a pronoun never means itself
            self._meant[word.index] = self.of(word.index, self.gender(word))
        return self._meant[word.index]

    def gender(self, word: Word) -> str:
        """The gender that an article or a pronoun shows: f, m or ""."""
        if word.lower in self.clauses.vocabulary.lists.feminine:
            return "f"
        return "m" if word.lower in self.clauses.vocabulary.lists.masculine else ""

    def _others(self, sentence: int) -> Iterator[Voice]:
        """The people of a sentence who are no subjects there, first named first."""
        for mention in self._people.get(sentence, ()):
            if mention.prep != "di" and self.words[mention.first].quote < 0:
                yield Voice((mention,))

    def _fits(self, voice: Voice, gender: str) -> bool:
        known = {self._genders.get(mention.cluster, gender) for mention in voice.mentions}
        return not gender or known <= {gender}

    def _shown(self, mention: Mention) -> str:
        """The gender that an article, a form of address or the first name shows."""
        lists = self.clauses.vocabulary.lists
        article = self.words[mention.first - 1] if mention.first else None
        before = article.lower if article is not None and article.cls in ("det", "prep") else ""
        opening = self.words[mention.first].lower
        if before in lists.feminine or opening in lists.feminine:
            return "f"
        if opening in lists.masculine or (mention.role is not None and before in lists.masculine):
            return "m"
        if mention.name is None:
            return ""
        return genders().get(fold(self.words[mention.name[0]].text), "")


def _person(mention: Mention) -> bool:
    return mention.kind is EntityKind.PERSON and mention.cluster >= 0
