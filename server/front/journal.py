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
from functools import cache, lru_cache
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
_text = json.encoder.encode_basestring
"""A text in JSON."""


@cache
def _process() -> str:
    """The number of this process, which was forked after this module was loaded."""
    return f"{os.getpid():x}"


class Journal:
    """Wraps the layers below it."""

    def __init__(
        self, application: WSGIApplication, lines: Lines, level: str, trusted: tuple[Network, ...]
    ) -> None:
        """`level` is all, problems (failed or slow) or off; `trusted` proxies tell who asks."""
        self._level = level
        self._trusted = trusted
        self._application = application
        self._lines = lines

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request."""
        entry = Entry(environ)

        def started(
            status: str, headers: list[tuple[str, str]], error: _Error = None, /
        ) -> Callable[[bytes], object]:
            entry.status = status[:3]
            headers.append(("X-Request-Id", entry.id))
            return start(status, headers, error) if error else start(status, headers)

        body = self._application(environ, started)
        if isinstance(body, list):
            entry.bytes = sum(map(len, body))
            self.close(entry, environ)
            return body
        return _Counted(body, entry, environ, self)

    def close(self, entry: "Entry", environ: WSGIEnvironment) -> None:
        """The end of a request: it goes into the log."""
        entry.seconds = time.perf_counter() - entry.begin
        entry.ended = time.time()
        entry.path = environ.get("PATH_INFO", "")
        entry.cache = environ.get("parleygraph.cache", "pass")
        wrong = entry.status >= "500" or entry.seconds > SLOW
        if self._level == "all" or (wrong and self._level == "problems"):
            entry.method = environ.get("REQUEST_METHOD", "")
            entry.client = client(environ, self._trusted)
            if wrong and entry.kind == "query":
                entry.query = parse_qs(environ.get("QUERY_STRING", "")).get("query", [""])[0][:TOLD]
        self._lines.put(entry)


class Entry:
    """What is known of one request; as text its line in the log, empty where it has none.

    It holds no more than that: the environment of a request that waits for its line would outlive the
    request, and the collector of garbage would look through thousands of them.
    """

    __slots__ = (
        "begin",
        "bytes",
        "cache",
        "client",
        "ended",
        "id",
        "method",
        "path",
        "query",
        "seconds",
        "status",
    )

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.begin = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID")
        self.id: str = given if given and _ID.fullmatch(given) else f"{_BOOT}-{_process()}-{next(_numbers):x}"
        self.status = "500"
        self.bytes = 0
        self.seconds = self.ended = 0.0
        self.method = self.path = self.cache = self.client = ""
        self.query: str | None = None

    @property
    def kind(self) -> str:
        """The kind of request."""
        return _kind(self.path)

    def __str__(self) -> str:
        if not self.client:
            return ""
        second = int(self.ended)
        more = "" if self.query is None else f', "query": {_text(self.query)}'
        # By hand: the encoder takes five times as long, and no request is answered meanwhile.
        return (
            f'{{"time": "{_clock(second)}.{int((self.ended - second) * 1000):03}+00:00", "id": "{self.id}", '
            f'"client": {_text(self.client)}, "method": {_text(self.method)}, "path": {_text(self.path)}, '
            f'"status": {self.status}, "bytes": {self.bytes}, "seconds": {round(self.seconds, 4)}, '
            f'"cache": "{self.cache}"{more}}}'
        )


@lru_cache(maxsize=1024)
def _kind(path: str) -> str:
    return next((kind for prefix, kind in KINDS if path.startswith(prefix)), "site")


@lru_cache(maxsize=4)
def _clock(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class _Counted:
    """A streamed answer whose bytes are counted; the request ends with it."""

    def __init__(
        self, body: Iterable[bytes], entry: Entry, environ: WSGIEnvironment, journal: Journal
    ) -> None:
        self._body = body
        self._entry = entry
        self._environ = environ
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
            self._journal.close(self._entry, self._environ)


def measure(entries: Sequence[object]) -> None:
    """Count requests that have ended.

    Answers from the cache are counted together and not timed: a measurement would cost as much as the answer.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        if isinstance(entry, Entry):
            kind, cache = entry.kind, entry.cache
            counts[kind, entry.status, cache] += 1
            if cache != "hit":
                _seconds(kind).observe(entry.seconds)
    for (kind, status, cache), count in counts.items():
        metrics.REQUESTS.labels(kind, status).inc(count)
        metrics.CACHE.labels(cache).inc(count)


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
