"""When two names mean the same agent or place, for scoring only: more lenient than linking, never than sense.

Names are folded (case, accents, apostrophes, the commonest transliterations); a person is known by the last
name and a first name that does not contradict it; anything else by its words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import EntityKind

WORD = re.compile(r"[^\W_]+")

# Letters that Unicode does not decompose, and spellings of one Cyrillic, Arabic or Turkish name that differ
# between Italian, English and scholarly usage (Zelensky / Zelenskyy, Jacenjuk / Yatsenyuk, Khalid / Halid).
FOLDED = (
    ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ı", "i"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"),
    ("kh", "h"), ("ph", "f"), ("ts", "c"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")

_PARTICLES = """
    il lo la i gli le l un una di del dello della dei degli delle d a al alla da dal dalla e ed in nel nella
    su sul the of and for at on to
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words that names of organisations and places gain and lose freely."""

SAME_FIRST_NAME = 1
"""Edits between two first names that still are one (Marc / Mark, Dmitri / Dmitry)."""


@dataclass(frozen=True, slots=True)
class Named:
    """An agent or a place as an answer names it: the fullest name and its other forms."""

    name: str
    forms: tuple[str, ...] = ()
    kind: str | None = None


def named(entry: Mapping[str, Any]) -> Named:
    """The entry of an `actors` or `locations` list."""
    return Named(entry["name"], tuple(entry.get("aliases") or ()), entry.get("kind"))


def directory(entries: Iterable[Mapping[str, Any]]) -> dict[str, Named]:
    """Every name and alias of a list of entries, to the entry; a full name wins over an alias."""
    found: dict[str, Named] = {}
    known = [named(entry) for entry in entries]
    for one in known:
        for form in one.forms:
            found.setdefault(form, one)
    found.update({one.name: one for one in known})
    return found


def fold(name: str) -> tuple[str, ...]:
    """The words of a name in their folded spelling."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    for spelling, letter in FOLDED:
        plain = plain.replace(spelling, letter)
    return tuple(DOUBLED.sub(r"\1", word) for word in WORD.findall(plain))


def same(left: Named, right: Named) -> bool:
    """Whether two answers mean the same; a person if either answer says so."""
    if EntityKind.PERSON in (left.kind, right.kind):
        return _same_person(left, right)
    lefts = {_content(form) for form in (left.name, *left.forms)}
    rights = {_content(form) for form in (right.name, *right.forms)}
    return any(_same_words(a, b) for a in lefts for b in rights)


def _same_person(left: Named, right: Named) -> bool:
    """Full names decide when both answers have one; only then may a bare surname stand for the person."""
    lefts = [fold(form) for form in (left.name, *left.forms)]
    rights = [fold(form) for form in (right.name, *right.forms)]
    full = [(a, b) for a in lefts for b in rights if len(a) > 1 and len(b) > 1]
    if full:
        return any(_compatible(a, b) for a, b in full)
    return any(a == b or _short_for(a, b) or _short_for(b, a) for a in lefts for b in rights)


def _compatible(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if left[-1] != right[-1] and not _subsequence(left, right) and not _subsequence(right, left):
        return False
    first, other = left[0], right[0]
    initials = len(first) == 1 or len(other) == 1
    return (first[0] == other[0] if initials else edits(first, other) <= SAME_FIRST_NAME) or (
        first in right or other in left
    )


def _subsequence(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether all words of `short` stand in `long`, in their order ("Luiz Lula", "Luiz Inácio Lula")."""
    rest = iter(long)
    return all(word in rest for word in short)


def _short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one word names a person in full elsewhere: the surname, or the first word of it ("Xi")."""
    return len(short) == 1 and len(long) > 1 and short[0] in (long[0], long[-1])


def _content(name: str) -> tuple[str, ...]:
    words = fold(name)
    return tuple(word for word in words if word not in PARTICLES) or words


def _same_words(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Equal, or the shorter at least half of the longer ("Kursk", "regione di Kursk")."""
    short, long = sorted((set(left), set(right)), key=len)
    return bool(short) and short <= long and 2 * len(short) >= len(long)


def edits(left: str, right: str) -> int:
    """The Levenshtein distance of two words."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
