"""Triples found for a pattern, and the columns of its variables."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.store.columns.question import Pattern, Variable
from graph.store.columns.terms import Numbers

Places = npt.NDArray[np.intp]
Table = dict[Variable, Numbers]
"""Solutions as columns of equal length; one solution without variables is an empty dictionary."""


class Numbered:
    """A pattern with the numbers of its constants."""

    __slots__ = ("constants", "nodes", "subject", "variables")

    def __init__(self, pattern: Pattern, constants: tuple[int | None, int | None, int | None]) -> None:
        self.nodes = pattern
        self.subject = pattern.subject
        self.variables = pattern.variables
        self.constants = constants

    def bound(self, variable: Variable, number: int) -> "Numbered":
        """The pattern with a term in the places of a variable."""
        subject, predicate, value = (
            number if node == variable else constant
            for node, constant in zip(self.nodes, self.constants, strict=True)
        )
        return Numbered(self.nodes, (subject, predicate, value))


_NO_ROWS = np.empty(0, np.intp)


class Found(NamedTuple):
    """Triples found, by their places: None where the pattern has a constant.

    `rows` are those of a table that they go with, one for each triple, or none.
    """

    subjects: Numbers | None
    predicates: Numbers | None
    objects: Numbers | None
    rows: Places = _NO_ROWS

    def where(self, kept: npt.NDArray[np.bool_]) -> "Found":
        """Only some of them."""
        if kept.all():
            return self
        subjects, predicates, objects = (None if each is None else each[kept] for each in self[:3])
        return Found(subjects, predicates, objects, self.rows[kept] if len(self.rows) else self.rows)


def agreeing(pattern: Numbered, found: Found) -> Found:
    """Only the triples with the pattern's constants, and with equal terms where a variable stands twice."""
    for place, (node, constant) in enumerate(zip(pattern.nodes, pattern.constants, strict=True)):
        column = found[place]
        if column is None:
            continue
        if constant is not None:
            found = found.where(column == constant)
            continue
        other = found[pattern.nodes.index(node)]
        if other is not None and other is not column:
            found = found.where(column == other)
    return found


def columns(pattern: Numbered, found: Found) -> Table:
    """The columns of the pattern's variables."""
    places = zip(pattern.nodes, agreeing(pattern, found)[:3], strict=True)
    return {node: column for node, column in places if column is not None and isinstance(node, Variable)}


def is_in(values: Numbers, column: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the values a sorted column holds."""
    if not len(column):
        return np.zeros(len(values), np.bool_)
    places = column.searchsorted(values)
    held: npt.NDArray[np.bool_] = column[np.minimum(places, len(column) - 1)] == values
    return held
