"""One key for the spellings of a word: Zelenskyj, Zelenskiy, Selenskyj, Зеленський.

Names from other scripts are written down differently by each language, and words end differently in singular
and plural. The key keeps what those spellings share. Own rules of one page: the phonetic algorithms that
libraries offer (Soundex, Metaphone) hear English only, and Slavic transliteration is what differs here.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_OTHER = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
"""Letters that Unicode does not take apart into a plain one and a mark."""

_LETTERS = str.maketrans({**_CYRILLIC, **_OTHER})

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"shch|tsch|tch|sch(?=[^aeiouy])", "k"),  # Medvedčuk, Medvedchuk, Medwedtschuk
        (r"ts(?!$)|tz|dz|sz|zh|sch|sh", "s"),  # Lukašenko, Lukashenko, Lukaschenko
        (r"ph", "f"),
        (r"ch|kh|ck|[cqk]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),  # Lawrow, Lavrov
        (r"ou|oo", "u"),  # Poutine, Putin
        (r"[jy]", "i"),
        (r"h", ""),
        (r"(\D)\1+", r"\1"),  # of digits each counts: 2002 is not 2022
    )
)
_TOUCHED = re.compile(r"[chjqwxyz]|ts|ou|oo|(\D)\1")
"""What a word has in it that any of the rules changes: most numbers and many words have nothing."""

_STEM = re.compile(r"(.{4,}?)[aeiou]*s?")
"""What is left of a key when the vowels of an Italian ending or an English plural go; four letters at least,
for in a shorter word the ending is half of it."""


def folded(word: str) -> str:
    """The word in lower case and Latin letters, without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The key of a whole word; equal for its usual spellings and endings."""
    shape = beginning(word)
    found = _STEM.fullmatch(shape)
    return found[1] if found else shape


def beginning(word: str) -> str:
    """The key of a word that may go on: how the keys of those words begin."""
    shape = folded(word)
    if not _TOUCHED.search(shape):
        return shape
    for pattern, replacement in _RULES:
        shape = pattern.sub(replacement, shape)
    return shape


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, taken out or changed to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        left, row[0] = row[0], number
        for at, sign in enumerate(other, 1):
            left, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, left + (letter != sign))
    return row[-1]
