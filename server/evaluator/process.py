"""The parent's end of one query process."""

import json
import os
import select
import signal
import threading
import time
from collections import deque
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
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
from server.evaluator.jobs import FAILURE, MOVE, READY, Job, apart
from server.evaluator.limits import Limits

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


def clean_context() -> ForkServerContext:
    """The context that forks query processes: from a server without threads, with the engine loaded."""
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
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._received: deque[bytes] = deque()
        self._watch = select.poll()  # Connection.poll makes a selector each time, which costs 40 µs
        self._watch.register(self._connection.fileno(), select.POLLIN)
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

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid or 0

    def send(self, job: Job) -> None:
        """Hand over a job. Raises QueryTooLargeError when the process is dead."""
        try:
            self._connection.send_bytes(job.to_json())
        except OSError as error:
            raise QueryTooLargeError(self._ending()) from error

    def move(self, generation: Path) -> None:
        """Have it open another generation; 10 ms, where a new process takes 50. Raises EvaluationError."""
        try:
            self._connection.send_bytes(MOVE + str(generation).encode())
        except OSError as error:
            raise QueryTooLargeError(self._ending()) from error
        if not self.wait(OPENING):
            raise StoreUnavailableError(f"the store {generation} did not open in time")
        self.receive()
        self.generation = generation

    def wait(self, seconds: float) -> bool:
        """Whether something to receive comes within `seconds`."""
        if self._received or self._connection.closed:
            return True
        return bool(self._watch.poll(max(seconds, 0.0) * 1000))

    def receive(self) -> tuple[bytes, bytes]:
        """The next frame: its kind and content. A FAILURE is raised as the error it tells of."""
        try:
            if not self._received:
                self._received.extend(apart(self._connection.recv_bytes()))
        except (EOFError, OSError) as error:
            raise QueryTooLargeError(self._ending()) from error
        frame = self._received.popleft()
        if frame[:1] == FAILURE:
            failure = json.loads(frame[1:])
            raise _FAILURES.get(failure["kind"], QueryRejectedError)(failure["message"])
        return frame[:1], frame[1:]

    def yield_processor(self) -> None:
        """Lower its priority, for good: it is to be replaced after this job."""
        # It may just have ended, which the next receive tells.
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def alive(self) -> bool:
        """Whether the process, which is idle, still runs: one that has ended has closed its end."""
        return not self._killed and not self._watch.poll(0)

    def kill(self) -> None:
        """End the process now, whatever it does, and free what it held here."""
        with self._ending_lock:
            if not self._killed:
                self._killed = True
                self._process.kill()
                self._process.join()
                self._connection.close()

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
