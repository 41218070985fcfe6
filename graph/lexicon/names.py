"""How names are compared: folded to lower-case ASCII letters, and cut into the part that stays when a first
name goes."""

import re
import unicodedata

# Letters that no Unicode decomposition takes apart, with their usual Latin rendering in news.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "ə": "e"}
)

# Particles that belong to the surname that follows ("von der Leyen", "bin Salman", "al-Sisi").
PARTICLES = frozenset(
    "von van der den de del della di da dos du la le bin ibn ben al el abu ter zu zur san st st. haj".split()
)

# Those of them that join a name in the middle of a sentence although they are no words of the article's
# language.
JOINING = frozenset({"von", "van", "bin", "ben", "el", "al", "abu"})

# Arabic articles, joined by a hyphen to the name that they begin ("al-Sisi", "ash-Sharaa").
ARABIC_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "ad", "an", "az"})

# Countries whose names put the family name first.
FAMILY_FIRST = frozenset({"CN", "KP", "KR", "VN", "TW"})

# Letters that the usual romanisations of Cyrillic and Arabic exchange for one another, longest first.
_SOUNDS = (
    ("sch", "s"), ("kh", "h"), ("ch", "c"), ("ck", "k"), ("sh", "s"), ("sc", "s"), ("zh", "z"), ("ph", "f"),
    ("ou", "u"), ("w", "v"), ("j", "i"), ("y", "i"), ("q", "k"),
)  # fmt: skip

# A full name has two words at least; shorter first names than this differ by one letter and are others (Ali,
# Eli).
_FULL, _SHORTEST = 2, 3

_APART = re.compile(r"[^\w'&.]+")


def fold(text: str) -> str:
    """`text` in lower case, without accents, apostrophes made straight, blanks and hyphens as one blank."""
    lowered = text.lower()
    if lowered.isascii():  # most names; twice as fast
        return _APART.sub(" ", lowered).strip() if _APART.search(lowered) else lowered
    lowered = lowered.translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _APART.sub(" ", plain).strip()


def surname(name: str, country: str = "") -> str:
    """The folded family name of a full name: its last word with the particles before it, the first in East
    Asia."""
    words = fold(name).split()
    if len(words) < 2:
        return words[0] if words else ""
    if country in FAMILY_FIRST:
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def transliteration_key(word: str) -> str:
    """One key for the spellings of a transliterated surname (Lukashenko, Lukaschenko, Lukasenko)."""
    key = fold(word).replace(" ", "").replace("'", "").replace(".", "")
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", key)
    return re.sub(r"i+$", "i", key)


def slug(text: str) -> str:
    """`text` as lower-case ASCII words joined by hyphens; "unnamed" when nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")
    return words or "unnamed"


def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: the same surname, first names an initial or one edit
    apart."""
    first, second = fold(one).split(), fold(other).split()
    if min(len(first), len(second)) < _FULL:
        return False
    if transliteration_key(surname(one)) != transliteration_key(surname(other)):
        return False
    a, b = first[0].rstrip("."), second[0].rstrip(".")
    return (
        a == b
        or transliteration_key(a) == transliteration_key(b)
        or (1 in (len(a), len(b)) and a[:1] == b[:1])
        or _one_edit(a, b)
    )


def _one_edit(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < _SHORTEST:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
