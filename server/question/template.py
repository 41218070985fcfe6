"""The question of a query by its shape: read once, then filled with the IRIs of each query of that shape.

Programs ask the same of one thing after another, and to read the tokens costs as much as the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from graph.store.columns.question import Comparison, Constant, Filter, Member, Node, Pattern, Question
from graph.store.columns.terms import IRI
from server.question import reading
from server.syntax.tokens import tokens

MOST = 1024
"""Templates that are kept, at most some megabytes."""

_IRI = re.compile("<([^>]*)>")
_END = "!"
"""Ends the number of an IRI in a template: local names have it in escapes alone, which are not read."""


class _Hole(NamedTuple):
    """The number of an IRI of the query, and the local name that is added to it where it is a namespace."""

    number: int
    local: str


@dataclass(frozen=True, slots=True)
class _Template:
    """A question with holes for its constants: one list of patterns, of which some are optional."""

    patterns: Sequence[Sequence[Sequence[Node | _Hole]]]
    filters: Sequence[Filter]
    """Their holes stand in the places of constants."""

    rest: Sequence[Any]
    """What the question has beside these, in the order of its fields."""

    def filled(self, iris: Sequence[str]) -> Question | None:
        """The question about these IRIs; None where they make another one of it."""
        groups = [
            [Pattern(*(_term(node, iris) for node in pattern)) for pattern in group]
            for group in self.patterns
        ]
        filters = [_tested(each, iris) for each in self.filters]
        for each in filters:
            if isinstance(each, Member) and len(set(each.constants)) < len(each.constants):
                return None  # what VALUES says twice comes twice
        return Question(groups[0], groups[1:], filters, *self.rest)


_kept: dict[str, _Template | None] = {}


def read(query: str, shape: str) -> Question | None:
    """The question of a query with a shape; None where its tokens have to tell, or there is none.

    See server.syntax.shape and server.question.reading.
    """
    if shape not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[shape] = _of(shape)
    template = _kept[shape]
    if template is None:
        return None
    iris = _IRI.findall(query)
    if not all(":" in iri for iri in iris):  # relative: the engine resolves it
        return None
    return template.filled(iris)


def _of(shape: str) -> _Template | None:
    """The template of a shape; None where a question could depend on what stands in IRIs and strings."""
    if '"' in shape or "'" in shape:
        return None
    first, *others = shape.split("<")
    numbered = (f"<x:{number}{_END}>{text}" for number, text in enumerate(others))
    found = reading.read(list(tokens(first + "".join(numbered))))
    if found is None:
        return None
    groups = [found.patterns, *found.optionals]
    holes = [[tuple(map(_hole, pattern)) for pattern in group] for group in groups]
    filters = [_with_holes(each) for each in found.filters]
    return _Template(holes, filters, [getattr(found, each.name) for each in fields(found)[3:]])


def _with_holes(test: Filter) -> Filter:
    """A filter with holes for its IRIs: they are compared and not looked into, where no string has a type."""
    if isinstance(test, Member):
        holes: Any = tuple(map(_hole, test.constants))
        return Member(test.variable, holes)
    if isinstance(test, Comparison):
        hole: Any = _hole(test.other)
        return Comparison(test.variable, test.operator, hole)
    return test


def _tested(test: Filter, iris: Sequence[str]) -> Filter:
    if isinstance(test, Member):
        constants: Any = tuple(_term(each, iris) for each in test.constants)
        return Member(test.variable, constants)
    if isinstance(test, Comparison):
        return Comparison(test.variable, test.operator, _term(test.other, iris))
    return test


def _hole(node: Node) -> Node | _Hole:
    if not isinstance(node, Constant) or node.kind != IRI or _END not in node.lexical:
        return node
    number, _, local = node.lexical.removeprefix("x:").partition(_END)
    return _Hole(int(number), local)


def _term(node: Node | _Hole, iris: Sequence[str]) -> Node:
    return Constant(IRI, iris[node.number] + node.local) if isinstance(node, _Hole) else node
