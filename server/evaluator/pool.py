"""The pool of query processes: who may run, how long, and what happens to those that run on.

Every query starts in a quick place; one that is not done after `limits.quick` needs a slow place or ends
there. So a hundred runaways leave room for the next cheap query. Whatever overstays is killed, and replaced
in the background before anybody waits for it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from server.evaluator import account
from server.evaluator.errors import (
    EvaluationError,
    NoSuchGraphError,
    NotAcceptableError,
    QueryRejectedError,
    QueryTimeoutError,
    SaturatedError,
    StoreUnavailableError,
)
from server.evaluator.jobs import END, HEADER, Job
from server.evaluator.limits import Limits
from server.evaluator.process import QueryProcess, clean_context, started

log = logging.getLogger(__name__)

RETRY = 0.5
"""Seconds between two looks at the store: for a new generation, or after one that did not open."""


@dataclass(frozen=True, slots=True)
class Census:
    """Query processes idle and busy, and queries that wait for a place."""

    idle: int
    busy: int
    waiting: int


class Pool:
    """Query processes on the current generation of a store; safe to use from several threads."""

    def __init__(self, current: Callable[[], Path], limits: Limits) -> None:
        """`current` gives the folder of the generation to read now; it raises while there is none."""
        self.limits = limits
        self._current = current
        self._context = clean_context()
        self._quick = threading.BoundedSemaphore(limits.quick_places)
        self._slow = threading.BoundedSemaphore(limits.slow_places)
        self._changed = threading.Condition()
        self._idle: list[QueryProcess] = []
        self._busy: set[QueryProcess] = set()
        self._trouble: tuple[Path | None, str] = (None, "")
        self._closed = False
        self._waiting = 0
        self._keeper = threading.Thread(target=self._keep, name="query-process-keeper", daemon=True)
        self._keeper.start()

    def generation(self) -> Path:
        """The folder of the generation that the next query will read. Raises StoreUnavailableError."""
        try:
            return self._current()
        except Exception as error:
            raise StoreUnavailableError(str(error)) from error

    def start(self, job: Job) -> "Run":
        """Begin a job; the run must be closed. Raises TemporaryError when there is no place or no store."""
        with self._queued():
            if not self._quick.acquire(timeout=self.limits.queue_wait):
                raise SaturatedError("every place for a query is taken")
        try:
            process = self._take()
        except BaseException:
            self._quick.release()
            raise
        run = Run(self, process, job)
        try:
            process.send(job)
        except BaseException:
            run.close()
            raise
        return run

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        """The whole result of each job, in order, one after the other; for the site's own small queries."""
        results = []
        for job in jobs:
            with self.start(job) as run:
                run.header()
                results.append(b"".join(run.frames()))
        return results

    def promote(self) -> bool:
        """Move one run from a quick place to a slow one; False when none is free."""
        if not self._slow.acquire(blocking=False):
            return False
        self._quick.release()
        return True

    def give_back(self, process: QueryProcess, *, slow: bool, reusable: bool) -> None:
        """End of a run: free its place; keep the process only if it is as good as new."""
        (self._slow if slow else self._quick).release()
        with self._changed:
            self._busy.discard(process)
            if reusable and not self._closed:
                self._idle.append(process)
                process_to_end = None
            else:
                process_to_end = process
            self._changed.notify_all()
        if process_to_end is not None:
            process_to_end.kill()

    def census(self) -> "Census":
        """How many query processes there are, and how many queries wait for a place."""
        with self._changed:
            return Census(len(self._idle), len(self._busy), self._waiting)

    @contextmanager
    def _queued(self) -> Iterator[None]:
        self._waiting += 1  # a figure for people: two threads at once may cost it one
        try:
            yield
        finally:
            self._waiting -= 1

    def pids(self) -> list[int]:
        """The process numbers of all query processes, idle and busy."""
        with self._changed:
            return [process.pid for process in (*self._idle, *self._busy)]

    def ready(self) -> bool:
        """Whether a query process has opened the store."""
        return bool(self.pids())

    def close(self) -> None:
        """End every query process; queries fail from now on."""
        with self._changed:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        for process in processes:
            process.kill()

    def _take(self) -> QueryProcess:
        """A process with the generation now in force open."""
        while True:
            wanted = self.generation()
            process = self._idle_process(wanted)
            if process.generation == wanted:
                return process
            try:
                process.move(wanted)
            except EvaluationError:
                self._discard(process)
            else:
                return process

    def _idle_process(self, wanted: Path) -> QueryProcess:
        """An idle process, which is busy then; one on the wanted generation if there is any."""
        begin = time.monotonic()
        with self._changed:
            while not self._closed:
                alive = [process for process in self._idle if process.alive()]
                if alive:
                    process = next((each for each in reversed(alive) if each.generation == wanted), alive[-1])
                    self._idle.remove(process)
                    self._busy.add(process)
                    self._changed.notify_all()
                    return process
                self._changed.notify_all()
                # With others at work this one waits for a replacement, else for the store to open at all.
                patience = 10 * self.limits.queue_wait if self._busy else self.limits.opening_wait
                if time.monotonic() > begin + patience or self._is_trouble(wanted):
                    break
                self._changed.wait(self.limits.queue_wait)
        if self._is_trouble(wanted):
            raise StoreUnavailableError(self._trouble[1])
        raise SaturatedError("no query process became free in time")

    def _is_trouble(self, wanted: Path) -> bool:
        """Whether this generation is known not to open."""
        return bool(self._trouble[1]) and self._trouble[0] == wanted

    def _discard(self, process: QueryProcess) -> None:
        """End a busy process that cannot be used again."""
        with self._changed:
            self._busy.discard(process)
            self._changed.notify_all()
        process.kill()

    def _keep(self) -> None:
        """Keep `quick_places` processes idle on the current generation, and none on an older one."""
        while not self._closed:
            wanted = None
            try:
                wanted = self.generation()
                if self._renew(wanted):
                    continue
                if self._missing():
                    self._add(wanted)
                    continue
            except Exception as error:  # whatever is wrong with the store may be mended while we wait
                if str(error) != self._trouble[1]:
                    log.warning("no query process: %s", error)
                self._trouble = (wanted, str(error))
                time.sleep(RETRY)
            with self._changed:
                if not self._missing():
                    self._changed.wait(RETRY)

    def _missing(self) -> bool:
        spare = self.limits.quick_places
        most = self.limits.quick_places + self.limits.slow_places
        return not self._closed and len(self._idle) < spare and len(self._idle) + len(self._busy) <= most

    def _add(self, wanted: Path) -> None:
        process, seconds = started(self._context, wanted, self.limits)
        log.info(
            "query process %d on %s, open in %.3f s, network barrier %s",
            process.pid,
            wanted.name,
            seconds,
            process.barrier,
        )
        with self._changed:
            self._trouble = (None, "")
            closed = self._closed
            if not closed:
                self._idle.append(process)
                self._changed.notify_all()
        if closed:
            process.kill()

    def _renew(self, wanted: Path) -> bool:
        """Bring one idle process to the wanted generation, or end a dead one; False when there is none."""
        with self._changed:
            process = next((one for one in self._idle if one.generation != wanted or not one.alive()), None)
            if process is None:
                return False
            self._idle.remove(process)
            self._busy.add(process)
        try:
            process.move(wanted)
        except EvaluationError:
            self._discard(process)
        else:
            with self._changed:
                self._busy.discard(process)
                self._idle.append(process)
                self._changed.notify_all()
        return True


