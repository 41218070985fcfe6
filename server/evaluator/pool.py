"""The pool of query processes: who may run, how long, and what happens to those that run on.

Every query starts in a quick place; one that is not done after `limits.quick` needs a slow place or ends
there. So a hundred runaways leave room for the next cheap query. Whatever overstays is killed, and replaced
in the background before anybody waits for it.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from server.evaluator.errors import (
    EvaluationError,
    SaturatedError,
    StoreUnavailableError,
)
from server.evaluator.jobs import Job
from server.evaluator.lanes import Lanes, Place
from server.evaluator.limits import Limits
from server.evaluator.process import QueryProcess, clean_context, started
from server.evaluator.run import Gone, Run

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
        self._lanes = Lanes(limits)
        self._changed = threading.Condition()
        self._idle: list[QueryProcess] = []
        self._busy: set[QueryProcess] = set()
        self._trouble: tuple[Path | None, str] = (None, "")
        self._closed = False
        self._waiting = 0
        self._takers = 0
        self._to_replace = 0
        self._ended: SimpleQueue[QueryProcess] = SimpleQueue()
        threading.Thread(target=self._bury, name="query-process-end", daemon=True).start()
        self._keeper = threading.Thread(target=self._keep, name="query-process-keeper", daemon=True)
        self._keeper.start()

    def generation(self) -> Path:
        """The folder of the generation that the next query will read. Raises StoreUnavailableError."""
        try:
            return self._current()
        except Exception as error:
            raise StoreUnavailableError(str(error)) from error

    def start(self, job: Job, *, own: bool = False, gone: Gone | None = None) -> Run:
        """Begin a job; the run must be closed. Raises TemporaryError when there is no place or no store.

        `own` says that the site itself asks, and not a stranger; `gone`, whether the client has left.
        """
        begin = time.monotonic()
        cheap = own or self._lanes.looks_cheap(job)
        place = self._lanes.free(cheap=cheap) or self._awaited(cheap)
        try:
            process = self._take(begin, patient=cheap)
        except BaseException:
            place.release()
            raise
        run = Run(self, process, job, place, gone, waited=time.monotonic() - begin, cheap=cheap)
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
            with self.start(job, own=True) as run:
                run.header()
                results.append(b"".join(run.frames()))
        return results

    def promote(self, job: Job) -> Place | None:
        """A slow place for a job that ran on; None when there is none."""
        return self._lanes.promote(job)

    def give_back(self, process: QueryProcess, place: Place, held: float | None, *, reusable: bool) -> None:
        """End of a run: free its place; keep the process only if it is as good as new."""
        place.release()
        if held is not None:
            self._lanes.held(held)
        with self._changed:
            self._busy.discard(process)
            kept = reusable and not self._closed
            if kept:
                self._idle.append(process)
            else:
                self._to_replace += 1
            if self._takers or not kept:  # to wake the keeper for nothing costs 0.1 ms
                self._changed.notify_all()
        if not kept:
            process.end()
            self._ended.put(process)

    def census(self) -> "Census":
        """How many query processes there are, and how many queries wait for a place."""
        with self._changed:
            return Census(len(self._idle), len(self._busy), self._waiting)

    def _awaited(self, cheap: bool) -> Place:
        self._waiting += 1  # a figure for people: two threads at once may cost it one
        try:
            return self._lanes.awaited(cheap=cheap)
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

    def _take(self, begin: float, *, patient: bool) -> QueryProcess:
        """A process with the generation now in force open, for a job that came at `begin`."""
        while True:
            wanted = self.generation()
            process = self._idle_process(wanted, begin, patient=patient)
            if process.generation is wanted or process.generation == wanted:
                return process
            try:
                process.move(wanted)
            except EvaluationError:
                self._discard(process)
            else:
                return process

    def _idle_process(self, wanted: Path, begin: float, *, patient: bool) -> QueryProcess:
        """An idle process, which is busy then; one on the wanted generation if there is any."""
        with self._changed:
            while not self._closed:
                process = self._liveliest(wanted)
                if process is not None:
                    self._idle.remove(process)
                    self._busy.add(process)
                    if self._missing():
                        self._changed.notify_all()
                    return process
                self._changed.notify_all()
                # With others at work this one waits for a replacement, else for the store to open at all.
                waiting = self.limits.queue_wait * (10 if patient else 2)
                there = len(self._busy) + len(self._idle) + self._to_replace
                patience = waiting if there >= self.limits.quick_places else self.limits.opening_wait
                left = begin + patience - time.monotonic()
                if left <= 0 or self._is_trouble(wanted):
                    break
                self._takers += 1
                self._changed.wait(min(left, self.limits.queue_wait))
                self._takers -= 1
        if self._is_trouble(wanted):
            raise StoreUnavailableError(self._trouble[1])
        raise SaturatedError("no query process became free in time")

    def _liveliest(self, wanted: Path) -> QueryProcess | None:
        """The idle process that was used last, on the wanted generation if there is one."""
        others = []
        for each in reversed(self._idle):
            if each.generation is not wanted and each.generation != wanted:
                others.append(each)
            elif each.alive():
                return each
        return next((each for each in others if each.alive()), None)

    def _is_trouble(self, wanted: Path) -> bool:
        """Whether this generation is known not to open."""
        return bool(self._trouble[1]) and self._trouble[0] == wanted

    def _discard(self, process: QueryProcess) -> None:
        """End a busy process that cannot be used again."""
        with self._changed:
            self._busy.discard(process)
            self._to_replace += 1
            self._changed.notify_all()
        process.kill()

    def _bury(self) -> None:
        """Free what ended processes held: a large one takes the kernel a while, for which no answer waits."""
        while True:
            self._ended.get().kill()

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
        most = self.limits.quick_places + self.limits.cheap_places + self.limits.slow_places
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
            self._to_replace = max(self._to_replace - 1, 0)
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
