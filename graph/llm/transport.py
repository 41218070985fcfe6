"""One HTTP request to a language model: in all within a deadline, its answer bounded, redirects not followed.

Own code over http.client, because the timeouts of every client at hand count from byte to byte: a server that
sends one byte a second would hold them for ever. Here a timer ends the connection, whatever it is doing.
"""

import http.client
import json
import socket
from dataclasses import dataclass
from email.message import Message
from threading import Event, Timer
from typing import Any
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
    deadline = _Deadline(connection, endpoint.timeout)
    try:
        connection.connect()
        deadline.watch(connection.sock)
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        connection.request("POST", parts.path, data, _headers(endpoint))
        with connection.getresponse() as response:
            content = response.read(LARGEST + 1)
            answer = Answer(response.status, response.headers, content)
            missing = len(content) <= LARGEST and bool(response.length)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        late = deadline.passed or isinstance(error, TimeoutError)
        reason = f"no answer in {endpoint.timeout:g} seconds" if late else _reason(error)
        raise TransportError(reason) from error
    finally:
        deadline.end()
        connection.close()
    if deadline.passed:
        raise TransportError(f"no whole answer in {endpoint.timeout:g} seconds")
    if len(content) > LARGEST:
        raise TransportError(f"an answer of more than {LARGEST / 2**20:g} MiB")
    if missing:
        raise TransportError("the answer broke off")
    return answer


class _Deadline:
    """Ends a connection when its time is over."""

    def __init__(self, connection: http.client.HTTPConnection, seconds: float) -> None:
        self._connection = connection
        self._socket: socket.socket | None = None
        self._passed = Event()
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    @property
    def passed(self) -> bool:
        """Whether the connection was ended."""
        return self._passed.is_set()

    def watch(self, connected: socket.socket) -> None:
        """From now on this is what is ended: the connection lets go of it once the headers are read."""
        self._socket = connected
        if self.passed:
            self._end()

    def end(self) -> None:
        """The request is over."""
        self._timer.cancel()

    def _end(self) -> None:
        self._passed.set()
        known = self._socket or self._connection.sock
        if known is not None:
            try:
                known.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # closed already


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
