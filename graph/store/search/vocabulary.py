"""The words that occur in an index: which ones a word stands for, and which is nearest to one unknown."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.store.search.phrases import Phrase
from graph.store.search.spelling import beginning, distance, folded, key

SPELLINGS = 24
"""Spellings of one word that are looked for, the most frequent ones: a name has fewer than ten."""

NEAR = 40
"""Words that share most groups of three letters, among which the nearest is sought."""

SHORTEST = 4
"""Letters of a key below which nothing counts as near: a letter more or less makes another word."""

SHORT = 5
"""Letters up to which a word may differ in one only; a longer one in two."""


class Vocabulary:
    """The words of one or more index files together."""

    def __init__(self, files: Sequence[sqlite3.Connection]) -> None:
        self._files = files

    def expression(self, asked: Iterable[Phrase], joint: str) -> str:
        """The FTS5 expression for phrases in all their spellings; `joint` is AND or OR."""
        wanted = [self._alternatives(phrase) for phrase in asked if not phrase.excluded]
        unwanted = [_quoted(phrase.words) for phrase in asked if phrase.excluded]
        expression = f"({f' {joint} '.join(wanted)})"
        return f"{expression} NOT ({' OR '.join(unwanted)})" if unwanted else expression

    def literal(self, asked: Iterable[Phrase]) -> str:
        """The FTS5 expression for phrases just as they are written."""
        return " AND ".join(
            _quoted(phrase.words) + ("*" if phrase.open else "") for phrase in asked if not phrase.excluded
        )

    def corrected(self, asked: Iterable[Phrase]) -> tuple[Phrase, ...]:
        """The phrases, each word that does not occur replaced by the nearest one that does."""
        return tuple(
            phrase
            if phrase.open or phrase.excluded
            else replace(phrase, words=tuple(self._nearest(word) for word in phrase.words))
            for phrase in asked
        )

    def _alternatives(self, phrase: Phrase) -> str:
        if len(phrase.words) > 1:
            return _quoted(phrase.words)
        (word,) = phrase.words
        spellings = self._going_on(word) if phrase.open else self._spellings(word)
        as_typed = _quoted((word,)) + ("*" if phrase.open else "")
        return f"({' OR '.join([as_typed, *(_quoted((each,)) for each in spellings if each != word)])})"

    def _spellings(self, word: str) -> list[str]:
        """The words that occur with the same key, the most frequent first."""
        return self._terms("SELECT term, n FROM word WHERE key = ?", (key(word),))

    def _going_on(self, word: str) -> list[str]:
        """The words that occur whose spelling goes on from what is typed, the most frequent first."""
        start = beginning(word)
        if len(start) < 2:
            return []
        return self._terms(
            "SELECT term, n FROM word WHERE key >= ? AND key < ? ORDER BY n DESC LIMIT 200",
            (start, start + "\U0010ffff"),
        )

    def _terms(self, query: str, values: tuple[str, ...]) -> list[str]:
        counts: dict[str, int] = {}
        for file in self._files:
            for term, n in file.execute(query, values):
                counts[term] = counts.get(term, 0) + n
        return sorted(counts, key=lambda term: (-counts[term], term))[:SPELLINGS]

    def _nearest(self, word: str) -> str:
        """The word itself where it occurs in some spelling, else the nearest, else itself again."""
        own = key(word)
        if self._spellings(word) or len(own) < SHORTEST:
            return word
        threes = " OR ".join(f'"{own[at : at + 3]}"' for at in range(len(own) - 2))
        near: list[tuple[int, int, str]] = []
        for file in self._files:
            rows = file.execute(
                "SELECT term, key, n FROM word WHERE id IN "
                "(SELECT rowid FROM similar WHERE similar MATCH ? ORDER BY rank LIMIT ?)",
                (threes, NEAR),
            )
            near += [(distance(own, other), -n, term) for term, other, n in rows if len(other) >= SHORTEST]
        allowed = 1 if len(folded(word)) <= SHORT else 2
        best = min(near, default=(allowed + 1, 0, word))
        return best[2] if best[0] <= allowed else word


def _quoted(words: Iterable[str]) -> str:
    """Words as one FTS5 string; letters and digits alone are in them."""
    return f'"{" ".join(words)}"'
