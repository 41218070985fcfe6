"""A client that costs little: prepared bytes over kept connections; one core drives some 10,000/s."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

ACCEPT = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run gave: answers per second, and the seconds of one, at the middle and at the 99th of 100."""

    rate: float
    median: float
    p99: float


def request(path: str, query: str, port: int) -> bytes:
    """A GET of a query as it goes over the wire."""
    head = f"GET {path}?query={quote(query, safe='')} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    return f"{head}Accept: {ACCEPT}\r\n\r\n".encode()


class Connection:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, sent: bytes) -> tuple[int, bytes]:
        """Status and body of an answer."""
        try:
            self._socket.sendall(sent)
            head = self._until(b"\r\n\r\n")
        except (ConnectionError, EOFError):  # servers close a kept connection when they like
            self.__init__(self._port)  # type: ignore[misc]
            self._socket.sendall(sent)
            head = self._until(b"\r\n\r\n")
        status, fields = int(head[9:12]), head.lower()
        at = fields.find(b"content-length:")
        if at >= 0:
            return status, self._exactly(int(fields[at + 15 :].partition(b"\r\n")[0]))
        body = bytearray()
        while size := int(self._until(b"\r\n").strip() or b"0", 16):
            body += self._exactly(size + 2)[:-2]
        self._until(b"\r\n")
        return status, bytes(body)

    def _until(self, mark: bytes) -> bytes:
        while (at := self._rest.find(mark)) < 0:
            self._more()
        found, self._rest = self._rest[: at + len(mark)], self._rest[at + len(mark) :]
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        piece = self._socket.recv(1 << 18)
        if not piece:
            raise EOFError
        self._rest += piece


def load(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Measured:
    """Ask as fast as answers come, for some seconds. Raises RuntimeError for an answer that is none."""
    spans: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + seconds

    def drive(first: int) -> None:
        connection, number = Connection(port), first
        own: list[float] = []
        while (begin := time.perf_counter()) < until:
            status, body = connection.ask(requests[number % len(requests)])
            own.append(time.perf_counter() - begin)
            number += connections
            if status != 200:
                wrong.append(f"{status}: {body[:300]!r}")
                break
        spans.extend(own)

    begin = time.perf_counter()
    threads = [threading.Thread(target=drive, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    if wrong:
        raise RuntimeError(wrong[0])
    spans.sort()
    return Measured(
        len(spans) / took, spans[len(spans) // 2], spans[min(int(len(spans) * 0.99), len(spans) - 1)]
    )
