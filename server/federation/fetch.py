"""One request to an address that is allowed: resolved once, checked, and asked there and nowhere else.

Own code over http.client because a check before the usual libraries' own resolving proves nothing: the name
may lead elsewhere a moment later. Redirects are answers like any other, that is, none.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from server.federation.allowed import Allowed

LARGEST = 8 << 20
"""Bytes of an answer that are read."""

LONGEST = 15.0
"""Seconds for one request altogether: half of what a query may take."""


class UnreachableError(Exception):
    """Nothing came back; the text says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: media type without parameters, and the bytes."""

    media_type: str
    body: bytes


def fetch(allowed: Allowed, url: str, accept: str, content: bytes | None = None, kind: str = "") -> Fetched:
    """The answer of an address: GET, or POST where there is content. Raises UnreachableError."""
    if not allowed.permits(url):
        raise UnreachableError(f"{url} is not among the addresses that may be reached")
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    until = time.monotonic() + LONGEST
    try:
        address = _checked(allowed, host, parts.port or (443 if secure else 80))
        connection = _Pinned(host, address, secure, LONGEST)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Host": parts.netloc, "Accept": accept, "User-Agent": "parleygraph"}
            if kind:
                headers["Content-Type"] = kind
            connection.request("GET" if content is None else "POST", path, content, headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise UnreachableError(f"{url} answered {answer.status}")
            return Fetched(answer.headers.get_content_type(), _read(answer, until, url))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(f"{url} cannot be reached: {error}") from error


def _read(answer: http.client.HTTPResponse, until: float, url: str) -> bytes:
    """The body, within its bounds of size and time."""
    body = bytearray()
    while chunk := answer.read1(1 << 16):
        body += chunk
        if len(body) > LARGEST:
            raise UnreachableError(f"{url} answered more than {LARGEST >> 20} MiB")
        if time.monotonic() > until:
            raise UnreachableError(f"{url} took more than {LONGEST:g} seconds")
    return bytes(body)


def _checked(allowed: Allowed, host: str, port: int) -> tuple[str, int]:
    """An address of the host; none of the own network, unless the settings name the host by its number."""
    named = _is_number(host) and allowed.names_host(host)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _, _, _, _, place in found:
        address = str(place[0])
        if named or ipaddress.ip_address(address.partition("%")[0]).is_global:
            return address, port
    raise UnreachableError(f"{host} leads into the own network")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that was asked for."""

    def __init__(self, host: str, address: tuple[str, int], secure: bool, timeout: float) -> None:
        super().__init__(host, address[1], timeout=timeout)
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        """Connects, and for https proves that the certificate is the host's."""
        self.sock = socket.create_connection(self._address, self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
