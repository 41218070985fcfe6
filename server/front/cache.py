"""The response cache: WSGI middleware of one web process that answers again what it answered before.

An answer is kept for its generation when it says so itself (`Cache-Control: public`) and is whole. The key is
the request with every header that answers vary by; a new generation forgets everything. Each web process has
a cache of its own: a shared one would cost more per hit than the hit. Flask's own extensions come into play
only inside of the application, where most of the time is spent.
"""

import io
import os
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from server.front import compression
from server.front.compression import Pairs
from server.front.entries import Entries, Entry
from server.front.flights import Flight, Flights

HEADER = "X-Cache"
LARGEST_QUERY = 64 * 1024
"""Bytes of a query by POST that becomes part of a key."""

VARYING = ("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_ORIGIN")
_KNOWN = frozenset(("accept", "accept-language", "accept-encoding", "cookie", "origin"))
"""Headers that answers may vary by and still be kept."""

_QUERIES = ("application/x-www-form-urlencoded", "application/sparql-query")
_ALONE = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING")
"""Request headers with which an answer is for this client only."""

Identity = Callable[[], Hashable]


def identity(store: Path) -> Identity:
    """What tells the generations of a store apart, in one look at the file system; None without one."""
    path = str(store / "current" / "CURRENT")

    def look() -> Hashable:
        try:
            status = os.stat(path)
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    return look


