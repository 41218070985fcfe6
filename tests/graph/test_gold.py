"""The gold files keep their own promises: offsets, vocabulary, names."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.model import EntityKind, EventType, Modality

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "gold").glob("*/*.json")) + sorted(
    (ROOT / "tests" / "articles").glob("*.expected.json")
)
DIRECTED = ("initiator", "addressee")


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    text = path.with_name(path.name.removesuffix(".json").removesuffix(".expected") + ".txt").read_text(
        encoding="utf-8"
    )
    return text, json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    return _read(request.param)


def _forms(entry: dict[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("aliases", [])]


def test_every_span_equals_the_text_at_its_offsets(gold: tuple[str, dict[str, Any]]) -> None:
    text, answers = gold
    spans = [*answers["quotes"], *(span for event in answers["events"] for span in event["trigger"])]
    assert [text[span["start"] : span["end"]] for span in spans] == [span["text"] for span in spans]


def test_types_kinds_and_modalities_are_those_of_the_model(gold: tuple[str, dict[str, Any]]) -> None:
    _, answers = gold
    assert {event["type"] for event in answers["events"]} <= set(EventType)
    assert {event["modality"] for event in answers["events"]} <= set(Modality)
    assert {actor["kind"] for actor in answers["actors"]} <= set(EntityKind) - {EntityKind.PLACE}


def _compact(text: str) -> str:
    """The text without white space and end-of-line hyphens: bad typography stands in the middle of names."""
    return re.sub(r"-\n|\s", "", text)


def test_every_actor_and_location_occurs_in_the_article_whatever_its_spacing(
    gold: tuple[str, dict[str, Any]],
) -> None:
    text, answers = gold
    compact = _compact(text)
    unnamed = [
        entry["name"]
        for entry in answers["actors"] + answers["locations"]
        if not any(_compact(form) in compact for form in _forms(entry))
    ]
    assert unnamed == []


def test_events_and_quotes_name_only_listed_actors_and_locations(gold: tuple[str, dict[str, Any]]) -> None:
    _, answers = gold
    actors = {actor["name"] for actor in answers["actors"]}
    named = {
        name
        for event in answers["events"]
        for key in ("participants", "negotiators", "attributed_to", "via")
        for name in event[key]
    }
    named |= {event[key] for event in answers["events"] for key in DIRECTED if event[key]}
    named |= {quote["speaker"] for quote in answers["quotes"] if quote["speaker"]}
    assert named <= actors
    assert {event["place"] for event in answers["events"] if event["place"]} <= {
        location["name"] for location in answers["locations"]
    }


def test_negotiators_and_directed_agents_are_participants(gold: tuple[str, dict[str, Any]]) -> None:
    _, answers = gold
    for event in answers["events"]:
        directed = {event[key] for key in DIRECTED if event[key]}
        assert directed | set(event["negotiators"]) <= set(event["participants"]), event["id"]


def test_every_event_that_counts_has_a_trigger_and_an_agent(gold: tuple[str, dict[str, Any]]) -> None:
    _, answers = gold
    for event in answers["events"]:
        assert event["trigger"], event["id"]
        assert event["participants"] or event.get("optional"), event["id"]


def test_times_run_forward(gold: tuple[str, dict[str, Any]]) -> None:
    _, answers = gold
    for event in answers["events"]:
        if event["time"]:
            assert date.fromisoformat(event["time"]["earliest"]) <= date.fromisoformat(
                event["time"]["latest"]
            )


def test_every_gold_article_names_its_language_style_and_licence() -> None:
    described = [_read(path)[1] for path in FILES]
    assert all(answers["language"] in {"it", "en"} and answers["style"] for answers in described)
    assert {answers["licence"] for answers in described} == {"CC-BY-4.0"}
    assert len({answers["id"] for answers in described}) == len(FILES)
