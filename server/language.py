"""The interface's words: one table of messages per language, chosen for the reader who asks.

A message is TOML text at a dotted key; `{name}` is filled in, escaped for HTML. gettext would add a compile
step and binary files for a few hundred messages; a test holds the tables equal and every key used.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

LANGUAGES = ("en", "it")
"""The languages of the interface; the first is for readers of neither."""

NAMES = {"en": "English", "it": "Italiano"}
"""What speakers of a language call it."""

_GROUPS = {"en": ",", "it": "."}
"""What stands between thousands."""


_DECIMALS = {"en": ".", "it": ","}
"""What stands before decimals."""


class Speech:
    """Says messages in one language."""

    def __init__(self, language: str) -> None:
        """`language` is one of LANGUAGES."""
        self.language = language
        self._messages = messages(language)
        # The tables are ours, so they may hold markup.
        self._whole = {key: Markup(text) for key, text in self._messages.items()}

    def __call__(self, key: str, **values: object) -> Markup:
        """The message at a key with its values, which are escaped. Raises KeyError for an unknown key."""
        if not values:
            return self._whole[key]
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(self._messages[key].format(**escaped))

    def plain(self, key: str, **values: object) -> str:
        """The message at a key for where no markup goes: attributes set by programs, JSON, comparisons."""
        return self._messages[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> Markup:
        """The message at `key.one` or `key.many`, with the number as {n}."""
        form = "one" if number == 1 else "many"
        return self(f"{key}.{form}", n=self.number(number), **values)

    def number(self, number: int) -> str:
        """A number as the language groups its digits."""
        return f"{number:,}".replace(",", _GROUPS[self.language])

    def decimal(self, number: float) -> str:
        """A number with four decimals, as the language writes them."""
        return f"{number:.4f}".replace(".", _DECIMALS[self.language])

    def known(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self._messages


@cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language by their dotted keys."""
    text = (resources.files("server") / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


@cache
def speech(language: str) -> Speech:
    """The one Speech of a language."""
    return Speech(language)


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return found
