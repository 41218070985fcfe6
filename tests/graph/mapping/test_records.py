"""The JSON of an article has the keys of the contract and the best supported values."""

from dataclasses import replace

import pytest

from graph.mapping import records
from graph.model import Claim, Modality, Reading

BASE = "http://127.0.0.1:8000/"
EVENT_KEYS = [
    "type",
    "participants",
    "initiator",
    "addressee",
    "negotiators",
    "place",
    "time",
    "duration_minutes",
    "duration_approximate",
    "topics",
    "modality",
    "trigger",
    "evidence",
    "attributed_to",
    "via",
    "rule",
    "confidence",
    "iri",
]


@pytest.fixture
def record(reading: Reading) -> records.Record:
    return records.record(reading, BASE)


def test_an_article_has_the_keys_of_the_contract(record: records.Record, reading: Reading) -> None:
    assert list(record) == ["id", "language", "date", "actors", "locations", "events", "quotes"]
    assert (record["id"], record["language"], record["date"]) == (reading.article.id, "it", "2031-05")
    assert all(list(event) == EVENT_KEYS for event in record["events"])


def test_an_event_is_one_entry_with_its_best_supported_values(
    record: records.Record, reading: Reading
) -> None:
    call = record["events"][0]
    assert (call["type"], call["modality"], call["trigger"]) == ("call", "occurred", "telefonato")
    assert call["participants"] == ["Anna Verdi", "Piero Bruni"]
    assert (call["initiator"], call["addressee"]) == ("Anna Verdi", "Piero Bruni")
    assert (call["duration_minutes"], call["duration_approximate"]) == (90, True)
    assert call["time"] == {"value": "2031-05", "earliest": "2031-05-01", "latest": "2031-05-31"}
    assert call["topics"] == ["energia", "Lestovia"]
    assert call["attributed_to"] == ["Carla Neri", "Piero Bruni"]
    assert call["via"] == ["Orbe"]
    assert [each["text"] for each in call["evidence"]] == ["telefonato", "durata"]
    assert all(reading.article.text[e["start"] : e["end"]] == e["text"] for e in call["evidence"])


def test_actors_have_kind_aliases_offices_and_identifiers(record: records.Record) -> None:
    verdi, bruni, *_ = record["actors"]
    assert (verdi["name"], verdi["kind"], verdi["aliases"]) == ("Anna Verdi", "person", ["Verdi"])
    assert (verdi["roles"], verdi["wikidata"]) == (["presidente"], None)
    assert bruni["wikidata"] == "Q9001"
    assert [(actor["name"], actor["kind"]) for actor in record["actors"][2:]] == [
        ("Carla Neri", "person"),
        ("Orbe", "organization"),
        ("Lestovia", "state"),
    ]


def test_locations_are_the_places(record: records.Record) -> None:
    assert [place["name"] for place in record["locations"]] == ["Portalba"]
    assert record["events"][2]["place"] == "Portalba"


def test_a_state_is_actor_or_location_by_what_the_article_makes_of_it(reading: Reading) -> None:
    *others, state, place = reading.entities
    spoken_of = replace(reading, entities=(*others, replace(state, acts=False, located=True), place))
    found = records.record(spoken_of, BASE)
    assert "Lestovia" not in [actor["name"] for actor in found["actors"]]
    assert [each["name"] for each in found["locations"]] == ["Lestovia", "Portalba"]


def test_a_quote_has_speaker_words_relays_and_offsets(record: records.Record, reading: Reading) -> None:
    (quote,) = record["quotes"]
    assert (quote["speaker"], quote["text"], quote["via"]) == ("Piero Bruni", "Ci andrò presto", ["Orbe"])
    assert reading.article.text[quote["start"] : quote["end"]] == quote["text"]
    assert quote["medium"] is None


def test_the_modality_is_the_one_with_most_confidence_behind_it(reading: Reading) -> None:
    first, second = reading.events[0].claims
    denied = replace(second, modality=Modality.DENIED)

    def modality(*claims: Claim) -> object:
        event = replace(reading.events[0], claims=claims)
        return records.record(replace(reading, events=(event,)), BASE)["events"][0]["modality"]

    assert modality(first, denied) == "occurred"
    assert modality(first, denied, denied) == "denied"


def test_who_says_so_are_those_who_agree_on_the_modality(reading: Reading) -> None:
    first, second = reading.events[0].claims
    event = replace(reading.events[0], claims=(first, replace(second, modality=Modality.DENIED)))
    found = records.record(replace(reading, events=(event,)), BASE)["events"][0]
    assert found["attributed_to"] == ["Carla Neri"]
