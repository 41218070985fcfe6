"""The writer's door: a socket in the store's folder, that only the owner of the folder can open.

One thread per connection; the web processes keep connections open, and the writer ends a moment after the
last of them is closed, so that it outlives no server. Whatever was acknowledged is on disk by then.
"""

import fcntl
import json
import os
import shutil
import signal
import stat
import threading
import time
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from types import TracebackType

from graph.store import generations
from server.writer.desk import LIVE, Desk, Terms
from server.writer.errors import WriteError, name_of
from server.writer.intake import Intake
from server.writer.orders import Done, Order

SOCKET = "writer.sock"
LOCK = "writer.lock"
LINGER = 1.0
"""Seconds without a connection after which the writer ends; a web process that is replaced needs less."""

BACKLOG = 128
"""Connections that may wait to be accepted: more than the threads of a web process."""

LONGEST = 100
"""Characters of a socket's path that every system takes (108 on Linux, 104 on macOS)."""

DONE, FAILED = b"D", b"F"
"""The first byte of an answer."""

DEADLINE = 900.0
"""Seconds after which an order is given up, wherever it hangs: far beyond every limit of its own."""


class Address:
    """The path of the socket, short enough for every system while this is open."""

    def __init__(self, store: Path) -> None:
        self._descriptor = -1
        self.path = str(store / SOCKET)
        if len(self.path.encode()) > LONGEST:
            self._descriptor = os.open(store, os.O_RDONLY)
            self.path = f"/proc/self/fd/{self._descriptor}/{SOCKET}"

    def __enter__(self) -> str:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)


class Door:
    """The open connections, and who may still come in."""

    def __init__(self, terms: Terms) -> None:
        self._desk = Desk(terms)
        self._intake = Intake(terms.base, terms.timeout)
        self._open = 0
        self._left = time.monotonic()
        self._count = threading.Lock()

    def serve(self, connection: Connection) -> None:
        """Answers the orders of one connection until its other end is closed."""
        with self._count:
            self._open += 1
        try:
            while True:
                connection.send_bytes(self._answer(connection.recv_bytes()))
        except (EOFError, OSError):
            pass
        finally:
            connection.close()
            with self._count:
                self._open -= 1
                self._left = time.monotonic()

    def is_deserted(self) -> bool:
        """Whether nobody has been here for a while."""
        with self._count:
            return self._open == 0 and time.monotonic() - self._left > LINGER

    def _answer(self, message: bytes) -> bytes:
        try:
            return DONE + self._done(Order.from_bytes(message)).to_json()
        except FutureTimeoutError:
            return FAILED + json.dumps({"kind": "postponed", "message": "it took too long"}).encode()
        except WriteError as error:
            return FAILED + json.dumps({"kind": name_of(error), "message": str(error)}).encode()

    def _done(self, order: Order) -> Done:
        if order.kind == "preview":
            read = self._intake.read(order)
            return Done(changed=False, more={**read.more, "quads": read.body.decode()})
        if order.kind == "article":
            order = self._intake.read(order)
        done = self._desk.submit(order).result(DEADLINE)
        told = {"graph": order.graph, "article": order.more.get("article")}
        return replace(done, more=told)


def run(terms: Terms) -> None:
    """Serves the store until nobody wants it any more; returns at once where another writer does."""
    generations.claim(terms.store)
    with (terms.store / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        (terms.store / SOCKET).unlink(missing_ok=True)
        os.umask(os.umask(0) | stat.S_IRWXG | stat.S_IRWXO)
        with Address(terms.store) as path, Listener(path, "AF_UNIX", BACKLOG) as listener:
            os.umask(0o022)
            _attend(Door(terms), listener, terms.store)


def _attend(door: Door, listener: Listener, store: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and then nobody wants this one
    threading.Thread(target=_accept, args=(door, listener), name="door", daemon=True).start()
    while not door.is_deserted():
        time.sleep(LINGER / 4)
    (store / SOCKET).unlink(missing_ok=True)
    shutil.rmtree(store / LIVE, ignore_errors=True)
    os._exit(0)  # daemon threads wait in the kernel; there is nothing to save


def _accept(door: Door, listener: Listener) -> None:
    while True:
        connection = listener.accept()
        threading.Thread(target=door.serve, args=(connection,), daemon=True).start()
