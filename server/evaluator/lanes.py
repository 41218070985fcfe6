"""The places for queries: quick ones for all, a lane for cheap ones only, slow ones for what runs on.

Runaways can fill the quick places and the slow ones, never the lane of the cheap: a query that looked cheap
and ran on is remembered, and does not look cheap again.
"""

import threading
import time
from collections import OrderedDict

from server.evaluator.cost import is_cheap
from server.evaluator.errors import SaturatedError
from server.evaluator.jobs import Job
from server.evaluator.limits import Limits

REMEMBERED = 1000
"""Queries that ran on, of which the latest are remembered."""

SHARE = 0.25
"""The part of the latest job in how long a place is usually held: after four of a kind that is known."""

Place = threading.BoundedSemaphore


class Lanes:
    """Who may run where; safe to use from several threads."""

    def __init__(self, limits: Limits) -> None:
        self._wait = limits.queue_wait
        self._quick = Place(limits.quick_places)
        self._cheap = Place(limits.cheap_places)
        self._slow = Place(limits.slow_places)
        self._trial = Place(1)
        self._ran_on: OrderedDict[int, None] = OrderedDict()
        self._lock = threading.Lock()
        self._places = limits.quick_places
        self._longest = min(limits.quick, limits.timeout)
        self._queue = 0
        self._hold, self._hold_at = 0.0, 0.0

    def free(self, *, cheap: bool) -> Place | None:
        """A quick place, if one is free now. Raises SaturatedError in a storm, but for one job to try."""
        if cheap or not self._is_storm():
            return self._quick if self._quick.acquire(blocking=False) else None
        if self._trial.acquire(blocking=False):
            return self._trial
        raise SaturatedError("every place for a slow query is taken, and the latest queries were slow")

    def awaited(self, *, cheap: bool) -> Place:
        """A place that comes free in time. Raises SaturatedError, at once where it would wait in vain.

        What waits is less than what the places finish in that time: in a storm of runaways nobody is kept
        from a refusal that is certain, and a burst of short queries is answered.
        """
        if cheap:
            return self._acquired(self._cheap)
        with self._lock:
            if (self._queue + 1) * self._usual_hold() > self._wait * self._places:
                raise SaturatedError("every place for a query is taken, and enough wait for one")
            self._queue += 1
        try:
            place = self._acquired(self._quick)
        finally:
            with self._lock:
                self._queue -= 1
        if not self._is_storm():
            return place
        place.release()
        raise SaturatedError("every place for a slow query is taken, and the latest queries were slow")

    def _acquired(self, place: Place) -> Place:
        if not place.acquire(timeout=self._wait):
            raise SaturatedError("every place for a query is taken")
        return place

    def _is_storm(self) -> bool:
        """Whether what runs on finds no place, and most that came of late ran on.

        To end it would cost a process each time, and to make that anew half as much as the query had: enough
        of them would leave no processor for anybody else.
        """
        if self._usual_hold() < self._longest / 2:
            return False
        if self._slow.acquire(blocking=False):
            self._slow.release()
            return False
        return True

    def held(self, seconds: float) -> None:
        """A job that did not look cheap has held a quick place for so long."""
        with self._lock:
            self._hold = self._usual_hold() * (1 - SHARE) + seconds * SHARE
            self._hold_at = time.monotonic()

    def _usual_hold(self) -> float:
        """Seconds for which a place is held, by the latest jobs; what was long ago counts for less."""
        return float(self._hold * 0.5 ** (time.monotonic() - self._hold_at))

    def promote(self, job: Job) -> Place | None:
        """A slow place for a job that ran on; None when there is none."""
        self.held(self._longest)
        with self._lock:
            self._ran_on[hash(job.query)] = None
            while len(self._ran_on) > REMEMBERED:
                self._ran_on.popitem(last=False)
        return self._slow if self._slow.acquire(blocking=False) else None

    def looks_cheap(self, job: Job) -> bool:
        """Whether a job looks cheap, and has not run on before."""
        if job.dump is not None:
            return False
        cheap = job.guarded.cheap if job.guarded is not None else is_cheap(job.query)
        if not cheap or not self._ran_on:
            return cheap
        with self._lock:
            return hash(job.query) not in self._ran_on
