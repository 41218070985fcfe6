"""What somebody types into a search field, read as phrases.

zelensky kursk        both words                "guerra in Ucraina"    these words in this order
telefon*              words that begin so       trump -putin           the first without the second
"""

import re
from dataclasses import dataclass

from graph.errors import QueryError

MOST = 16
"""Words of one search: the longest name with its office has eleven; a pasted page is no search."""

LONGEST = 500
"""Characters of one search."""

_PART = re.compile(r'(?P<excluded>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
"""What the index's tokeniser takes for a word: letters and digits in a row."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another, in lower case.

    `open` says that the last one may go on, `excluded` that they must not be there.
    """

    words: tuple[str, ...]
    open: bool = False
    excluded: bool = False

    def __str__(self) -> str:
        text = " ".join(self.words)
        quoted = f'"{text}"' if len(self.words) > 1 else text
        return ("-" if self.excluded else "") + quoted + ("*" if self.open else "")


def phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases of a search. Raises QueryError where there is nothing to look for, or it cannot be read."""
    if len(text) > LONGEST:
        raise QueryError(f"a search of {len(text):,} characters", remedy=f"ask with at most {LONGEST}")
    if text.count('"') % 2:
        raise QueryError("a quotation mark in the search is never closed", remedy='close it: "two words"')
    found = []
    for part in _PART.finditer(text):
        words = tuple(_WORD.findall((part["quoted"] or part["word"] or "").lower()))
        if words:
            goes_on = part["word"] is not None and part["word"].endswith("*")
            found.append(Phrase(words, goes_on, part["excluded"] is not None))
    if not any(not phrase.excluded for phrase in found):
        raise QueryError("the search holds no word to look for", remedy="give a word, such as a name")
    if sum(len(phrase.words) for phrase in found) > MOST:
        raise QueryError("the search has too many words", remedy=f"ask with at most {MOST}")
    return tuple(found)
