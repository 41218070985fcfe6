"""Who asks: the address of the client, behind the proxies that the settings trust and no others.

X-Forwarded-For can be written by anybody, so it is read from the right, as far as trusted proxies wrote it
(https://adam-p.ca/blog/2022/03/x-forwarded-for/). An IPv6 client is its network of 64 bits: one subscriber.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from wsgiref.types import WSGIEnvironment

from graph.errors import SettingError

Network = IPv4Network | IPv6Network
UNKNOWN = "unknown"


def networks(written: str, place: str) -> tuple[Network, ...]:
    """The networks of a list such as `127.0.0.1, 10.0.0.0/8`. Raises SettingError that names `place`."""
    try:
        return tuple(ip_network(each.strip(), strict=False) for each in written.split(",") if each.strip())
    except ValueError as error:
        remedy = "give addresses or networks such as 10.0.0.0/8, with commas between them"
        raise SettingError(str(error), place=place, remedy=remedy) from error


def client(environ: WSGIEnvironment, trusted: Sequence[Network]) -> str:
    """The client of a request: an address, or for IPv6 its network."""
    address = str(environ.get("REMOTE_ADDR", ""))
    forwarded = environ.get("HTTP_X_FORWARDED_FOR") if trusted else None
    if not forwarded:
        return _subscriber(address)
    chain = [each.strip() for each in str(forwarded).split(",")]
    while chain and _is_trusted(address, tuple(trusted)):
        address = chain.pop()
    return _subscriber(address)


@lru_cache(maxsize=4096)
def _is_trusted(address: str, trusted: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)


@lru_cache(maxsize=4096)
def _subscriber(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        plain = found.ipv4_mapped
        return str(plain) if plain else str(ip_network((int(found) >> 64 << 64, 64)))
    return str(found)
