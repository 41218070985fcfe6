"""Who computes an answer that several clients want at once: the first; the others wait for it, within reason.

A query that runs to its limit must not tie up a thread for each client that asks it: only a few wait for
long, the others go on by themselves, to where the evaluator pool refuses what it has no place for.
"""

import threading
from collections.abc import Hashable

from server.front.entries import Entry

SHORT = 0.1
"""Seconds that any client waits: most answers take less, and a refusal has to come within half a second."""

PATIENT = 4
"""Clients per web process that wait for as long as it takes: a quarter of its threads."""


class Flight:
    """An answer being computed."""

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self._in_the_air = threading.Lock()  # an Event does the same at ten times the price
        self._in_the_air.acquire()

    def land(self, entry: Entry | None) -> None:
        """Its end, with an answer to share or None; once."""
        self.entry = entry
        self._in_the_air.release()

    def landed(self, seconds: float) -> bool:
        """Whether it lands within some seconds."""
        landed = self._in_the_air.acquire(timeout=seconds)
        if landed:
            self._in_the_air.release()  # for the next who waits
        return landed


class Flights:
    """The answers being computed; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Flight] = {}
        self._patient = threading.BoundedSemaphore(PATIENT)

    def board(self, key: Hashable) -> tuple[Flight, bool]:
        """The flight for a request, and whether the caller computes it; who does must land it."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is not None:
                return flight, False
            flight = self._under_way[key] = Flight()
            return flight, True

    def land(self, key: Hashable, flight: Flight, entry: Entry | None) -> None:
        """The end of a flight, with an answer to share or None."""
        with self._lock:
            if self._under_way.get(key) is flight:
                del self._under_way[key]
        flight.land(entry)

    def wait(self, flight: Flight, seconds: float) -> Entry | None:
        """The answer of somebody else's flight; None when it is nothing to share, or takes too long."""
        if flight.landed(SHORT):
            return flight.entry
        if not self._patient.acquire(blocking=False):
            return None
        try:
            flight.landed(seconds)
        finally:
            self._patient.release()
        return flight.entry
