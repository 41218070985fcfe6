"""Where orders wait, are done together and published: one generation for all that came meanwhile.

    queue → lock of the store → each order by the hand → copy → fsync → switch → acknowledgements

An order is acknowledged only when the generation that shows it is durable and in force. A write that breaks
the live database (its deadline, memory, a full disk) takes the hand with it: the others are done again.
"""

import errno
import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import StoreError
from graph.store import fingerprint, generations, texts, withdrawn
from server.writer.errors import PostponedError, PreconditionError, StorageFullError, WriteError
from server.writer.grip import Grip, LostError, clean_context
from server.writer.orders import Done, Order

log = logging.getLogger(__name__)

LIVE = "live"
TOGETHER = 64
"""Orders that one generation takes in at most, so that the first of them is not kept waiting."""

WAITING = 256 << 20
"""Bytes that may wait: beyond it the next is postponed, rather than memory filled."""

PATIENCE = 15.0
"""Seconds to wait for a build or load that holds the store's lock, before orders are postponed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The store, the base of its IRIs, seconds per order, bytes of memory beyond the open store."""

    store: Path
    base: str
    timeout: float
    memory: int


@dataclass(slots=True)
class Entry:
    """An order in the queue, and where its outcome is awaited."""

    order: Order
    outcome: "Future[Done]" = field(default_factory=Future)


class Desk:
    """The queue of orders and the one thread that does them."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._context = clean_context()
        self._grip: Grip | None = None
        self._queue: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._waiting = 0
        threading.Thread(target=self._work, name="writer", daemon=True).start()

    def submit(self, order: Order) -> "Future[Done]":
        """Queues an order; the future gives Done when it is durable and published, or raises WriteError."""
        entry = Entry(order)
        with self._changed:
            if self._waiting + len(order.body) > WAITING:
                raise PostponedError("too many writes are waiting")
            self._waiting += len(order.body)
            self._queue.append(entry)
            self._changed.notify()
        return entry.outcome

    def _work(self) -> None:
        while True:
            batch = self._next()
            try:
                with generations.locked(self._terms.store, PATIENCE):
                    self._commit(batch)
            except StoreError as error:
                _fail(batch, PostponedError(str(error)))
            except OSError as error:
                self._drop()
                _fail(batch, _of_system(error))
            except Exception as error:
                log.exception("the writer failed")
                self._drop()
                _fail(batch, PostponedError(f"the writer failed: {type(error).__name__}"))

    def _next(self) -> list[Entry]:
        with self._changed:
            while not self._queue:
                self._changed.wait()
            batch = [self._queue.popleft() for _ in range(min(TOGETHER, len(self._queue)))]
            self._waiting -= sum(len(entry.order.body) for entry in batch)
        return batch

    def _commit(self, batch: list[Entry]) -> None:
        """Does the orders of a batch and publishes them; those that a lost hand undid are done again.

        One hand does them all and copies them: another one would not know what was done before it came.
        """
        begin = time.monotonic()
        open_ = list(batch)
        while open_:
            done: list[tuple[Entry, Done]] = []
            culprit = None
            try:
                grip = self._current_grip()
                for culprit in open_:
                    self._perform(culprit, grip, done)
                culprit = None
                self._publish(done, grip)
            except LostError as error:
                self._drop()
                if culprit is None:
                    _fail(open_, error.cause)
                    return
                culprit.outcome.set_exception(error.cause)
            open_ = [entry for entry in open_ if not entry.outcome.done()]
        log.info("%d orders in %.1f ms", len(batch), 1000 * (time.monotonic() - begin))

    def _perform(self, entry: Entry, grip: Grip, done: list[tuple[Entry, Done]]) -> None:
        order = entry.order
        try:
            if order.generation is not None:
                in_force = grip.origin.name if grip.origin else ""
                if order.generation != in_force or any(each.changed for _, each in done):
                    raise PreconditionError("the graph has changed since")
            done.append((entry, grip.perform(order, self._terms.timeout)))
        except WriteError as error:
            entry.outcome.set_exception(error)

    def _publish(self, done: Iterable[tuple[Entry, Done]], grip: Grip) -> None:
        listed, store = list(done), self._terms.store
        if any(each.changed for _, each in listed):
            staging = store / generations.FOLDER / generations.STAGING
            shutil.rmtree(staging, ignore_errors=True)
            fingerprint.mark_written(store)
            for entry, _ in listed:
                _before(store, entry.order)
            grip.copy(staging, store)
            kept = 1 if any(entry.order.kind == "withdraw" for entry, _ in listed) else generations.KEPT
            grip.origin = generations.publish(store, staging, kept)
        name = grip.origin.name if grip.origin else ""
        for entry, each in listed:
            _after(store, entry.order)
            entry.outcome.set_result(replace(each, generation=name))

    def _current_grip(self) -> Grip:
        """The hand on a live database that is what is in force; a new one where somebody else published."""
        store = self._terms.store
        in_force = generations.current(store) if generations.exists(store) else None
        if self._grip is not None and (self._grip.origin != in_force or not self._grip.alive()):
            self._drop()
        if self._grip is None:
            live = store / LIVE
            shutil.rmtree(live, ignore_errors=True)
            if in_force is not None:
                generations.clone(in_force, live)
            self._grip = Grip(self._context, live, in_force, self._terms.base, self._terms.memory)
        return self._grip

    def _drop(self) -> None:
        """Gives the live database up; nothing is lost, for whatever was acknowledged is published."""
        if self._grip is not None:
            self._grip.kill()
            self._grip = None
        shutil.rmtree(self._terms.store / LIVE, ignore_errors=True)


def _before(store: Path, order: Order) -> None:
    """What must be on disk when the generation comes into force: the text of an article, or its mark."""
    if order.kind == "add":
        texts.write(store, order.more["article"], order.more["text"])
    elif order.kind == "withdraw":
        withdrawn.mark(store, order.more["article"])


def _after(store: Path, order: Order) -> None:
    """What may go once the generation is in force."""
    if order.kind == "add":
        withdrawn.unmark(store, order.more["article"])
    elif order.kind == "withdraw":
        texts.remove(store, order.more["article"])


def _fail(batch: Iterable[Entry], error: WriteError) -> None:
    for entry in batch:
        if not entry.outcome.done():
            entry.outcome.set_exception(error)


def _of_system(error: OSError) -> WriteError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFullError("there is no space left on the disk")
    return PostponedError(f"the store cannot be written: {error.strerror or error}")
