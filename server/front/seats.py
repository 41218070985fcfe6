"""Which web process takes a new connection: the one that has the fewest.

All of them wait at one listening socket, and whoever wakes first would take it. Kept connections stay where
they fell: of four on two processes three were in one half of the time, and half the machine stood idle.
"""

import mmap
import struct
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

SEATS = 64
"""Web processes that are known of; those beyond take what comes."""

MOMENT = 0.001
"""Seconds for which a connection is left to a process that has fewer."""

PATIENCE = 20
"""Moments after which it is taken all the same: the other may be busy, or stopped."""

_SEAT = struct.Struct("<ii")
"""The number of a process, 0 for an empty seat, and its open connections."""


class Seats:
    """The connections of each web process, in memory that they share.

    No lock: each writes its own seat alone, and a figure that is just outdated costs a connection its best
    place and nothing else.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SEATS * _SEAT.size)

    def put(self, seat: int, pid: int, connections: int) -> None:
        """Say how many connections a process has."""
        _SEAT.pack_into(self._memory, seat % SEATS * _SEAT.size, pid, connections)

    def leave(self, seat: int) -> None:
        """Forget a process that has ended."""
        self.put(seat, 0, 0)

    def least(self, seat: int) -> int | None:
        """The fewest connections that another process has; None where there is no other."""
        seats = enumerate(_SEAT.iter_unpack(self._memory))
        others = [connections for number, (pid, connections) in seats if pid and number != seat % SEATS]
        return min(others, default=None)


seats = Seats()
"""Made before the web processes are forked, which keep it together."""


class Worker(ThreadWorker):  # type: ignore[misc]
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
