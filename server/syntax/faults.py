"""Where a query goes wrong, and what to do about it: for people, within one token of the fault."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.syntax import grammar, meaning
from server.syntax.tokens import Token, tokens

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NEWER = frozenset(("<<", ">>", "{|", "|}", "~"))
"""Marks of RDF 1.2, which the engine knows and the grammar here does not: there the engine's word counts."""

_NAMES = {
    "VAR": "a variable",
    "IRIREF": "an IRI",
    "PNAME_LN": "a prefixed name",
    "STRING": "a string",
    "INTEGER": "a number",
    "$END": "the end",
}
_OPEN = {"(": ")", "{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a query: its first code point from 0, how many it covers, the reason, the remedy."""

    offset: int
    length: int
    reason: str
    remedy: str = ""


def locate(query: str, message: str, language: grammar.Language = "query") -> Fault:
    """The fault in a query, or an update, that the engine's parser refused with `message`."""
    words = list(tokens(query))
    if not words and language == "query":
        return Fault(
            0, 1, "there is no query", "Write one, for example: SELECT * WHERE { ?s ?p ?o } LIMIT 10."
        )
    if any(word.text in _NEWER for word in words):
        return _as_the_engine_says(query, message)
    stop = grammar.read(words, language)
    unknown = meaning.unknown_name(words)
    if unknown is not None and (stop is None or unknown.number < stop.number):
        word = words[unknown.number]
        return Fault(word.offset, len(word.text), unknown.reason, unknown.remedy)
    if stop is not None:
        return _unexpected(query, words, stop, language)
    wrong = meaning.out_of_place(words) if language == "update" else None
    wrong = wrong or meaning.contradiction(words, message)
    if wrong is not None:
        word = words[wrong.number]
        return Fault(word.offset, len(word.text), wrong.reason, wrong.remedy)
    return _as_the_engine_says(query, message)


def locate_update(update: str, message: str) -> Fault:
    """The fault in an update that the engine's parser refused with `message`."""
    return locate(update, message, "update")


def _as_the_engine_says(query: str, message: str) -> Fault:
    match = _PLACE.match(message)
    if not match:
        return Fault(0, 1, message or "this is no query")
    lines = query.split("\n")
    line, column = int(match.group(1)), int(match.group(2))
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    return Fault(min(max(offset, 0), len(query)), 1, "this cannot stand here")


def _unexpected(query: str, words: Sequence[Token], stop: grammar.Stop, language: grammar.Language) -> Fault:
    if stop.number == len(words):
        end = words[-1].offset + len(words[-1].text)
        return Fault(end, 1, f"the {language} ends too early", _unclosed(words) or _needed(stop))
    word = words[stop.number]
    before = words[stop.number - 1] if stop.number else None
    length = len(word.text)
    if word.kind == "BROKEN_STRING":
        remedy = f"Close the string with {word.text}; a line break in it needs three marks."
        return Fault(word.offset, length, "nothing closes this quotation mark", remedy)
    if word.text == "<" and "IRIREF" in stop.expected:
        closing = re.match(r"<[^>\n]*>?", query[word.offset :])
        length = len(closing.group()) if closing else 1
        remedy = "Leave out spaces, quotation marks and braces, or write them as %20, %22, %7B, %7D."
        return Fault(word.offset, length, "this IRI holds a character that none may hold", remedy)
    if word.kind == "UNKNOWN" or word.text == "?":
        return Fault(word.offset, length, f"“{word.text}” cannot stand here", _needed(stop))
    if word.kind == "WORD" and grammar.terminal(word, language) == grammar.NONE:
        remedy = _meant(word, stop, language)
        return Fault(word.offset, length, f"“{word.text}” is no keyword or function", remedy)
    return Fault(word.offset, length, f"“{_short(word.text)}” cannot stand here", _advice(before, word, stop))


def _advice(before: Token | None, word: Token, stop: grammar.Stop) -> str:
    """What to do about a token that is one, in the wrong place."""
    keyword = before.keyword if before else ""
    if keyword in ("FILTER", "HAVING"):
        return f"Put the condition of {keyword} in parentheses: {keyword} ( … )."
    if before is not None and before.text in (",", ";", "."):
        return f"Something must follow the “{before.text}” before it, or leave that out."
    starts = word.kind in ("VAR", "IRIREF", "PNAME_LN", "BLANK_NODE_LABEL")
    if starts and "." in stop.expected and ";" in stop.expected:
        return "A dot is missing before it, or a semicolon if the same thing goes on."
    if word.text in ")}]":
        return f"There is nothing for it to close here. {_needed(stop)}"
    return _needed(stop)


def _meant(word: Token, stop: grammar.Stop, language: grammar.Language) -> str:
    close = difflib.get_close_matches(word.keyword, grammar.words(language), n=1, cutoff=0.7)
    if close:
        return f"Did you mean {close[0]}?"
    if {"VAR", "STRING", "PNAME_LN"} & stop.expected:
        return f"A variable is written ?{word.text}, a string '{word.text}', a name with its prefix."
    return _needed(stop)


def _needed(stop: grammar.Stop) -> str:
    """What could stand there, when that is short to tell."""
    known = sorted(
        {_NAMES.get(name, name) for name in stop.expected if not name.startswith(("FUNCTION", "AGG"))}
    )
    plain = [name for name in known if name in _NAMES.values() or not name.isidentifier() or name.isupper()]
    plain = [name for name in plain if name not in ("PNAME_NS", "BLANK_NODE_LABEL", "ANON", "NIL", "SIGNED")]
    if not plain or len(plain) > 9:
        return ""
    return f"Possible here: {', '.join(plain)}."


def _unclosed(words: Sequence[Token]) -> str:
    opened: list[Token] = []
    for word in words:
        if word.text in _OPEN:
            opened.append(word)
        elif opened and word.text == _OPEN[opened[-1].text]:
            opened.pop()
    if not opened:
        return ""
    count = len(opened)
    marks = " ".join(_OPEN[word.text] for word in reversed(opened[-10:]))
    return f"{'A bracket is' if count == 1 else f'{count} brackets are'} not closed: add {marks}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
