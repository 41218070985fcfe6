"""Solves basic graph patterns on columns: one pattern after the other, whole columns of solutions at once.

The smallest pattern comes first, then the one that makes the fewest solutions of those found so far, each
joined by binary search in a sorted order. That is an index nested-loop join over vectors (Boncz et al.,
"MonetDB/X100", CIDR 2005, for why vectors).
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from graph.store.columns.matches import Found, Numbered, Places, Table, agreeing, columns, is_in
from graph.store.columns.planning import Members, Planner
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

    def __init__(self, triples: Triples, members: Members, most: int) -> None:
        """`most` solutions may be held at a time; TooMuchError is raised beyond."""
        self._triples = triples
        self._members = members
        self._planner = Planner(triples, members)
        self._most = most

    def solve(self, patterns: Sequence[Numbered], chunk: int | None) -> Iterator[tuple[int, Table]]:
        """All solutions: their number and their columns; in parts of the first pattern's, with `chunk`."""
        first, *others = self._planner.order(patterns)
        size, table = self._begun(first)
        for begin in range(0, size, chunk or max(size, 1)):
            part = {name: column[begin : begin + chunk] for name, column in table.items()} if chunk else table
            count = min(size - begin, chunk or size)
            for pattern in others:
                if count == 0:
                    break
                count, part = self._narrowed(*self._joined(count, part, pattern), pattern)
            if count:
                yield count, part

    def _begun(self, pattern: Numbered) -> tuple[int, Table]:
        """The solutions of the first pattern, from the members of one of its variables where that is less."""
        size, variable = self._planner.size(pattern)
        if variable is not None:
            members = self._members[variable]
            return self._narrowed(*self._joined(len(members), {variable: members}, pattern), pattern)
        table = self._matches(pattern, size)
        found = len(table[pattern.variables[0]]) if pattern.variables else size
        return self._narrowed(found, table, pattern)

    def _narrowed(self, count: int, table: Table, pattern: Numbered) -> tuple[int, Table]:
        """The solutions in which each variable of a pattern is one of its members."""
        for variable in set(pattern.variables) & self._members.keys():
            if not count:
                break
            kept = np.isin(table[variable], self._members[variable])
            count = int(np.count_nonzero(kept))
            table = {name: column[kept] for name, column in table.items()}
        return count, table

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
        for pattern in self._planner.sequence(patterns, set(table)):
            if not count:
                return 0, {}
            count, table = self._joined(count, table, pattern)
        return count, table

    def matching(self, pattern: Numbered) -> int:
        """How many triples match a pattern, without regard to members and to variables that stand twice."""
        return self._planner.matching(pattern)

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
        subjects, predicates, objects = bound
        triples = self._triples
        subject, predicate, value = pattern.constants
        if predicate is not None:
            if subjects is not None and value is not None:
                rows = np.flatnonzero(is_in(subjects, triples.by_object(predicate).of(value)))
                return Found(subjects[rows], None, None, rows)
            if objects is not None and subject is not None:
                rows = np.flatnonzero(is_in(objects, triples.by_subject(predicate).of(subject)))
                return Found(None, None, objects[rows], rows)
            if subjects is not None:
                block = triples.by_subject(predicate)
                rows, places = self._found(subjects, block.sorted, once=triples.has_one_object(predicate))
                return Found(subjects[rows], None, block.other[places], rows)
            assert objects is not None
            block = triples.by_object(predicate)
            rows, places = self._found(objects, block.sorted, once=triples.has_one_subject(predicate))
            return Found(block.other[places], None, objects[rows], rows)
        if subjects is not None or subject is not None:
            own = subjects if subjects is not None else np.full(count, subject, np.uint32)
            begins, block = triples.subject_begins, triples.all_by_subject()
            rows, places = self._expanded(begins[own], begins[own + np.uint32(1)])
            return Found(own[rows], block.sorted[places], block.other[places], rows)
        if objects is None and value is None:
            assert predicates is not None
            return self._of_predicates(predicates)
        own = objects if objects is not None else np.full(count, value, np.uint32)
        begins, block = triples.object_begins, triples.all_by_object()
        rows, places = self._expanded(begins[own], begins[own + np.uint32(1)])
        return Found(block.sorted[places], block.other[places], own[rows], rows)

    def _of_predicates(self, predicates: Numbers) -> Found:
        """For each row all triples that have its predicate."""
        found = []
        for predicate in np.unique(predicates):
            block = self._triples.by_subject(int(predicate))
            own = np.flatnonzero(predicates == predicate)
            size = self._limited(len(own) * len(block.sorted))
            rows = np.repeat(own, len(block.sorted))
            columns = (
                np.tile(block.sorted, len(own)),
                np.full(size, predicate),
                np.tile(block.other, len(own)),
            )
            found.append((*columns, rows))
        subjects, verbs, objects, rows = (np.concatenate(each) for each in zip(*found, strict=True))
        self._limited(len(rows))
        return Found(subjects, verbs, objects, rows)

    def _found(self, values: Numbers, column: Numbers, *, once: bool) -> tuple[Places, Places]:
        """Rows of values that a sorted column holds, each as often (`once` at most), and the places."""
        if not once or not len(column):
            return self._expanded(column.searchsorted(values), column.searchsorted(values, "right"))
        places = column.searchsorted(values)
        np.minimum(places, len(column) - 1, out=places)
        held = column[places] == values
        if held.all():
            return np.arange(len(values)), places
        rows = np.flatnonzero(held)
        return rows, places[rows]

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
        size = self._planner.matching(pattern)
        self._limited(count * size)
        added = self._matches(pattern, size)
        if added:
            size = len(next(iter(added.values())))
        joined = {name: np.repeat(column, size) for name, column in table.items()}
        joined |= {name: np.tile(column, count) for name, column in added.items()}
        return count * size, joined
