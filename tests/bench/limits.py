"""The limits that the product is measured against, under the same gunicorn: bytes alone, the bare engine.

BENCH_BODY     a file with the bytes that the bare application sends, with headers and a log line
BENCH_STORE    a generation, which the engine answers queries from in the web process itself
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox

from server.front.lines import Lines

JSON = ox.QueryResultsFormat.JSON
HEADERS = [
    ("Content-Type", "application/sparql-results+json"),
    ("Vary", "Accept, Accept-Encoding"),
    ("ETag", '"00000000000000000000000000000000"'),
    ("Cache-Control", "public, no-cache"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, Allow, Accept-Post"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " * 3,
    ),
    ("X-Cache", "hit"),
    ("X-Request-Id", "00000000-0000-0000"),
]


class Bare:
    """The same bytes each time."""

    def __init__(self) -> None:
        self._body = Path(os.environ["BENCH_BODY"]).read_bytes()
        self._lines = Lines(sys.stderr.fileno(), lambda _: None)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [*HEADERS, ("Content-Length", str(len(self._body)))])
        self._lines.put(json.dumps({"path": environ["PATH_INFO"], "status": 200, "bytes": len(self._body)}))
        return [self._body]


class Engine:
    """The engine without a pool: fast, and defenceless."""

    def __init__(self) -> None:
        self._store = ox.Store.read_only(os.environ["BENCH_STORE"])

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        query = parse_qs(environ["QUERY_STRING"])["query"][0]
        results = self._store.query(query)
        assert not isinstance(results, ox.QueryTriples)
        body = results.serialize(format=JSON) or b""
        start("200 OK", [("Content-Type", JSON.media_type), ("Content-Length", str(len(body)))])
        return [body]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """One of the two, made at the first request of a process."""
    if "made" not in _kept:
        _kept["made"] = Bare() if "BENCH_BODY" in os.environ else Engine()
    found: Iterable[bytes] = _kept["made"](environ, start)
    return found


_kept: dict[str, Any] = {}
