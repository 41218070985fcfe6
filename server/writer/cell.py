"""A process that works for the writer: walled in, it answers message by message until its peer goes away."""

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from server.evaluator import barrier

READY = b"R"
"""What it says once it can be asked."""

Answer = Callable[[bytes], bytes]
"""What it does with a message; it never raises."""


def begin(connection: Connection) -> None:
    """What comes before it loads anything: it ends with its peer and leaves Ctrl-C to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    barrier.die_with_peer(connection.fileno())


def work(connection: Connection, memory: int, answer: Answer) -> None:
    """Answers from now on, with `memory` bytes beyond what is loaded, and without a network."""
    barrier.limit_memory(memory)
    barrier.forbid_network()
    connection.send_bytes(READY)
    while True:
        try:
            message = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(answer(message))
