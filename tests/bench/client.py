"""A client that costs little: prepared bytes over kept connections; one core drives some 10,000/s."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

ACCEPT = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run gave: answers per second, and the seconds of one, at the middle and at the 99th of 100."""

    rate: float
    median: float
    p99: float


class Answered(NamedTuple):
    """An answer: status, the head as it came, the whole body."""

    status: int
    head: bytes
    body: bytes


def get(target: str, port: int, accept: str = ACCEPT) -> bytes:
    """A GET of a path with its parameters, as it goes over the wire."""
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n\r\n".encode()


def request(path: str, query: str, port: int) -> bytes:
    """A GET of a query as it goes over the wire."""
    return get(f"{path}?query={quote(query, safe='')}", port)


class Connection:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._rest = b""
        self._socket = self._connected()

    def ask(self, sent: bytes) -> Answered:
        """The answer to prepared bytes."""
        try:
            self._socket.sendall(sent)
            head = self._until(b"\r\n\r\n")
        except (ConnectionError, EOFError):  # servers close a kept connection when they like
            self.close()
            self._socket, self._rest = self._connected(), b""
            self._socket.sendall(sent)
            head = self._until(b"\r\n\r\n")
        status, fields = int(head[9:12]), head.lower()
        at = fields.find(b"content-length:")
        if at >= 0:
            return Answered(status, head, self._exactly(int(fields[at + 15 :].partition(b"\r\n")[0])))
        if b"transfer-encoding: chunked" not in fields:
            return Answered(status, head, self._to_the_end())
        body = bytearray()
        while size := int(self._until(b"\r\n").strip() or b"0", 16):
            body += self._exactly(size + 2)[:-2]
        self._until(b"\r\n")
        return Answered(status, head, bytes(body))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), timeout=600)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _until(self, mark: bytes) -> bytes:
        while (at := self._rest.find(mark)) < 0:
            self._more()
        found, self._rest = self._rest[: at + len(mark)], self._rest[at + len(mark) :]
        return found

    def _exactly(self, size: int) -> bytes:
        """So many bytes; what is long is collected in pieces, for adding to bytes copies them each time."""
        if len(self._rest) >= size:
            found, self._rest = self._rest[:size], self._rest[size:]
            return found
        pieces, length = [self._rest], len(self._rest)
        while length < size:
            pieces.append(self._received())
            length += len(pieces[-1])
        whole = b"".join(pieces)
        self._rest = whole[size:]
        return whole[:size]

    def _to_the_end(self) -> bytes:
        try:
            while True:
                self._more()
        except EOFError:
            found, self._rest = self._rest, b""
            return found

    def _more(self) -> None:
        self._rest += self._received()

    def _received(self) -> bytes:
        piece = self._socket.recv(1 << 18)
        if not piece:
            raise EOFError
        return piece


def load(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Measured:
    """Ask as fast as answers come, for some seconds. Raises RuntimeError for an answer that is none."""
    spans: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + seconds

    def drive(first: int) -> None:
        connection, number = Connection(port), first
        own: list[float] = []
        while (begin := time.perf_counter()) < until:
            answer = connection.ask(requests[number % len(requests)])
            own.append(time.perf_counter() - begin)
            number += connections
            if answer.status != 200:
                wrong.append(f"{answer.status}: {answer.body[:300]!r}")
                break
        connection.close()
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
