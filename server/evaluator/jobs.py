"""What goes to a query process and what comes back: JSON jobs out, tagged frames in.

No pickles: a query process reads strangers' queries, so nothing it sends is ever run by its parent.
"""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

READY, HEADER, DATA, END, FAILURE = b"R", b"H", b"D", b"E", b"F"
"""The first byte of each frame from a query process."""

MOVE = b"M"
"""The first byte of a message to a query process that names another generation; jobs begin with a brace."""

WHOLE = b"W"
"""A message that holds several frames, each behind its length."""

_LENGTH = struct.Struct("<I")


def together(frames: Iterable[bytes]) -> bytes:
    """Frames as one message."""
    return WHOLE + b"".join(_LENGTH.pack(len(frame)) + frame for frame in frames)


def apart(message: bytes) -> list[bytes]:
    """The inverse of `together`; a message that holds no others is itself."""
    if message[:1] != WHOLE:
        return [message]
    frames, at = [], 1
    while at < len(message):
        begin = at + _LENGTH.size
        at = begin + _LENGTH.unpack_from(message, at)[0]
        frames.append(message[begin:at])
    return frames


Term = tuple[str, str, str, str]
"""A term for a substitution: kind ("iri" or "literal"), value, language, datatype IRI."""


def iri(value: str) -> Term:
    """An IRI as a term."""
    return ("iri", value, "", "")


def text(value: str, language: str = "") -> Term:
    """A string as a term, with its language if it has one."""
    return ("literal", value, language, "")


def integer(value: int) -> Term:
    """A whole number as a term."""
    return ("literal", str(value), "", "http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True, slots=True)
class Job:
    """One query. `solutions`, `boolean`, `graph` are the media types wanted for each kind of result.

    An empty media type means that the client accepts none for that kind. The graph lists are None where the
    request names no dataset; a request that names one kind of graph only empties the other.
    """

    query: str
    solutions: str = "application/sparql-results+json"
    boolean: str = "application/sparql-results+json"
    graph: str = "application/n-triples"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    substitutions: Mapping[str, Term] = field(default_factory=dict)
    dump: str | None = None
    """Instead of a query: the graph with this IRI whole, "" the default graph, "*" the whole dataset."""

    explain: bool = False
    """Instead of the answer: plan, time and advice, as JSON."""

    def to_json(self) -> bytes:
        """The job as the query process reads it."""
        return json.dumps({name: getattr(self, name) for name in _NAMES}, default=dict).encode()

    @classmethod
    def from_json(cls, message: bytes) -> "Job":
        """The inverse of `to_json`."""
        return cls(**json.loads(message))


_NAMES = tuple(each.name for each in fields(Job))