class Run:
    """One job on one process, from its start to the return of the process."""

    def __init__(self, pool: Pool, process: QueryProcess, job: Job) -> None:
        self.job = job
        self._pool = pool
        self._process = process
        self._begin = time.monotonic()
        self._waited = 0.0
        self._slow = False
        self._done = False
        self._closed = False

    @property
    def generation(self) -> Path:
        """The generation that answers."""
        return self._process.generation

    def header(self) -> bytes:
        """The HEADER's JSON: kind of result and media type. Raises what the query failed with."""
        kind, content = self._next()
        assert kind == HEADER, kind
        return content

    def frames(self) -> Iterator[bytes]:
        """The result's bytes as they come. Raises in the middle when the query is stopped there."""
        while True:
            kind, content = self._next()
            if kind == END:
                self._done = True
                return
            yield content

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
            self._pool.give_back(self._process, slow=self._slow, reusable=self._done and not self._slow)

    def _next(self) -> tuple[bytes, bytes]:
        limits = self._pool.limits
        if time.monotonic() - self._begin > limits.timeout + limits.drain:
            raise QueryTimeoutError("its result was not read in time")
        begin = time.monotonic()
        ready = self._wait(limits)
        self._waited += time.monotonic() - begin
        if not ready:
            raise QueryTimeoutError(f"it ran to its limit of {limits.timeout:g} seconds")
        return self._receive()

    def _receive(self) -> tuple[bytes, bytes]:
        try:
            return self._process.receive()
        except (QueryRejectedError, NotAcceptableError, NoSuchGraphError):
            self._done = True  # a refused query leaves its process at rest
            raise

    def _wait(self, limits: Limits) -> bool:
        if not self._slow:
            if self._process.wait(min(limits.quick, limits.timeout) - self._waited):
                return True
            if not self._pool.promote():
                raise SaturatedError("every place for a slow query is taken")
            self._slow = True
            self._process.yield_processor()
            return self._process.wait(limits.timeout - max(self._waited, min(limits.quick, limits.timeout)))
        return self._process.wait(limits.timeout - self._waited)
