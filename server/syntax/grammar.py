"""Reads a query or an update token by token and stops at the first that none could continue with.

The grammars are in sparql.lark and update.lark; lark's LALR parser never takes a token that cannot follow,
so where it stops is where the fault is. The engine's own parser backtracks and often names the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from lark import Lark
from lark import Token as Leaf
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from server.syntax.tokens import Token

FUNCTIONS = {
    "FUNCTION_0": "RAND NOW UUID STRUUID",
    "FUNCTION_1": "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI "
    "YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 "
    "ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC",
    "FUNCTION_2": "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM",
    "FUNCTION_3": "IF",
    "FUNCTION_2_3": "SUBSTR REGEX",
    "FUNCTION_3_4": "REPLACE",
    "FUNCTION_ANY": "CONCAT COALESCE",
    "AGGREGATE": "SUM MIN MAX AVG SAMPLE",
}
"""Terminal → the built-in functions it stands for: SPARQL 1.1, rules 121 and 127."""

_FUNCTION = {name: terminal for terminal, names in FUNCTIONS.items() for name in names.split()}
_AS_THEY_ARE = frozenset(
    "IRIREF PNAME_LN PNAME_NS VAR LANGTAG STRING INTEGER DECIMAL DOUBLE SIGNED NIL ANON "
    "BLANK_NODE_LABEL".split()
)
Language = Literal["query", "update"]

NONE = "UNKNOWN"
"""The terminal of a token that stands in no query."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading stopped: the number of the token (that of the end is their count), and what could follow.

    `expected` holds keywords and marks as they are written, and names of terminals for the rest.
    """

    number: int
    expected: frozenset[str]


class _NoLexer(Lexer):
    """Stands where lark wants a lexer; the tokens are fed to its parser one by one."""

    def __init__(self, _: object) -> None:
        """Lark hands over its settings."""

    def lex(self, *_: object) -> Iterable[Leaf]:  # type: ignore[override]  # lark leaves it untyped
        """No tokens."""
        return iter(())


@cache
def _parser(language: Language) -> Lark:
    folder = resources.files("server") / "syntax"
    text = (folder / "sparql.lark").read_text(encoding="utf-8")
    if language == "update":
        text += (folder / "update.lark").read_text(encoding="utf-8")
    start = "start" if language == "query" else "update"
    return Lark(text, parser="lalr", start=start, lexer=_NoLexer, maybe_placeholders=False)


@cache
def _written(language: Language) -> dict[str, str]:
    """Terminal → how it is written, for keywords and marks."""
    return {
        terminal.name: str(terminal.pattern.value)
        for terminal in _parser(language).terminals
        if getattr(terminal, "pattern", None) is not None
    }


@cache
def _terminals(language: Language) -> dict[str, str]:
    """How a keyword or mark is written → its terminal."""
    return {written: name for name, written in _written(language).items()}


def words(language: Language = "query") -> list[str]:
    """Every keyword and function of the language."""
    return [written for written in _terminals(language) if written.isupper()] + list(_FUNCTION)


def terminal(token: Token, language: Language = "query") -> str:
    """The grammar's terminal for a token."""
    if token.kind in _AS_THEY_ARE:
        return token.kind
    if token.kind == "MARK" or token.text == "a":
        return _terminals(language).get(token.text, NONE)
    return _terminals(language).get(token.keyword) or _FUNCTION.get(token.keyword, NONE)


def read(query: Iterable[Token], language: Language = "query") -> Stop | None:
    """Where a query or an update stops being one; None when it is one to its end."""
    state: Any = _parser(language).parse_interactive("")  # lark leaves parts of it untyped
    number = -1
    for number, token in enumerate(query):
        name = terminal(token, language)
        if name == NONE:
            return Stop(number, _expected(state.accepts(), language))
        try:
            state.feed_token(Leaf(name, token.text))
        except UnexpectedToken as error:
            return Stop(number, _expected(error.accepts or error.expected, language))
    accepted = state.accepts()
    return None if "$END" in accepted else Stop(number + 1, _expected(accepted, language))


def _expected(names: Iterable[str], language: Language) -> frozenset[str]:
    return frozenset(_written(language).get(name, name) for name in names)
