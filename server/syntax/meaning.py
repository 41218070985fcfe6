"""Faults of a query whose grammar is right: undeclared prefixes, variables that are out of place.

SPARQL 1.1, sections 4.1.1, 18.2.1 and the notes after the grammar. Only what the engine has refused comes
here, so each finding names the likeliest culprit of a fault that is certain.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology.prefixes import PREFIXES
from server.syntax.tokens import Token

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_GROUPING = frozenset(("GROUP", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A culprit: the number of its token, the reason, the remedy."""

    number: int
    reason: str
    remedy: str


def unknown_name(words: Sequence[Token]) -> Finding | None:
    """The first prefix that nothing declares, or relative IRI without a base."""
    declared: set[str] = set()
    base = False
    for number, word in enumerate(words):
        before = words[number - 1].keyword if number else ""
        if word.kind == "PNAME_NS" and before == "PREFIX":
            declared.add(word.text)
        elif word.kind in ("PNAME_NS", "PNAME_LN"):
            prefix = word.text.partition(":")[0]
            if f"{prefix}:" not in declared:
                iri = PREFIXES.get(prefix, "…")
                return Finding(
                    number,
                    f"the prefix “{prefix}:” is not declared",
                    f"Begin the query with PREFIX {prefix}: <{iri}>",
                )
        elif word.kind == "IRIREF" and not base:
            base = before == "BASE"
            if not _SCHEME.match(word.text):
                return Finding(number, "this IRI is relative, and there is no BASE", "Write the IRI in full.")
    return None


def out_of_place(words: Sequence[Token]) -> Finding | None:
    """The first variable among an update's data, or blank node in what it deletes (notes 8 to 10)."""
    closing, first = 0, ""
    for number, word in enumerate(words):
        before = [each.keyword for each in words[max(number - 2, 0) : number]]
        begins = before[-1:] in (["DATA"], ["DELETE"]) or before == ["DELETE", "WHERE"]
        if word.text == "{" and number >= closing and begins:
            closing, first = _end(words, number), " ".join(each for each in before if each)
        if number >= closing:
            continue
        if word.kind == "VAR" and first.endswith("DATA"):
            remedy = f"Write {first.removesuffix(' DATA')} {{ … }} WHERE {{ … }} to have it bound."
            return Finding(number, f"a variable cannot stand in {first}", remedy)
        if (word.kind in ("BLANK_NODE_LABEL", "ANON") or word.text == "[") and "DELETE" in first:
            return Finding(number, f"a blank node cannot stand in {first}", "Use a variable, and WHERE.")
    return None


def _end(words: Sequence[Token], opening: int) -> int:
    """The number of the brace that closes the one of this number."""
    depth = 0
    for number in range(opening, len(words)):
        depth += (words[number].text == "{") - (words[number].text == "}")
        if depth == 0:
            return number
    return len(words)


def contradiction(words: Sequence[Token], message: str) -> Finding | None:
    """The culprit of a query that is grammatical and still refused by the engine with `message`."""
    return (
        _ungrouped(words, message)
        or _twice_selected(words)
        or _reassigned(words, message)
        or _shared_blank(words)
    )


def _projections(words: Sequence[Token]) -> list[tuple[int, int]]:
    """For each SELECT the numbers of the first token of its projection and of the one after it."""
    found = []
    for number, word in enumerate(words):
        if word.keyword == "SELECT":
            end, depth = number + 1, 0
            while end < len(words):
                depth += (words[end].text == "(") - (words[end].text == ")")
                if depth == 0 and (words[end].text == "{" or words[end].keyword in ("WHERE", "FROM")):
                    break
                end += 1
            found.append((number + 1, end))
    return found


def _ungrouped(words: Sequence[Token], message: str) -> Finding | None:
    if "unbound" not in message and not any(word.keyword in _GROUPING for word in words):
        return None
    grouped = set()
    for number, word in enumerate(words):
        if word.keyword == "BY" and words[number - 1].keyword == "GROUP":
            for later in words[number + 1 :]:
                if later.keyword in ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES") or later.text == "}":
                    break
                if later.kind == "VAR":
                    grouped.add(later.text[1:])
    for begin, end in _projections(words):
        if not any(word.keyword in _GROUPING for word in words[begin:]):
            continue
        for number in _outside_aggregates(words, begin, end):
            name = words[number].text
            if name[1:] not in grouped:
                return Finding(number, f"{name} is neither grouped nor aggregated", f"Add GROUP BY {name}.")
    return None


def _outside_aggregates(words: Sequence[Token], begin: int, end: int) -> Iterator[int]:
    """The variables of a projection that take their values from a group's rows, and are no new names."""
    inside: list[bool] = []
    for number in range(begin, end):
        word, before = words[number], words[number - 1].keyword
        if word.text == "(":
            inside.append(before in _GROUPING or any(inside))
        elif word.text == ")" and inside:
            inside.pop()
        elif word.kind == "VAR" and before != "AS" and not any(inside):
            yield number


def _twice_selected(words: Sequence[Token]) -> Finding | None:
    for begin, end in _projections(words):
        seen: set[str] = set()
        depth = 0
        for number in range(begin, end):
            depth += (words[number].text == "(") - (words[number].text == ")")
            named = words[number - 1].keyword == "AS" or depth == 0
            if words[number].kind == "VAR" and named:
                if words[number].text[1:] in seen:
                    return Finding(
                        number, f"{words[number].text} is selected twice", "Leave out one of them."
                    )
                seen.add(words[number].text[1:])
    return None


def _reassigned(words: Sequence[Token], message: str) -> Finding | None:
    """The variable after AS that has a value already."""
    selecting = "overrides" in message
    for number, word in enumerate(words):
        if word.kind != "VAR" or words[number - 1].keyword != "AS":
            continue
        others = words if selecting else words[: number - 1]
        if any(
            other is not word and other.kind == "VAR" and other.text[1:] == word.text[1:] for other in others
        ):
            return Finding(number, f"{word.text} has a value already", "Give the new value another name.")
    return None


def _shared_blank(words: Sequence[Token]) -> Finding | None:
    """A blank node label that stands in two groups of patterns."""
    homes: dict[str, int] = {}
    stack, group = [0], 0
    for number, word in enumerate(words):
        if word.text == "{" or word.text == "}":
            group += 1  # patterns on the two sides of an inner group are two sets of patterns
            stack.append(group)
        if word.kind == "BLANK_NODE_LABEL" and homes.setdefault(word.text, group) != group:
            return Finding(number, f"{word.text} stands in two groups", "Use a variable instead.")
    return None
