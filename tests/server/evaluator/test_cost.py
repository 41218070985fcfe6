"""Which queries look cheap: those whose every pattern hangs together with a thing they name."""

import pytest

from server.evaluator.cost import is_cheap


@pytest.mark.parametrize(
    "query",
    [
        "ASK {}",
        "SELECT * { <x:a> ?p ?o }",
        "SELECT * { ?s ?p <x:a> }",
        "SELECT ?l { ?s <x:p> 'name' ; <x:label> ?l , ?m . ?m <x:q> ?n }",
        "PREFIX x: <x:> SELECT * { x:a x:p ?b . OPTIONAL { ?b x:q ?c } FILTER (?c > 1) } LIMIT 5",
        "SELECT * { GRAPH ?g { <x:a> ?p ?o } }",
    ],
)
def test_what_starts_from_a_thing_is_cheap(query: str) -> None:
    assert is_cheap(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { <x:a> ?p ?o . ?b ?q ?c }",
        "SELECT * { ?s a <x:Class> }",
        "SELECT * { <x:a> <x:p>* ?o }",
        "SELECT * { <x:a> (<x:p>|<x:q>)+ ?o }",
        "SELECT ?p { <x:a> ?p ?o } GROUP BY ?p",
        "SELECT * { SERVICE SILENT <http://x.example/> { <x:a> ?p ?o } }",
        "SELECT * { " + " ".join(f"<x:a> <x:p{n}> ?o{n} ." for n in range(20)) + " }",
        "SELECT * { <x:a> ?p ?o } #" + "x" * 5000,
    ],
)
def test_what_does_not_is_not(query: str) -> None:
    assert not is_cheap(query)
