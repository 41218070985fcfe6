"""Answers questions from a replica, as SPARQL 1.1's JSON results."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.store.columns.making import VERSION
from graph.store.columns.question import Constant, Count, Filter, Pattern, Question, Variable
from graph.store.columns.solving import Numbered, Solver, Table, TooMuchError
from graph.store.columns.terms import INTEGER, IRI, STRING, Kind, Terms, as_json
from graph.store.columns.triples import Triples

Column = npt.NDArray[np.integer]

CHUNK = 1024
"""Solutions of the first pattern that are joined at a time where only some are wanted, at least."""


class BeyondError(Exception):
    """A question that only the engine answers."""


class Replica:
    """The replica of one generation, open."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, ValueError or KeyError for files that are none of ours."""
        content = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ValueError("a replica of another version")
        self._terms = Terms(folder, [Kind(*each) for each in content["kinds"]])
        self._triples = Triples(folder, content["predicates"], [(s, o) for s, o in content["distinct"]])

    def answer(self, question: Question, most: int) -> bytes | None:
        """The answer, or None where the engine has to give it.

        `most` is how many solutions may be held at a time.
        """
        try:
            return self._answered(question, most)
        except (BeyondError, TooMuchError, MemoryError):
            return None

    def _answered(self, question: Question, most: int) -> bytes:
        solver = Solver(self._triples, most)
        patterns = [self._numbered(each) for each in question.patterns]
        if (counted := _counted_alone(question)) and len(set(patterns[0].variables)) == len(
            patterns[0].variables
        ):
            return _written([counted.alias], [[_integer(solver.matching(patterns[0]))]])
        wanted = _wanted(question)
        chunk = None if wanted is None else max(wanted, CHUNK)
        parts, size = list[Table](), 0
        for count, table in solver.solve(patterns, chunk):
            kept = self._filtered(question.filters, count, table)
            parts.append(kept[1])
            size += kept[0]
            if wanted is not None and size >= wanted:
                break
        if question.ask:
            return json.dumps({"head": {}, "boolean": size > 0}, separators=(",", ":")).encode()
        table = {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}
        return self._shown(question, size, table)

    def _numbered(self, pattern: Pattern) -> Numbered:
        subject, predicate, value = (
            None if isinstance(each, Variable) else self._number(each) for each in pattern
        )
        return Numbered(pattern, (subject, predicate, value))

    def _number(self, constant: Constant) -> int:
        number = self._terms.number(constant)
        if number is None:
            # Quick for the engine too, which also says whether it is a term at all.
            raise BeyondError
        return number

    def _filtered(self, filters: Sequence[Filter], count: int, table: Table) -> tuple[int, Table]:
        for each in filters:
            kept = self._passing(each, table)
            table = {name: column[kept] for name, column in table.items()}
            count = int(np.count_nonzero(kept))
        return count, table

    def _passing(self, test: Filter, table: Table) -> npt.NDArray[np.bool_]:
        """Which solutions a filter lets through. Raises BeyondError where the engine's rules are needed."""
        column = table[test.variable]
        if test.operator == "lang":
            assert isinstance(test.other, Constant)
            kind = self._terms.kind(f"@{test.other.lexical}")
            return (column >= kind.begin) & (column < kind.end) if kind else np.zeros(len(column), bool)
        if not len(column):
            return np.zeros(0, np.bool_)
        kind = self._terms.kind_of_all(column)
        if isinstance(test.other, Variable):
            other = table[test.other]
            if kind is None or kind.name != IRI or self._terms.kind_of_all(other) != kind:
                raise BeyondError
            if test.operator not in ("=", "!="):
                raise BeyondError
            return np.equal(column, other) if test.operator == "=" else np.not_equal(column, other)
        if test.other.kind in (IRI, STRING) and test.operator == "=":
            return np.equal(column, self._number(test.other))
        if kind is None or kind.name != test.other.kind:
            raise BeyondError
        if kind.name == IRI and test.operator == "!=":
            return np.not_equal(column, self._number(test.other))
        if kind.name in (IRI, STRING) or kind.name[0] == "@" or not kind.ordered:
            raise BeyondError
        first, after = self._terms.position(kind, test.other.lexical)
        return {
            "=": (column >= first) & (column < after),
            "!=": (column < first) | (column >= after),
            "<": column < first,
            "<=": column < after,
            ">": column >= after,
            ">=": column >= first,
        }[test.operator]

    def _shown(self, question: Question, size: int, table: Table) -> bytes:
        names = [each.alias if isinstance(each, Count) else each for each in question.shown]
        counts = {each.alias for each in question.shown if isinstance(each, Count)}
        columns: dict[Variable, Column] = dict(table)
        if question.groups is not None:
            columns = _grouped(question, size, table)
        elif question.distinct and size:
            first = _places([columns[name] for name in names])[0]
            columns = {name: column[first] for name, column in columns.items()}
        if not columns:
            return _written(names, [[] for _ in names])
        columns = self._ordered(question, columns, counts)
        end = None if question.limit is None else question.offset + question.limit
        shown = (columns[name][question.offset : end] for name in names)
        texts = [
            _integers(column) if name in counts else self._terms.texts(column.astype(np.uint32, copy=False))
            for name, column in zip(names, shown, strict=True)
        ]
        return _written(names, texts)

    def _ordered(
        self, question: Question, columns: dict[Variable, Column], counts: set[Variable]
    ) -> dict[Variable, Column]:
        if not question.order:
            return columns
        keys = []
        for by, descending in reversed(question.order):
            column = columns[by]
            if by not in counts:
                numbers = column.astype(np.uint32, copy=False)
                kind = self._terms.kind_of_all(numbers)
                if len(column) and (kind is None or not kind.ordered):
                    raise BeyondError
            keys.append(-column.astype(np.int64) if descending else column)
        order = np.lexsort(keys)
        return {name: column[order] for name, column in columns.items()}


