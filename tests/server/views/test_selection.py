"""The facets of an address: what they may be, and the patterns they become."""

import pytest
from werkzeug.datastructures import MultiDict

from server.problems import ProblemError
from server.views.selection import Selection, packaged, read, types

BASE = "http://data.example/"


def of(*pairs: tuple[str, str], usual: str = "") -> Selection:
    return read(MultiDict(pairs), BASE, usual)


def test_nothing_chosen_looks_at_every_claim_that_is_no_relay() -> None:
    assert of().patterns() == [
        "?claim pg:about ?event ; pg:modality ?modality .",
        "FILTER NOT EXISTS { ?claim pg:relays ?origin }",
    ]
    assert of(("type", ""), ("actor", " "), ("from", "")) == of()


def test_every_facet_becomes_a_pattern() -> None:
    chosen = of(
        ("type", "Call"),
        ("modality", "denied"),
        ("actor", "person/a"),
        ("actor", "person/b"),
        ("actor", "person/a"),
        ("place", "place/x"),
        ("source", "organization/y"),
        ("from", "2031-05-01"),
        ("to", "2031-05-31"),
    )
    patterns = "\n".join(chosen.patterns())
    assert "?event a pg:Call ." in patterns
    assert "pg:modality pg:denied ." in patterns
    assert patterns.count("pg:hasParticipant") == 2
    assert f"?event pg:takesPlaceWithin <{BASE}id/place/x> ." in patterns
    assert f"?relay pg:attributedTo <{BASE}id/organization/y> ; pg:tracesTo ?claim" in patterns
    assert '?ends >= "2031-05-01"^^<http://www.w3.org/2001/XMLSchema#date>' in patterns
    assert '?begins <= "2031-05-31"^^<http://www.w3.org/2001/XMLSchema#date>' in patterns


def test_a_views_usual_type_gives_way_to_any() -> None:
    assert of(usual="Communication").type == "Communication"
    assert of(("type", "Event"), usual="Communication").type == ""
    assert of(("type", "Visit"), usual="Communication").type == "Visit"


@pytest.mark.parametrize(
    "pair",
    [
        ("type", "Person"),
        ("type", "Call } DROP ALL {"),
        ("modality", "perhaps"),
        ("actor", "x> . ?a ?b <y"),
        ("actor", "person/a b"),
        ("actor", "claim/x"),
        ("place", "place/<"),
        ("source", "../x"),
        ("from", "2031-5-1"),
        ("from", "yesterday"),
        ("to", "2031-02-30"),
        ("to", "20310201"),
    ],
)
def test_what_no_facet_can_be_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(ProblemError) as refused:
        of(pair)
    assert refused.value.status == 400
    assert pair[0] in refused.value.detail


def test_one_facet_can_be_opened_again() -> None:
    chosen = of(("type", "Call"), ("actor", "person/a"), ("modality", "denied"))
    assert chosen.without("actor").actors == ()
    assert chosen.without("type") == of(("actor", "person/a"), ("modality", "denied"))
    assert chosen.chosen("actor") == ("person/a",)
    assert chosen.chosen("place") == ()


def test_the_patterns_stand_in_the_query_at_its_mark() -> None:
    query = of(("type", "Call")).query("timeline")
    assert "# selection" in packaged("timeline")
    assert "# selection" not in query
    assert "      ?event a pg:Call .\n" in query


def test_types_are_those_of_events() -> None:
    assert {"Event", "Call", "Communication", "Visit"} <= types().keys()
    assert "Person" not in types()
