"""The layers in front of the application, composed: what gunicorn serves."""

import logging
import sys
from collections.abc import Iterable, Sequence
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from server import metrics
from server.evaluator.pool import Pool
from server.front.cache import Cache, identity
from server.front.journal import Journal, LineHandler, measure
from server.front.lines import Lines
from server.front.shortcut import Shortcut
from server.settings import Settings


class Front:
    """The application behind its layers. `extensions` are the application's."""

    def __init__(self, app: Flask) -> None:
        """`app` comes from server.app.create_app."""
        self.extensions: dict[str, Any] = app.extensions
        settings, self._pool = app.extensions["parleygraph-settings"], app.extensions["parleygraph-pool"]
        assert isinstance(settings, Settings)
        assert isinstance(self._pool, Pool)
        patience = (
            settings.limits.timeout + 1
        )  # until the query that is under way has ended, one way or another
        self._cache = Cache(Shortcut(app), identity(settings.store), settings.cache, patience)
        self.lines = Lines(sys.stderr.fileno(), self._observe)
        self.extensions["parleygraph-lines"] = self.lines
        self._outermost = Journal(self._cache, self.lines, settings.log, settings.trusted_proxies)
        _log_to(self.lines)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request, through all layers."""
        return self._outermost(environ, start)

    def _observe(self, entries: Sequence[object]) -> None:
        """Measure requests that have ended, and what the process holds then."""
        measure(entries)
        census = self._pool.census()
        metrics.PROCESSES.labels("idle").set(census.idle)
        metrics.PROCESSES.labels("busy").set(census.busy)
        metrics.WAITING.set(census.waiting)
        metrics.CACHE_BYTES.set(self._cache.entries.size)
        metrics.DROPPED.set(self.lines.dropped)


def _log_to(lines: Lines) -> None:
    """Have the modules' own messages written to the same file: warnings of all, and what the server tells."""
    logging.basicConfig(handlers=[LineHandler(lines)], level=logging.WARNING, force=True)
    logging.getLogger("server").setLevel(logging.INFO)
