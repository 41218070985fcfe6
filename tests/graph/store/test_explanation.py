"""A query explained: its plan with true counts, and advice that fits its form."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.cli.command import main
from graph.store.explanation import BOUND, Explanation, explain
from ontology import terms as pg
from ontology.prefixes import PREFIXES

TYPE, LABEL = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["rdfs"] + "label")


@pytest.fixture(scope="module")
def database() -> Store:
    store = Store()
    claim = NamedNode("http://x/claim")
    for number in range(5):
        event = NamedNode(f"http://x/e{number}")
        store.add(Quad(event, TYPE, pg.Call if number < 2 else pg.Visit))
        store.add(Quad(event, LABEL, Literal(f"event {number}")))
        store.add(Quad(event, pg.hasParticipant, NamedNode("http://x/p"), claim))
    return store


def explained(database: Store, query: str) -> Explanation:
    return explain(database, query, PREFIXES)


def test_patterns_come_with_their_matches_the_fewest_first(database: Store) -> None:
    found = explained(database, "SELECT ?e { ?e rdfs:label ?l ; a pg:Call }")
    patterns = [(step.text, step.matches) for step in found.plan if step.operation == "Pattern"]
    assert patterns == [("?e rdf:type pg:Call", 2), ("?e rdfs:label ?l", 5)]
    assert (found.rows, found.advice) == (2, ())


def test_an_optional_part_stands_below_its_step(database: Store) -> None:
    found = explained(database, "SELECT * { ?e a pg:Call OPTIONAL { ?e rdfs:label ?l } }")
    steps = [(step.operation, step.depth) for step in found.plan]
    assert steps == [("Project", 0), ("Pattern", 1), ("Optional", 1), ("Pattern", 2)]


def test_a_pattern_in_a_named_graph_is_counted_there(database: Store) -> None:
    found = explained(database, "SELECT * { GRAPH ?g { ?e pg:hasParticipant ?p } }")
    assert [step.matches for step in found.plan if step.operation == "Pattern"] == [5]


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("SELECT * { ?s ?p ?o }", "names nothing"),
        ("SELECT * { ?a a pg:Call . ?b a pg:Visit }", "multiplied"),
        ("SELECT * { { ?a a pg:Call } { ?b a pg:Visit } }", "multiplied"),
        ('SELECT * { ?a rdfs:label ?l FILTER (CONTAINS(?l, "x") && 1 < 2) }', "pg:matches"),
        ("SELECT * { ?a a ?c FILTER (?c = pg:Call) }", "write the IRI"),
        ("SELECT * { ?a ?p ?o FILTER (?p IN (rdfs:label, rdf:type)) }", "VALUES"),
        ("SELECT * { ?a pg:locatedIn+ ?b }", "any length"),
        ("SELECT * { ?a pg:hasCalller ?b }", "no term of the vocabulary"),
        ("SELECT * { ?a a pg:Meeting }", "Nothing matches"),
        ("SELECT * { ?c a pg:Claim ; pg:modality ?m }", "leave it out"),
    ],
)
def test_advice_fits_the_form_of_the_query(database: Store, query: str, advice: str) -> None:
    assert any(advice in each for each in explained(database, query).advice)


def test_counting_stops_at_its_bound(monkeypatch: pytest.MonkeyPatch, database: Store) -> None:
    monkeypatch.setattr("graph.store.explanation.BOUND", 3)
    (pattern,) = (
        step for step in explained(database, "SELECT * { ?e rdfs:label ?l }").plan if step.depth == 1
    )
    assert (pattern.matches, pattern.more) == (3, True)
    assert BOUND > 3


def test_every_form_of_query_is_explained(database: Store) -> None:
    for query in (
        "ASK { ?e a pg:Call }",
        "CONSTRUCT { ?e a pg:Event } WHERE { ?e a pg:Call }",
        "DESCRIBE <http://x/e1>",
        "SELECT (COUNT(*) AS ?n) { ?e a ?c } GROUP BY ?c HAVING (COUNT(*) > 1) ORDER BY ?n LIMIT 3",
        "SELECT * { VALUES ?e { <http://x/e1> } MINUS { ?e a pg:Visit } { ?e a ?c } UNION { ?e ?c 1 } }",
    ):
        found = explained(database, query)
        assert json.loads(json.dumps(found.as_json()))["rows"] == found.rows
        assert found.as_text()


def test_what_only_the_engine_reads_is_timed_all_the_same(database: Store) -> None:
    found = explained(database, "SELECT * { ?e a pg:Call LATERAL { ?e rdfs:label ?l } }")
    assert found.rows == 2
    assert "no algebra" in found.plan[0].text


def test_what_the_engine_refuses_is_refused(database: Store) -> None:
    with pytest.raises(SyntaxError):
        explained(database, "SELECT * {")


def test_the_command_line_explains_a_query(seed_store: Path) -> None:
    query = ["query", "SELECT ?e { ?e a pg:Call }", "--store", str(seed_store), "--explain"]
    done = CliRunner().invoke(main, query)
    assert done.exit_code == 0, done.output
    assert "Pattern ?e rdf:type pg:Call  [" in done.output
    refused = CliRunner().invoke(main, [*query[:1], "SELECT * {", *query[2:]])
    assert refused.exit_code == 1
    assert "line 1" in refused.output
