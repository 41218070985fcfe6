"""One job on one query process: its frames, its time, and its end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol

from server.evaluator import account
from server.evaluator.errors import (
    AbandonedError,
    NoSuchGraphError,
    NotAcceptableError,
    QueryRejectedError,
    QueryTimeoutError,
    SaturatedError,
)
from server.evaluator.jobs import END, HEADER, WHOLE, Heading, Job, heading, parted
from server.evaluator.lanes import Place
from server.evaluator.limits import Limits
from server.evaluator.process import Frame, QueryProcess

GLANCE = 0.5
"""Seconds between two looks at whether the client is still there."""

Gone = Callable[[], bool]
"""Whether whoever asked has gone away."""


class Keeper(Protocol):
    """Who lends processes and places: the pool."""

    limits: Limits

    def promote(self, job: Job) -> Place | None:
        """A slow place for a job that ran on; None when there is none."""

    def give_back(self, process: QueryProcess, place: Place, held: float | None, *, reusable: bool) -> None:
        """End of a run: free its place; keep the process only if it is as good as new.

        `held` are the seconds for which it had a quick place, None where they tell nothing of other jobs.
        """


class Run:
    """One job on one process, from its start to the return of the process."""

    def __init__(
        self,
        keeper: Keeper,
        process: QueryProcess,
        job: Job,
        place: Place,
        gone: Gone | None = None,
        *,
        waited: float = 0.0,
        cheap: bool = False,
    ) -> None:
        """`gone` says whether its client has left, `cheap` that it looked cheap.

        `waited` are the seconds that it waited for its turn: one that came late and is not cheap may hold its
        quick place for less, down to half, so that its refusal comes in time.
        """
        limits = keeper.limits
        self._quick = full = min(limits.quick, limits.timeout)
        if not cheap:
            self._quick = min(max(full + limits.queue_wait - waited, full / 2), full)
        self.job = job
        self._keeper = keeper
        self._place = place
        self._cheap = cheap
        self._process = process
        self._gone = gone
        self._begin = time.monotonic()
        self._waited = 0.0
        self._begun = False
        self._whole: bytes | None = None
        self._slow = False
        self._done = False
        self._closed = False

    @property
    def generation(self) -> Path:
        """The generation that answers."""
        return self._process.generation

    def header(self) -> Heading:
        """What the answer is. Raises what the query failed with."""
        kind, content = self._next()
        if kind == WHOLE:
            head, self._whole = parted(content)
            self._done = True
            return heading(head)
        assert kind == HEADER, kind
        return heading(content)

    def frames(self) -> Iterator[bytes]:
        """The result's bytes as they come. Raises in the middle when the query is stopped there."""
        if self._whole is not None:
            yield self._whole
            return
        while True:
            kind, content = self._next()
            if kind == END:
                self._done = True
                return
            yield content

    def beginning(self, most: int) -> tuple[bytes, bool]:
        """The result's bytes, some more than `most` where there are that many; whether these are all."""
        if self._whole is not None:
            return self._whole, True
        held = bytearray()
        for frame in self.frames():
            held += frame
            if len(held) > most:
                return bytes(held), False
        return bytes(held), True

    def __enter__(self) -> "Run":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Return the process to the pool, or end it when it is not at rest."""
        if not self._closed:
            self._closed = True
            account.add(self._waited)
            held = None if self._cheap or self._slow else self._waited
            reusable = self._done and not self._slow
            self._keeper.give_back(self._process, self._place, held, reusable=reusable)

    def _next(self) -> Frame:
        limits = self._keeper.limits
        begin = time.monotonic()
        if begin - self._begin > limits.timeout + limits.drain:
            raise QueryTimeoutError("its result was not read in time")
        try:
            return self._first(limits) or self._later(limits)
        except (QueryRejectedError, NotAcceptableError, NoSuchGraphError):
            self._done = True  # a refused query leaves its process at rest
            raise

    def _first(self, limits: Limits) -> Frame | None:
        """The first frame, as long as a quick place may be held for it."""
        if self._begun or self._quick < min(limits.quick, limits.timeout):
            return None
        self._begun = True
        try:
            return self._process.receive_quickly()
        finally:
            self._waited = time.monotonic() - self._begin

    def _later(self, limits: Limits) -> Frame:
        begin = time.monotonic()
        try:
            ready = self._wait(limits)
        finally:
            self._waited += time.monotonic() - begin
        if not ready:
            raise QueryTimeoutError(f"it ran to its limit of {limits.timeout:g} seconds")
        return self._process.receive()

    def _wait(self, limits: Limits) -> bool:
        if not self._slow:
            if self._arrives(self._quick - self._waited):
                return True
            place = self._keeper.promote(self.job)
            if place is None:
                raise SaturatedError("every place for a slow query is taken")
            self._place.release()
            self._place, self._slow = place, True
            self._process.yield_processor()
            return self._arrives(limits.timeout - max(self._waited, self._quick))
        return self._arrives(limits.timeout - self._waited)

    def _arrives(self, seconds: float) -> bool:
        """Whether a frame comes within `seconds`. Raises AbandonedError when nobody waits for it any more."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            if self._process.wait(min(left, GLANCE)):
                return True
            if left <= GLANCE:
                return False
            if self._gone is not None and self._gone():
                raise AbandonedError("the client went away")
