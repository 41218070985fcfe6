"""Which solutions pass a filter, by the numbers of their terms; SPARQL 1.1, section 17.

Where terms of several kinds would be compared, the engine's rules are needed, and the engine answers.
"""

import json
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from graph.store.columns.matches import Table
from graph.store.columns.question import (
    Comparison,
    Constant,
    Filter,
    Language,
    Member,
    Text,
    Variable,
)
from graph.store.columns.terms import BLANK, IRI, STRING, Numbers, Terms

Kept = npt.NDArray[np.bool_]


class BeyondError(Exception):
    """A question that only the engine answers."""


class Filtering:
    """Filters over the terms of one replica."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def passing(self, filters: Sequence[Filter], count: int, table: Table) -> tuple[int, Table]:
        """The solutions that pass all filters, and their number. Raises BeyondError."""
        for each in filters:
            if not count:
                break
            if isinstance(each, Member):
                continue  # the solver has seen to these
            kept = self._kept(each, table)
            table = {name: column[kept] for name, column in table.items()}
            count = int(np.count_nonzero(kept))
        return count, table

    def members(self, filters: Sequence[Filter]) -> dict[Variable, Numbers]:
        """The terms that a variable can be, where filters say which. Raises BeyondError."""
        found: dict[Variable, Numbers] = {}
        for each in filters:
            if isinstance(each, Member):
                numbers = np.unique(np.array([self.number(one) for one in each.constants], np.uint32))
                known = found.get(each.variable)
                found[each.variable] = numbers if known is None else np.intersect1d(known, numbers)
        return found

    def number(self, constant: Constant) -> int:
        """The number of a term. Raises BeyondError for one that no triple has.

        The engine is as quick with those, and says whether such a term can be at all.
        """
        number = self._terms.number(constant)
        if number is None:
            raise BeyondError
        return number

    def _kept(self, test: Comparison | Language | Text, table: Table) -> Kept:
        column = table[test.variable]
        if isinstance(test, Language):
            kind = self._terms.kind(f"@{test.language}")
            return (column >= kind.begin) & (column < kind.end) if kind else np.zeros(len(column), np.bool_)
        if isinstance(test, Text):
            return self._found(test, column)
        if isinstance(test.other, Variable):
            return self._equal(test, column, table[test.other])
        return self._compared(test, test.other, column)

    def _equal(self, test: Comparison, column: Numbers, other: Numbers) -> Kept:
        """Two variables, which have to be IRIs: other terms can be equal and not the same."""
        kind = self._terms.kind_of_all(column)
        if test.operator not in ("=", "!=") or kind is None or kind.name != IRI:
            raise BeyondError
        if self._terms.kind_of_all(other) != kind:
            raise BeyondError
        return np.equal(column, other) if test.operator == "=" else np.not_equal(column, other)

    def _compared(self, test: Comparison, constant: Constant, column: Numbers) -> Kept:
        kind = self._terms.kind_of_all(column)
        if kind is None or kind.name != constant.kind:
            raise BeyondError
        if kind.name == IRI and test.operator == "!=":
            return np.not_equal(column, self.number(constant))
        if kind.name in (IRI, STRING) or kind.name[0] == "@" or not kind.ordered:
            raise BeyondError
        first, after = self._terms.position(kind, constant.lexical)
        compare: dict[str, Callable[[], Kept]] = {
            "=": lambda: (column >= first) & (column < after),
            "!=": lambda: (column < first) | (column >= after),
            "<": lambda: column < first,
            "<=": lambda: column < after,
            ">": lambda: column >= after,
            ">=": lambda: column >= first,
        }
        return compare[test.operator]()

    def _found(self, test: Text, column: Numbers) -> Kept:
        """Looks each text up once; what is no text, by the rules of the function, is not found."""
        numbers, places = np.unique(column, return_inverse=True)
        suited = np.zeros(len(numbers), np.bool_)
        for kind in self._terms.kinds:
            if kind.name == STRING or kind.name[0] == "@" or (test.any_term and kind.name != BLANK):
                suited |= (numbers >= kind.begin) & (numbers < kind.end)
        words = test.words.encode()
        found = np.zeros(len(numbers), np.bool_)
        for place, text in zip(np.flatnonzero(suited), self._terms.texts(numbers[suited]), strict=True):
            if words in (text.lower() if test.folded else text) or not text.isascii():
                value = str(json.loads(text)["value"])
                if test.folded:
                    value = value.lower()
                found[place] = value.startswith(test.words) if test.begins else test.words in value
        return found[places]
