"""The places for queries: quick ones for all, a lane for cheap ones only, slow ones for what runs on.

Runaways can fill the quick places and the slow ones, never the lane of the cheap: a query that looked cheap
and ran on is remembered, and does not look cheap again.
"""

import threading
from collections import OrderedDict

from server.evaluator.cost import is_cheap
from server.evaluator.errors import SaturatedError
from server.evaluator.jobs import Job
from server.evaluator.limits import Limits

REMEMBERED = 1000
"""Queries that ran on, of which the latest are remembered."""

Place = threading.BoundedSemaphore


class Lanes:
    """Who may run where; safe to use from several threads."""

    def __init__(self, limits: Limits) -> None:
        self._wait = limits.queue_wait
        self._quick = Place(limits.quick_places)
        self._cheap = Place(limits.cheap_places)
        self._slow = Place(limits.slow_places)
        self._ran_on: OrderedDict[int, None] = OrderedDict()
        self._lock = threading.Lock()

    def free(self) -> Place | None:
        """A quick place, for any job, if one is free now."""
        return self._quick if self._quick.acquire(blocking=False) else None

    def awaited(self, *, cheap: bool) -> Place:
        """A place that comes free in time. Raises SaturatedError."""
        place = self._cheap if cheap else self._quick
        if not place.acquire(timeout=self._wait):
            raise SaturatedError("every place for a query is taken")
        return place

    def promote(self, job: Job) -> Place | None:
        """A slow place for a job that ran on; None when there is none."""
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
