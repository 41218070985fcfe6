"""The order in which patterns are solved: the smallest first, then what leaves the fewest solutions.

Sizes are exact, for the sorted orders tell them in a few steps; how a join grows is guessed from how many
subjects and objects a predicate has.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graph.store.columns.matches import Numbered, is_in
from graph.store.columns.question import Variable
from graph.store.columns.terms import Numbers
from graph.store.columns.triples import Triples

Members = Mapping[Variable, Numbers]
"""Variables that can only be certain terms."""

FEW = 64
"""Members of a variable that are looked up one by one, to know how many triples they have."""


class Planner:
    """Plans for the triples of one replica."""

    def __init__(self, triples: Triples, members: Members) -> None:
        self._triples = triples
        self._members = members
        self._sizes: dict[Numbered, tuple[int, Variable | None]] = {}

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
            return len(objects) if value is None else int(is_in(np.array([value], np.uint32), objects)[0])
        if value is not None:
            return len(self._triples.by_object(predicate).of(value))
        return len(self._triples.by_subject(predicate).sorted)

    def size(self, pattern: Numbered) -> tuple[int, Variable | None]:
        """How many triples match a pattern; the variable from whose members they are found, or None."""
        if pattern not in self._sizes:
            self._sizes[pattern] = self._sized(pattern)
        return self._sizes[pattern]

    def _sized(self, pattern: Numbered) -> tuple[int, Variable | None]:
        least, by = self.matching(pattern), None
        for variable in set(pattern.variables) & self._members.keys():
            members = self._members[variable].tolist()
            if len(members) <= FEW:
                found = sum(self.matching(pattern.bound(variable, number)) for number in members)
                if found < least:
                    least, by = found, variable
        return least, by

    def order(self, patterns: Sequence[Numbered]) -> list[Numbered]:
        """All patterns, in the order in which they are to be solved."""
        if len(patterns) == 1:
            return list(patterns)
        first = min(patterns, key=lambda pattern: self.size(pattern)[0])
        others = [pattern for pattern in patterns if pattern is not first]
        return [first, *self.sequence(others, set(first.variables))]

    def sequence(self, patterns: Sequence[Numbered], known: set[Variable]) -> Iterator[Numbered]:
        """The patterns after those whose variables are known."""
        left = [(pattern, self.size(pattern)[0]) for pattern in patterns]
        known = set(known)
        while left:
            best = min(left, key=lambda each: self._growth(each[0], each[1], known))
            yield best[0]
            left.remove(best)
            known.update(best[0].variables)

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
