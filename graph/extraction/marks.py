"""Quotation marks of every make, as one character each, so that few rules see them all.

Typewriter and TeX doubles (``…'', ,,…''), angle brackets and single marks around whole phrases become
straight or pointed double marks. The length is unchanged: of two characters one becomes a blank, so that
the mark clings to the quoted words.
"""

import re

# Two single marks are one double mark: it opens behind a blank, it closes behind anything else.
_DOUBLED = re.compile(r"``|''|´´|‘‘|’’")

# A low mark of two commas opens when a closing mark follows in its line; else it is a comma struck twice.
_COMMAS = re.compile(r"(?<![^\s(]),,(?=\s?\w[^\n]{0,400}(?:''|\"|”|“))")

_ANGLES = {"<<": " «", ">>": "» "}
_SINGLE_ANGLES = str.maketrans("‹›〈〉", "«»«»")

# A phrase between single typographic marks: the closing one stands before no letter, and not in the way of
# an apostrophe ("the leaders’ talks") when a stop or comma closes the phrase further on.
_CURLY = re.compile(r"(?<![^\s(\[:«\"-])‘([^‘\n“”\"]{2,400}?)’(?![\w’])")

# The same between straight marks, as headlines have it: a phrase of two words at least, unless a stop or
# comma inside closes it. No words that end in an apostrophe ("un po' di"), no years ("the '90s").
_STRAIGHT = re.compile(
    r"(?<![^\s(\[:-])'((?![\s\d])[^'\n\"«“]{0,200}(?:\w'\w[^'\n\"«“]{0,200}){0,9})'(?=[\s,.;:!?)\]]|$)", re.M
)
_CUT = re.compile(r"(?:\b(?:po|mo|di|fa|sta|va|da|be|perche|piu|puo|gia|sara|cosi|citta|[Ee])|s)$")


def even(text: str) -> str:
    """`text` with plain marks; a sign for a quotation is one of " « » “ ” „ afterwards."""
    text = _COMMAS.sub(' "', text)
    text = _DOUBLED.sub(_double, text)
    for pair, mark in _ANGLES.items():
        text = text.replace(pair, mark)
    text = text.translate(_SINGLE_ANGLES)
    text = _CURLY.sub(r"“\1”", text)
    return _STRAIGHT.sub(_phrase, text)


def _double(found: re.Match[str]) -> str:
    """Two single marks as one; "''" opens behind a blank and before a word."""
    before = found.string[found.start() - 1] if found.start() else " "
    if found[0] == "``" and not before.isalnum():
        return " “"
    behind = found.string[found.end()] if found.end() < len(found.string) else " "
    opens = (before.isspace() or before in "([") and not behind.isspace()
    return ' "' if opens else '" '


def _phrase(found: re.Match[str]) -> str:
    """The match with double marks, or as it was when its closing mark is an apostrophe."""
    inside = found[1]
    closed = inside[-1:] in ".,!?" or (" " in inside and not _CUT.search(inside))
    return f"“{inside}”" if closed else found[0]
