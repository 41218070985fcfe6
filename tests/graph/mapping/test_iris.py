"""IRIs come from keys alone and are readable."""

import pytest
from pyoxigraph import NamedNode

from graph.errors import ArticleError
from graph.mapping.iris import SLUG_LENGTH, Iris, Minter, hash8, slug
from graph.model import Entity, EntityKind, Reading, Span

BASE = "https://data.example/news/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Verdi", "anna-verdi"),
        ("Øyvind Łukaszewicz-D'Àngelo", "oyvind-lukaszewicz-d-angelo"),
        ("  --Straße № 5--", "strasse-no-5"),
        ("Пётр", ""),
        ("习近平", ""),
    ],
)
def test_a_slug_is_lower_case_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_slug_ends_at_a_word_within_its_length() -> None:
    found = slug(" ".join(["parola"] * 20))
    assert len(found) <= SLUG_LENGTH
    assert found.endswith("-parola")
    assert len(slug("x" * 500)) == SLUG_LENGTH


def test_an_entity_keeps_its_iri_under_other_names_and_languages() -> None:
    minter = Minter(BASE)
    labels = (("it", "Portalba"), ("en", "White Harbour"))
    italian = Entity("place:Q9003", EntityKind.PLACE, "Portalba", labels=labels)
    english = Entity("place:Q9003", EntityKind.PLACE, "White Harbour", labels=labels[::-1])
    assert minter.entity(italian) == minter.entity(english)
    assert minter.entity(italian) == NamedNode(f"{BASE}id/place/white-harbour-{hash8('place:Q9003')}")
    unknown = [Entity("person:marco-sala", EntityKind.PERSON, name) for name in ("Marco Sala", "Marko Sala")]
    assert minter.entity(unknown[0]) == minter.entity(unknown[1])
    assert minter.entity(unknown[0]).value.startswith(f"{BASE}id/person/marco-sala-")


def test_a_state_is_a_country_in_its_address() -> None:
    assert (
        "/id/country/lestovia-" in Minter(BASE).entity(Entity("state:lestovia", EntityKind.STATE, "L")).value
    )


def test_a_name_without_latin_letters_is_its_hash_alone() -> None:
    iri = Minter(BASE).entity(Entity("person:Пётр", EntityKind.PERSON, "Пётр"))
    assert iri == NamedNode(f"{BASE}id/person/{hash8('person:Пётр')}")


def test_an_event_is_named_by_type_and_participants_and_the_same_key_differs_between_articles(
    reading: Reading,
) -> None:
    here = Iris(reading, BASE).event("call:1").value
    assert here.startswith(f"{BASE}id/event/call-anna-verdi-peter-bruni-")
    other = Reading(
        article=type(reading.article)(id="0" * 12, text="x", body=Span(0, 1), source="y"),
        language="it",
        entities=reading.entities,
        events=reading.events,
    )
    assert Iris(other, BASE).event("call:1").value != here


def test_a_span_counts_positions_between_characters(reading: Reading) -> None:
    iri = Iris(reading, BASE).span(Span(3, 8))
    assert iri == NamedNode(f"{BASE}id/article/{reading.article.id}#char=3,8")


def test_what_a_claim_names_and_the_reading_does_not_describe_is_an_error_of_the_article(
    reading: Reading,
) -> None:
    iris = Iris(reading, BASE)
    with pytest.raises(ArticleError, match="person:nobody"):
        iris.entity("person:nobody")
    with pytest.raises(ArticleError, match="call:9"):
        iris.event("call:9")
