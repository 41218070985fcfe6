"""Answers that are kept: ready to be sent again, plain and compressed, the oldest going first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

from server.front import compression
from server.front.compression import Pairs

SHARE = 8
"""One answer may take this part of the whole (one in eight): a few large ones must not push out all else."""

OVERHEAD = 1500
"""Bytes that headers, keys and Python's objects take for each answer."""

_UNCHANGED = frozenset(("content-type", "content-length", "content-encoding"))
"""Headers that a 304 leaves out: it has no content."""


@dataclass(frozen=True, slots=True)
class Form:
    """One representation: its body, its headers, its entity tag ("" without one)."""

    body: bytes
    headers: Pairs
    tag: str

    @classmethod
    def of(cls, body: bytes, pairs: Pairs) -> "Form":
        """The form that these headers describe."""
        kept, tag = [], ""
        for pair in pairs:
            name = pair[0].lower()
            if name == "etag":
                tag = pair[1]
            if name != "content-length":
                kept.append(pair)
        kept.append(("Content-Length", str(len(body))))
        return cls(body, kept, tag)

    @property
    def unchanged(self) -> Pairs:
        """The headers of a 304."""
        return [pair for pair in self.headers if pair[0].lower() not in _UNCHANGED]


class Entry:
    """A whole answer with status 200, or another one that several clients share while they wait."""

    __slots__ = ("_packed", "compressible", "plain", "status")

    def __init__(self, status: str, pairs: Pairs, body: bytes, *, compressible: bool) -> None:
        """`compressible` says that the body is text, and long enough to gain by it."""
        self.status = status
        self.compressible = compressible
        self.plain = Form.of(body, pairs)
        self._packed: Form | None = None

    @property
    def size(self) -> int:
        """Bytes that it takes at most, compressed as well."""
        return len(self.plain.body) * (2 if self.compressible else 1) + OVERHEAD

    def packed(self) -> Form:
        """The compressed form, made when somebody wants it."""
        if self._packed is None:
            body = compression.whole(self.plain.body)
            self._packed = Form.of(body, compression.marked(self.plain.headers))
        return self._packed

    def send(self, environ: WSGIEnvironment, start: StartResponse, note: tuple[str, str]) -> list[bytes]:
        """The answer to a request, with one more header; a 304 where the client has it."""
        form = self.plain
        if self.compressible and compression.wanted(environ.get("HTTP_ACCEPT_ENCODING", "")):
            form = self.packed()
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and form.tag and self.status.startswith("200") and has_tag(known, self.plain.tag):
            start("304 Not Modified", [*form.unchanged, note])
            return []
        start(self.status, [*form.headers, note])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


def has_tag(known: str, tag: str) -> bool:
    """Whether If-None-Match names an entity tag, in whichever encoding; weak comparison, RFC 9110, 13.1.2."""
    if known.strip() == "*":
        return True
    return tag in (each.strip().removeprefix("W/") for each in compression.untagged(known).split(","))


class Entries:
    """Entries of one generation, bounded in bytes; safe to use from several threads."""

    def __init__(self, capacity: int) -> None:
        """`capacity` in bytes."""
        self.largest = capacity // SHARE
        self._capacity = capacity
        self._lock = threading.Lock()
        self._generation: Hashable = None
        self._kept: OrderedDict[Hashable, Entry] = OrderedDict()
        self._size = 0

    def get(self, generation: Hashable, key: Hashable) -> Entry | None:
        """The entry of a request on a generation; those of another generation are forgotten."""
        with self._lock:
            if generation != self._generation:
                self._kept.clear()
                self._size, self._generation = 0, generation
                return None
            entry = self._kept.get(key)
            if entry is not None:
                self._kept.move_to_end(key)
            return entry

    def put(self, generation: Hashable, key: Hashable, entry: Entry) -> None:
        """Keep an entry, unless it is too large or its generation is gone."""
        with self._lock:
            if generation != self._generation or entry.size > self.largest:
                return
            held = self._kept.pop(key, None)
            self._size += entry.size - (held.size if held else 0)
            self._kept[key] = entry
            while self._size > self._capacity:
                _, oldest = self._kept.popitem(last=False)
                self._size -= oldest.size

    @property
    def size(self) -> int:
        """Bytes that all entries take."""
        return self._size
