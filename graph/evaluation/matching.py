"""Which found event, name or quotation answers which gold one: one to one, the best assignment as a whole.

A found event may answer a gold event of the same type when a trigger overlaps, or when they share at least
half of the participants of the larger list. Of the assignments that this allows, the one with the greatest
sum of likeness is taken (the Hungarian method; SciPy has it too, but would be the heaviest dependency here).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from graph.evaluation.names import Named, directory, named, same

Entry = Mapping[str, Any]
Pair = tuple[int, int]
"""Index of the gold entry, index of the found one."""

T = TypeVar("T")
U = TypeVar("U")

SHARED = 0.5
"""Part of the larger participant list that must be shared when no trigger overlaps."""
QUOTED = 0.5
"""Part of the longer of two quotations that both must cover to be the same."""
REQUIRED = 0.25
"""Preference for a gold entry that counts over an optional one: less than any real difference of likeness."""
AGREEING = 0.2
"""Weight of an equal modality beside trigger and participants, which weigh 1 each."""


class Cast:
    """The agents of one article on both sides, to compare the names that events use."""

    def __init__(self, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
        """`gold` and `found` are the two `actors` lists (or `locations` lists)."""
        self._gold, self._found = directory(gold), directory(found)

    def same(self, gold: str | None, found: str | None) -> bool:
        """Whether the two names mean the same; nothing only equals nothing."""
        if gold is None or found is None:
            return gold is found
        return same(self._gold.get(gold, Named(gold)), self._found.get(found, Named(found)))

    def shared(self, gold: Sequence[str], found: Sequence[str]) -> list[Pair]:
        """The pairs of names that mean the same, one to one."""
        return assign(gold, found, lambda one, other: float(self.same(one, other)))


def assign(gold: Sequence[T], found: Sequence[U], likeness: Callable[[T, U], float]) -> list[Pair]:
    """The one-to-one pairs of positive likeness with the greatest sum, by index of the gold one."""
    if not gold or not found:
        return []
    weights = [[likeness(one, other) for other in found] for one in gold]
    if len(gold) > len(found):
        turned = _hungarian([list(column) for column in zip(*weights, strict=True)])
        pairs = [(i, j) for j, i in turned]
    else:
        pairs = _hungarian(weights)
    return sorted((i, j) for i, j in pairs if weights[i][j] > 0)


def _hungarian(weights: list[list[float]]) -> list[Pair]:
    """Kuhn's method with potentials, for at most as many rows as columns: one column for every row."""
    columns = len(weights[0])
    up, down = [0.0] * (len(weights) + 1), [0.0] * (columns + 1)
    row_of, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, len(weights) + 1):
        row_of[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while row_of[column]:
            used[column], current, delta, following = True, row_of[column], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                cost = -weights[current - 1][j - 1] - up[current] - down[j]
                if cost < least[j]:
                    least[j], way[j] = cost, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    up[row_of[j]] += delta
                    down[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            row_of[column], column = row_of[way[column]], way[column]
    return [(row_of[j] - 1, j - 1) for j in range(1, columns + 1) if row_of[j]]


def match_names(gold: Sequence[Entry], found: Sequence[Entry]) -> list[Pair]:
    """Actors with actors, or locations with locations; the very same name is preferred."""

    def likeness(one: Entry, other: Entry) -> float:
        if not same(named(one), named(other)):
            return 0.0
        return (1.5 if one["name"] == other["name"] else 1.0) + _counts(one)

    return assign(gold, found, likeness)


def match_events(
    gold: Sequence[Entry], found: Sequence[Entry], cast: Cast, *, typed: bool = True
) -> list[Pair]:
    """Events with events; `typed=False` lets an event of another type answer, at half the likeness."""

    def likeness(one: Entry, other: Entry) -> float:
        type_agrees = one["type"] == other["type"]
        if typed and not type_agrees:
            return 0.0
        touching = overlap(one["trigger"], other.get("evidence") or ())
        larger = max(len(one["participants"]), len(other["participants"]))
        part = len(cast.shared(one["participants"], other["participants"])) / larger if larger else 0.0
        if not touching and part < SHARED:
            return 0.0
        agreeing = AGREEING if one["modality"] == other["modality"] else 0.0
        return (1.0 if type_agrees else 0.5) * (touching + part + agreeing) + _counts(one)

    return assign(gold, found, likeness)


def match_quotes(gold: Sequence[Entry], found: Sequence[Entry]) -> list[Pair]:
    """Quotations with quotations, by the stretch of text they share."""

    def likeness(one: Entry, other: Entry) -> float:
        shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
        longer = max(one["end"] - one["start"], other["end"] - other["start"])
        part = float(shared / longer)
        return part + _counts(one) if part >= QUOTED else 0.0

    return assign(gold, found, likeness)


def overlap(left: Sequence[Entry], right: Sequence[Entry]) -> bool:
    """Whether any span of one list shares a code point with any of the other."""
    return any(a["start"] < b["end"] and b["start"] < a["end"] for a in left for b in right)


def _counts(gold: Entry) -> float:
    return 0.0 if gold.get("optional") else REQUIRED
