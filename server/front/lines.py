"""Lines of the log, written by a thread of their own, so that no request waits for whoever reads them.

A pipe that nobody empties would stop the whole server once it is full. Lines are dropped before that, and
counted; what the kernel still has room for stays free for what must be said.
"""

import fcntl
import os
import struct
import termios
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

MOST = 10_000
"""Lines that wait to be written: some seconds' worth under full load."""

UNREAD = 32 * 1024
"""Bytes that a pipe may hold unread, half of what Linux gives it."""

PATIENCE = 5.0
"""Seconds in which nobody waits again for a reader that did not come."""

CHUNK = 64
"""Lines written at once."""

GATHER = 0.05
"""Seconds in which lines gather: a thread that wakes for each of them takes a tenth of the request's time."""


class Lines:
    """A log file, given by its descriptor; safe to use from several threads.

    What is put is turned into text by the thread that writes; an empty text is no line.
    """

    def __init__(self, descriptor: int, observe: Callable[[Sequence[object]], None]) -> None:
        """`observe` sees all that was put, some at a time, in the thread that writes."""
        self.dropped = 0
        self._given_up = 0.0
        self._observe = observe
        self._descriptor = descriptor
        self._waiting: SimpleQueue[object] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="log", daemon=True)
        self._thread.start()

    def put(self, line: object) -> None:
        """Have one line written, soon."""
        if self._waiting.qsize() < MOST:
            self._waiting.put(line)
        else:
            self.dropped += 1

    def flush(self, seconds: float) -> bool:
        """Wait until all lines that were put before are written; False when that takes longer."""
        written = threading.Event()
        self._waiting.put(written)
        return written.wait(seconds)

    def _write_all(self) -> None:
        while True:
            first = self._waiting.get()
            if not isinstance(first, threading.Event):
                time.sleep(GATHER)
            self._write_waiting(first)

    def _write_waiting(self, first: object) -> None:
        """Write what waits, behind the first of it."""
        taken = [first]
        while taken:
            while len(taken) < CHUNK:
                try:
                    taken.append(self._waiting.get_nowait())
                except Empty:
                    break
            marks = [each for each in taken if isinstance(each, threading.Event)]
            told = [each for each in taken if not isinstance(each, threading.Event)]
            self._observe(told)
            self._write([line for line in map(str, told) if line])
            for mark in marks:
                mark.set()
            taken = [] if self._waiting.empty() else [self._waiting.get()]

    def _write(self, lines: list[str]) -> None:
        if not lines:
            return
        if _unread(self._descriptor) > UNREAD:
            if time.monotonic() > self._given_up + PATIENCE:
                time.sleep(0.05)  # a reader that is only slow gets a moment, now and then
            if _unread(self._descriptor) > UNREAD:
                self._given_up = time.monotonic()
                self.dropped += len(lines)
                return
        try:
            os.write(self._descriptor, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
        except OSError:  # whoever read it has gone
            self.dropped += len(lines)


def _unread(descriptor: int) -> int:
    """Bytes that wait in a pipe; 0 for a file or a terminal."""
    try:
        answer = fcntl.ioctl(descriptor, termios.FIONREAD, b"\0\0\0\0")
    except OSError:
        return 0
    return int(struct.unpack("i", answer)[0])
