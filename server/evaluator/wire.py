"""One end of the line between a web process and a query process: whole messages over a stream socket.

A message is its length in four bytes and its content. multiprocessing.Connection frames in the same way and
needs two reads for each message and a selector for each look; a small answer costs one system call here.
"""

import os
import select
import socket
import struct
import time
from multiprocessing.connection import Connection

PIECE = 64 * 1024
"""Bytes of one read: more than most answers have."""

STALLED = 30.0
"""Seconds after which a message that has begun is given up: a crowded machine may hold its sender up."""

_LENGTH = struct.Struct("<I")
_SECONDS = struct.Struct("ll")


class Wire:
    """Sends and receives messages. Not for two threads at once."""

    def __init__(self, connection: Connection) -> None:
        """`connection` is one end of a two-way pipe, which it keeps open."""
        self._connection = connection
        self._descriptor = connection.fileno()
        self._read = b""
        self._watch = select.poll()
        self._watch.register(self._descriptor, select.POLLIN)

    def set_patience(self, seconds: float) -> None:
        """Have `receive` wait no longer than this for a message; then it raises BlockingIOError.

        `send` does so where the other end takes nothing for STALLED seconds.
        """
        receiving = _SECONDS.pack(int(seconds), max(int(seconds % 1 * 1e6), 1))
        with socket.socket(fileno=os.dup(self._descriptor)) as end:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, receiving)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _SECONDS.pack(int(STALLED), 0))

    def send(self, message: bytes) -> None:
        """Send a message. Raises OSError where the other end is closed."""
        sent = _LENGTH.pack(len(message)) + message
        done = os.write(self._descriptor, sent)
        while done < len(sent):
            done += os.write(self._descriptor, memoryview(sent)[done:])

    def receive(self) -> bytes:
        """The next message. Raises EOFError where the other end is closed, OSError where it breaks off."""
        read = self._read or self._more()
        while len(read) < _LENGTH.size:
            read += self._rest()
        end = _LENGTH.size + _LENGTH.unpack_from(read)[0]
        if len(read) < end:
            whole = bytearray(read)
            while len(whole) < end:
                whole += self._rest()
            read = bytes(whole)
        self._read = read[end:]
        return read[_LENGTH.size : end]

    def wait(self, seconds: float) -> bool:
        """Whether something to receive comes within `seconds`; the end of the line counts."""
        return bool(self._read or self._watch.poll(max(seconds, 0.0) * 1000))

    def close(self) -> None:
        """Close this end."""
        self._connection.close()

    def _rest(self) -> bytes:
        """More of a message that has begun."""
        until = time.monotonic() + STALLED
        while True:
            try:
                return self._more()
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError("a message broke off") from None

    def _more(self) -> bytes:
        read = os.read(self._descriptor, PIECE)
        if not read:
            raise EOFError
        return read
