"""Groups, counts, extremes, and rows made distinct; SPARQL 1.1, sections 11 and 18.5."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from graph.store.columns.filtering import BeyondError
from graph.store.columns.matches import Places, Table
from graph.store.columns.question import Count, Extreme, Question, Variable
from graph.store.columns.terms import Terms

Column = npt.NDArray[np.integer]


def distinct(columns: Sequence[Column]) -> tuple[Places, Places]:
    """Of equal rows one's place; and for each row, which of these it equals."""
    if len(columns) == 1:
        return _alone(columns[0])
    key = columns[0].astype(np.uint64)
    for column in columns[1:]:
        _, dense = np.unique(key, return_inverse=True)
        key = dense.astype(np.uint64) << np.uint64(32) | column.astype(np.uint64)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return first, inverse


def _alone(column: Column) -> tuple[Places, Places]:
    """The same of one column: its values sorted, which is quicker than to sort the rows."""
    inverse = np.unique(column).searchsorted(column)
    places = np.empty(int(inverse.max()) + 1 if len(inverse) else 0, np.intp)
    places[inverse] = np.arange(len(column))
    return places, inverse


def grouped(question: Question, size: int, table: Table, terms: Terms) -> Mapping[Variable, Column]:
    """The groups' variables and aggregates, a row for each group; one of all solutions without groups.

    Raises BeyondError where the engine's rules are needed.
    """
    groups = question.groups or ()
    if groups and not size:
        return {}
    if groups:
        first, inverse = distinct([table[name] for name in groups])
        columns: dict[Variable, Column] = {name: table[name][first] for name in groups}
        number = len(first)
    else:
        inverse, columns, number = np.zeros(size, np.intp), {}, 1
    for each in question.shown:
        if isinstance(each, Count):
            columns[each.alias] = _counted(each, inverse, number, table)
        elif isinstance(each, Extreme):
            columns[each.alias] = _extreme(each, inverse, table, terms)
    return columns


def _counted(count: Count, inverse: Places, number: int, table: Table) -> Column:
    if count.distinct and count.of is not None and len(inverse):
        inverse = inverse[distinct([inverse, table[count.of]])[0]]
    return np.bincount(inverse, minlength=number)


def _extreme(extreme: Extreme, inverse: Places, table: Table, terms: Terms) -> Column:
    """The least or greatest term of each group: all of one kind, whose numbers follow their values."""
    if not len(inverse):
        raise BeyondError
    column = table[extreme.of]
    kind = terms.kind_of_all(column)
    if kind is None or not kind.ordered:
        raise BeyondError
    order = np.lexsort((column, inverse))
    sorted_groups = inverse[order]
    last = np.append(np.flatnonzero(np.diff(sorted_groups)), len(order) - 1)
    first = np.append(0, last[:-1] + 1)
    return np.take(column[order], last if extreme.largest else first)
