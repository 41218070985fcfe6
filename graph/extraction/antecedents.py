"""Antecedents: whom "he said", "ha aggiunto" and "la donna" mean, by what the text told before.

The last one who said something goes on speaking, else the subject of the last clause does; a gender that
the text shows must not contradict.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.extraction import words as word_module
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

# The rank of a candidate against whom nothing speaks.
_FITS = 2

# A noun that says what somebody is stands within two words before the name ("al patriarca caldeo X").
_TITLED = 2

# "Le dichiarazioni del ministro X": the noun stands within three words before the name and its title.
_OWNED = 3

# Of those whom a noun was said of, so many are looked at.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the `mentions`, or somebody whom the text does not name (`nobody`)."""

    mentions: tuple[Mention, ...] = ()
    nobody: bool = False

    def __bool__(self) -> bool:
        return bool(self.mentions) or self.nobody


NOBODY = Voice(nobody=True)


def stem(word: Word) -> str:
    """A noun without its ending, which gender and number change; "" for any other word."""
    return word.lower.rstrip("aeios") if word.alphabetic and not (word.cls or word.capital) else ""


class Antecedents:
    """The people of one article as they speak and act, in the order of the text."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self._heard: dict[int, list[tuple[int, Voice]]] = defaultdict(list)
        self._depth = 0
        self.stated: Callable[[Predicate], Voice | None] = lambda predicate: None
        self._described: dict[str, list[Mention]] = defaultdict(list)
        self._meant: dict[int, Voice] = {}
        asked = {  # the reporter's questions; "e il ministro X?" has no verb and names who answers
            word.sentence
            for word in self.words
            if word.text == "?" and word.quote < 0 and clauses.predicates_of(word.sentence)
        }
        self._told = sorted({w.sentence for w in self.words if w.quote < 0 and w.alphabetic} - asked)
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

        stems = {stem(word) for word in self.words[max(0, mention.first - _TITLED) : mention.last + 1]}
        for one in stems - {""}:
            self._described[one].append(mention)

    def described(self, index: int, stems: set[str], country: str = "") -> Mention | None:
        """The person before word `index` by or beside whose name most of the nouns stood, the last of
        several; one named later only when nobody came before and all the nouns fit."""
        found = [m for one in stems for m in self._described.get(one, ()) if self._from(m, country)]
        counts = Counter(id(mention) for mention in found)
        before = [mention for mention in found if mention.last < index][-_RECENT:]
        if before:
            return max(before, key=lambda mention: (counts[id(mention)], mention.first))
        later = (m for m in found if counts[id(m)] == len(stems) and m.first > index)
        return next(later, None) if not any(people for people in self._people_before(index)) else None

    def _people_before(self, index: int) -> list[Mention]:
        """Those named in the sentences before that of word `index`, as far as a reader remembers."""
        sentence = self.words[index].sentence
        return [m for s in range(max(0, sentence - _REMEMBERED), sentence) for m in self._people.get(s, ())]

    def _from(self, mention: Mention, country: str) -> bool:
        """Whether somebody can be of a country (ISO 3166): it is his, or none is known."""
        known = self._countries[mention.cluster]
        return not country or not known or country in known

    def hear(self, index: int, voice: Voice) -> None:
        """Remember that `voice` says something by the verb at word `index`."""
        self._heard[self.words[index].sentence].append((index, voice))

    def last_said(self, index: int) -> Voice:
        """Who said something last in the sentence of word `index`, before it; empty when nobody did."""
        here = [voice for at, voice in self._heard.get(self.words[index].sentence, ()) if at < index]
        return here[-1] if here else Voice()

    def of(self, index: int, gender: str = "", country: str = "") -> Voice:
        """Whom a singular pronoun or an unsaid subject at word `index` means; empty when nobody fits.

        `gender` (m, f) is a preference, `country` (ISO 3166) a condition.
        """
        if self._depth > _CHAIN:
            return Voice()
        self._depth += 1
        best, found = -1, Voice()
        for voice in self._candidates(index, spoken_first=bool(country)):
            rank = self._rank(voice, gender, country)
            if rank > best:
                best, found = rank, voice
            if rank == _FITS:
                break
        self._depth -= 1
        return found

    def _owns_words(self, mention: Mention) -> bool:
        """ "Queste le parole di X"."""
        before = self.words[max(0, mention.first - _OWNED) : mention.first]
        nouns = self.clauses.vocabulary.lists.speech_nouns
        return mention.prep == "di" and any(word.lower in nouns for word in before)

    def _rank(self, voice: Voice, gender: str, country: str) -> int:
        """How well a candidate fits: -1 when of another country, _FITS when nothing speaks against it."""
        known = {self._genders.get(mention.cluster, gender) for mention in voice.mentions}
        gendered = int(not gender or known <= {gender})
        if not country:
            return 1 + gendered
        states = [self._countries[mention.cluster] for mention in voice.mentions]
        if not all(not state or country in state for state in states):
            return -1
        return gendered + int(bool(states) and all(country in state for state in states))

    def _candidates(self, index: int, spoken_first: bool) -> Iterator[Voice]:
        """Those who can be meant, the likeliest first; with `spoken_first` all who said something come before
        all who did not."""
        sentence = self.words[index].sentence
        place = bisect_left(self._told, sentence)
        yield from self._spoken(sentence, index)
        before = self._told[max(0, place - _REMEMBERED) : place][::-1]
        if spoken_first:
            for earlier in before:
                yield from self._spoken(earlier, index)
        for earlier in before:
            yield from self._spoken(earlier, index)
            yield from self._opening(earlier)
            yield from self._subjects(earlier)
            yield from self._others(earlier)

    def _spoken(self, sentence: int, index: int) -> Iterator[Voice]:
        """Those who say something in a sentence, the last first, the unnamed behind the named."""
        heard = sorted(
            self._heard.get(sentence, ()), key=lambda one: (not one[1].nobody, one[0]), reverse=True
        )
        for at, voice in heard:
            people = all(mention.kind is EntityKind.PERSON for mention in voice.mentions)
            if at < index and voice and people:
                yield voice

    def _opening(self, sentence: int) -> Iterator[Voice]:
        """Whom a sentence is about: its last clause when that is a relative one, a pronoun that opens it."""
        here = [p for p in self.clauses.predicates_of(sentence) if p.finite and self.words[p.head].quote < 0]
        if len(here) > 1 and self.clauses.relative(here[-1]) is not None:
            voice = self.stated(here[-1])
            if voice is not None and len(voice.mentions) == 1 and _person(voice.mentions[0]):
                yield voice
        if here:
            first, _ = word_module.bounds(self.words, here[0].first)
            if self.words[first].cls == "pronoun" and self.words[first].value == "3s":
                voice = self.pronoun(self.words[first])
                if voice:
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
        """The people of a sentence beside its subjects: whose words it tells of, then as they are named."""
        here = self._people.get(sentence, [])
        for mention in sorted(here, key=lambda mention: not self._owns_words(mention)):
            if (mention.prep != "di" or self._owns_words(mention)) and self.words[mention.first].quote < 0:
                yield Voice((mention,))

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
