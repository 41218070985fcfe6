"""How an answer leaves a query process: a small one in one message, a large one as it grows.

A message costs both processes a system call and a change of who runs; most answers are small.
"""

from server.evaluator.jobs import DATA, END, HEADER, WHOLE, Heading
from server.evaluator.wire import Wire

HELD = 48 * 1024
"""Bytes that are held back until the answer ends, so that they go as one read of the other side."""

FRAME = 128 * 1024
"""Bytes per DATA message: large enough that the line costs nothing, small enough to be cut in time."""

_XML = ("application/sparql-results+xml", "application/rdf+xml")


class Outlet:
    """Takes one answer: a binary file for who writes it.

    XML parsers read a bare carriage return as a line feed, and the engine writes it bare: it goes out as a
    character reference (XML 1.0, section 2.11).
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._head = b""
        self._xml = False
        self._growing = False
        self._pending = bytearray()

    def announce(self, heading: Heading) -> None:
        """Say what comes."""
        self._head = heading.to_bytes()
        self._xml = heading.media_type in _XML

    def write(self, data: bytes) -> int:
        """Take bytes of the answer; send a message when enough have come."""
        self._pending += data.replace(b"\r", b"&#13;") if self._xml else data
        if len(self._pending) > (FRAME if self._growing else HELD):
            self._grow()
        return len(data)

    def flush(self) -> None:
        """What is written goes out when it is enough, or with `end`."""

    def end(self) -> None:
        """Send what is left: the answer is whole."""
        if not self._growing:
            self._wire.send(WHOLE + self._head + b"\0" + self._pending)
            return
        self._grow()
        self._wire.send(END)

    def _grow(self) -> None:
        if not self._growing:
            self._growing = True
            self._wire.send(HEADER + self._head)
        if self._pending:
            self._wire.send(DATA + self._pending)
            self._pending = bytearray()
