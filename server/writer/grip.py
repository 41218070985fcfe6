"""The writer's end of the hand: its process, its deadline, and what it says."""

import json
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from server.writer import cell, hand
from server.writer.errors import (
    KINDS,
    PostponedError,
    StorageFullError,
    WriteError,
    WriteTimeoutError,
    WriteTooLargeError,
)
from server.writer.orders import Done, Order

OPENING = 60.0
"""Seconds that opening the live database may take; one of ten million triples needs under one."""

COPYING = 120.0
"""Seconds that a copy may take: 20 ms as a rule, and as long as a flush of a large write at worst."""


class LostError(Exception):
    """The live database is not to be used again; `cause` is what to tell whoever asked."""

    def __init__(self, cause: WriteError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def clean_context() -> ForkServerContext:
    """The context that forks hands: from a server without threads, with the engine loaded."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["server.writer.hand"])
    return context


class Grip:
    """One hand on the live database in `live`, a clone of the generation `origin`; for one thread."""

    def __init__(
        self, context: ForkServerContext, live: Path, origin: Path | None, base: str, memory: int
    ) -> None:
        """Returns when the database is open; raises LostError."""
        self.origin = origin
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=hand.main, args=(theirs, str(live), base, memory), name="parleygraph-hand", daemon=True
        )
        self._process.start()
        theirs.close()
        try:
            self._receive(OPENING)
        except LostError:
            self.kill()
            raise

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid or 0

    def perform(self, order: Order, timeout: float) -> Done:
        """Has an order done; raises the order's WriteError, or LostError."""
        self._send(hand.ORDER + order.to_bytes())
        done: Done = Done(**json.loads(self._receive(timeout)))
        return done

    def copy(self, target: Path, store: Path) -> None:
        """Has the live database copied to `target`, a folder in `store`; raises LostError."""
        previous = None if self.origin is None else str(self.origin)
        self._send(hand.COPY + json.dumps([str(target), previous, str(store)]).encode())
        self._receive(COPYING)

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Ends the process now, whatever it does."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _send(self, message: bytes) -> None:
        try:
            self._connection.send_bytes(message)
        except OSError as error:
            raise self._lost() from error

    def _receive(self, timeout: float) -> bytes:
        if not self._connection.poll(timeout):
            raise LostError(WriteTimeoutError(f"it ran to its limit of {timeout:g} seconds"))
        try:
            message = self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._lost() from error
        if message[:1] in (cell.READY, hand.DONE):
            return message[1:]
        failure = json.loads(message[1:])
        told = KINDS[failure["kind"]](failure["message"])
        if message[:1] == hand.BROKEN:
            if isinstance(told, StorageFullError | WriteTooLargeError):
                raise LostError(told)
            raise LostError(PostponedError(f"the database failed: {told}"))
        raise told

    def _lost(self) -> LostError:
        return LostError(WriteTooLargeError("its process ended under it: it needs more memory than it may"))
