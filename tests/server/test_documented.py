"""What a user can set, ask and meet stands in the README or on a page: nothing is left to be guessed."""

import re

import httpx
import pytest

from graph import settings as graph_settings
from server import settings
from tests.server.running import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ALL = {setting.name: setting for setting in (*graph_settings.SETTINGS, *settings.SETTINGS)}


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_setting_has_its_row_in_the_readme_with_its_default(name: str) -> None:
    rows = [line for line in README.splitlines() if re.match(rf"\|[^|]*`{name}`", line)]
    assert len(rows) == 1, name
    default = ALL[name].default
    if default and not default.startswith("/"):
        assert default in rows[0].split("|")[2]


def test_every_row_of_the_readme_is_a_setting() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    assert {
        name for row in rows for name in re.findall(r"`(PARLEYGRAPH_[A-Z_]+)`", row.split("|")[1])
    } <= ALL.keys()


def test_no_other_variable_is_read_anywhere() -> None:
    for folder in ("graph", "server", "ontology"):
        for file in (ROOT / folder).rglob("*.py"):
            for name in re.findall(r"\"(PARLEYGRAPH_[A-Z_0-9]+)\"", file.read_text(encoding="utf-8")):
                assert name in ALL, f"{file}: {name}"


def test_the_limits_are_told_with_their_values(http: httpx.Client) -> None:
    page = http.get("/limits", headers={"Accept": "text/html"}).text
    for anchor in ("time", "memory", "places", "syntax", "budget", "reach", "engine", "store"):
        assert f'id="{anchor}"' in page
    assert "3,600" in page
