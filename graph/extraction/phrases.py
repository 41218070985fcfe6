"""Noun phrases: the one that ends or begins at a word, its noun a name or not ("una fonte", "the official").

`Clauses` knows names alone; who speaks must be known even where the text names nobody, lest the nearest name
be taken for it.
"""

from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.words import Word
from graph.model import EntityKind

# Article, adjectives and nouns of one phrase, without its prepositional phrases.
_LONGEST = 12

# A name's own preposition stands within four words before it.
_GOVERNED = 4

# A title, its phrases and the comma before the name that they introduce ("il direttore della Sala Stampa
# della Santa Sede, padre X").
_INTRODUCING = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """`first`…`last` are its words, preposition and article included; `nouns` those of no closed class.

    `article` is def, indef or empty; `prep` the preposition that governs it; `mention` the name that is its
    head, if one is.
    """

    first: int
    last: int
    nouns: tuple[int, ...]
    article: str
    prep: str
    mention: Mention | None = None


class Phrases:
    """The noun phrases of one article."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.lists = clauses.vocabulary.lists

    def plain(self, index: int) -> bool:
        """Whether a word is a noun or an adjective: of no closed class, no known name, no verb, no date."""
        word = self.words[index]
        free = index not in self.clauses.at and index not in self.clauses.predicate_at
        return free and word.alphabetic and not word.cls and "time" not in word.tags

    def ending(self, last: int) -> Phrase | None:
        """The phrase whose last word is `last`, or None when no noun and no name stands there."""
        mention = self.clauses.at.get(last)
        if mention is not None:
            return Phrase(self._opening_of(mention), last, (), "", mention.prep, mention)
        index, sentence = last, self.words[last].sentence
        nouns: list[int] = []
        while index >= 0 and last - index <= _LONGEST and self.words[index].sentence == sentence:
            modifier = self.clauses.at.get(index) if nouns else None
            if modifier is not None and self._modifies(modifier, nouns[-1]):
                return self._determined(modifier.first - 1, last, nouns, modifier.prep)
            if not self.plain(index):
                break
            nouns.append(index)
            index -= 1
        return self._determined(index, last, nouns, "") if nouns else None

    def _opening_of(self, mention: Mention) -> int:
        """The first word of the phrase of a name: its preposition, or its article."""
        for index in range(mention.first - 1, max(-1, mention.first - 1 - _GOVERNED), -1):
            word = self.words[index]
            if mention.prep and word.cls == "prep":
                return index
            if not mention.prep and word.cls != "det":
                return index + 1
        return mention.first

    def _modifies(self, name: Mention, noun: int) -> bool:
        """ "Kremlin officials": the name of a body before a noun, without a preposition between them."""
        english = self.clauses.vocabulary.language == "en"
        return english and name.kind is not EntityKind.PERSON and name.last + 1 == noun

    def _determined(self, index: int, last: int, nouns: list[int], prep: str) -> Phrase:
        """The phrase of `nouns` with the articles and the preposition that end at word `index`."""
        article, sentence = "", self.words[last].sentence
        while index >= 0 and self.words[index].sentence == sentence and self._determines(self.words[index]):
            article = self._article(self.words[index]) or article
            if self.words[index].text in ("'s", "'") and index:
                owner = self.clauses.at.get(index - 1)
                if owner is not None:  # "Kenya's" is under "of" itself: what counts stands before it
                    article, index = "def", owner.first - 1
                    continue
            index -= 1
        governor = self.words[index] if index >= 0 and self.words[index].sentence == sentence else None
        if governor is not None and governor.cls == "prep":
            return Phrase(index, last, tuple(reversed(nouns)), article or "def", governor.value)
        return Phrase(index + 1, last, tuple(reversed(nouns)), article, prep)

    def _determines(self, word: Word) -> bool:
        return word.cls in ("det", "poss", "num") or word.text.isdigit()

    def _article(self, word: Word) -> str:
        if word.value in ("def", "dem") or word.cls == "poss":
            return "def"
        return "indef"

    def opening(self, first: int) -> Phrase | None:
        """The phrase whose first word (preposition, article or noun) is `first`, or None."""
        index, article, prep = first, "", ""
        sentence = self.words[first].sentence
        nouns: list[int] = []
        if self.words[index].cls == "prep":
            prep, index = self.words[index].value, index + 1
        while (
            index < len(self.words) and index - first <= _LONGEST and self.words[index].sentence == sentence
        ):
            word, mention = self.words[index], self.clauses.at.get(index)
            if mention is not None:
                owner = self._owning(mention)
                if owner is None and (not prep or not nouns):
                    return Phrase(first, mention.last, tuple(nouns), article, prep, mention)
                if owner is None:
                    break
                article, index = "def" if owner > mention.last + 1 else article, owner
                continue
            governed = prep and word.alphabetic and not word.cls and index not in self.clauses.predicate_at
            if self.plain(index) or governed:
                nouns.append(index)
            elif word.text in ("'s", "'") and word.cls == "poss" and nouns:
                article, nouns = "def", []
            elif nouns or not self._before_noun(word):
                break
            elif self._determines(word):
                article = article or self._article(word)
            index += 1
        return Phrase(first, index - 1, tuple(nouns), article, prep) if nouns else None

    def _before_noun(self, word: Word) -> bool:
        quoted = word.text == '"' and word.index not in self.clauses.predicate_at
        return self._determines(word) or quoted or word.lower in self.lists.preposed

    def _owning(self, mention: Mention) -> int | None:
        """The word at which the phrase goes on behind a name that modifies its noun ("White House officials",
        "Georgia's envoy"); None when the name is the head."""
        behind = mention.last + 1
        following = self.words[behind] if behind < len(self.words) else None
        if following is None or following.sentence != self.words[mention.first].sentence:
            return None
        if following.cls == "poss" and following.start == self.words[mention.last].end:
            return behind + 1
        other = self.clauses.at.get(behind)
        named = other is not None and other.kind is EntityKind.PERSON and not other.prep
        return behind if self._modifies(mention, behind) and (named or self.plain(behind)) else None

    def introduced(self, phrase: Phrase) -> Mention | None:
        """The name that a title leads to over its prepositional phrases and a comma, or None."""
        index = phrase.last + 1
        while index < len(self.words) and index - phrase.last <= _INTRODUCING:
            word = self.words[index]
            if word.sentence != self.words[phrase.last].sentence:
                return None
            if word.text == ",":
                named = self.opening(index + 1) if index + 1 < len(self.words) else None
                mention = named.mention if named is not None and not named.prep else None
                person = mention is not None and mention.kind is EntityKind.PERSON
                return mention if mention is not None and person and mention.form == "name" else None
            inner = self.opening(index) if word.cls == "prep" or self._goes_on(word) else None
            if inner is None:
                return None
            index = inner.last + 1
        return None

    def _goes_on(self, word: Word) -> bool:
        """Whether a capital goes on a phrase ("il direttore della Sala Stampa della Santa Sede")."""
        mention = self.clauses.at.get(word.index)
        return word.capital and (mention is None or mention.kind is not EntityKind.PERSON)

    def over(self, word: Word) -> bool:
        """Whether a word between a verb and its subject says nothing of who speaks."""
        return (
            word.cls in ("adv", "neg", "clitic")
            or "time" in word.tags
            or word.lower in self.lists.medial_adverbs
            or word.lower in self.lists.transparent
            or word.lower.endswith(self.lists.adverb_suffixes)
        )
