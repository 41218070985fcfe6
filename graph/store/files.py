"""RDF files of any syntax, plain or compressed with gzip: in pieces of whole lines, or as quads.

Parsing is Oxigraph's. What is added: a message with file, line and column; blank nodes of two files kept
apart; no document type declaration in RDF/XML, for an entity bomb in one hangs the parser; and pieces of
N-Triples and N-Quads, which need nothing of each other and so can be parsed at the same time.
"""

import gzip
import io
import math
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Store, parse

from graph.errors import DataError

SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "n3": RdfFormat.N3,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
}
"""File ending → syntax; a further `.gz` says that the file is compressed."""

LINES = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
"""Syntaxes of which each line stands for itself, but for its blank nodes."""

PIECE = 16 << 20
"""Bytes of a piece at most, some 120,000 triples, for which the engine takes 150 megabytes. A million triples
take the same time in pieces of 4 to 16 megabytes; larger ones leave the processor's cache."""

SMALLEST = 8
"""The part of a whole piece below which cutting a file costs more than it saves."""

BLANK = b"_:"
"""How a blank node begins. The same in an IRI or a text costs no more than time."""

DOCTYPE = b"<!DOCTYPE"
CHUNK = 1 << 20
"""Bytes read at once while looking for it."""

_POSITION = re.compile(r"Parser error (?:at|between) line [^:]*: ")
"""How the engine's messages begin; the place is told beside, and counted from the beginning of the file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines of a file, without blank nodes; `before` is the number of lines that precede them."""

    path: Path
    syntax: RdfFormat
    data: bytes
    before: int

    def refused(self, error: SyntaxError) -> DataError:
        """What the parser says of the piece, as told of the file."""
        return _refused(self.path, error, self.before)


class File:
    """A file being read, once: what `pieces` does not give, `quads` or `load` takes. All raise DataError."""

    def __init__(self, path: Path, syntax: RdfFormat, stream: BinaryIO, piece: int) -> None:
        self.syntax = syntax
        self._path = path
        self._base = path.resolve().as_uri()
        self._stream = stream
        self._piece = piece
        self._before = 0

    def pieces(self) -> Iterator[Piece]:
        """The lines up to the first blank node; nothing of a syntax that is not one of lines."""
        while self.syntax in LINES and (data := self._whole_lines()):
            if BLANK in data:
                self._stream.seek(-len(data), os.SEEK_CUR)
                break
            yield Piece(self._path, self.syntax, data, self._before)
            self._before += data.count(b"\n")

    def _whole_lines(self) -> bytes:
        with _reported(self._path):
            return self._stream.read(self._piece) + self._stream.readline()

    def quads(self) -> Iterator[Quad]:
        """What is left, in the order of the file; its blank nodes are named anew."""
        with _reported(self._path, self._before):
            yield from parse(self._stream, self.syntax, base_iri=self._base, rename_blank_nodes=True)

    def load(self, database: Store) -> None:
        """Has the engine load what is left, of a syntax without graphs; twice as fast as by `quads`."""
        with _reported(self._path, self._before):
            database.bulk_load(self._stream, self.syntax, base_iri=self._base)


@contextmanager
def opened(path: Path, readers: int = 1) -> Iterator[File]:
    """The file at `path`, its syntax known by its ending; raises DataError.

    Its pieces are as many, all of one size, that each of the `readers` gets as much of it as the others.
    """
    compressed = path.suffix.lower() == ".gz"
    ending = Path(path.stem if compressed else path.name).suffix.lower().lstrip(".")
    if ending not in SYNTAXES:
        raise DataError(
            f"the ending {'.' + ending!r} names no RDF syntax",
            place=str(path),
            remedy="rename it to one of " + ", ".join(f".{each}" for each in SYNTAXES),
        )
    with _stream(path, compressed) as stream:
        if SYNTAXES[ending] == RdfFormat.RDF_XML:
            _refuse_doctype(path, stream)
        piece = PIECE if compressed else _even(os.fstat(stream.fileno()).st_size, readers)
        yield File(path, SYNTAXES[ending], stream, piece)


def _even(size: int, readers: int) -> int:
    """The bytes of a piece of so many bytes in all."""
    rounds = max(1, math.ceil(size / (PIECE * readers)))
    return max(math.ceil(size / (rounds * readers)), PIECE // SMALLEST)


def _stream(path: Path, compressed: bool) -> BinaryIO:
    with _reported(path):
        if compressed:
            return io.BufferedReader(gzip.open(path))
        return path.open("rb")


@contextmanager
def _reported(path: Path, before: int = 0) -> Iterator[None]:
    """Raises what goes wrong with the file as a DataError; `before` lines precede those that are parsed."""
    try:
        yield
    except SyntaxError as error:
        raise _refused(path, error, before) from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is None and not isinstance(error, gzip.BadGzipFile):
            raise  # the system numbers its errors; this is the engine's, which cannot write
        if isinstance(error, FileNotFoundError):
            raise DataError("does not exist", place=str(path), remedy="check the path") from error
        raise DataError(f"cannot be read: {error}", place=str(path), remedy="check the file") from error


def _refused(path: Path, error: SyntaxError, before: int) -> DataError:
    place = f"{path}, line {before + error.lineno}, column {error.offset}" if error.lineno else str(path)
    reason = _POSITION.sub("", error.msg, count=1)
    return DataError(f"cannot be parsed: {reason}", place=place, remedy="mend the file")


def _refuse_doctype(path: Path, stream: BinaryIO) -> None:
    """Raises DataError where the file declares a document type, wherever it stands."""
    tail = b""
    with _reported(path):
        while chunk := stream.read(CHUNK):
            if DOCTYPE in (tail + chunk).upper():
                raise DataError(
                    "has a document type declaration, which is not accepted",
                    place=str(path),
                    remedy="remove the DOCTYPE and write its entities out",
                )
            tail = chunk[-len(DOCTYPE) + 1 :]
        stream.seek(0)
