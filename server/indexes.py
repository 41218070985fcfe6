"""The full-text indexes that this web process has open: a few, each lent to one thread at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from graph.errors import StoreError
from graph.store.search.finding import Index
from server.evaluator import account
from server.problems import RETRY_AFTER, ProblemError

KEPT = 4
"""Open indexes that wait for the next search; a search takes some milliseconds, so few run at once."""


class Indexes:
    """Lends open indexes of the generation that is current when they are asked for."""

    def __init__(self, current: Callable[[], Path]) -> None:
        """`current` gives the folder of the generation in force; it raises while there is none."""
        self._current = current
        self._lock = threading.Lock()
        self._generation: Path | None = None
        self._idle: list[Index] = []

    @contextmanager
    def lent(self) -> Iterator[Index]:
        """An index for the length of a block. Raises QueryError where the generation has none."""
        generation = self._current()
        with self._lock:
            if generation != self._generation:
                outdated, self._idle, self._generation = self._idle, [], generation
            else:
                outdated = []
            opened = self._idle.pop() if self._idle else None
        for old in outdated:
            old.close()
        opened = opened or _opened(generation)
        begin = time.monotonic()
        try:
            yield opened
        finally:
            account.add(time.monotonic() - begin)
            with self._lock:
                keep = generation == self._generation and len(self._idle) < KEPT
                if keep:
                    self._idle.append(opened)
            if not keep:
                opened.close()


def _opened(generation: Path) -> Index:
    try:
        return Index(generation)
    except StoreError as error:
        later = {"Retry-After": str(RETRY_AFTER)}
        title = "There is no index to search"
        raise ProblemError(503, title, error.reason, error.remedy, "/limits#store", later) from error


def indexes() -> Indexes:
    """The open indexes of this application."""
    found = current_app.extensions["parleygraph-indexes"]
    assert isinstance(found, Indexes)
    return found
