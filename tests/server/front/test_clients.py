"""Who asks: addresses behind trusted proxies, and lies of others."""

import pytest

from graph.errors import SettingError
from server.front.clients import UNKNOWN, client, networks

TRUSTED = networks("127.0.0.1, 10.0.0.0/8", "X")


@pytest.mark.parametrize(
    ("address", "forwarded", "asking"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.1, 10.1.1.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", UNKNOWN),
        ("127.0.0.1", "", "127.0.0.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "", UNKNOWN),
    ],
)
def test_only_trusted_proxies_tell_who_asks(address: str, forwarded: str, asking: str) -> None:
    environ = {"REMOTE_ADDR": address, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    assert client(environ, TRUSTED) == asking


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert client({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, ()) == "127.0.0.1"


def test_a_network_that_is_none_is_refused_by_the_settings_name() -> None:
    with pytest.raises(SettingError, match="PROXIES"):
        networks("10.0.0.0/8, home", "PROXIES")
