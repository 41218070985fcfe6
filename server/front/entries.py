"""Answers that are kept: ready to be sent again, plain and compressed, the oldest going first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.datastructures import Headers

from server.front import compression

SHARE = 8
"""One answer may take this part of the whole (one in eight): a few large ones must not push out all else."""

OVERHEAD = 1500
"""Bytes that headers, keys and Python's objects take for each answer."""

_UNCHANGED = frozenset(("content-type", "content-length", "content-encoding"))
"""Headers that a 304 leaves out: it has no content."""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """One representation: its body, its headers, those of a 304, its entity tag ("" without one)."""

    body: bytes
    headers: Pairs
    unchanged: Pairs
    tag: str

    @classmethod
    def of(cls, body: bytes, headers: Headers) -> "Form":
        """The form that these headers describe."""
        pairs = [(name, text) for name, text in headers if name.lower() != "content-length"]
        pairs.append(("Content-Length", str(len(body))))
        unchanged = [(name, text) for name, text in pairs if name.lower() not in _UNCHANGED]
        return cls(body, pairs, unchanged, headers.get("ETag", ""))


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole answer with status 200, or another one that several clients share while they wait."""

    status: str
    plain: Form
    packed: Form | None

    @classmethod
    def of(cls, status: str, headers: Headers, body: bytes) -> "Entry":
        """The answer in both representations."""
        headers = Headers(list(headers))
        packed = None
        if compression.compressible(headers) and len(body) >= compression.SMALLEST:
            headers["Vary"] = ", ".join(dict.fromkeys([*headers.getlist("Vary"), "Accept-Encoding"]))
            smaller = Headers(list(headers))
            compression.mark(smaller)
            packed = Form.of(compression.whole(body), smaller)
        return cls(status, Form.of(body, headers), packed)

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.plain.body) + (len(self.packed.body) if self.packed else 0) + OVERHEAD

    def send(self, environ: WSGIEnvironment, start: StartResponse, note: tuple[str, str]) -> list[bytes]:
        """The answer to a request, with one more header; a 304 where the client has it."""
        form = self.plain
        if self.packed is not None and compression.wanted(environ.get("HTTP_ACCEPT_ENCODING", "")):
            form = self.packed
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
