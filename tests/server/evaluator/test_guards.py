"""What is refused before the engine sees it, and what is not."""

import pytest

from server.evaluator import guards
from server.evaluator.limits import MAX_LENGTH, MAX_NESTING, MAX_UNBOUND_PATTERNS, MAX_UNIONS

DEEP = MAX_NESTING + 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { " + "{" * DEEP + "}" * DEEP + " }",
        "SELECT * { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }",
        "SELECT * { FILTER(" + "!" * DEEP + "true) }",
        "SELECT * { " + "?s ?p ?o FILTER NOT EXISTS { " * DEEP + "}" * DEEP + " }",
        "SELECT * { ?s ?p " + "[ <x:p> " * DEEP + "1" + "]" * DEEP + " }",
        "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(MAX_UNBOUND_PATTERNS + 1)) + " }",
        "SELECT * { ?s ?p ?o " + " ".join(f"; ?p{n} ?o{n}" for n in range(MAX_UNBOUND_PATTERNS + 1)) + " }",
        "SELECT * { {} " + "UNION {} " * (MAX_UNIONS + 1) + " }",
        "SELECT * { } #" + "x" * MAX_LENGTH,
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    ],
    ids=[
        "groups",
        "parentheses",
        "signs",
        "exists",
        "nodes",
        "patterns",
        "semicolons",
        "unions",
        "length",
        "service",
    ],
)
def test_what_would_hurt_the_engine_is_refused(query: str) -> None:
    with pytest.raises(guards.RefusedError):
        guards.check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p '" + "(" * 500 + "' }",
        "SELECT * { ?s ?p <http://example.org/" + "(" * 500 + "> }",
        "SELECT * { ?s ?p ?o } # " + "{" * 500,
        "SELECT * { ?s ?p '''" + "UNION {} " * 600 + "''' }",
        "SELECT * { VALUES ?x { " + "1 " * 20_000 + "} }",
        "SELECT ?a ?b ?c ?d { " + " ".join(f"?s <x:p{n}> ?o{n} ." for n in range(200)) + " }",
        "SELECT * { ?s <http://example.org/service> 'SERVICE <http://example.org/> {}' }",
    ],
    ids=["string", "iri", "comment", "long string", "values", "bound patterns", "service in a string"],
)
def test_what_only_looks_like_it_is_not(query: str) -> None:
    assert guards.check(query)


def test_the_refusal_says_where() -> None:
    query = "SELECT * {\n" + "{" * 500
    with pytest.raises(guards.RefusedError) as caught:
        guards.check(query)
    assert query[: caught.value.offset].count("{") == MAX_NESTING


def test_a_query_with_chance_or_time_in_it_changes() -> None:
    assert guards.changes(guards.check("SELECT (rand() AS ?x) {}"))
    assert guards.changes(guards.check("SELECT * { FILTER(?d < NOW()) }"))
    assert not guards.changes(guards.check("SELECT * { ?s ?p 'NOW()' }"))
