"""The tokens of SPARQL 1.1, with their places.

Follows the terminals of https://www.w3.org/TR/sparql11-query/#grammar. Own code because the engine shows
neither its tokens nor, reliably, where it stopped; guards and error messages need both, before parsing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
_BASE = rf"[{_START}\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF]"
_CHAR = rf"(?:{_BASE}|[-_0-9\u00B7\u0300-\u036F\u203F-\u2040])"
_PREFIX = rf"{_BASE}(?:(?:{_CHAR}|\.)*{_CHAR})?"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?#@%]"
_LOCAL_FIRST = rf"(?:{_BASE}|[_:0-9]|{_ESCAPE})"
_LOCAL_CHAR = rf"(?:{_CHAR}|:|{_ESCAPE})"
_LOCAL = rf"{_LOCAL_FIRST}(?:(?:{_LOCAL_CHAR}|\.)*{_LOCAL_CHAR})?"
_NAME = rf"(?:{_BASE}|[_0-9])(?:{_BASE}|[_0-9\u00B7\u0300-\u036F\u203F-\u2040])*"
_CODE_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_EXPONENT = r"[eE][+-]?[0-9]+"

_TERMINALS = (
    ("SPACE", r"[ \t\r\n]+"),
    ("COMMENT", r"#[^\r\n]*"),
    ("IRIREF", rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODE_POINT})*>"),
    ("BLANK_NODE_LABEL", rf"_:(?:{_BASE}|[_0-9])(?:(?:{_CHAR}|\.)*{_CHAR})?"),
    ("PNAME_LN", rf"(?:{_PREFIX})?:{_LOCAL}"),
    ("PNAME_NS", rf"(?:{_PREFIX})?:"),
    ("VAR", rf"[?$]{_NAME}"),
    ("LANGTAG", r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"),
    ("STRING", r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\""),
    ("STRING", r"'(?:[^'\\\r\n]|\\.)*'|\"(?:[^\"\\\r\n]|\\.)*\""),
    ("BROKEN_STRING", r"'''|\"\"\"|['\"]"),
    ("DOUBLE", rf"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+){_EXPONENT}"),
    ("DECIMAL", r"[0-9]*\.[0-9]+"),
    ("INTEGER", r"[0-9]+"),
    ("SIGNED", rf"[+-](?:(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+){_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+)"),
    ("WORD", r"[A-Za-z][A-Za-z0-9_]*"),
    ("NIL", r"\([ \t\r\n]*\)"),
    ("ANON", r"\[[ \t\r\n]*\]"),
    ("MARK", r"\^\^|&&|\|\||!=|<=|>=|<<|>>|\{\||\|\}|[][(){}.,;=<>!|/^?*+~-]"),
    ("UNKNOWN", r"."),
)
_TOKEN = re.compile(
    "|".join(f"(?P<{kind}_{number}>{pattern})" for number, (kind, pattern) in enumerate(_TERMINALS)),
    re.DOTALL,
)
_KINDS = {f"{kind}_{number}": kind for number, (kind, _) in enumerate(_TERMINALS)}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` a terminal's name, `offset` its first code point in the query, from 0."""

    kind: str
    text: str
    offset: int

    @property
    def keyword(self) -> str:
        """The word in capitals, as the grammar spells keywords; empty for other tokens."""
        return self.text.upper() if self.kind == "WORD" else ""


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query` in order, without white space and comments; never fails.

    What is no token comes as BROKEN_STRING (a quotation mark that nothing closes) or UNKNOWN (one sign).
    """
    for match in _TOKEN.finditer(query):
        kind = _KINDS[str(match.lastgroup)]
        if kind not in ("SPACE", "COMMENT"):
            yield Token(kind, match.group(), match.start())


def place(query: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a code point of `query`."""
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
