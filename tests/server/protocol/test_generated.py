"""Generated queries answer as the engine does by itself; generated requests never break anything."""

import json
from collections import Counter

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

from graph.store import reader
from tests.server.running import Server

RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
VARIABLES = ["?a", "?b", "?c", "?d"]
THINGS = [f"<x:{name}>" for name in "stuv"]
VALUES = [
    "1",
    "2",
    "2.5",
    "'one'",
    "'uno'@it",
    "'2031-05-01'^^<http://www.w3.org/2001/XMLSchema#date>",
    "true",
]
VERBS = ["<x:p>", "<x:q>", "<x:r>"]

variable = st.sampled_from(VARIABLES)
thing = st.sampled_from(THINGS)
subject = st.one_of(variable, thing)
value = st.one_of(variable, thing, st.sampled_from(VALUES))
path = st.one_of(
    st.sampled_from(VERBS),
    st.builds("{}/{}".format, st.sampled_from(VERBS), st.sampled_from(VERBS)),
    st.builds("({}|^{})".format, st.sampled_from(VERBS), st.sampled_from(VERBS)),
    st.builds("{}*".format, st.sampled_from(VERBS)),
)
verb = st.one_of(path, path, variable)
pattern = st.builds("{} {} {} .".format, subject, verb, value)
expression = st.one_of(
    st.builds("BOUND({})".format, variable),
    st.builds("{} {} {}".format, variable, st.sampled_from(["=", "!=", "<", ">="]), value),
    st.builds("STRLEN(STR({})) > 3".format, variable),
    st.builds("COALESCE(<x:unknown>({}), {}) = 1".format, variable, variable),
    st.builds("{} IN ({}, {})".format, variable, value, value),
    st.builds("isIRI({}) || LANG({}) = 'it'".format, variable, variable),
)


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Group patterns made of smaller ones."""
    group = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        group,
        st.builds("OPTIONAL {{ {} }}".format, group),
        st.builds("{{ {} }} UNION {{ {} }}".format, group, group),
        st.builds("MINUS {{ {} }}".format, group),
        st.builds("FILTER NOT EXISTS {{ {} }}".format, group),
        st.builds("FILTER({})".format, expression),
        st.builds("GRAPH <x:g> {{ {} }}".format, group),
        st.builds("GRAPH ?g {{ {} }}".format, group),
        st.builds("{{ SELECT DISTINCT ?a WHERE {{ {} }} }}".format, group),
        st.builds("VALUES {} {{ {} {} }}".format, variable, thing, st.sampled_from(VALUES)),
    )


body = st.builds("{} {}".format, pattern, st.recursive(pattern, groups, max_leaves=6))
query = st.one_of(
    st.builds("SELECT * WHERE {{ {} }}".format, body),
    st.builds("SELECT DISTINCT ?a ?b WHERE {{ {} }} ORDER BY ?a".format, body),
    st.builds("SELECT ?a (COUNT(?b) AS ?n) (MIN(?c) AS ?least) WHERE {{ {} }} GROUP BY ?a".format, body),
    st.builds("ASK {{ {} }}".format, body),
)

DATA = "INSERT DATA {{ {} GRAPH <x:g> {{ {} }} GRAPH <x:h> {{ {} }} }}".format(
    "<x:s> <x:p> <x:t>, 1, 'one' . <x:t> <x:p> <x:u> ; <x:q> 2, 'uno'@it . <x:u> <x:p> <x:s> ; <x:r> 2.5 .",
    "<x:s> <x:q> <x:v>, true . <x:v> <x:r> '2031-05-01'^^<http://www.w3.org/2001/XMLSchema#date> .",
    "<x:v> <x:p> <x:s> . <x:t> <x:q> _:b . _:b <x:r> 1 .",
)


@pytest.fixture
def engine(client: httpx.Client, writable: Server) -> Store:
    """The engine by itself, on the generation that the server serves."""
    assert client.post("/update", data={"update": DATA}).status_code == 204
    return reader.open_current(writable.store)


@settings(max_examples=150, deadline=None, suppress_health_check=RELAXED)
@given(text=query)
def test_a_generated_query_is_answered_as_by_the_engine_itself(
    client: httpx.Client, engine: Store, text: str
) -> None:
    answer = client.post("/sparql", data={"query": text}, headers={"Accept": "application/json"})
    try:
        alone = engine.query(text.replace("<x:unknown>", "isNumeric"))
    except (SyntaxError, RuntimeError, ValueError):
        assert answer.status_code == 400, (text, answer.text)
        return
    assert answer.status_code == 200, (text, answer.text)
    if "<x:unknown>" in text:
        return  # for the engine alone it is no function at all
    if not isinstance(alone, QuerySolutions):
        assert json.loads(answer.content)["boolean"] is bool(alone), text
        return
    found = parse_query_results(answer.content, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    assert table(found) == table(alone), text


def table(solutions: QuerySolutions) -> Counter[str]:
    """The rows, how often each comes."""
    names = sorted(each.value for each in solutions.variables)
    return Counter(" | ".join(str(row[name]) for name in names) for row in solutions)


PIECES = st.sampled_from(
    [
        *"{}().;,<>\"'\\@^#\n\0",
        "INSERT",
        "DELETE",
        "DATA",
        "WHERE",
        "GRAPH",
        "WITH",
        "USING",
        "LOAD",
        "SILENT",
        "DROP ALL",
        "<x:a>",
        "?x",
        "_:b",
        "1",
        "é𝄞",
        "PREFIX x: <x:>",
        "x:a",
    ]
)
STATUSES = {200, 201, 204, 400, 404, 406, 409, 412, 413, 415, 422, 502, 503}
content = st.one_of(
    st.binary(max_size=200), st.lists(PIECES, max_size=12).map(lambda all_: " ".join(all_).encode())
)
media_type = st.sampled_from(
    [
        "application/sparql-update",
        "application/x-www-form-urlencoded",
        "text/turtle",
        "application/trig",
        "application/n-quads",
        "application/rdf+xml",
        "application/ld+json",
        "multipart/form-data; boundary=x",
        "text/plain; charset=latin-1",
        "application/json",
        "",
    ]
)
address = st.sampled_from(
    [
        "/update",
        "/update?using-graph-uri=x:g",
        "/graphs",
        "/graphs?default",
        "/graphs?graph=x:g",
        "/graphs?graph=",
        "/sparql",
        "/sparql?default-graph-uri=x:g",
        "/id/article/0123456789ab",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=RELAXED)
@given(
    method=st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]), path=address, kind=media_type, data=content
)
def test_a_generated_write_gets_a_clean_answer(
    client: httpx.Client, method: str, path: str, kind: str, data: bytes
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request(method, path, content=data, headers=headers)
    assert answer.status_code in STATUSES | {405}, (answer.status_code, answer.text)
    assert "Traceback" not in answer.text
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json()["title"]


def test_the_server_stands_after_all_that(client: httpx.Client) -> None:
    assert client.post("/update", data={"update": "INSERT DATA { <x:a> <x:b> 1 }"}).status_code == 204
    assert client.get("/healthz").status_code == 200
