"""RDF files of any syntax as quads, plain or compressed with gzip.

Parsing is Oxigraph's. What is added: a message with file, line and column; blank nodes of two files kept
apart; and no document type declaration in RDF/XML, for an entity bomb in one hangs the parser.
"""

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

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

DOCTYPE = b"<!DOCTYPE"
CHUNK = 1 << 20
"""Bytes read at once while looking for it."""


def quads(path: Path) -> Iterator[Quad]:
    """The quads of one file, in its order; raises DataError."""
    compressed = path.suffix.lower() == ".gz"
    ending = Path(path.stem if compressed else path.name).suffix.lower().lstrip(".")
    if ending not in SYNTAXES:
        raise DataError(
            f"the ending {'.' + ending!r} names no RDF syntax",
            place=str(path),
            remedy="rename it to one of " + ", ".join(f".{each}" for each in SYNTAXES),
        )
    syntax = SYNTAXES[ending]
    try:
        if syntax == RdfFormat.RDF_XML:
            _refuse_doctype(path, compressed)
        with _opened(path, compressed) as stream:
            yield from parse(stream, syntax, base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
    except FileNotFoundError as error:
        raise DataError("does not exist", place=str(path), remedy="check the path") from error
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}, column {error.offset}" if error.lineno else str(path)
        raise DataError(f"cannot be parsed: {error.msg}", place=where, remedy="mend the file") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", place=str(path), remedy="check the file") from error


def all_quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """The quads of all files, one after the other."""
    for path in paths:
        yield from quads(path)


def _opened(path: Path, compressed: bool) -> io.BufferedReader:
    return io.BufferedReader(gzip.open(path)) if compressed else path.open("rb")


def _refuse_doctype(path: Path, compressed: bool) -> None:
    """Raises DataError where the file declares a document type, wherever it stands."""
    tail = b""
    with _opened(path, compressed) as stream:
        while chunk := stream.read(CHUNK):
            if DOCTYPE in (tail + chunk).upper():
                raise DataError(
                    "has a document type declaration, which is not accepted",
                    place=str(path),
                    remedy="remove the DOCTYPE and write its entities out",
                )
            tail = chunk[-len(DOCTYPE) + 1 :]
