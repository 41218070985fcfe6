"""The graph of the seed article: its 24 events, its 8 quotations, and nothing that it does not say."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Store

EVENTS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "seed.events.yaml").read_text(encoding="utf-8")
)
PG = "https://w3id.org/parleygraph/ns#"
PROLOGUE = f"""PREFIX pg: <{PG}>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
"""
LABELLED = """?thing rdfs:label ?label .
FILTER (LANG(?label) = "en" || NOT EXISTS { ?thing rdfs:label ?en . FILTER (LANG(?en) = "en") })"""
QUOTATIONS = {
    (73, 647): ("Donald Trump", None),
    (923, 949): ("Dmitry Peskov", None),
    (1021, 1244): ("Donald Trump", None),
    (1342, 2014): ("Donald Trump", None),
    (2019, 2495): ("Donald Trump", None),
    (2749, 2839): ("Dmitry Peskov", "TASS"),
    (3109, 3211): ("Dmitry Peskov", None),
    (3430, 3485): ("Dmitry Peskov", None),
}
"""Where the quotations stand, whose they are, through which agency; the second names it by continuation."""


def rows(store: Store, query: str, about: NamedNode | None = None) -> list[tuple[str, ...]]:
    """The answers as text; `?x` in the query is `about`."""
    found = store.query(PROLOGUE + (query.replace("?x", str(about)) if about else query))
    return [tuple(row[each].value if row[each] else "" for each in found.variables) for row in found]


def event(store: Store, name: str) -> NamedNode:
    """The event of this class that the word at this place names."""
    kind, at = EVENTS[name]["class"], EVENTS[name]["at"]
    query = f"SELECT DISTINCT ?e {{ ?e a pg:{kind} . ?span schema:mentions ?e ; pg:start {at} }}"
    found = rows(store, query)
    assert len(found) == 1, f"{name}: {found}"
    return NamedNode(found[0][0])


def names(store: Store, about: NamedNode, prop: str) -> set[str]:
    """The names of what `about` has as `pg:prop`."""
    return {row[0] for row in rows(store, f"SELECT ?label {{ ?x pg:{prop} ?thing . {LABELLED} }}", about)}


def local(store: Store, about: NamedNode, prop: str) -> set[str]:
    return {row[0].rpartition("#")[2] for row in rows(store, f"SELECT ?o {{ ?x pg:{prop} ?o }}", about)}


@pytest.mark.parametrize(
    "name",
    EVENTS,
)
def test_the_event_is_in_the_graph_as_the_article_tells_it(name: str, seed: Store) -> None:
    wanted, found = EVENTS[name], event(seed, name)
    assert names(seed, found, "hasParticipant") == set(wanted["who"])
    modalities = local(seed, found, "reportedModality")
    if "or" in wanted:
        assert modalities & set(wanted["or"])
        assert modalities <= set(wanted["or"])
    else:
        assert modalities == set(wanted["modality"])
    assert names(seed, found, "hasPlace") == ({wanted["place"]} if "place" in wanted else set())
    if "concerns" in wanted:
        concerned = rows(seed, "SELECT ?o { ?x pg:concerns ?o }", found)
        assert concerned == [(event(seed, wanted["concerns"]).value,)]
    left = {
        row[0].rpartition("#")[2]
        for row in rows(seed, "SELECT ?p { ?claim pg:about ?x ; pg:notStated ?p }", found)
    }
    assert set(wanted.get("open", [])) <= left


def test_all_24_events_are_listed_and_differ(seed: Store) -> None:
    numbered = [f"E{number}" for number in range(1, 25)]
    assert set(numbered) <= set(EVENTS)
    assert len({event(seed, name).value for name in numbered}) == 24


CORE = ("E1", "E3", "E5", "E6", "E7", "E8", "E9", "E14", "E15", "E16", "E18", "E20")
BY_HAND = ("E11", "E13", "E21", "E22", "E24")


def authors(store: Store, about: NamedNode) -> list[bool]:
    """Per claim about the event whether a person has written it."""
    query = "SELECT ?claim ?author { ?claim pg:about ?x OPTIONAL { ?claim prov:wasAttributedTo ?author } }"
    return [bool(author) for _, author in rows(store, query, about)]


@pytest.mark.parametrize("name", CORE)
def test_the_core_is_found_by_the_pipeline_alone(name: str, seed: Store) -> None:
    assert set(authors(seed, event(seed, name))) == {False}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_people_add_is_marked_as_theirs(name: str, seed: Store) -> None:
    assert set(authors(seed, event(seed, name))) == {True}


def test_the_quotations_are_these_eight(seed: Store) -> None:
    found = rows(
        seed,
        f"""SELECT ?start ?end ?label ?agency {{
        ?q a pg:Quotation ; pg:evidence ?span ; pg:attributedTo ?thing . {LABELLED}
        ?span pg:supports pg:exact ; pg:start ?start ; pg:end ?end .
        OPTIONAL {{ ?relay pg:tracesTo ?q ; pg:attributedTo ?via . ?via rdfs:label ?agency
          FILTER (LANG(?agency) = "en") }} }}""",
    )
    placed = {(int(start), int(end)): (speaker, agency or None) for start, end, speaker, agency in found}
    placed_without_continuation = {**placed, (923, 949): (placed[923, 949][0], None)}
    assert placed_without_continuation == QUOTATIONS
    assert placed[923, 949][1] in (None, "RIA Novosti")
    assert len(found) == 8


@pytest.mark.parametrize("name", ["E3", "E5", "E7", "E9", "E18", "E20", "E22"])
def test_what_only_was_planned_supposed_or_predicted_did_not_happen(name: str, seed: Store) -> None:
    assert not local(seed, event(seed, name), "reportedModality") & {"occurred", "ongoing"}


def test_the_day_of_the_call_is_not_known(seed: Store) -> None:
    days = {
        quad.object.value for quad in seed if isinstance(quad.object, Literal) and "2025" in quad.object.value
    }
    assert days
    assert not [day for day in days if "2025-02-12" in day]
    assert rows(seed, "SELECT ?e ?l { ?x pg:earliest ?e ; pg:latest ?l }", event(seed, "E1")) == [
        ("2025-02-01", "2025-02-28")
    ]


def test_nobody_is_said_to_have_made_or_received_the_call(seed: Store) -> None:
    call = event(seed, "E1")
    for prop in ("hasCaller", "hasCallee"):
        assert local(seed, call, prop) == set()


def test_nobody_negotiates_for_russia(seed: Store) -> None:
    pattern = """SELECT ?label { ?n a pg:Negotiation ; pg:participation ?p . ?p pg:agent ?thing .
    { ?p pg:role pg:negotiator } UNION { ?p pg:role pg:leadNegotiator }
    UNION { ?p pg:inOffice/wdt:P1001 ?side . ?side rdfs:label "Russia"@en } """
    negotiators = {row[0] for row in rows(seed, pattern + LABELLED + "}")}
    assert negotiators == set(EVENTS["E5"]["who"])


def test_no_place_of_detention_is_given(seed: Store) -> None:
    assert names(seed, event(seed, "E14"), "takesPlaceWithin") == set()


def test_the_words_are_the_italian_ones(seed: Store) -> None:
    assert {row[0] for row in rows(seed, "SELECT DISTINCT ?l { ?a a pg:Article ; dct:language ?l }")} == {
        "it"
    }
    words = "SELECT DISTINCT ?tag { ?s a pg:TextSpan ; pg:exact ?w BIND (LANG(?w) AS ?tag) }"
    assert rows(seed, words) == [("it",)]


def test_the_kremlin_s_moscow_is_a_state_and_no_place(seed: Store) -> None:
    rejection = event(seed, "E20 rejected")
    assert names(seed, rejection, "hasSpeaker") == {"Russia"}
    assert names(seed, rejection, "hasPlace") == set()


def test_one_person_has_two_spellings(seed: Store) -> None:
    found = rows(
        seed, 'SELECT DISTINCT ?x { ?x a pg:Person ; rdfs:label ?l FILTER (STRENDS(STR(?l), "Fogel")) }'
    )
    assert len(found) == 1
