"""Solves basic graph patterns on columns: one pattern after the other, whole columns of solutions at once.

The smallest pattern comes first, then the one that makes the fewest solutions of those found so far, each
joined by binary search in a sorted order. That is an index nested-loop join over vectors (Boncz et al.,
"MonetDB/X100", CIDR 2005, for why vectors).
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from graph.store.columns.matches import Found, Numbered, Places, Table, agreeing, columns
from graph.store.columns.question import Variable
from graph.store.columns.terms import Numbers
from graph.store.columns.triples import Triples

NONE = np.uint32(0xFFFFFFFF)
"""Stands in a table where a solution has no term."""

_ROW = Variable(" row")


class TooMuchError(Exception):
    """More would have to be looked at than may be."""


class Solver:
    """Solves patterns whose constants are numbers of terms."""

    def __init__(self, triples: Triples, most: int) -> None:
        """`most` solutions may be held at a time; TooMuchError is raised beyond."""
        self._triples = triples
        self._most = most

    def solve(
        self, patterns: Sequence[Numbered], chunk: int | None, known: Table
    ) -> Iterator[tuple[int, Table]]:
        """All solutions: their number and their columns; in parts of the first pattern's, with `chunk`.

        They start from `known` where it has a column.
        """
        if known:
            count = len(next(iter(known.values())))
            found = self._all_joined(count, known, patterns)
            if found[0]:
                yield found
            return
        order, smallest = self._ordered(patterns)
        first = order[0]
        table = self._matches(first, smallest)
        size = len(table[first.variables[0]]) if first.variables else smallest
        for begin in range(0, max(size, 1), chunk or max(size, 1)):
            part = {name: column[begin : begin + chunk] for name, column in table.items()} if chunk else table
            count = min(size - begin, chunk or size)
            for pattern in order[1:]:
                if count == 0:
                    break
                count, part = self._joined(count, part, pattern)
            if count:
                yield count, part

    def extended(self, count: int, table: Table, patterns: Sequence[Numbered]) -> tuple[int, Table]:
        """The solutions with what optional patterns add; NONE where they add nothing."""
        rows = np.arange(count, dtype=np.uint32)
        found = self._all_joined(count, {**table, _ROW: rows}, patterns)[1] if count else {}
        reached = found.pop(_ROW, rows[:0])
        left = np.ones(count, np.bool_)
        left[reached] = False
        nothing = np.full(int(np.count_nonzero(left)), NONE, np.uint32)
        names = {*table, *(name for pattern in patterns for name in pattern.variables)}
        missing = {name: table[name][left] if name in table else nothing for name in names}
        joined = {name: np.concatenate((found.get(name, rows[:0]), missing[name])) for name in names}
        return len(reached) + len(nothing), joined

    def _all_joined(self, count: int, table: Table, patterns: Sequence[Numbered]) -> tuple[int, Table]:
        """The solutions of a table that all patterns agree with."""
        sizes = [self.matching(each) for each in patterns]
        for number in self._sequence(patterns, sizes, set(table)):
            if not count:
                return 0, {}
            count, table = self._joined(count, table, patterns[number])
        return count, table

    def matching(self, pattern: Numbered) -> int:
        """How many triples match a pattern without regard to variables that stand in it twice."""
        subject, predicate, value = pattern.constants
        if predicate is None:
            if subject is None:
                return self._triples.count if value is None else len(self._triples.of_object(value).sorted)
            block = self._triples.of_subject(subject)
            return len(block.other) if value is None else int(np.count_nonzero(block.other == value))
        if subject is not None:
            objects = self._triples.by_subject(predicate).of(subject)
            return len(objects) if value is None else int(_is_in(np.array([value], np.uint32), objects)[0])
        if value is not None:
            return len(self._triples.by_object(predicate).of(value))
        return len(self._triples.by_subject(predicate).sorted)

    def _ordered(self, patterns: Sequence[Numbered]) -> tuple[list[Numbered], int]:
        """The order in which they are solved, and how many triples match the first."""
        sizes = [self.matching(each) for each in patterns]
        first = min(range(len(sizes)), key=sizes.__getitem__)
        others = [each for number, each in enumerate(patterns) if number != first]
        left = sizes[:first] + sizes[first + 1 :]
        sequence = self._sequence(others, left, set(patterns[first].variables))
        return [patterns[first], *(others[number] for number in sequence)], sizes[first]

    def _sequence(
        self, patterns: Sequence[Numbered], sizes: Sequence[int], known: set[Variable]
    ) -> Iterator[int]:
        """The numbers of the patterns, each after those that leave it the fewest solutions."""
        left = list(range(len(patterns)))
        known = set(known)
        while left:
            best = min(left, key=lambda number: self._growth(patterns[number], sizes[number], known))
            yield best
            left.remove(best)
            known.update(patterns[best].variables)

    def _growth(self, pattern: Numbered, size: int, known: set[Variable]) -> tuple[int, float]:
        """How many solutions one becomes by a pattern: first whether it hangs together with it at all."""
        shared = known.intersection(pattern.variables)
        if not shared:
            return (1, size)
        if len(shared) == len(set(pattern.variables)):
            return (0, size / (self._triples.count + 1))
        predicate = pattern.constants[1]
        if predicate is None:
            return (0, 10.0 if pattern.subject in known else 100.0)
        if pattern.subject in known:
            return (0, size / max(self._triples.distinct_subjects(predicate), 1))
        return (0, size / max(self._triples.distinct_objects(predicate), 1))

    def _limited(self, count: int) -> int:
        if count > self._most:
            raise TooMuchError
        return count

    def _matches(self, pattern: Numbered, size: int) -> Table:
        """The solutions of one pattern alone, which matches `size` triples."""
        self._limited(size)
        subject, predicate, value = pattern.constants
        if predicate is not None:
            if subject is not None:
                return columns(pattern, Found(None, None, self._triples.by_subject(predicate).of(subject)))
            if value is not None:
                return columns(pattern, Found(self._triples.by_object(predicate).of(value), None, None))
            block = self._triples.by_subject(predicate)
            return columns(pattern, Found(block.sorted, None, block.other))
        if subject is not None:
            block = self._triples.of_subject(subject)
            return columns(pattern, Found(None, block.sorted, block.other))
        if value is not None:
            block = self._triples.of_object(value)
            return columns(pattern, Found(block.sorted, block.other, None))
        block = self._triples.all_by_subject()
        begins = self._triples.subject_begins
        subjects = np.repeat(np.arange(len(begins) - 1, dtype=np.uint32), np.diff(begins))
        return columns(pattern, Found(subjects, block.sorted, block.other))

    def _joined(self, count: int, table: Table, pattern: Numbered) -> tuple[int, Table]:
        """The solutions of the table that the pattern agrees with, each with what the pattern adds."""
        bound = [table.get(each) if isinstance(each, Variable) else None for each in pattern.nodes]
        if all(each is None for each in bound):
            return self._crossed(count, table, pattern)
        found = agreeing(pattern, self._reached(count, pattern, bound))
        for place, known in enumerate(bound):
            column = found[place]
            if column is not None and known is not None:
                found = found.where(column == known[found.rows])
        joined = {name: column[found.rows] for name, column in table.items()}
        return len(found.rows), {**joined, **columns(pattern, found)}

    def _reached(self, count: int, pattern: Numbered, bound: Sequence[Numbers | None]) -> Found:
        """For each row the triples that have its subject, or its object, or at least its predicate."""
        subjects, _, objects = bound
        triples = self._triples
        subject, predicate, value = pattern.constants
        if predicate is not None:
            if subjects is not None and value is not None:
                rows = np.flatnonzero(_is_in(subjects, triples.by_object(predicate).of(value)))
                return Found(subjects[rows], None, None, rows)
            if objects is not None and subject is not None:
                rows = np.flatnonzero(_is_in(objects, triples.by_subject(predicate).of(subject)))
                return Found(None, None, objects[rows], rows)
            if subjects is not None:
                block = triples.by_subject(predicate)
                rows, places = self._expanded(*_range(subjects, block.sorted))
                return Found(subjects[rows], None, block.other[places], rows)
            assert objects is not None
            block = triples.by_object(predicate)
            rows, places = self._expanded(*_range(objects, block.sorted))
            return Found(block.other[places], None, objects[rows], rows)
        if subjects is not None or subject is not None:
            own = subjects if subjects is not None else np.full(count, subject, np.uint32)
            begins, block = triples.subject_begins, triples.all_by_subject()
            rows, places = self._expanded(begins[own], begins[own + np.uint32(1)])
            return Found(own[rows], block.sorted[places], block.other[places], rows)
        if objects is None and value is None:
            raise TooMuchError  # all triples for each row: the engine has an index for that
        own = objects if objects is not None else np.full(count, value, np.uint32)
        begins, block = triples.object_begins, triples.all_by_object()
        rows, places = self._expanded(begins[own], begins[own + np.uint32(1)])
        return Found(block.sorted[places], block.other[places], own[rows], rows)

    def _expanded(
        self, begins: npt.NDArray[np.integer], ends: npt.NDArray[np.integer]
    ) -> tuple[Places, Places]:
        """Rows, each as often as its range is long, and the places of the ranges."""
        begins, lengths = begins.astype(np.intp), ends.astype(np.intp) - begins
        total = self._limited(int(lengths.sum()))
        rows = np.repeat(np.arange(len(lengths)), lengths)
        starts = np.cumsum(lengths) - lengths
        return rows, np.arange(total) + np.repeat(begins - starts, lengths)

    def _crossed(self, count: int, table: Table, pattern: Numbered) -> tuple[int, Table]:
        """Every solution of the table with every one of the pattern."""
        size = self.matching(pattern)
        self._limited(count * size)
        added = self._matches(pattern, size)
        if added:
            size = len(next(iter(added.values())))
        joined = {name: np.repeat(column, size) for name, column in table.items()}
        joined |= {name: np.tile(column, count) for name, column in added.items()}
        return count * size, joined


def _range(values: Numbers, column: Numbers) -> tuple[Places, Places]:
    """Where each value begins and ends in a sorted column."""
    return column.searchsorted(values), column.searchsorted(values, "right")


def _is_in(values: Numbers, column: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the values a sorted column holds."""
    if not len(column):
        return np.zeros(len(values), np.bool_)
    places = column.searchsorted(values)
    held: npt.NDArray[np.bool_] = column[np.minimum(places, len(column) - 1)] == values
    return held
