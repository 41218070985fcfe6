"""Linking as a whole: no local key is left, offices stand once, what is used is told from what is named."""

from dataclasses import replace
from datetime import date

import pytest

from graph.findings import Cluster, Extraction, Title
from graph.lexicon.gazetteer import gazetteer
from graph.linking.reading import link
from graph.model import (
    Article,
    Claim,
    EntityKind,
    EventType,
    Grounded,
    Medium,
    Modality,
    Participation,
    Period,
    Quotation,
    Reading,
    Role,
    Source,
    Span,
)

VARGA, BRUNI, ORBE, FRANCE, PORTALBA = (
    "person:ines-varga",
    "person:piero-bruni",
    "organization:orbe",
    gazetteer().states["FR"].key,
    "place:portalba",
)
TITLE = Title("ministra francese", Span(0, 17))


def cluster(
    key: str, kind: EntityKind, name: str, at: int, *titles: Title, entry: str | None = None
) -> Cluster:
    return Cluster(key, kind, name, (name,), (Span(at, at + len(name)),), titles, entry)


def call(number: int, source: Source, *agents: str, place: str | None = None) -> Claim:
    at = Span(100 * number, 100 * number + 5)
    return Claim(
        event=f"e{number}",
        type=EventType.CALL,
        trigger=at,
        modality=Modality.OCCURRED,
        source=source,
        participations=tuple(Participation(agent, Role.PARTICIPANT, at) for agent in agents),
        place=Grounded(place, at) if place else None,
        topics=(Grounded("topic-energy", at), Grounded("a4", at)),
    )


@pytest.fixture
def extraction() -> Extraction:
    """A call told twice, once through an agency; a minister of France, a place, a quotation."""
    told = Source(("a2", "a2"), ("a3",), Medium.AGENCY, span=Span(120, 130))
    return Extraction(
        article=Article(
            "0a1b2c3d4e5f",
            "x" * 400,
            Span(0, 400),
            "invented.txt",
            published=Period("2031-05", date(2031, 5, 1), date(2031, 5, 31)),
        ),
        language="it",
        clusters=(
            cluster(
                "a1", EntityKind.PERSON, "Ines Varga", 20, TITLE, Title("Ministra Francese", Span(50, 67))
            ),
            cluster("a2", EntityKind.PERSON, "Piero Bruni", 60, Title("inviato", Span(40, 47))),
            cluster("a3", EntityKind.ORGANIZATION, "Orbe", 80),
            cluster("a4", EntityKind.STATE, "Lestovia", 85),
            cluster("a5", EntityKind.PLACE, "Portalba", 95),
        ),
        claims=(call(1, told, "a1", "a2"), call(2, Source(), "a1", "a2", place="a5")),
        quotations=(Quotation(Span(300, 310), Source(("a2",), ("a3",), platform="a3")),),
        topics=(("topic-energy", (("it", "energia"), ("en", "energy"))),),
    )


def keys_of(reading: Reading) -> set[str]:
    """Every entity key that claims and quotations use."""
    claims = [claim for event in reading.events for claim in event.claims]
    sources = [*(claim.source for claim in claims), *(each.source for each in reading.quotations)]
    return {
        *(p.entity for claim in claims for p in claim.participations),
        *(claim.place.value for claim in claims if claim.place),
        *(key for source in sources for key in (*source.speakers, *source.via)),
        *(source.platform for source in sources if source.platform),
        *(office.holder for office in reading.offices),
        *(office.country for office in reading.offices if office.country),
    }


def test_every_key_that_a_reading_uses_is_of_an_entity_it_describes(extraction: Extraction) -> None:
    reading = link(extraction)
    assert keys_of(reading) == {VARGA, BRUNI, ORBE, PORTALBA, FRANCE}
    assert keys_of(reading) <= {entity.key for entity in reading.entities}


def test_claims_about_one_event_come_together_with_their_own_sources(extraction: Extraction) -> None:
    (event,) = link(extraction).events
    first, second = (claim.source for claim in event.claims)
    assert (first.speakers, first.via, first.medium) == ((BRUNI,), (ORBE,), Medium.AGENCY)
    assert second == Source()


def test_a_topic_is_an_entity_of_the_article_or_a_topic_of_the_vocabulary(extraction: Extraction) -> None:
    reading = link(extraction)
    topics = {topic.value for event in reading.events for claim in event.claims for topic in claim.topics}
    assert topics == {"topic-energy", "state:lestovia"}
    assert reading.topics == {"topic-energy": {"it": "energia", "en": "energy"}}


def test_a_quotation_keeps_its_words_and_gets_the_keys_of_its_speakers(extraction: Extraction) -> None:
    (quotation,) = link(extraction).quotations
    assert quotation == Quotation(Span(300, 310), Source((BRUNI,), (ORBE,), platform=ORBE))


def test_an_office_worded_twice_stands_once_with_its_first_words(extraction: Extraction) -> None:
    offices = link(extraction).offices
    assert [(office.holder, office.title, office.span) for office in offices] == [
        (VARGA, "ministra francese", Span(0, 17)),
        (BRUNI, "inviato", Span(40, 47)),
    ]


def test_the_state_of_an_office_is_described_though_no_claim_names_it(extraction: Extraction) -> None:
    reading = link(extraction)
    assert [office.country for office in reading.offices] == [FRANCE, None]
    (state,) = [entity for entity in reading.entities if entity.key == FRANCE]
    assert (state.kind, state.mentions) == (EntityKind.STATE, ())


def test_a_state_acts_only_where_a_claim_or_a_quotation_has_it_act(extraction: Extraction) -> None:
    acts = {entity.key: entity.acts for entity in link(extraction).entities}
    assert not acts["state:lestovia"]
    acting = replace(extraction, claims=(*extraction.claims, call(3, Source(), "a4", "a1")))
    assert {entity.key: entity.acts for entity in link(acting).entities}["state:lestovia"]
    said = replace(extraction, quotations=(Quotation(Span(300, 310), Source(("a4",))),))
    assert {entity.key: entity.acts for entity in link(said).entities}["state:lestovia"]


def test_people_and_organisations_act_and_places_do_not(extraction: Extraction) -> None:
    acts = {entity.key: entity.acts for entity in link(extraction).entities}
    assert (acts[VARGA], acts[ORBE], acts[PORTALBA]) == (True, True, False)


def test_where_something_happens_is_located_and_elsewhere_is_not(extraction: Extraction) -> None:
    located = {entity.key for entity in link(extraction).entities if entity.located}
    assert located == {PORTALBA}


def test_what_the_text_speaks_of_as_a_place_is_located_without_a_claim(extraction: Extraction) -> None:
    clusters = tuple(replace(each, located=each.key == "a4") for each in extraction.clusters)
    located = {e.key for e in link(replace(extraction, clusters=clusters)).entities if e.located}
    assert located == {PORTALBA, "state:lestovia"}


def test_an_article_that_says_nothing_of_interest_gives_an_empty_reading(extraction: Extraction) -> None:
    reading = link(Extraction(extraction.article, "it"))
    assert (reading.entities, reading.events, reading.offices, reading.quotations) == ((), (), (), ())
    assert reading.article is extraction.article
