"""What goes to a query process and what comes back: jobs out, tagged frames in.

No pickles: a query process reads strangers' queries, so nothing it sends is ever run by its parent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache

from server.evaluator.guarded import Guarded

READY, HEADER, DATA, END, FAILURE = b"R", b"H", b"D", b"E", b"F"
"""The first byte of each message from a query process."""

WHOLE = b"W"
"""The first byte of a message that is an answer from its heading to its end."""

MOVE = b"M"
"""The first byte of a message to a query process that names another generation; a job in JSON has a brace."""

_PLAIN = b"Q"
"""The first byte of a job that is a query and the forms it is wanted in, each behind the next NUL."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What an answer is: its kind ("solutions", "boolean", "graph", "explanation") and media type."""

    kind: str
    media_type: str

    def to_bytes(self) -> bytes:
        """The heading as it goes over the line."""
        return f"{self.kind}\0{self.media_type}".encode()


@lru_cache(maxsize=64)
def heading(written: bytes) -> Heading:
    """The inverse of `Heading.to_bytes`; there are as many as kinds times forms."""
    kind, _, media_type = written.decode().partition("\0")
    return Heading(kind, media_type)


def parted(whole: bytes) -> tuple[bytes, bytes]:
    """Heading and body of the content of a WHOLE message."""
    end = whole.index(0, whole.index(0) + 1)
    return whole[:end], whole[end + 1 :]


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

    guarded: Guarded | None = None
    """The query as the guards have read it; None for the site's own. It stays in the web process."""

    def to_bytes(self) -> bytes:
        """The job as the query process reads it."""
        if self._is_plain():
            try:
                return _head(self.solutions, self.boolean, self.graph) + self.query.encode()
            except UnicodeEncodeError:  # half a character, which JSON can carry to the engine's parser
                pass
        return json.dumps({name: getattr(self, name) for name in _NAMES}, default=dict).encode()

    def _is_plain(self) -> bool:
        """Whether there is nothing but the query and its forms."""
        dataset = self.default_graphs is not None or self.named_graphs is not None
        return not (dataset or self.substitutions or self.explain or self.dump is not None)

    @classmethod
    def from_bytes(cls, message: bytes) -> "Job":
        """The inverse of `to_bytes`, but for what stays behind."""
        if message[:1] == _PLAIN:
            solutions, boolean, graph, query = message[1:].decode().split("\0", 3)
            return cls(query, solutions, boolean, graph)
        return cls(**json.loads(message))


@lru_cache(maxsize=256)
def _head(solutions: str, boolean: str, graph: str) -> bytes:
    return _PLAIN + f"{solutions}\0{boolean}\0{graph}\0".encode()


_NAMES = tuple(each.name for each in fields(Job) if each.name != "guarded")
