"""The interface's words: both tables whole, every message used, every use a message."""

import re
from pathlib import Path

import pytest

from graph.store import examples
from server.language import LANGUAGES, messages, speech
from server.portraits.glance import LINES
from server.reader import THEMES

SERVER = Path(__file__).resolve().parents[2] / "server"
USED = re.compile(
    r"""(?:\bt|\bspeech|\bwords|\bsay|\bt\.plain|\bplain)\(\s*f?["']([a-z-]+\.[A-Za-z0-9{}._-]+)["']"""
)
COUNTED = re.compile(r"""\bcount\(\s*f?["']([a-z-]+\.[a-z{}._-]+)["']""")


def sources() -> list[str]:
    files = [*SERVER.rglob("*.py"), *SERVER.rglob("*.html")]
    return [file.read_text(encoding="utf-8") for file in files if "vendor" not in file.parts]


def composed(prefix: str) -> set[str]:
    """Keys that a program or a template puts together: `t('kind.' ~ name)`."""
    return {key for key in messages("en") if key.startswith(prefix)}


def used() -> set[str]:
    found: set[str] = set()
    for text in sources():
        found |= {key for key in USED.findall(text) if "{" not in key and key[-1] not in ".-"}
        for key in COUNTED.findall(text):
            if key[-1] != ".":
                found |= composed(key.partition("{")[0]) if "{" in key else {f"{key}.one", f"{key}.many"}
        for prefix in re.findall(r"""["'](?:count\.)?([a-z]+[a-z.-]*[.-])["'] ~""", text):
            found |= composed(prefix) | composed(f"count.{prefix}")
        for prefix in re.findall(r"""\(f["']([a-z]+[a-z.-]*[.-])\{""", text):
            found |= composed(prefix)
    found |= set(re.findall(r"""\(['"]/[a-z-]*['"], ['"]([a-z]+\.[a-z-]+)['"]\)""", "\n".join(sources())))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_message_and_its_values(language: str) -> None:
    ours, reference = messages(language), messages("en")
    assert ours.keys() == reference.keys()
    for key, text in ours.items():
        assert text.strip(), key
        assert set(re.findall(r"\{(\w+)", text)) == set(re.findall(r"\{(\w+)", reference[key])), key


def test_every_message_is_translated() -> None:
    english, italian = messages("en"), messages("it")
    alike = {key for key, text in english.items() if italian[key] == text and re.search(r"[a-z]{4}", text)}
    assert alike == set()


def test_every_message_is_used_and_every_use_is_a_message() -> None:
    known, asked = set(messages("en")), used()
    assert asked - known == set()
    assert known - asked - {f"event.{key}" for key, _, _ in LINES} == set()


def test_what_templates_compose_is_there() -> None:
    for topic in {example.topic for example in examples.all_examples() if example.topic}:
        assert speech("it").known(f"topic.{topic}"), topic
    assert all(speech("en").known(f"theme.{theme}") for theme in THEMES)
    assert all(speech("en").known(f"event.{key}") for key, _, _ in LINES)


def test_values_are_escaped_and_numbers_grouped() -> None:
    assert speech("en")("claim.found-by", rule="<b>") == "found by <code>&lt;b&gt;</code>"
    assert speech("it").count("agent.times", 1234) == "1.234 eventi"
    assert speech("en").count("agent.times", 1) == "1 event"
    assert speech("en").plain("event.certainty") == "certainty"
