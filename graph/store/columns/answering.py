"""Answers questions from a replica, as SPARQL 1.1's JSON results."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from graph.store.columns.filtering import BeyondError, Filtering
from graph.store.columns.grouping import Column, distinct, grouped
from graph.store.columns.making import VERSION
from graph.store.columns.matches import Numbered, Table
from graph.store.columns.question import Count, Pattern, Question, Shown, Variable
from graph.store.columns.solving import NONE, Solver, TooMuchError
from graph.store.columns.terms import INTEGER, Kind, Terms, as_json
from graph.store.columns.triples import Triples

CHUNK = 1024
"""Solutions of the first pattern that are joined at a time where only some are wanted, at least."""


class Replica:
    """The replica of one generation, open."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, ValueError or KeyError for files that are none of ours."""
        content = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ValueError("a replica of another version")
        self._terms = Terms(folder, [Kind(*each) for each in content["kinds"]])
        self._triples = Triples(folder, content["predicates"], [(s, o) for s, o in content["distinct"]])
        self._filtering = Filtering(self._terms)

    def answer(self, question: Question, most: int, rows: int | None = None) -> bytes | None:
        """The answer, or None where the engine has to give it.

        `most` is how many solutions may be held at a time, `rows` how many the answer may have: to write one
        down costs as much as to find a hundred.
        """
        try:
            members = self._filtering.members(question.filters)
            return self._answered(question, Solver(self._triples, members, most), rows)
        except (BeyondError, TooMuchError, MemoryError):
            return None

    def _answered(self, question: Question, solver: Solver, rows: int | None) -> bytes:
        alone = _counted_alone(question)
        if alone is not None:
            number = solver.matching(self._numbered(question.patterns[0]))
            return _written([alone.alias], [[_integer(number)]])
        wanted = _wanted(question)
        parts, size = list[Table](), 0
        for count, table in self._solved(question, solver, wanted):
            parts.append(table)
            size += count
            if wanted is not None and size >= wanted:
                break
        if question.ask:
            return json.dumps({"head": {}, "boolean": size > 0}, separators=(",", ":")).encode()
        if len(parts) == 1:
            return self._shown(question, size, parts[0], rows)
        table = {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}
        return self._shown(question, size, table, rows)

    def _solved(self, question: Question, solver: Solver, wanted: int | None) -> Iterator[tuple[int, Table]]:
        """The solutions of the patterns, filters, optional patterns; in parts where only some are wanted."""
        patterns = [self._numbered(each) for each in question.patterns]
        optionals = [[self._numbered(each) for each in group] for group in question.optionals]
        chunk = None if wanted is None else max(wanted, CHUNK)
        for begun, part in solver.solve(patterns, chunk):
            count, table = self._filtering.passing(question.filters, begun, part)
            for group in optionals:
                count, table = solver.extended(count, table, group)
            yield count, table

    def _numbered(self, pattern: Pattern) -> Numbered:
        subject, predicate, value = (
            None if isinstance(each, Variable) else self._filtering.number(each) for each in pattern
        )
        return Numbered(pattern, (subject, predicate, value))

    def _shown(self, question: Question, size: int, table: Table, rows: int | None) -> bytes:
        names = [_name(each) for each in question.shown]
        counts = {each.alias for each in question.shown if isinstance(each, Count)}
        columns: Mapping[Variable, Column] = table
        if question.groups is not None:
            columns = grouped(question, size, table, self._terms)
        elif question.distinct and size:
            first = distinct([table[name] for name in names])[0]
            columns = {name: table[name][first] for name in names}
        if not columns:
            return _written(names, [[] for _ in names])
        end = None if question.limit is None else question.offset + question.limit
        if (
            rows is not None
            and len(range(*slice(question.offset, end).indices(len(columns[names[0]])))) > rows
        ):
            raise TooMuchError
        columns = self._ordered(question, columns, counts)
        shown = (columns[name][question.offset : end] for name in names)
        return _written(
            names,
            [
                _integers(column) if name in counts else self._terms_of(column)
                for name, column in zip(names, shown, strict=True)
            ],
        )

    def _terms_of(self, column: Column) -> Sequence[bytes | None]:
        """The terms of a column as JSON; None where a solution has none."""
        numbers = column.astype(np.uint32, copy=False)
        missing = numbers == NONE
        if not missing.any():
            return self._terms.texts(numbers)
        texts: list[bytes | None] = list(self._terms.texts(np.where(missing, np.uint32(0), numbers)))
        for place in np.flatnonzero(missing).tolist():
            texts[place] = None
        return texts

    def _ordered(
        self, question: Question, columns: Mapping[Variable, Column], counts: set[Variable]
    ) -> Mapping[Variable, Column]:
        if not question.order:
            return columns
        keys = []
        for by, descending in reversed(question.order):
            column = columns[by]
            if by not in counts:
                kind = self._terms.kind_of_all(column.astype(np.uint32, copy=False))
                if len(column) and (kind is None or not kind.ordered):
                    raise BeyondError
            keys.append(-column.astype(np.int64) if descending else column)
        order = np.lexsort(keys)
        return {name: column[order] for name, column in columns.items()}


def _name(shown: Shown) -> Variable:
    return shown if isinstance(shown, Variable) else shown.alias


def _counted_alone(question: Question) -> Count | None:
    """The count that is the whole question: of the solutions of one pattern."""
    if len(question.patterns) != 1 or len(question.shown) != 1 or question.groups != ():
        return None
    only, variables = question.shown[0], question.patterns[0].variables
    more = question.filters or question.optionals or question.offset
    if more or question.limit is not None or len(set(variables)) < len(variables):
        return None
    return only if isinstance(only, Count) and not only.distinct else None


def _wanted(question: Question) -> int | None:
    """How many solutions are enough; None where all are needed."""
    if question.ask:
        return 1
    if question.limit is None or question.groups is not None or question.distinct or question.order:
        return None
    return question.offset + question.limit


def _integer(number: int) -> bytes:
    return as_json(INTEGER, str(number))


def _integers(column: Column) -> list[bytes]:
    """Counts as JSON; many are equal."""
    known: dict[int, bytes] = {}
    return [known.get(number) or known.setdefault(number, _integer(number)) for number in column.tolist()]


def _written(names: Sequence[Variable], texts: Sequence[Sequence[bytes | None]]) -> bytes:
    """The results in JSON, from the terms of each column."""
    head, marks = _frame(tuple(names))
    cells = [
        [b"" if text is None else mark + text for text in column]
        for mark, column in zip(marks, texts, strict=True)
    ]
    # A term begins with a comma, so that it does not matter which of its row is the first.
    rows = b"},{".join([row[1:] for row in map(b"".join, zip(*cells, strict=True))])
    body = b"{" + rows + b"}" if cells[0] else b""
    return head + body + b"]}}"


@lru_cache(maxsize=256)
def _frame(names: tuple[Variable, ...]) -> tuple[bytes, tuple[bytes, ...]]:
    """What stands before all rows, and before each term of a row."""
    head = json.dumps({"vars": names}, ensure_ascii=False, separators=(",", ":"))
    written = [json.dumps(name, ensure_ascii=False) for name in names]
    marks = tuple(f",{name}:".encode() for name in written)
    return f'{{"head":{head},"results":{{"bindings":['.encode(), marks
