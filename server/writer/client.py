"""What a web process holds of the writer: connections to it, and the means to start it."""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from pathlib import Path

from server.writer.door import DONE, Address
from server.writer.errors import KINDS, PostponedError, UnconfirmedError
from server.writer.orders import Done, Order

STARTING = 15.0
"""Seconds that a writer may take to open its door: Python and the engine load in half a second."""

KEPT = 4
"""Idle connections that are kept: one is enough to keep the writer alive."""


class Writer:
    """The way to the one writer of a store; safe to use from several threads."""

    def __init__(self, store: Path) -> None:
        self._store = store.absolute()
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def send(self, order: Order) -> Done:
        """Has a write done; on return it is durable, and every later query sees it. Raises WriteError."""
        connection = self._connection()
        try:
            connection.send_bytes(order.to_bytes())
            answer = connection.recv_bytes()
        except (EOFError, OSError) as error:
            connection.close()
            raise UnconfirmedError(
                "the writer ended before it could confirm: look whether it was done, then try again"
            ) from error
        except BaseException:
            connection.close()
            raise
        self._keep(connection)
        content = json.loads(answer[1:])
        if answer[:1] == DONE:
            return Done(**content)
        raise KINDS[content["kind"]](content["message"])

    def close(self) -> None:
        """Lets go of the writer, which ends when every web process has."""
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _keep(self, connection: Connection) -> None:
        with self._lock:
            if len(self._idle) < KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def _connection(self) -> Connection:
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                with suppress(OSError):
                    if not connection.poll():  # something to read would be the end of it
                        return connection
                connection.close()
        until = time.monotonic() + STARTING
        while True:
            try:
                with Address(self._store) as path:
                    return Client(path, "AF_UNIX")
            except OSError as error:
                if time.monotonic() > until:
                    raise PostponedError(f"the writer cannot be started: {error}") from error
            if self._has_refused():
                raise PostponedError("the store cannot be written; the server's log says why")
            self._start()
            time.sleep(0.02)

    def _has_refused(self) -> bool:
        """Whether the writer that was started ended with an error; the next order starts another."""
        with self._lock:
            refused = self._process is not None and (self._process.poll() or 0) > 0
            if refused:
                self._process = None
            return refused

    def _start(self) -> None:
        """Starts a writer unless one is starting; where two are started, one of them ends at once."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            environment = {**os.environ, "PARLEYGRAPH_STORE": str(self._store)}
            environment.pop("PARLEYGRAPH_TOKEN", None)
            command = [sys.executable, "-m", "server.writer"]
            self._process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
