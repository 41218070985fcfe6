"""The parent's end of one query process."""

import json
import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

from server.evaluator import child
from server.evaluator.errors import (
    EngineFailedError,
    EvaluationError,
    NoSuchGraphError,
    NotAcceptableError,
    QueryRejectedError,
    QueryTooLargeError,
    StoreUnavailableError,
    SyntaxRejectedError,
)
from server.evaluator.jobs import FAILURE, MOVE, READY, Job
from server.evaluator.limits import Limits
from server.evaluator.wire import Wire

OPENING = 30.0
"""Seconds that opening a store may take; a large one on a cold disk needs some."""

_FAILURES: dict[str, type[EvaluationError]] = {
    "syntax": SyntaxRejectedError,
    "evaluation": QueryRejectedError,
    "unavailable": QueryRejectedError,
    "not-acceptable": NotAcceptableError,
    "missing": NoSuchGraphError,
    "memory": QueryTooLargeError,
    "engine": EngineFailedError,
    "store": StoreUnavailableError,
}


Frame = tuple[bytes, bytes]
"""A message of a query process: its kind, as in jobs.py, and its content."""


def clean_context() -> ForkServerContext:
    """The context that forks query processes: from a server without threads, with the engine loaded."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or numpy starts threads, which no fork survives
    context = get_context("forkserver")
    context.set_forkserver_preload(["server.evaluator.child"])
    return context


class QueryProcess:
    """One forked process with one generation open; one job at a time."""

    def __init__(self, context: ForkServerContext, generation: Path, limits: Limits) -> None:
        """Fork, and return when the store is open. Raises StoreUnavailableError."""
        self.generation = generation
        self._killed = False
        self._ending_lock = threading.Lock()
        ours, theirs = context.Pipe()
        self._wire = Wire(ours)
        self._process = context.Process(
            target=child.main, args=(theirs, str(generation), limits), name="parleygraph-query", daemon=True
        )
        self._process.start()
        theirs.close()
        try:
            if not self.wait(OPENING):
                raise StoreUnavailableError(
                    f"the store {generation} did not open within {OPENING:.0f} seconds"
                )
            kind, content = self.receive()
        except EvaluationError as error:
            self.kill()
            raise StoreUnavailableError(str(error)) from error
        if kind != READY:
            raise StoreUnavailableError("the query process did not announce itself")
        self.barrier = content.decode()
        self._wire.set_patience(min(limits.quick, limits.timeout))

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid or 0

    def send(self, job: Job) -> None:
        """Hand over a job. Raises QueryTooLargeError when the process is dead."""
        self._send(job.to_bytes())

    def move(self, generation: Path) -> None:
        """Have it open another generation; 10 ms, where a new process takes 50. Raises EvaluationError."""
        self._send(MOVE + str(generation).encode())
        if not self.wait(OPENING):
            raise StoreUnavailableError(f"the store {generation} did not open in time")
        self.receive()
        self.generation = generation

    def _send(self, message: bytes) -> None:
        try:
            self._wire.send(message)
        except OSError as error:
            raise QueryTooLargeError(self._ending()) from error

    def wait(self, seconds: float) -> bool:
        """Whether something to receive comes within `seconds`."""
        return self._killed or self._wire.wait(seconds)

    def receive_quickly(self) -> Frame | None:
        """The first frame of an answer, in one system call; None when it is not quick."""
        try:
            return self._frame(self._wire.receive())
        except BlockingIOError:
            return None
        except (EOFError, OSError) as error:
            raise QueryTooLargeError(self._ending()) from error

    def receive(self) -> Frame:
        """The next frame, which has come. A FAILURE is raised as the error it tells of."""
        try:
            return self._frame(self._wire.receive())
        except (EOFError, OSError) as error:
            raise QueryTooLargeError(self._ending()) from error

    def _frame(self, message: bytes) -> Frame:
        kind = message[:1]
        if kind == FAILURE:
            failure = json.loads(message[1:])
            raise _FAILURES.get(failure["kind"], QueryRejectedError)(failure["message"])
        return kind, message[1:]

    def yield_processor(self) -> None:
        """Lower its priority, for good: it is to be replaced after this job."""
        # It may just have ended, which the next receive tells.
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def alive(self) -> bool:
        """Whether the process, which is idle, still runs: one that has ended has closed its end."""
        return not self._killed and not self._wire.wait(0.0)

    def end(self) -> None:
        """Have the process end, without waiting for it; `kill` is to follow."""
        with self._ending_lock:
            if not self._killed:
                self._process.kill()

    def kill(self) -> None:
        """End the process now, whatever it does, and free what it held here."""
        with self._ending_lock:
            if not self._killed:
                self._killed = True
                self._process.kill()
                self._process.join()
                self._wire.close()

    def _ending(self) -> str:
        self._process.join(1.0)
        code = self._process.exitcode
        if code is not None and -code == signal.SIGXCPU:
            return "it used more processor time than a query may"
        if code is not None and -code in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS):
            return "it needed more memory than a query may take"
        return "its process ended before the answer was whole"


def started(context: ForkServerContext, generation: Path, limits: Limits) -> tuple[QueryProcess, float]:
    """A new query process and the seconds it took to open its store."""
    begin = time.monotonic()
    process = QueryProcess(context, generation, limits)
    return process, time.monotonic() - begin
