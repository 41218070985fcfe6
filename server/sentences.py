"""What programs are told in English of an error, for a reader of another language.

An error is worded where it is raised, with its values inside; the tables hold those sentences with braces in
the places of the values, and the advice on queries. What is in none of them stays English and is marked so.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from server.language import LANGUAGES

SPOKEN = LANGUAGES[0]
"""The language in which errors are worded."""

REASON = "reason"
"""The place of a value that is a sentence itself."""

_PLACE = re.compile(r"\{(\w+)\}")


class Said(NamedTuple):
    """A sentence and its language."""

    text: str
    language: str


def said(text: str, language: str) -> Said:
    """The sentence in `language`, one of LANGUAGES, else as it is."""
    for pattern, wording in _sentences(language):
        found = pattern.fullmatch(text)
        if found:
            values = found.groupdict()
            if REASON in values:
                values[REASON] = said(values[REASON], language).text
            return Said(wording.format(**values), language)
    return Said(text, SPOKEN)


@cache
def _sentences(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pairs of a sentence as a pattern and its wording in a language, those with fewer open places first."""
    file = resources.files("server") / "messages" / f"sentences.{language}.toml"
    if not file.is_file():
        return ()
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    ordered = sorted(table.items(), key=lambda pair: (len(_PLACE.findall(pair[0])), pair[0]))
    return tuple((_pattern(spoken), wording) for spoken, wording in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _PLACE.split(sentence)
    text = "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    return re.compile(text, re.DOTALL)
