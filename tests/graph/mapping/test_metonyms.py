"""A place that speaks or acts stands for its state."""

from dataclasses import replace

from graph.mapping import dataset, records
from graph.mapping.conformance import gate
from graph.mapping.metonyms import resolved
from graph.model import Participation, Quotation, Reading, Role, Source, Span

BASE = "http://127.0.0.1:8000/"
LESTOVIA, PORTALBA = "state:Q9002", "place:Q9003"
HERE = Span(20, 25)


def speaking(reading: Reading) -> Reading:
    """Portalba speaks, is quoted, and takes part beside its own state."""
    invitation = reading.events[1]
    parts = (
        Participation(PORTALBA, Role.SPEAKER, HERE),
        Participation(LESTOVIA, Role.SPEAKER, HERE),
        Participation("person:Q9001", Role.ADDRESSEE, HERE),
    )
    claim = replace(invitation.claims[0], source=Source((PORTALBA,)), participations=parts)
    events = (reading.events[0], replace(invitation, claims=(claim,)), reading.events[2])
    quotations = (Quotation(HERE, Source((PORTALBA, LESTOVIA), (PORTALBA,))),)
    return replace(reading, events=events, quotations=quotations)


def test_the_state_takes_the_part_of_its_capital_once(reading: Reading) -> None:
    found = resolved(speaking(reading))
    claim = found.events[1].claims[0]
    assert claim.source.speakers == (LESTOVIA,)
    assert [(each.entity, each.role) for each in claim.participations] == [
        (LESTOVIA, Role.SPEAKER),
        ("person:Q9001", Role.ADDRESSEE),
    ]
    assert (found.quotations[0].source.speakers, found.quotations[0].source.via) == ((LESTOVIA,), (LESTOVIA,))


def test_a_place_whose_state_is_not_described_is_left_out(reading: Reading) -> None:
    alone = tuple(
        replace(each, located_in=None) if each.key == PORTALBA else each for each in reading.entities
    )
    found = resolved(replace(speaking(reading), entities=alone))
    assert found.events[1].claims[0].source.speakers == ()
    assert found.quotations[0].source.speakers == (LESTOVIA,)


def test_where_something_happens_stays_a_place(reading: Reading) -> None:
    place = resolved(speaking(reading)).events[2].claims[0].place
    assert place is not None
    assert place.value == PORTALBA


def test_a_reading_in_which_no_place_acts_is_left_alone(reading: Reading) -> None:
    assert resolved(reading) is reading


def test_graph_and_record_name_the_state_and_conform(reading: Reading) -> None:
    spoken = speaking(reading)
    quads = dataset.quads(spoken, BASE)
    assert gate.violations(quads, {spoken.article.id: spoken.article.text}) == []
    found = records.record(spoken, BASE)
    assert found["events"][1]["attributed_to"] == ["Lestovia"]
    assert found["quotes"][0]["speaker"] == "Lestovia"
    assert "Lestovia" in [actor["name"] for actor in found["actors"]]
