"""The settings name one endpoint, completely, or are refused with what to set."""

import pytest

from graph import settings
from graph.errors import SettingError
from graph.llm.endpoint import endpoint

GIVEN = {"PARLEYGRAPH_LLM_URL": "http://127.0.0.1:11434/v1", "PARLEYGRAPH_LLM_MODEL": "qwen3:8b"}


def test_address_and_model_are_enough() -> None:
    found = endpoint(GIVEN)
    assert (found.url, found.model, found.key) == (
        "http://127.0.0.1:11434/v1/chat/completions",
        "qwen3:8b",
        "",
    )
    assert (found.timeout, found.retries) == (60, 2)


def test_answers_are_kept_below_the_checkouts_build_folder_or_nowhere() -> None:
    assert endpoint(GIVEN).memory == settings.ROOT / "data" / "build" / "llm"
    assert endpoint({**GIVEN, "PARLEYGRAPH_LLM_MEMORY": "off"}).memory is None


@pytest.mark.parametrize("end", ["", "/", "/chat/completions", "/chat/completions/"])
def test_the_address_may_end_as_documentation_gives_it(end: str) -> None:
    address = f"https://api.example/v1{end}"
    assert (
        endpoint({**GIVEN, "PARLEYGRAPH_LLM_URL": address}).url == "https://api.example/v1/chat/completions"
    )


def test_the_key_is_sent_without_the_blanks_around_it_and_never_shown() -> None:
    found = endpoint({**GIVEN, "PARLEYGRAPH_LLM_KEY": " sk-secret\n"})
    assert found.key == "sk-secret"
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEYGRAPH_LLM_URL", ""),
        ("PARLEYGRAPH_LLM_URL", "localhost:8080"),
        ("PARLEYGRAPH_LLM_URL", "file:///etc/passwd"),
        ("PARLEYGRAPH_LLM_URL", "http://"),
        ("PARLEYGRAPH_LLM_URL", "http://[::1"),
        ("PARLEYGRAPH_LLM_URL", "http://host:99999/v1"),
        ("PARLEYGRAPH_LLM_URL", "http://host/v1 x"),
        ("PARLEYGRAPH_LLM_URL", "http://user:password@host/v1"),
        ("PARLEYGRAPH_LLM_URL", "http://host/v1?key=1"),
        ("PARLEYGRAPH_LLM_MODEL", ""),
        ("PARLEYGRAPH_LLM_MODEL", "  "),
        ("PARLEYGRAPH_LLM_KEY", "two words"),
        ("PARLEYGRAPH_LLM_KEY", "schlüssel"),
        ("PARLEYGRAPH_LLM_TIMEOUT", "0"),
        ("PARLEYGRAPH_LLM_TIMEOUT", "soon"),
        ("PARLEYGRAPH_LLM_TIMEOUT", "nan"),
        ("PARLEYGRAPH_LLM_TIMEOUT", "inf"),
        ("PARLEYGRAPH_LLM_RETRIES", "-1"),
        ("PARLEYGRAPH_LLM_RETRIES", "1.5"),
        ("PARLEYGRAPH_LLM_RETRIES", "9" * 5000),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        endpoint({**GIVEN, name: value})
    assert caught.value.place == name
    assert caught.value.remedy
    assert "password" not in str(caught.value)
