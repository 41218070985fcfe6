"""Settings are read when asked and refused when they make no sense."""

from pathlib import Path

import pytest

from graph import settings
from graph.errors import SettingError


def test_a_setting_is_read_from_the_environment_when_asked() -> None:
    assert settings.base({}) == settings.BASE.default
    assert settings.base({"PARLEYGRAPH_BASE": "https://x.example/a/"}) == "https://x.example/a/"
    assert settings.base({"PARLEYGRAPH_BASE": ""}) == settings.BASE.default
    assert settings.store({"PARLEYGRAPH_STORE": "/tmp/s"}) == Path("/tmp/s")


def test_the_default_store_lies_in_the_checkout() -> None:
    assert settings.store({}) == settings.ROOT / "data" / "build" / "store"
    assert (settings.ROOT / "graph" / "settings.py").is_file()


@pytest.mark.parametrize(
    "base", ["", "x", "mailto:a@b", "http://x", "http://x/?a/", "http://x/#/", "http://x y/"]
)
def test_a_base_that_cannot_be_one_is_refused_with_what_is_wrong(base: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings.checked_base(base, "--base")
    assert repr(base) in str(caught.value)
    assert caught.value.remedy


def test_every_setting_has_a_help_and_a_name_of_its_own() -> None:
    names = [setting.name for setting in settings.SETTINGS]
    assert len(set(names)) == len(names)
    assert all(setting.help.endswith(".") for setting in settings.SETTINGS)


def test_the_parser_is_on_unless_switched_off() -> None:
    assert settings.parses({})
    assert not settings.parses({"PARLEYGRAPH_PARSER": "off"})
    with pytest.raises(SettingError, match="'maybe' is neither on nor off"):
        settings.parses({"PARLEYGRAPH_PARSER": "maybe"})


def test_every_setting_stands_in_the_readme() -> None:
    readme = (settings.ROOT / "README.md").read_text(encoding="utf-8")
    assert [each.name for each in settings.SETTINGS if f"`{each.name}`" not in readme] == []
