"""A question that is filled into its template is the one that its tokens tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store.columns.question import Constant
from graph.store.columns.terms import IRI
from server.question import reading, template
from server.syntax.shape import shape
from server.syntax.tokens import tokens

PIECES = (
    "SELECT ASK DISTINCT * ?s ?p ?o (COUNT(*) AS ?n) WHERE { } OPTIONAL . ; , a ^ / <x:a> <y:b> <c> <x:d!e> "
    "p:x p: p:y 1 FILTER (?o = <x:a>) FILTER(?s IN (<x:a>)) (?p != p:x) "
    "VALUES ?s { <x:a> <x:a> } ?s { p:x <y:b> } PREFIX GROUP BY ?p ORDER LIMIT 5 OFFSET"
).split(" ")
WHOLE = [
    "SELECT ?p ?o { <x:a> ?p ?o }",
    "ASK { <x:a> <x:b> <x:c> ; <x:d> <x:a> , <x:e> . <x:e> a <x:f> }",
    "PREFIX p: <http://x/> PREFIX q: <y:#> SELECT * { p:a q:b ?o . ?o p: <x:a> OPTIONAL { ?o q:c <x:a> } }",
    "PREFIX p: <x:one!> SELECT (COUNT(*) AS ?n) { ?s p:a/^p:b <x:c!d> } GROUP BY ?s",
    "PREFIX p: <x:p> PREFIX p: <x:q> SELECT * { ?s p:a <y:b> }",
    "SELECT * { ?s ?p <x:a> FILTER(?p = <x:b> && ?s != <x:c>) }",
    "PREFIX x: <x:> SELECT * { VALUES ?s { <x:a> x:b <x:c> } ?s ?p ?o FILTER(?p IN (<x:a>, <x:d!e>, x:f)) }",
    "SELECT * { ?s ?p ?o FILTER(?p IN (<x:a>, <x:b>)) }",
    "SELECT * { ?s <relative> ?o }",
    "SELECT * { VALUES ?s { <x:a> <x:a> } ?s ?p ?o }",
    "SELECT * { ?s ?p 'text' }",
]
PLAIN = 8
QUERIES = st.one_of(
    st.sampled_from(WHOLE),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.tuples(st.sampled_from(WHOLE), st.integers(0, 80), st.sampled_from(PIECES)).map(
        lambda parts: f"{parts[0][: parts[1]]} {parts[2]} {parts[0][parts[1] :]}"
    ),
)


@settings(max_examples=1500, deadline=None)
@given(QUERIES)
def test_a_template_tells_nothing_else_than_the_tokens(query: str) -> None:
    form = shape(query)
    filled = None if form is None else template.read(query, form)
    if filled is not None:
        read = reading.read(list(tokens(query)))
        assert read is not None
        told = (filled.patterns, filled.optionals), (read.patterns, read.optionals)
        assert [[list(part) for part in each[1]] for each in told] == [list(map(list, read.optionals))] * 2
        assert list(filled.patterns) == list(read.patterns)
        names = ("filters", "shown", "ask", "groups", "distinct", "order", "limit", "offset")
        assert [getattr(filled, name) for name in names] == [getattr(read, name) for name in names]


@pytest.mark.parametrize("query", WHOLE[:PLAIN])
def test_plain_patterns_have_a_template(query: str) -> None:
    form = shape(query)
    assert form is not None
    assert template.read(query, form) is not None


@pytest.mark.parametrize("query", WHOLE[PLAIN:])
def test_what_is_looked_into_is_left_to_the_tokens(query: str) -> None:
    form = shape(query)
    assert form is not None
    assert template.read(query, form) is None


def test_each_query_of_a_shape_gets_its_own_iris() -> None:
    for name in ("<x:one>", "<x:two>"):
        query = f"SELECT ?o {{ {name} <x:p> ?o }}"
        form = shape(query)
        assert form is not None
        filled = template.read(query, form)
        assert filled is not None
        assert filled.patterns[0].subject == Constant(IRI, name[1:-1])
