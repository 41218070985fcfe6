"""Which web process takes a new connection: the one that has the fewest.

All of them wait at one listening socket, and whoever wakes first would take it. Kept connections stay where
they fell: of four on two processes three were in one half of the time, and half the machine stood idle.
"""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from server.front.seats import seats

MOMENT = 0.001
"""Seconds for which a connection is left to a process that has fewer."""

PATIENCE = 20
"""Moments after which it is taken all the same: the other may be busy, or stopped."""


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn publishes no types
    """gunicorn's worker with threads, which leaves a connection to one that has fewer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._left = 0

    def notify(self) -> None:
        """Say that it is alive, once in each turn of its loop, and how many connections it has."""
        seats.put(self.age, self.pid, self.nr_conns)
        super().notify()

    def accept(self, listener: Any) -> None:
        """Take a new connection, or leave it for a moment."""
        fewest = seats.least(self.age)
        if fewest is not None and fewest < self.nr_conns and self._left < PATIENCE:
            self._left += 1
            time.sleep(MOMENT)
            return
        self._left = 0
        super().accept(listener)
        seats.put(self.age, self.pid, self.nr_conns)
