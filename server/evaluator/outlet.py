"""How frames leave a query process: a small answer in one message, a large one as it grows.

A message costs both processes a system call and a change of who runs; most answers are small.
"""

from multiprocessing.connection import Connection

from server.evaluator.jobs import END, together

HELD = 64 * 1024
"""Bytes that are held back until the answer ends; what exceeds them is sent as it comes."""


class Outlet:
    """Takes the frames of one answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: list[bytes] = []
        self._size = 0

    def send_bytes(self, frame: bytes) -> None:
        """Send a frame, or hold it; END sends what is held."""
        self._held.append(frame)
        self._size += len(frame)
        if frame == END:
            if len(self._held) > 1:
                self._connection.send_bytes(together(self._held))
            else:
                self._connection.send_bytes(frame)
            self._held = []
        elif self._size > HELD:
            for held in self._held:
                self._connection.send_bytes(held)
            self._held = []
