"""Citations: where the words that a model cites stand in the raw article, if they do.

Words are found character by character, but for what a model cannot see or copy: kinds of blanks, and the
shapes of apostrophes, quotation marks and dashes.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from graph.llm.answers import Citation
from graph.model import Span

# One character for one, so that offsets stay those of the raw article.
_PLAIN = str.maketrans("’‘ʼ´“”„«»–—―", '\'\'\'\'"""""---')

# No citation is longer: the shapes of the ontology refuse evidence of more.
_LONGEST = 200


class CitationError(Exception):
    """The words are not in the article, or which of several is meant cannot be told."""


class Passages:
    """The sentences of an article, to be searched; numbers count from 1."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text.translate(_PLAIN)
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def number(self, offset: int) -> int:
        """The number of the sentence that `offset` lies in."""
        return bisect_right(self._starts, offset)

    def find(self, citation: Citation, near: Span | None = None) -> Span:
        """The span of the words: in the sentence that the citation names, else in all; among several the one
        behind `citation.before`, else the nearest to `near` of those in the sentence that is named, or in
        that of `near` itself.

        Raises CitationError.
        """
        words = citation.words.strip().translate(_PLAIN)
        if not any(character.isalnum() for character in words) or len(words) > _LONGEST:
            raise CitationError("not the words of a fact")
        named = self._in_sentence(words, citation.sentence)
        found = named or self._anywhere(words)
        if not found:
            raise CitationError("words not in the article")
        if len(found) > 1:
            found = [each for each in found if self._follows(citation.before, each)] or found
        if len(found) > 1 and near is not None:
            here = [each for each in found if self.number(each.start) == self.number(near.start)]
            found = sorted(here or named, key=lambda each: abs(each.start - near.start))[:1]
        if len(found) != 1:
            raise CitationError("words found more than once")
        return found[0]

    def _in_sentence(self, words: str, number: int) -> list[Span]:
        if not 1 <= number <= len(self._sentences):
            return []
        sentence = self._sentences[number - 1]
        return _occurrences(words, self._text, sentence.start, sentence.end)

    def _anywhere(self, words: str) -> list[Span]:
        if not self._sentences:
            return []
        return _occurrences(words, self._text, self._starts[0], self._sentences[-1].end)

    def _follows(self, before: str, found: Span) -> bool:
        """Whether the words `before` stand right before."""
        wanted = before.translate(_PLAIN).split()
        stretch = self._text[max(0, found.start - 2 * len(before) - 1) : found.start].split()
        return bool(wanted) and stretch[-len(wanted) :] == wanted


def _occurrences(words: str, text: str, start: int, end: int) -> list[Span]:
    """Where whole words stand in text[start:end], any blanks between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    left, right = r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else ""
    return [Span(*found.span()) for found in re.compile(left + pattern + right).finditer(text, start, end)]