def _counted_alone(question: Question) -> Count | None:
    """The count that is the whole question: of the solutions of one pattern."""
    if len(question.patterns) != 1 or question.filters or question.groups != () or len(question.shown) != 1:
        return None
    only = question.shown[0]
    plain = question.limit is None and not question.offset
    return only if isinstance(only, Count) and not only.distinct and plain else None


def _wanted(question: Question) -> int | None:
    """How many solutions are enough; None where all are needed."""
    if question.ask:
        return 1
    if question.limit is None or question.groups is not None or question.distinct or question.order:
        return None
    return question.offset + question.limit


def _places(columns: Sequence[Column]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Of equal rows the first one's place; and for each row, which of these it equals."""
    key = columns[0].astype(np.uint64)
    for column in columns[1:]:
        _, dense = np.unique(key, return_inverse=True)
        key = dense.astype(np.uint64) << np.uint64(32) | column.astype(np.uint64)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return first, inverse


def _grouped(question: Question, size: int, table: Table) -> dict[Variable, Column]:
    """The groups' variables and counts; one group of all solutions where there are no groups."""
    groups = question.groups or ()
    if groups and not size:
        return {}
    if groups:
        first, inverse = _places([table[name] for name in groups])
        columns: dict[Variable, Column] = {name: table[name][first] for name in groups}
        number = len(first)
    else:
        inverse, columns, number = np.zeros(size, np.intp), {}, 1
    for each in question.shown:
        if not isinstance(each, Count):
            continue
        if each.distinct and each.of is not None and size:
            pairs = _places([inverse, table[each.of]])[0]
            columns[each.alias] = np.bincount(inverse[pairs], minlength=number)
        else:
            columns[each.alias] = np.bincount(inverse, minlength=number)
    return columns


def _integer(number: int) -> bytes:
    return as_json(INTEGER, str(number))


def _integers(column: Column) -> list[bytes]:
    """Counts as JSON; many are equal."""
    known: dict[int, bytes] = {}
    return [known.get(number) or known.setdefault(number, _integer(number)) for number in column.tolist()]


def _written(names: Sequence[Variable], texts: Sequence[Sequence[bytes]]) -> bytes:
    """The results in JSON, from the terms of each column."""
    head, marks = _frame(tuple(names))
    cells = [[mark + text for text in column] for mark, column in zip(marks, texts, strict=True)]
    rows = b"},".join(map(b"".join, zip(*cells, strict=True)))
    end = b"}]}}" if rows else b"]}}"
    return head + rows + end


@lru_cache(maxsize=256)
def _frame(names: tuple[Variable, ...]) -> tuple[bytes, tuple[bytes, ...]]:
    """What stands before all rows, and before each term of a row."""
    head = json.dumps({"vars": names}, ensure_ascii=False, separators=(",", ":"))
    written = [json.dumps(name, ensure_ascii=False) for name in names]
    marks = tuple(f"{',' if number else '{'}{name}:".encode() for number, name in enumerate(written))
    return f'{{"head":{head},"results":{{"bindings":['.encode(), marks
