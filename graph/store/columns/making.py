"""Makes the replica of a generation: some five seconds for a million triples, in a process of its own.

The engine writes its default graph as N-Triples, in a form of its own (numbers in their canonical form,
languages in small letters), which is read line by line: three times as fast as its terms as objects.
"""

import json
import re
import tempfile
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pyoxigraph import DefaultGraph, RdfFormat, Store

from graph.store.columns.terms import BLANK, DATES, INTEGER, IRI, STRING, Kind, Numbers, as_json, is_date, key

VERSION = 1
"""Of the files; a replica of another one is made anew."""

_ESCAPE = re.compile(r'\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|([tbnrf"\'\\]))')
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_SMALL = re.compile(rb"-?\d{1,18}")
"""Integers that the engine computes with; it compares larger ones as texts."""


class UnsuitableError(Exception):
    """A graph that holds what the columns cannot."""


def make(database: Store, folder: Path) -> None:
    """Fills `folder`, which is empty, with the replica of the database's default graph.

    Raises UnsuitableError for a graph that is empty, or has triples as terms or directions of text.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        database.dump(file, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        file.seek(0)
        numbered, columns = _read(file)
    if not numbered:
        raise UnsuitableError("it is empty")
    kinds, order = _sorted(numbered)
    numbers = np.empty(len(numbered), np.uint32)
    numbers[order] = np.arange(len(numbered), dtype=np.uint32)
    _write_terms(folder, list(numbered), order)
    del numbered
    subjects, predicates, objects = (numbers[np.frombuffer(each, np.uint32)] for each in columns)
    del columns
    distinct = _write_triples(folder, subjects, predicates, objects, len(numbers))
    content = {
        "version": VERSION,
        "kinds": kinds,
        "predicates": np.unique(predicates).tolist(),
        "distinct": distinct,
    }
    (folder / "meta.json").write_text(json.dumps(content), encoding="utf-8")


def _read(lines: Iterable[bytes]) -> tuple[dict[bytes, int], tuple["array[int]", ...]]:
    """The terms as they are written, each with a number, and the three columns of their numbers."""
    numbered: dict[bytes, int] = {}
    number = numbered.setdefault
    columns = array("I"), array("I"), array("I")
    subjects, predicates, objects = (each.append for each in columns)
    for line in lines:
        subject, predicate, value = line[:-3].split(b" ", 2)  # the line ends with " .\n"
        subjects(number(subject, len(numbered)))
        predicates(number(predicate, len(numbered)))
        objects(number(value, len(numbered)))
    return numbered, columns


def term(written: bytes) -> tuple[str, str]:
    """Kind and lexical form of a term of N-Triples. Raises UnsuitableError."""
    text = written.decode()
    if text[0] == "<":
        if text[1] == "<":
            raise UnsuitableError("it holds triples as terms")
        return IRI, _plain(text[1:-1])
    if text[0] == "_":
        return BLANK, text[2:]
    end = text.rindex('"')
    kind = text[end + 1 :]
    if kind.startswith("@"):
        if "--" in kind:
            raise UnsuitableError("it holds text with a direction")
    elif kind:
        kind = "^^" + kind[3:-1]
    return kind or STRING, _plain(text[1:end])


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: _ESCAPED[found[3]] if found[3] else chr(int(found[1] or found[2], 16)), text
    )


def _sorted(numbered: Iterable[bytes]) -> tuple[list[Kind], Numbers]:
    """The kinds of the terms, and the order that puts kinds together and sorts each."""
    of_kind: dict[str, list[tuple[bytes, int]]] = {}
    for number, written in enumerate(numbered):
        kind, lexical = term(written)
        of_kind.setdefault(kind, []).append((lexical.encode(), number))
    kinds, order, begin = [], array("I"), 0
    for kind, members in sorted(of_kind.items()):
        numeric = kind == INTEGER and all(_SMALL.fullmatch(value) for value, _ in members)
        members.sort(key=(lambda member: int(member[0])) if numeric else None)
        order.extend(number for _, number in members)
        end = begin + len(members)
        kinds.append(Kind(kind, begin, end, numeric or _is_ordered(kind, members)))
        begin = end
    return kinds, np.frombuffer(order, np.uint32)


def _is_ordered(kind: str, members: Iterable[tuple[bytes, int]]) -> bool:
    if kind in (IRI, STRING) or kind[0] == "@":
        return True
    return kind in DATES and all(is_date(kind, value.decode()) for value, _ in members)


def _write_terms(folder: Path, written: list[bytes], order: Numbers) -> None:
    """The texts of the terms, one after the other, and their hashes in order."""
    offsets = np.zeros(len(written) + 1, np.uint64)
    hashes = np.empty(len(written), np.uint64)
    texts = bytearray()
    for place, number in enumerate(order.tolist()):
        kind, lexical = term(written[number])
        texts += as_json(kind, lexical)
        offsets[place + 1] = len(texts)
        hashes[place] = key(kind, lexical)
    hashed = np.argsort(hashes, kind="stable").astype(np.uint32)
    np.save(folder / "offsets.npy", offsets)
    (folder / "texts").write_bytes(texts)
    np.save(folder / "hashes.npy", hashes[hashed])
    np.save(folder / "hashed.npy", hashed)


def _write_triples(
    folder: Path, subjects: Numbers, predicates: Numbers, objects: Numbers, terms: int
) -> list[tuple[int, int]]:
    """The four orders; per predicate, how many subjects and objects it has."""
    columns = {"s": subjects, "p": predicates, "o": objects}
    for name in ("pso", "pos", "spo", "osp"):
        order = np.lexsort([columns[each] for each in reversed(name)])
        for each in name[1:]:
            np.save(folder / f"{name}.{each}.npy", columns[each][order])
        if name == "pso":
            by_subject = subjects[order]
        elif name == "pos":
            by_object = objects[order]
    for name in "so":
        np.save(folder / f"{name}.npy", _begins(columns[name], terms))
    _, counts = np.unique(predicates, return_counts=True)
    begins = np.concatenate(([0], np.cumsum(counts)))
    np.save(folder / "p.npy", begins)
    return [
        (_changes(by_subject[begin:end]), _changes(by_object[begin:end]))
        for begin, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True)
    ]


def _begins(column: Numbers, terms: int) -> npt.NDArray[np.uint32]:
    """Where each term would begin were the column sorted."""
    begins = np.zeros(terms + 1, np.uint32)
    np.cumsum(np.bincount(column, minlength=terms), out=begins[1:])
    return begins


def _changes(column: Numbers) -> int:
    """How many values a sorted column has."""
    return int(np.count_nonzero(np.diff(column))) + 1
