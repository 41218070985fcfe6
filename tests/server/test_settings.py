"""The settings: read from the environment, refused with the reason when they make no sense."""

import re
from pathlib import Path

import pytest

from graph.errors import SettingError
from server import settings

SERVER = Path(settings.__file__).parent


def test_the_defaults_are_those_of_the_contract() -> None:
    found = settings.read({})
    assert found.base == "http://127.0.0.1:8000/"
    assert found.limits.timeout == 30
    assert found.store.parts[-3:] == ("data", "build", "store")


def test_a_setting_of_the_environment_counts() -> None:
    found = settings.read({"PARLEYGRAPH_QUERY_TIMEOUT": "2.5", "PARLEYGRAPH_MAX_QUERY_MEMORY": "64"})
    assert found.limits.timeout == 2.5
    assert found.limits.memory == 64 * 2**20


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEYGRAPH_QUERY_TIMEOUT", "soon"),
        ("PARLEYGRAPH_QUERY_TIMEOUT", "0"),
        ("PARLEYGRAPH_QUERY_TIMEOUT", "inf"),
        ("PARLEYGRAPH_QUERY_PLACES", "1.5"),
        ("PARLEYGRAPH_BASE", "nowhere"),
        ("PARLEYGRAPH_BASE", "http://example.org"),
    ],
)
def test_an_impossible_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        settings.read({name: value})


def test_every_variable_that_the_server_reads_is_in_the_table() -> None:
    named = {setting.name for setting in settings.SETTINGS}
    for file in SERVER.rglob("*.py"):
        for found in re.findall(r"\"(PARLEYGRAPH_[A-Z_]+)\"", file.read_text(encoding="utf-8")):
            assert found in named, file
