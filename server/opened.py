"""The generation in force, opened in this web process for look-ups, which nobody outside can make large.

Queries, whoever wrote them, are answered in query processes: see server.evaluator.
"""

import threading
from collections.abc import Callable

from flask import current_app
from pyoxigraph import Store

from graph.errors import StoreError
from server.evaluator.current import Look
from server.evaluator.errors import StoreUnavailableError
from server.portraits.lookups import Lookups


class Opened:
    """Opens a generation when it is first asked for, and lets go of the one before it."""

    def __init__(self, look: Callable[[], Look]) -> None:
        """`look` tells the generation in force; it raises StoreError while there is none."""
        self._look = look
        self._lock = threading.Lock()
        self._held: tuple[Look, Lookups] | None = None

    def lookups(self) -> Lookups:
        """The generation in force. Raises StoreUnavailableError."""
        try:
            generation = self._look()
            held = self._held
            if held is not None and held[0] == generation:
                return held[1]
            return self._open(generation)
        except (StoreError, OSError) as error:
            raise StoreUnavailableError(str(error)) from error

    def _open(self, generation: Look) -> Lookups:
        with self._lock:  # one thread opens it, the others wait
            held = self._held
            if held is None or held[0] != generation:
                held = self._held = generation, Lookups(Store.read_only(str(generation.folder)))
            return held[1]


def lookups() -> Lookups:
    """The generation in force, of this application."""
    found = current_app.extensions["parleygraph-opened"]
    assert isinstance(found, Opened)
    return found.lookups()