class Cache:
    """A WSGI application around another one, which it spares."""

    def __init__(
        self, application: WSGIApplication, identity: Identity, capacity: int, patience: float
    ) -> None:
        """`capacity` in bytes, 0 for none; `patience`: seconds to wait for an answer that is under way."""
        self._application = application
        self._identity = identity
        self._patience = patience
        self.entries = Entries(capacity)
        self._flights = Flights()
        self._alone: set[Hashable] = set()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, else by the application."""
        key = _key(environ) if self.entries.largest else None
        generation = None if key is None else self._identity()
        if generation is None:
            return self._passed(environ, start, "pass")
        entry = self.entries.get(generation, key)
        if entry is not None:
            environ["parleygraph.cache"] = "hit"
            return entry.send(environ, start, (HEADER, "hit"))
        if environ["REQUEST_METHOD"] == "HEAD" or key in self._alone:
            return self._passed(environ, start, "miss")
        flight, own = self._flights.board((generation, key))
        if not own:
            entry = self._flights.wait(flight, self._patience)
            if entry is not None:
                environ["parleygraph.cache"] = "shared"
                return entry.send(environ, start, (HEADER, "shared"))
            return self._passed(environ, start, "miss")
        return self._computed(environ, start, flight, generation, key)

    def _computed(
        self,
        environ: WSGIEnvironment,
        start: StartResponse,
        flight: Flight,
        generation: Hashable,
        key: Hashable,
    ) -> Iterable[bytes]:
        entry = None
        try:
            answer = _Answer.of(self._application, environ)
            kept = answer.can_be_kept()
            if answer.can_be_shared(self.entries.largest) and (kept or answer.status.startswith("503")):
                entry = answer.entry()
                if kept:
                    self.entries.put(generation, key, entry)
            elif answer.status.startswith("200"):
                self._remember_alone(key)
        finally:
            self._flights.land((generation, key), flight, entry)
        environ["parleygraph.cache"] = "miss"
        if entry is not None:
            return entry.send(environ, start, (HEADER, "miss"))
        return answer.sent(environ, start, "miss")

    def _passed(self, environ: WSGIEnvironment, start: StartResponse, note: str) -> Iterable[bytes]:
        environ["parleygraph.cache"] = note
        return _Answer.of(self._application, environ).sent(environ, start, note)

    def _remember_alone(self, key: Hashable) -> None:
        """Nobody waits again for what cannot be shared."""
        if len(self._alone) > 10_000:
            self._alone.clear()
        self._alone.add(key)


class _Answer:
    """What the application answers, before a byte goes out."""

    def __init__(self, status: str, pairs: Pairs, body: Iterable[bytes]) -> None:
        self.status = status
        self._pairs = pairs
        self._body = body
        self._fields = {name.lower(): text for name, text in pairs}
        if len(self._fields) < len(pairs):
            self._fields = _joined(pairs)

    @classmethod
    def of(cls, application: WSGIApplication, environ: WSGIEnvironment) -> "_Answer":
        """Ask the application; entity tags of compressed answers are given to it as its own."""
        compressed_known = False
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
            if compression.SUFFIX in environ.get(name, ""):
                compressed_known = True
                environ[name] = compression.untagged(environ[name])
        begun: list[tuple[str, Pairs]] = []

        def start(status: str, pairs: Pairs, _: object = None) -> Callable[..., None]:
            begun.append((status, pairs))
            return _never_written

        body = application(environ, start)
        status, pairs = begun[-1]
        if status.startswith("304") and compressed_known:
            pairs = [
                (name, compression.tagged(text) if name.lower() == "etag" and text[0] == '"' else text)
                for name, text in pairs
            ]
        return cls(status, pairs, body)

    def can_be_shared(self, largest: int) -> bool:
        """Whether it is whole, of a size to keep, and not for one client alone."""
        length = self._fields.get("content-length", "")
        return length.isdigit() and int(length) <= largest and "set-cookie" not in self._fields

    def can_be_kept(self) -> bool:
        """Whether it may be sent again to whoever asks the same."""
        return (
            self.status.startswith("200")
            and "public" in self._fields.get("cache-control", "")
            and _varies_by_known(self._fields.get("vary", ""))
        )

    def entry(self) -> Entry:
        """The answer as one that can be kept."""
        body = self.whole()
        text = compression.compressible(self._fields) and len(body) >= compression.SMALLEST
        pairs = compression.varying(self._pairs, self._fields) if text else self._pairs
        return Entry(self.status, pairs, body, compressible=text)

    def whole(self) -> bytes:
        """All of its body."""
        try:
            return b"".join(self._body)
        finally:
            self._close()

    def sent(self, environ: WSGIEnvironment, start: StartResponse, note: str) -> Iterable[bytes]:
        """Send it as it comes, compressed where that pays."""
        pairs = [*self._pairs, (HEADER, note)]
        empty = environ["REQUEST_METHOD"] == "HEAD" or self.status[:3] in ("204", "304")
        if empty or not compression.compressible(self._fields):
            start(self.status, pairs)
            return self._body
        pairs = compression.varying(pairs, self._fields)
        length = self._fields.get("content-length", "")
        small = length.isdigit() and int(length) < compression.SMALLEST
        if small or not compression.wanted(environ.get("HTTP_ACCEPT_ENCODING", "")):
            start(self.status, pairs)
            return self._body
        pairs = compression.marked(pairs)
        if not length:
            start(self.status, pairs)
            return compression.Streamed(self._body)
        packed = compression.whole(self.whole())
        start(self.status, [*pairs, ("Content-Length", str(len(packed)))])
        return [packed]

    def _close(self) -> None:
        close = getattr(self._body, "close", None)
        if close is not None:
            close()


@lru_cache(maxsize=64)
def _varies_by_known(vary: str) -> bool:
    """Whether a Vary header names no other headers than those of the key."""
    return {each.strip().lower() for each in vary.split(",")} - {""} <= _KNOWN


def _joined(pairs: Pairs) -> dict[str, str]:
    """Headers by their names in small letters; what comes several times with commas between."""
    fields: dict[str, str] = {}
    for name, text in pairs:
        lower = name.lower()
        fields[lower] = f"{fields[lower]}, {text}" if lower in fields else text
    return fields


def _never_written(_: bytes) -> None:
    """Stands for WSGI's old way of writing, which nothing here uses."""
    raise RuntimeError("an application answers with what it returns")


def _key(environ: WSGIEnvironment) -> Hashable:
    """What the answer depends on; None for a request whose answer is for nobody else."""
    method = environ["REQUEST_METHOD"]
    body = b""
    if method == "POST":
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip() not in _QUERIES:
            return None
        if environ["PATH_INFO"] != "/sparql":
            return None
        length = environ.get("CONTENT_LENGTH", "")
        if not length.isdigit() or int(length) > LARGEST_QUERY:
            return None
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(body)
    elif method not in ("GET", "HEAD"):
        return None
    for name in _ALONE:
        if name in environ:
            return None
    get = environ.get
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        body and environ["CONTENT_TYPE"],
        body,
        *[get(name) for name in VARYING],
    )
