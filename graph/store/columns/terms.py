"""The terms of a replica: numbered in the order of SPARQL, found by hash, written as JSON.

Terms of one kind stand together, in the order of their values, so that comparing numbers compares values.
A kind is what a term has beside its lexical form: "<" for IRIs, "_" for blank nodes, "" for plain strings,
"@en" for strings in a language, "^^IRI" for other literals.
"""

import json
import mmap
from bisect import bisect_right
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from graph.store.columns.question import Constant

Numbers = npt.NDArray[np.uint32]
IRI, BLANK, STRING = "<", "_", ""
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER = f"^^{XSD}integer"

DATES = {f"^^{XSD}date": 10, f"^^{XSD}gYearMonth": 7, f"^^{XSD}gYear": 4}
"""Kinds whose values follow the order of their letters when all of them have this length, and no zone."""


class Kind(NamedTuple):
    """A kind of terms: the numbers it takes, and whether they follow the order of their values."""

    name: str
    begin: int
    end: int
    ordered: bool


def key(kind: str, lexical: str) -> int:
    """The hash by which a term is found: 64 bits."""
    digest = blake2b(f"{kind}\n{lexical}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def as_json(kind: str, lexical: str) -> bytes:
    """A term as SPARQL 1.1's JSON results have it."""
    value = json.dumps(lexical, ensure_ascii=False)
    if kind == IRI:
        text = f'{{"type":"uri","value":{value}}}'
    elif kind == BLANK:
        text = f'{{"type":"bnode","value":{value}}}'
    elif kind == STRING:
        text = f'{{"type":"literal","value":{value}}}'
    elif kind[0] == "@":
        text = f'{{"type":"literal","value":{value},"xml:lang":{json.dumps(kind[1:])}}}'
    else:
        text = f'{{"type":"literal","value":{value},"datatype":{json.dumps(kind[2:], ensure_ascii=False)}}}'
    return text.encode()


def is_date(kind: str, lexical: str) -> bool:
    """Whether it is a date of one of DATES: of our era, with four digits of a year and no time zone."""
    if not lexical.isascii() or len(lexical) != DATES[kind]:
        return False
    try:
        date.fromisoformat((lexical + "-01-01")[:10])
    except ValueError:
        return False
    return True


REMEMBERED = 4096
"""Terms whose numbers are kept."""


class Terms:
    """The terms, read from the files of a replica's folder."""

    def __init__(self, folder: Path, kinds: list[Kind]) -> None:
        self.kinds = kinds
        self._begins = [kind.begin for kind in kinds]
        self._named = {kind.name: kind for kind in kinds}
        self._hashes = mapped(folder / "hashes.npy", np.uint64)
        self._hashed = mapped(folder / "hashed.npy", np.uint32)
        self._offsets = mapped(folder / "offsets.npy", np.uint64)
        with (folder / "texts").open("rb") as file:
            self._texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._numbers: dict[Constant, int | None] = {}

    def number(self, term: Constant) -> int | None:
        """The number of a term; None when no triple has it."""
        try:
            return self._numbers[term]  # the same properties and classes stand in query after query
        except KeyError:
            found = self._looked_up(term)
        if len(self._numbers) >= REMEMBERED:
            self._numbers.clear()
        self._numbers[term] = found
        return found

    def _looked_up(self, term: Constant) -> int | None:
        wanted = np.uint64(key(*term))
        at = int(self._hashes.searchsorted(wanted))
        written = None
        while at < len(self._hashes) and self._hashes[at] == wanted:
            number = int(self._hashed[at])
            written = written or as_json(*term)
            if self._texts[int(self._offsets[number]) : int(self._offsets[number + 1])] == written:
                return number
            at += 1
        return None

    def kind(self, name: str) -> Kind | None:
        """The kind of that name, where there are terms of it."""
        return self._named.get(name)

    def kind_of_all(self, numbers: Numbers) -> Kind | None:
        """The one kind that all of these terms are of; None when there are several, or no terms."""
        if not len(numbers):
            return None
        kind = self.kinds[bisect_right(self._begins, int(numbers.min())) - 1]
        return kind if int(numbers.max()) < kind.end else None

    def texts(self, numbers: Numbers) -> list[bytes]:
        """The terms as JSON."""
        texts = self._texts
        begins, ends = self._offsets[numbers].tolist(), self._offsets[numbers + np.uint32(1)].tolist()
        return [texts[begin:end] for begin, end in zip(begins, ends, strict=True)]

    def lexical(self, number: int) -> str:
        """The lexical form of a term."""
        return str(json.loads(self.texts(np.array([number], np.uint32))[0])["value"])

    def position(self, kind: Kind, lexical: str) -> tuple[int, int]:
        """Where a value stands in an ordered kind: the first number not before it, and the first after."""
        lower, upper = kind.begin, kind.begin
        for after in (False, True):
            begin, end = lower, kind.end
            while begin < end:
                middle = (begin + end) // 2
                order = _compared(self.lexical(middle), lexical, numeric=kind.name == INTEGER)
                if order < 0 or (after and order == 0):
                    begin = middle + 1
                else:
                    end = middle
            lower, upper = (lower, begin) if after else (begin, begin)
        return lower, upper


def _compared(one: str, other: str, *, numeric: bool) -> int:
    """Less than 0, 0, or more: how two lexical forms of a kind stand to each other."""
    if numeric:
        return int(one) - int(other)
    left, right = one.encode(), other.encode()
    return (left > right) - (left < right)


Scalar = TypeVar("Scalar", bound=np.generic)


def mapped(path: Path, scalar: type[Scalar]) -> npt.NDArray[Scalar]:
    """An array in a file, which stays there: processes share what they read of it. Raises ValueError."""
    found = np.load(path, mmap_mode="r").view(np.ndarray)
    if found.dtype != scalar:
        raise ValueError(f"{path} holds no {scalar.__name__}")
    array: npt.NDArray[Scalar] = found
    return array
