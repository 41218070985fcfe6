"""A reading as a graph: one pattern answers who says so, in which words."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from graph.mapping import dataset, serialisation
from graph.mapping.iris import Iris
from graph.model import Claim, Event, EventType, Modality, Reading, Source
from graph.store import merge
from ontology import terms as pg
from ontology.prefixes import PREFIXES

BASE = "http://127.0.0.1:8000/"


def rows(quads: Iterable[Quad], query: str) -> list[tuple[str, ...]]:
    store = Store()
    merge.add(store, quads)
    solutions = store.query(query, prefixes=PREFIXES)
    assert isinstance(solutions, QuerySolutions)
    return sorted(tuple("" if term is None else term.value for term in solution) for solution in solutions)


@pytest.fixture
def quads(reading: Reading) -> set[Quad]:
    return dataset.quads(reading, BASE)


def test_two_sources_that_differ_are_two_graphs_with_their_words(quads: set[Quad]) -> None:
    query = """SELECT ?length ?who ?words WHERE {
        GRAPH ?claim { ?call pg:duration ?length }
        ?claim pg:attributedTo/rdfs:label ?who ; pg:evidence ?span . FILTER(LANG(?who) = "it")
        ?span pg:supports pg:duration ; pg:exact ?words }"""
    assert rows(quads, query) == [
        ("PT1H30M", "Carla Neri", "circa un'ora e mezza"),
        ("PT2H", "Piero Bruni", "due ore"),
    ]


def test_in_the_merge_an_event_is_flat_and_counts_once(quads: set[Quad]) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?call a pg:Call ; pg:participation/pg:role pg:caller }"
    assert rows(quads, query) == [("1",)]


def test_the_chain_leads_from_the_article_over_the_agency_to_the_speaker(
    quads: set[Quad], reading: Reading
) -> None:
    query = """SELECT ?outer ?middle ?origin ?medium WHERE {
        ?a pg:relays ?b . ?b pg:relays ?c ; pg:medium ?medium .
        ?a pg:attributedTo ?outer . ?b pg:attributedTo ?middle . ?c pg:attributedTo ?origin }"""
    iris = Iris(reading, BASE)
    assert rows(quads, query) == [
        (
            iris.article.value,
            iris.entity("organization:orbe").value,
            iris.entity("person:carla-neri").value,
            pg.agencyMedium.value,
        )
    ]


def test_only_the_origin_of_a_chain_holds_a_graph(quads: set[Quad]) -> None:
    relays = {quad.subject for quad in quads if quad.predicate == pg.relays}
    assert relays
    assert not relays & {quad.graph_name for quad in quads}


def test_what_a_relay_passes_on_has_the_medium_of_the_relay_and_not_of_the_speaker(quads: set[Quad]) -> None:
    query = "SELECT ?who WHERE { ?c pg:medium pg:agencyMedium ; pg:attributedTo/rdfs:label ?who }"
    assert {who for (who,) in rows(quads, query)} == {"Orbe"}


def test_a_claim_without_a_speaker_is_the_articles_own(quads: set[Quad], reading: Reading) -> None:
    query = "SELECT ?who WHERE { ?c pg:about/a pg:Visit ; pg:attributedTo ?who }"
    assert rows(quads, query.replace("/a ", "/rdf:type ")) == [(Iris(reading, BASE).article.value,)]


def test_every_triple_of_a_claim_about_its_event_has_its_words(quads: set[Quad]) -> None:
    query = """SELECT ?property WHERE {
        ?claim pg:about ?event . GRAPH ?claim { ?event ?property ?value }
        FILTER NOT EXISTS { ?claim pg:evidence/pg:supports ?property } }"""
    assert rows(quads, query) == []


def test_a_participation_has_the_words_that_name_the_agent_there(quads: set[Quad]) -> None:
    query = """SELECT ?role ?words WHERE {
        ?e a pg:Call ; pg:participation ?p . ?p pg:role ?role ; pg:evidence/pg:surfaceForm ?words }"""
    assert rows(quads, query) == [(pg.callee.value, "Piero Bruni"), (pg.caller.value, "Anna Verdi")]


def test_an_office_is_held_in_the_participation_and_has_its_words(quads: set[Quad]) -> None:
    query = """SELECT ?title ?words WHERE {
        ?p pg:inOffice ?held . ?held pg:office/rdfs:label ?title ; pg:evidence/pg:exact ?words }"""
    assert rows(quads, query) == [("presidente", "presidente")]


def test_an_invitation_leads_to_the_event_it_is_about(quads: set[Quad]) -> None:
    query = """SELECT ?modality ?place WHERE { ?i a pg:Invitation ; pg:concerns ?visit .
        ?claim pg:about ?visit ; pg:modality ?modality . ?visit pg:hasPlace/rdfs:label ?place }"""
    assert rows(quads, query) == [(pg.hypothetical.value, "Portalba")]


def test_a_span_carries_its_position_its_words_and_what_stands_around(
    quads: set[Quad], reading: Reading
) -> None:
    query = "SELECT ?start ?end ?exact ?before ?after WHERE { ?s pg:start ?start ; pg:end ?end ; "
    query += "pg:exact ?exact . OPTIONAL { ?s oa:prefix ?before } OPTIONAL { ?s oa:suffix ?after } }"
    text = reading.article.text
    found = rows(quads, query)
    assert len(found) > 10
    for start, end, exact, before, after in found:
        assert text[int(start) : int(end)] == exact
        assert text[: int(start)].endswith(before)
        assert text[int(end) :].startswith(after)


def test_a_quotation_counts_once_and_names_its_speaker_and_relay(quads: set[Quad]) -> None:
    query = """SELECT ?speaker ?relay ?words WHERE { ?q a pg:Quotation ; pg:attributedTo/rdfs:label ?speaker .
        ?r pg:relays ?q ; pg:attributedTo/rdfs:label ?relay . FILTER(LANG(?speaker) = "en")
        ?q pg:evidence ?span . ?span pg:supports pg:exact ; pg:exact ?words }"""
    assert rows(quads, query) == [("Peter Bruni", "Orbe", "Ci andrò presto")]


def test_a_quotation_without_a_speaker_says_so(reading: Reading) -> None:
    silent = replace(reading, quotations=(replace(reading.quotations[0], source=Source()),))
    query = "SELECT ?open WHERE { ?q a pg:Quotation ; pg:notStated ?open }"
    assert rows(dataset.quads(silent, BASE), query) == [(pg.attributedTo.value,)]


def test_a_place_has_coordinates_in_both_forms_and_lies_in_its_state(quads: set[Quad]) -> None:
    query = """SELECT ?lat ?long ?wkt ?state WHERE { ?place a pg:Place ; wgs84:lat ?lat ; wgs84:long ?long ;
        geo:hasGeometry/geo:asWKT ?wkt ; pg:locatedIn/rdfs:label ?state ; owl:sameAs wd:Q9003 }"""
    assert rows(quads, query) == [("45.5", "-9.25", "POINT(-9.25 45.5)", "Lestovia")]


def test_spellings_of_an_article_are_alternative_labels(quads: set[Quad]) -> None:
    query = "SELECT ?label ?alias WHERE { ?p a pg:Person ; rdfs:label ?label ; skos:altLabel ?alias }"
    assert ("Anna Verdi", "Verdi") in rows(quads, query)
    assert ("Piero Bruni", "Piero Bruni") not in rows(quads, query)


def test_a_call_of_one_known_party_says_that_the_other_is_not_stated(reading: Reading) -> None:
    first = reading.events[0].claims[0]
    alone = replace(first, participations=first.participations[:1])
    query = "SELECT ?open WHERE { ?c pg:notStated ?open }"
    found = rows(
        dataset.quads(replace(reading, events=(replace(reading.events[0], claims=(alone,)),)), BASE), query
    )
    assert (pg.hasParticipant.value,) in found


def test_a_claim_is_made_in_the_statement_that_its_attribution_names(reading: Reading) -> None:
    source = reading.events[0].claims[0].source
    assert source.span is not None
    saying = Claim("statement:4", EventType.STATEMENT, source.span, Modality.OCCURRED, Source())
    events = (*reading.events, Event("statement:4", EventType.STATEMENT, (saying,)))
    query = "SELECT ?kind WHERE { ?c pg:about/rdf:type pg:Call ; pg:madeIn/rdf:type ?kind }"
    assert rows(dataset.quads(replace(reading, events=events), BASE), query) == [(pg.Statement.value,)]


def test_two_claims_that_say_the_same_are_two_claims(reading: Reading) -> None:
    call = reading.events[0]
    doubled = replace(call, claims=(call.claims[1], call.claims[1]))
    query = "SELECT ?c WHERE { ?c a pg:Claim ; pg:about/rdf:type pg:Call }"
    assert len(rows(dataset.quads(replace(reading, events=(doubled,)), BASE), query)) == 2


def test_the_order_of_entities_offices_and_quotations_changes_nothing(
    reading: Reading, quads: set[Quad]
) -> None:
    turned = replace(reading, entities=reading.entities[::-1], events=reading.events[::-1])
    assert dataset.quads(turned, BASE) == quads


def test_every_iri_of_the_vocabulary_that_is_written_is_a_term_of_it(quads: set[Quad]) -> None:
    known = {value for value in vars(pg).values() if isinstance(value, NamedNode)}
    known.add(NamedNode(PREFIXES["pg"] + "topic-energy"))
    used = {term for quad in quads for term in quad if isinstance(term, NamedNode)}
    assert {term for term in used if term.value.startswith(PREFIXES["pg"])} <= known


def test_trig_and_turtle_hold_the_quads_under_the_prefixes_they_use(quads: set[Quad]) -> None:
    store = Store()
    written = serialisation.trig(quads)
    store.load(written, format=RdfFormat.TRIG)
    assert set(store) == quads
    assert b"@prefix pg:" in written
    assert b"@prefix dcat:" not in written
    assert serialisation.trig(list(quads)[::-1]) == written
    assert serialisation.turtle(quads).count(b"a pg:Call") == 1


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        (
            "https://creativecommons.org/licenses/by/4.0/",
            NamedNode("https://creativecommons.org/licenses/by/4.0/"),
        ),
        ("CC BY 4.0", Literal("CC BY 4.0")),
        ("https://a b", Literal("https://a b")),
    ],
)
def test_a_licence_is_its_address_or_its_name(reading: Reading, licence: str, expected: object) -> None:
    article = replace(reading.article, licence=licence, title="T", url="https://x.example/1", author="A")
    quads = dataset.quads(replace(reading, article=article), BASE)
    assert [quad.object for quad in quads if quad.predicate.value == PREFIXES["dct"] + "license"] == [
        expected
    ]
