"""The triples of a replica: four sorted orders of columns, and where in them a pattern matches.

    pso, pos    by predicate, then subject and object, or object and subject
    spo, osp    by subject, or object, then the rest: for patterns whose predicate is a variable

Each order leaves out its first column: where a value of it begins stands in an array of its own.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph.store.columns.terms import Numbers, mapped


class Block(NamedTuple):
    """A part of an order: two columns, the first of which is sorted, the second within equals of it."""

    sorted: Numbers
    other: Numbers

    def of(self, value: int) -> Numbers:
        """The second column where the first is `value`; sorted."""
        wanted = np.uint32(value)
        begin = self.sorted.searchsorted(wanted)
        end = begin + self.sorted[begin:].searchsorted(wanted, "right")
        return self.other[begin:end]


class Triples:
    """The triples of one replica."""

    def __init__(self, folder: Path, predicates: list[int], distinct: list[tuple[int, int]]) -> None:
        """`predicates` are numbers of terms; `distinct`, per predicate, its subjects and objects."""
        self._place = {number: place for place, number in enumerate(predicates)}
        self._distinct = distinct
        self._predicate_begins: list[int] = mapped(folder / "p.npy", np.int64).tolist()
        self._pso = Block(mapped(folder / "pso.s.npy", np.uint32), mapped(folder / "pso.o.npy", np.uint32))
        self._pos = Block(mapped(folder / "pos.o.npy", np.uint32), mapped(folder / "pos.s.npy", np.uint32))
        self._spo = Block(mapped(folder / "spo.p.npy", np.uint32), mapped(folder / "spo.o.npy", np.uint32))
        self._osp = Block(mapped(folder / "osp.s.npy", np.uint32), mapped(folder / "osp.p.npy", np.uint32))
        self.subject_begins = mapped(folder / "s.npy", np.uint32)
        self.object_begins = mapped(folder / "o.npy", np.uint32)
        self.count = len(self._spo.sorted)

    def by_subject(self, predicate: int) -> Block:
        """The triples of a predicate: subjects and objects."""
        return self._of_predicate(self._pso, predicate)

    def by_object(self, predicate: int) -> Block:
        """The triples of a predicate: objects and subjects."""
        return self._of_predicate(self._pos, predicate)

    def of_subject(self, subject: int) -> Block:
        """The triples of a subject: predicates and objects."""
        return _part(self._spo, int(self.subject_begins[subject]), int(self.subject_begins[subject + 1]))

    def of_object(self, value: int) -> Block:
        """The triples of an object: subjects and predicates."""
        return _part(self._osp, int(self.object_begins[value]), int(self.object_begins[value + 1]))

    def all_by_subject(self) -> Block:
        """All triples: predicates and objects, the subjects in order."""
        return self._spo

    def all_by_object(self) -> Block:
        """All triples: subjects and predicates, the objects in order."""
        return self._osp

    def distinct_subjects(self, predicate: int) -> int:
        """How many subjects a predicate has."""
        return self._distinct[self._place[predicate]][0] if predicate in self._place else 0

    def has_one_object(self, predicate: int) -> bool:
        """Whether no subject has two objects of a predicate."""
        return self.distinct_subjects(predicate) == len(self.by_subject(predicate).sorted)

    def has_one_subject(self, predicate: int) -> bool:
        """Whether no object has two subjects of a predicate."""
        return self.distinct_objects(predicate) == len(self.by_object(predicate).sorted)

    def distinct_objects(self, predicate: int) -> int:
        """How many objects a predicate has."""
        return self._distinct[self._place[predicate]][1] if predicate in self._place else 0

    def _of_predicate(self, order: Block, predicate: int) -> Block:
        place = self._place.get(predicate)
        if place is None:
            return _part(order, 0, 0)
        return _part(order, self._predicate_begins[place], self._predicate_begins[place + 1])


def _part(block: Block, begin: int, end: int) -> Block:
    return Block(block.sorted[begin:end], block.other[begin:end])
