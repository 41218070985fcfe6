"""The addresses that SERVICE and LOAD may reach, by the settings; by default none."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.errors import SettingError


@dataclass(frozen=True, slots=True)
class Allowed:
    """Endpoints by their IRIs; one that ends with a slash stands for all documents below it."""

    addresses: tuple[str, ...] = ()

    def permits(self, iri: str) -> bool:
        """Whether the address may be reached."""
        below = (each for each in self.addresses if each.endswith("/"))
        return iri in self.addresses or any(iri.startswith(each) for each in below)

    def names_host(self, host: str) -> bool:
        """Whether the settings name this host themselves: then it may be one of the own network."""
        return any(urlsplit(each).hostname == host for each in self.addresses)


def read(written: str, name: str) -> Allowed:
    """The addresses in a setting, separated by commas or spaces. Raises SettingError."""
    addresses = tuple(written.replace(",", " ").split())
    for each in addresses:
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            remedy = "give addresses such as https://query.example.org/sparql"
            raise SettingError(f"{each!r} is no web address", place=name, remedy=remedy)
    return Allowed(addresses)
