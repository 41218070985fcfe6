"""One HTTP request to a language model: in all within a deadline, its answer bounded, redirects not followed.

Own code over http.client, because the timeouts of every client at hand count from byte to byte: a server that
sends one byte a second would hold them for ever. Here each read has what is left of the request's time.
"""

import http.client
import io
import json
import socket
import time
from dataclasses import dataclass
from email.message import Message
from typing import Any, cast
from urllib.parse import urlsplit

from graph.llm.endpoint import Endpoint

# An answer of 8,000 tokens with its envelope has about 100 kB; a server that sends more than this is broken.
LARGEST = 4 * 2**20


class TransportError(Exception):
    """No whole answer came: the connection failed, took too long, or brought too much."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, headers, body."""

    status: int
    headers: Message
    body: bytes


def post(endpoint: Endpoint, body: Any) -> Answer:
    """Sends `body` as JSON; raises TransportError with what went wrong."""
    parts = urlsplit(endpoint.url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=endpoint.timeout)
    deadline = time.monotonic() + endpoint.timeout
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    try:
        connection.connect()
        connection.sock.settimeout(_left(deadline))
        connection.request("POST", parts.path, data, _headers(endpoint))
        return _received(_Timed(connection.sock, deadline))
    except TimeoutError as error:
        raise TransportError(f"no whole answer in {endpoint.timeout:g} seconds") from error
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise TransportError(_reason(error)) from error
    finally:
        connection.close()


def _received(connected: "_Timed") -> Answer:
    # Of a socket it takes nothing but the file to read from.
    response = http.client.HTTPResponse(cast(socket.socket, connected), method="POST")
    with response:
        response.begin()
        content = response.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TransportError(f"an answer of more than {LARGEST / 2**20:g} MiB")
        if response.length:
            raise TransportError("the answer broke off")
        return Answer(response.status, response.headers, content)


class _Timed(io.RawIOBase):
    """What comes in on a socket, until the deadline (of the monotonic clock)."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket = connected
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The file that a response is read from."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Waits no longer than is left."""
        self._socket.settimeout(_left(self._deadline))
        return self._socket.recv_into(buffer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "parleygraph",
        "Connection": "close",
    }
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    return headers


def _reason(error: Exception) -> str:
    """A few words for people: an OSError's own, else the error's kind."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, http.client.RemoteDisconnected):
        return "the server closed the connection"
    if isinstance(error, http.client.IncompleteRead):
        return "the answer broke off"
    return f"{type(error).__name__}: {error}".strip(": ")
