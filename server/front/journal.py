"""The outermost layer: every request gets an id, is measured, and leaves one line in the log.

A line is a JSON object: when, id, client, method, path, status, bytes, seconds, cache. Headers and parameters
stay out, so that no credential gets into a log; only the text of a query that failed or was slow is told.
"""

import itertools
import json
import logging
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from types import TracebackType
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import Histogram

from server import metrics
from server.front.clients import Network, client
from server.front.lines import Lines

SLOW = 1.0
"""Seconds from which the text of a query is told."""

TOLD = 500
"""Characters of it."""

KINDS = (
    ("/sparql", "query"),
    ("/update", "update"),
    ("/graphs", "graphs"),
    ("/articles", "articles"),
    ("/page/", "page"),
    ("/id/", "name"),
    ("/data/", "data"),
    ("/graph/", "data"),
    ("/search", "search"),
    ("/suggest", "search"),
    ("/static/", "static"),
    ("/metrics", "probe"),
    ("/healthz", "probe"),
)
"""How paths begin → kind of request in log and metrics; all others are "site"."""

_Error = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BOOT = os.urandom(4).hex()
_TRACES = logging.Formatter()
_numbers = itertools.count(1)
_written = json.JSONEncoder(ensure_ascii=False).encode


class Journal:
    """Wraps the layers below it."""

    def __init__(
        self, application: WSGIApplication, lines: Lines, level: str, trusted: tuple[Network, ...]
    ) -> None:
        """`level` is all, problems (failed or slow) or off; `trusted` proxies tell who asks."""
        self.level = level
        self.trusted = trusted
        self._application = application
        self._lines = lines

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request."""
        entry = Entry(self, environ)

        def started(
            status: str, headers: list[tuple[str, str]], error: _Error = None, /
        ) -> Callable[[bytes], object]:
            entry.status = status[:3]
            headers.append(("X-Request-Id", entry.id))
            return start(status, headers, error) if error else start(status, headers)

        body = self._application(environ, started)
        if isinstance(body, list):
            entry.bytes = sum(map(len, body))
            self.close(entry)
            return body
        return _Counted(body, entry, self)

    def close(self, entry: "Entry") -> None:
        """The end of a request: it goes into the log."""
        entry.seconds = time.perf_counter() - entry.begin
        entry.ended = time.time()
        self._lines.put(entry)


class Entry:
    """What is known of one request; as text its line in the log."""

    __slots__ = ("begin", "bytes", "ended", "environ", "id", "journal", "seconds", "status")

    def __init__(self, journal: Journal, environ: WSGIEnvironment) -> None:
        self.begin = time.perf_counter()
        self.journal = journal
        self.environ = environ
        given = environ.get("HTTP_X_REQUEST_ID")
        self.id = given if given and _ID.fullmatch(given) else f"{_BOOT}-{os.getpid():x}-{next(_numbers):x}"
        self.status = "500"
        self.bytes = 0
        self.seconds = 0.0
        self.ended = 0.0

    @property
    def kind(self) -> str:
        """The kind of request."""
        path = self.environ.get("PATH_INFO", "")
        return next((kind for prefix, kind in KINDS if path.startswith(prefix)), "site")

    @property
    def cache(self) -> str:
        """What the cache did."""
        return str(self.environ.get("parleygraph.cache", "pass"))

    def __str__(self) -> str:
        wrong = self.status >= "500" or self.seconds > SLOW
        if self.journal.level == "off" or (self.journal.level == "problems" and not wrong):
            return ""
        content = {
            "time": datetime.fromtimestamp(self.ended, UTC).isoformat(timespec="milliseconds"),
            "id": self.id,
            "client": client(self.environ, self.journal.trusted),
            "method": self.environ.get("REQUEST_METHOD"),
            "path": self.environ.get("PATH_INFO"),
            "status": int(self.status),
            "bytes": self.bytes,
            "seconds": round(self.seconds, 4),
            "cache": self.cache,
        }
        if wrong and self.kind == "query":
            asked = parse_qs(self.environ.get("QUERY_STRING", "")).get("query", [""])
            content["query"] = asked[0][:TOLD]
        return _written(content)


class _Counted:
    """A streamed answer whose bytes are counted; the request ends with it."""

    def __init__(self, body: Iterable[bytes], entry: Entry, journal: Journal) -> None:
        self._body = body
        self._entry = entry
        self._journal = journal

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._entry.bytes += len(piece)
            yield piece

    def close(self) -> None:
        """The end of the answer, whether all of it was sent or not."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._journal.close(self._entry)


def measure(entries: Sequence[object]) -> None:
    """Count requests that have ended.

    Answers from the cache are counted together and not timed: a measurement would cost as much as the answer.
    """
    requests: Counter[tuple[str, str]] = Counter()
    caches: Counter[str] = Counter()
    for entry in entries:
        if isinstance(entry, Entry):
            kind = entry.kind
            requests[kind, entry.status] += 1
            caches[entry.cache] += 1
            if entry.cache != "hit":
                _seconds(kind).observe(entry.seconds)
    for (kind, status), count in requests.items():
        metrics.REQUESTS.labels(kind, status).inc(count)
    for result, count in caches.items():
        metrics.CACHE.labels(result).inc(count)


@cache
def _seconds(kind: str) -> Histogram:
    """The measurement of one kind of request; to look it up costs as much as to measure."""
    return metrics.SECONDS.labels(kind)


class LineHandler(logging.Handler):
    """Sends what modules log into the same file, as JSON too."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """One record; its trace, if it has one, in the same line."""
        content = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            content["trace"] = _TRACES.formatException(record.exc_info)
        self._lines.put(_written(content))
