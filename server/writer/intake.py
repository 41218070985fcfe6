"""The writer's end of the press: an article's bytes become an order that adds its quads."""

import json
import threading
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from server.writer.errors import PostponedError, UnprocessableError, WriteTimeoutError, WriteTooLargeError
from server.writer.orders import Order

LOADING = 120.0
"""Seconds that loading rules and tables may take; two on an idle machine."""

MEMORY = 4 << 30
"""Bytes that reading one article may take: a text of 5 MB needs under one GiB."""

_READ, _REFUSED = b"D", b"F"


class Intake:
    """Reads articles, one at a time, in a process that is started on first use and replaced when it hangs."""

    def __init__(self, base: str, timeout: float) -> None:
        self._base = base
        self._timeout = timeout
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def read(self, order: Order) -> Order:
        """The order that adds the article in the body; raises WriteError with the report."""
        mark = b"J" if order.media_type == "application/json" else b"T"
        told = json.dumps({name: order.more.get(name, "") for name in ("struck", "author")}).encode()
        with self._turn:
            message = self._asked(mark + told + b"\n" + order.body)
        if message[:1] == _REFUSED:
            raise UnprocessableError(message[1:].decode())
        if message[:1] != _READ:
            raise PostponedError(f"the extraction failed on it: {message[1:].decode()}")
        head, _, body = message[1:].partition(b"\n")
        values = json.loads(head)
        graph = values.pop("graph")
        return replace(order, kind="add", body=body, graph=graph, media_type="", more=values)

    def _asked(self, message: bytes) -> bytes:
        connection = self._open()
        try:
            connection.send_bytes(message)
            if not connection.poll(self._timeout):
                self._end()
                raise WriteTimeoutError(f"reading it ran to its limit of {self._timeout:g} seconds")
            return connection.recv_bytes()
        except (EOFError, OSError) as error:
            self._end()
            raise WriteTooLargeError("reading it needs more memory than it may") from error

    def _open(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self._end()
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        # Imported by its name in the new process: the writer itself never loads the extraction.
        self._process = context.Process(target=_press, args=(theirs, self._base, MEMORY), daemon=True)
        self._process.start()
        theirs.close()
        try:
            ready = self._connection.poll(LOADING) and self._connection.recv_bytes()
        except (EOFError, OSError):
            ready = False
        if not ready:
            self._end()
            raise PostponedError("the extraction cannot be loaded")
        return self._connection

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


def _press(connection: Connection, base: str, memory: int) -> None:
    """The entry point of the reading process."""
    from server.writer import press

    press.main(connection, base, memory)
