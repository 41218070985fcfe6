"""Clauses: what stands around a predicate, found by walking the words; no parser is assumed.

The walks stop at clause boundaries and skip relative clauses and appositions. Answers are mentions,
coordinated ones together, empty when the text does not say. Who the subject is, `subjects` says.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.extraction import words as word_module
from graph.extraction.coordination import coordinated
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.lexicon.names import fold
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# How far an argument may stand from its predicate: nine in ten do within twelve words in the news read for
# the trials.
_REACH = 18

# A subject behind its verb, or an object, is nearer: over an adverb, a date and one phrase.
_INVERTED = 10
_OBJECT = 12

# An apposition between a name and its relative clause is short ("un uomo meraviglioso che").
_APPOSITION = 5

# Mentions further back than this are out of a reader's mind (a long article has about 150 in all).
_REMEMBERED = 200

# Prepositions of a phrase that may stand between a verb and its subject or object.
# "Tra X e Y si è tenuto": the phrase opens the sentence, its noun within this many words.
_HEADED = 3

_ASIDE = ("a", "in", "su", "da", "di")


class Clauses:
    """The clauses of one article."""

    def __init__(
        self,
        words: list[Word],
        mentions: list[Mention],
        predicates: list[Predicate],
        vocabulary: Vocabulary,
        demonyms: Mapping[str, str],
    ) -> None:
        self.words = words
        self.vocabulary = vocabulary
        self._demonyms = demonyms
        self.mentions = [mention for mention in mentions if not mention.inside]
        self.predicates = predicates
        self._firsts = [mention.first for mention in self.mentions]
        self.at: dict[int, Mention] = {}
        for mention in self.mentions:
            for index in range(mention.first, mention.last + 1):
                self.at.setdefault(index, mention)
        self.predicate_at = {index: p for p in predicates for index in range(p.first, p.last + 1)}
        self._by_sentence: dict[int, list[Predicate]] = defaultdict(list)
        for predicate in predicates:
            self._by_sentence[words[predicate.first].sentence].append(predicate)
        self.said = {word.lower for word in words}
        self._groups = coordinated(words, self.mentions, vocabulary)

    def demonym(self, word: str) -> str:
        """The ISO code of the state that an adjective names, prefixes of compounds ("russo-ucraini")
        included."""
        folded = fold(word)
        return self._demonyms.get(folded, "") or self._demonyms.get(folded[:-1] + "o", "")

    def group(self, mention: Mention) -> tuple[Mention, ...]:
        """The mention with those coordinated to it, in order ("a Rossi, a Bianchi e a Verdi")."""
        return self._groups.get(id(mention), (mention,))

    def sentence(self, index: int) -> list[Word]:
        """The words of the sentence of word `index`."""
        return word_module.sentence(self.words, index)

    def predicates_of(self, sentence: int) -> Sequence[Predicate]:
        """The predicates that begin in a sentence, left to right."""
        return self._by_sentence.get(sentence, ())

    def before(self, index: int) -> Iterator[Mention]:
        """The mentions that end before word `index`, nearest first, as far back as a reader remembers."""
        nearest = bisect_left(self._firsts, index)
        for mention in reversed(self.mentions[max(0, nearest - _REMEMBERED) : nearest]):
            if mention.last < index:
                yield mention

    def main_behind(self, predicate: Predicate) -> Predicate | None:
        """The main verb behind a clause that opens its sentence ("Dopo aver incontrato X, Y ha detto")."""
        here = self.predicates_of(self.words[predicate.first].sentence)
        other = next((p for p in here if p.finite and p.first > predicate.last), None)
        if other is None or other.link == "that":
            return None
        between = self.words[predicate.last + 1 : other.first]
        return other if any(word.text == "," for word in between) else None

    def governor(self, index: int) -> Predicate | None:
        """The nearest finite predicate before word `index` in its sentence."""
        here = self.predicates_of(self.words[index].sentence)
        return next((p for p in reversed(here) if p.finite and p.last < index), None)

    def antecedent(self, predicate: Predicate) -> Mention | None:
        """What a relative "che" right before the predicate stands for: the mention it follows."""
        opening = self.relative(predicate)
        if opening is None:
            return None
        last = opening - 1
        if last >= 0 and self.words[last].text in (",", "-"):
            last -= 1
        if last >= 0 and self.words[last].text == ")":
            return None
        for index in range(last, max(last - _APPOSITION, -1), -1):
            mention = self.at.get(index)
            if mention is not None and mention.last == index:
                return mention
            word = self.words[index]
            # "Anna Rossi, una collega che ho incontrato": over the apposition to the name.
            comma = word.text == "," and index < last
            noun = word.cls == "" and word.text != "," and index not in self.predicate_at
            if not (comma or noun or word.cls == "det"):
                return None
        return None

    def relative(self, predicate: Predicate) -> int | None:
        """The word "che" that opens the predicate's clause when nothing but adverbs stands between."""
        index = predicate.first
        while index > 0:
            word = self.words[index]
            if word.cls == "rel":
                return index
            if index != predicate.first and not (word.cls == "adv" or "time" in word.tags):
                return None
            index -= 1
        return None

    def inverted(self, predicate: Predicate) -> Mention | None:
        """A subject behind its verb ("lo ha detto il portavoce"), over adverbs, dates and "su Telegram"."""
        index = predicate.last + 1
        while index < len(self.words) and index - predicate.last <= _INVERTED:
            word = self.words[index]
            if word.sentence != self.words[predicate.last].sentence:
                return None
            mention = self.at.get(index)
            if mention is not None and not mention.prep:
                return mention if self.agrees(mention, predicate) else None
            following = self._over(index)
            if following is None:
                return None
            index = following
        return None

    def _over(self, index: int) -> int | None:
        """The word behind what may stand between a verb and its subject or object at `index`, or None."""
        word = self.words[index]
        mention = self.at.get(index)
        if mention is not None:
            aside = mention.kind is not EntityKind.PERSON and mention.prep in _ASIDE
            return mention.last + 1 if aside else None
        if word.cls == "prep":
            return self._over_phrase(index + 1)
        name = self.at.get(index + 1)
        titled = (
            name is not None and name.form == "name" and name.role is None and name.kind is EntityKind.PERSON
        )
        transparent = (
            (word.alphabetic and not word.cls and not word.capital and titled)  # "la delegata Brigitte Morel"
            or word.cls in ("det", "poss", "adv", "num")
            or not word.tags.isdisjoint(("time", "role"))
            or word.lower in self.vocabulary.lists.transparent
            or word.lower in self.vocabulary.lists.outlet_nouns
            or word.lower.endswith(self.vocabulary.lists.adverb_suffixes)
            or (self.demonym(word.lower) and not word.capital)
            or word.text in "-\"'"
        )
        return index + 1 if transparent else None

    def _over_phrase(self, index: int) -> int | None:
        """The word behind the noun or name of a prepositional phrase whose inside begins at `index`, or
        None."""
        while index < len(self.words) and index not in self.at and self.words[index].cls in ("det", "poss"):
            index += 1
        if index >= len(self.words) or index in self.at:
            return self._over(index) if index in self.at else None
        noun = self.words[index]
        return index + 1 if noun.alphabetic and not noun.cls and index not in self.predicate_at else None

    def object(self, predicate: Predicate) -> tuple[Mention, ...]:
        """The direct object: the first mention behind the verb without a preposition, or the antecedent of
        "che"."""
        relative = self.antecedent(predicate)
        if relative is not None and predicate.person[:1] == "1":
            return self.group(relative)
        gap = self._relative_object(predicate) if relative is None else None
        if gap is not None:
            return (gap,)
        index = predicate.last + 1
        while index < len(self.words) and index - predicate.last <= _OBJECT:
            word = self.words[index]
            if (
                word.sentence != self.words[predicate.last].sentence
                or word.text in (".", ";", ":", ",")
                or word.cls in ("rel", "sub")
            ):
                return ()
            mention = self.at.get(index)
            if mention is not None and not mention.prep:
                return self.group(mention)
            following = None if index in self.predicate_at else self._over(index)
            if following is None:
                return ()
            index = following
        return ()

    def _relative_object(self, predicate: Predicate) -> Mention | None:
        """ "X, che Y ha ricevuto": the antecedent of a "che" that stands before the verb's own subject."""
        index, subject = predicate.first - 1, False
        while index > 0 and self.words[index].sentence == self.words[predicate.first].sentence:
            word, mention = self.words[index], self.at.get(index)
            if word.cls == "rel" and word.value == "that":
                comma = self.words[index - 1].text == ","
                found = self.at.get(index - 2) if comma else None
                return found if subject and found is not None and found.last == index - 2 else None
            if index in self.predicate_at or word.text in (",", ";", ":"):
                return None
            subject = subject or (mention is not None and not mention.prep)
            index -= 1
        return None

    def behind(self, last: int, preposition: str, stops: frozenset[int] = frozenset()) -> tuple[Mention, ...]:
        """The first group of mentions after word `last` under `preposition`, before a verb, a stop word or
        the clause's end."""
        index = last + 1
        sentence = self.words[last].sentence
        while index < len(self.words) and index - last <= _REACH and self.words[index].sentence == sentence:
            word = self.words[index]
            mention = self.at.get(index)
            if mention is not None:
                if mention.prep == preposition:
                    return self.group(mention)
                index = max(self.group(mention)[-1].last, index) + 1
                continue
            blocker = self.predicate_at.get(index)
            if (
                index in stops
                or word.text in (";", ":", "(")
                or word.cls in ("sub", "rel")
                or (blocker is not None and blocker.finite)
            ):
                return ()
            index += 1
        return ()

    def ahead(self, first: int, preposition: str) -> tuple[Mention, ...]:
        """The group under `preposition` before word `first` in its clause ("tra Mosca e Washington non ci
        sono stati colloqui")."""
        index = first - 1
        sentence = self.words[first].sentence
        opening, _ = word_module.bounds(self.words, first)
        verbs = 0
        while index >= 0 and self.words[index].sentence == sentence and first - index <= _REACH:
            mention = self.at.get(index)
            if mention is not None:
                group = self.group(mention)
                if group[0].prep == preposition:
                    return group if group[0].first - opening <= _HEADED or not verbs else ()
                index = group[0].first - 1
                continue
            blocker = self.predicate_at.get(index)
            if blocker is not None:
                verbs += blocker.finite
                index = blocker.first
            word = self.words[index]
            if verbs > 1 or word.cls in ("sub", "rel") or word.text in (";", ":"):
                return ()
            index -= 1
        return ()

    def has_subject(self, last: int, predicate: Predicate) -> bool:
        """Whether a subject stands between word `last` and the predicate."""
        return any(
            (m := self.at.get(index)) is not None and not m.prep for index in range(last + 1, predicate.first)
        )

    def agrees(self, mention: Mention, predicate: Predicate) -> bool:
        """Whether a mention can be the subject of a predicate by number."""
        if predicate.person == "3":
            return True
        if not predicate.person.endswith("p"):
            return mention.number == "s"
        return len(self.group(mention)) > 1 or mention.number == "p" or mention.kind is not EntityKind.PERSON
