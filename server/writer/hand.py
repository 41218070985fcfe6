"""The process that holds the live database open: it does orders one by one, and copies out generations.

It works in a clone of the generation in force, and nothing in it counts until it is published: it may be
killed at any moment, in the middle of a write, and a new one begins with a new clone.
"""

import json
import os
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.store.articles import Shared
from ontology import rules
from server.evaluator import barrier
from server.writer import cell
from server.writer.actions import Live, perform
from server.writer.errors import WriteError, name_of
from server.writer.orders import Order

ORDER, COPY, DONE, FAILED, BROKEN = b"O", b"C", b"D", b"F", b"B"
"""The first byte of each message: to the hand ORDER and COPY; from it DONE, FAILED (nothing was done), or
BROKEN (a part may have been done, or the disk failed: the live database is not to be used again)."""

FULL = ("No space left on device", "Disk quota exceeded")
"""How the system says that the disk is full; RocksDB passes it on as text."""


def main(connection: Connection, live: str, base: str, memory: int) -> None:
    """The entry point of the forked process: open, wall off, work until the other end goes away."""
    barrier.die_with_parent(os.getppid())
    cell.begin(connection)
    try:
        opened = _open(live, base)
    except (OSError, RuntimeError) as error:
        connection.send_bytes(BROKEN + _failure(error))
        return
    cell.work(connection, memory, partial(_answer, opened))


def _open(live: str, base: str) -> Live:
    entities, entailed = (NamedNode(f"{base}graph/{name}") for name in ("entities", "entailed"))
    shared = Shared(entities, entailed, [rule.construct for rule in rules.RULES])
    return Live(Store(live), shared)


def _answer(live: Live, message: bytes) -> bytes:
    try:
        if message[:1] == COPY:
            _copy(live, *json.loads(message[1:]))
            return DONE + b"{}"
        return DONE + perform(live, Order.from_bytes(message[1:])).to_json()
    except WriteError as error:
        return FAILED + json.dumps({"kind": name_of(error), "message": str(error)}).encode()
    except BaseException as error:
        return BROKEN + _failure(error)


def _copy(live: Live, target: str, previous: str | None, store: str) -> None:
    """A copy of the live database, by hard links, with the index of the previous generation, brought on."""
    live.database.flush()
    live.database.backup(target)
    live.touched.follow(Path(previous) if previous else None, Path(target), live.database, Path(store))


def _failure(error: BaseException) -> bytes:
    message = str(error)
    kind = "full" if any(sign in message for sign in FULL) else "postponed"
    if isinstance(error, MemoryError):
        kind = "too-large"
    return json.dumps({"kind": kind, "message": message}).encode()
