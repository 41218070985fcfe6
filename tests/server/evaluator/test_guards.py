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
    assert guards.check("SELECT (rand() AS ?x) {}").changing
    assert guards.check("SELECT * { FILTER(?d < NOW()) }").changing
    assert not guards.check("SELECT * { ?s ?p 'NOW()' }").changing


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("ASK { <x:a> ?p ?o }", "ASK { SERVICE <x:a> { } }"),
        ("ASK { <x:a> ?p 'one' }", "ASK { <x:a> ?p '''one''' } #"),
        ("ASK { ?s <x:p> ?o }", "ASK { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?o }"),
        ("SELECT (true AS ?t) { }", "SELECT (TRUE AS ?t) { }"),
        ("SELECT ?t { <x:a> ?p ?t }", "SELECT (NOW() AS ?t) { <x:a> ?p ?t }"),
    ],
)
def test_what_is_known_of_one_query_says_nothing_of_another_shape(known: str, other: str) -> None:
    def verdict(query: str) -> object:
        try:
            found = guards.check(query)
        except guards.RefusedError as error:
            return str(error)
        return found.query, found.changing, found.cheap

    guards.forget()
    alone = verdict(other)
    guards.forget()
    verdict(known)
    assert verdict(other) == alone


def test_a_query_of_a_known_shape_is_taken_as_it_stands() -> None:
    first = guards.check("SELECT * { <x:first> ?p 'one' }")
    second = guards.check("SELECT * { <x:second> ?p 'two' }")
    assert second.shape == first.shape
    assert second.query == "SELECT * { <x:second> ?p 'two' }"
    assert [word.text for word in second.words] == ["SELECT", "*", "{", "<x:second>", "?p", "'two'", "}"]
    assert (second.changing, second.cheap) == (False, True)


def test_what_may_be_reached_is_part_of_what_is_known() -> None:
    query = "ASK { SERVICE <x:a> { ?s ?p ?o } }"
    assert guards.check(query, outside=True).changing
    with pytest.raises(guards.RefusedError):
        guards.check(query)
