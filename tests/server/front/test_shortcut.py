"""What takes the short way is answered as Flask answers it, to the byte; the rest is left to Flask."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from server.app import create_app
from server.front.shortcut import Shortcut, plain
from server.settings import read

POINT = "SELECT ?p ?o { <http://127.0.0.1:8000/id/organization/odd-00000000> ?p ?o }"
JSON = "application/sparql-results+json"
LONG = "SELECT ?a ?b ?c { ?a ?p ?x . ?b ?q ?y . ?c a ?z } LIMIT 60000"
FORM = "application/x-www-form-urlencoded"
STRANGER = {"REMOTE_ADDR": "192.0.2.77"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass
class Site:
    """One application behind its short way and without it."""

    app: Flask
    short: Client = field(init=False)
    long: Client = field(init=False)
    flask: list[str] = field(default_factory=list)
    """Query strings that came to Flask on the short way."""

    def __post_init__(self) -> None:
        self.long = Client(self.app.wsgi_app)
        inner = self.app.wsgi_app

        def told(environ, start):
            self.flask.append(environ["QUERY_STRING"])
            return inner(environ, start)

        self.app.wsgi_app = told  # type: ignore[method-assign]  # as Flask says one should
        self.short = Client(Shortcut(self.app))


def served(store: Path, **settings: str) -> Iterator[Site]:
    app = create_app(read({"PARLEYGRAPH_STORE": str(store), **settings}))
    yield Site(app)
    app.extensions["parleygraph-pool"].close()


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[Site]:
    yield from served(store)


@pytest.fixture
def hurried(store: Path) -> Iterator[Site]:
    """Queries are stopped soon, and each client may compute for a second."""
    yield from served(store, PARLEYGRAPH_QUERY_TIMEOUT="0.6", PARLEYGRAPH_CLIENT_BUDGET="1")


def told(answer: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    """All of a response."""
    return answer.status, answer.headers.to_wsgi_list(), answer.get_data()


def both(site: Site, query_string: str, **request: object) -> tuple[TestResponse, TestResponse]:
    site.flask.clear()
    short, long = (
        client.open("/sparql", query_string=query_string, buffered=True, **{"method": "GET", **request})
        for client in (site.short, site.long)
    )
    return short, long


@pytest.mark.parametrize(
    "query",
    [
        POINT,
        "ASK { ?s ?p ?o }",
        "SELECT * { <x:nothing> ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        'SELECT (true AS ?t) ("è + & = %" AS ?s) { }',
        'PREFIX pg: <https://w3id.org/parleygraph/ns#> SELECT ?t { ?t pg:matches "falk" }',
    ],
)
@pytest.mark.parametrize(
    "accept", [JSON, "application/sparql-results+xml", "text/csv", "*/*", "text/turtle, */*;q=0.1", None]
)
def test_a_plain_query_is_answered_as_by_flask_and_without_it(
    site: Site, query: str, accept: str | None
) -> None:
    headers = {"Accept": accept} if accept else {}
    short, long = both(site, urlencode({"query": query}), headers=headers)
    assert short.status_code == 200
    assert told(short) == told(long)
    assert site.flask == []


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"query": POINT}},
        {"data": {"query": POINT, "format": "xml"}},
        {"data": {"query": 'SELECT ("è + & = %" AS ?s) { }'}, "headers": {"Accept": "text/html, */*;q=0.5"}},
        {"data": urlencode({"query": POINT}), "content_type": f"{FORM}; charset=UTF-8"},
        {"data": POINT, "content_type": "application/sparql-query"},
        {"data": 'SELECT ("è" AS ?s) { }'.encode(), "content_type": "Application/SPARQL-Query"},
    ],
)
def test_a_plain_query_may_come_in_the_body(site: Site, request_: dict[str, object]) -> None:
    short, long = both(site, "", method="POST", **request_)
    assert short.status_code == 200
    assert told(short) == told(long)
    assert site.flask == []


def test_a_body_beyond_the_limit_is_refused_on_both_ways(store: Path) -> None:
    for site in served(store, PARLEYGRAPH_MAX_BODY="0.0001"):
        short, long = both(site, "", method="POST", data={"query": POINT + " #" * 100})
        assert told(short) == told(long)
        assert short.status_code == 413


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/ld+json", "*/*"])
def test_a_plain_graph_is_answered_as_by_flask_and_without_it(site: Site, accept: str) -> None:
    query = "CONSTRUCT { <x:a> ?p ?o } WHERE { <http://127.0.0.1:8000/id/organization/odd-00000000> ?p ?o }"
    short, long = both(site, urlencode({"query": query}), headers={"Accept": accept})
    assert short.status_code == 200
    assert told(short) == told(long)
    assert site.flask == []


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "ttl", "turtle"])
def test_a_form_by_its_short_name_is_plain(site: Site, form: str) -> None:
    query = POINT if form in ("json", "xml", "csv", "tsv") else "CONSTRUCT WHERE { ?s a ?o }"
    short, long = both(site, f"query={quote(query, safe='')}&format={form}", headers={"Accept": "text/html"})
    assert short.status_code == 200
    assert told(short) == told(long)
    assert site.flask == []


@pytest.mark.parametrize(
    ("query_string", "request_"),
    [
        (urlencode({"query": "SELECT nothing"}), {}),
        (urlencode({"query": "SELECT ?x {\n  ?x unknown:p ?y }"}), {}),
        (urlencode({"query": "ASK { SERVICE <http://127.0.0.1/> { } }"}), {}),
        (urlencode({"query": "ASK { " + "{" * 500 + "}" * 500 + " }"}), {}),
        (urlencode({"query": "SELECT * { ?s <https://w3id.org/parleygraph/ns#matches> 5 }"}), {}),
        (urlencode({"query": POINT}), {"headers": {"Accept": "text/turtle"}}),
        (urlencode({"query": "CONSTRUCT WHERE { ?s ?p ?o }"}), {"headers": {"Accept": JSON}}),
        (urlencode({"query": LONG}), {"headers": {"Accept": "text/csv"}}),
        (urlencode({"query": POINT}), {"headers": {"Accept": "text/html"}}),
        (urlencode({"query": POINT}), {"method": "HEAD"}),
        (urlencode({"query": POINT}), {"method": "PUT"}),
        (urlencode({"query": POINT}), {"method": "OPTIONS"}),
        ("", {"method": "POST", "data": {"query": POINT, "update": "x"}}),
        ("", {"method": "POST", "data": {"query": POINT, "unknown": "1"}}),
        ("", {"method": "POST", "data": {"query": "SELECT nothing"}}),
        ("", {"method": "POST", "data": b"", "content_type": "application/sparql-query"}),
        ("", {"method": "POST", "data": b"ASK {\xff}", "content_type": "application/sparql-query"}),
        ("", {"method": "POST", "data": b"query=ASK{\xff}", "content_type": FORM}),
        ("", {"method": "POST", "data": b"query=ASK{}", "content_type": "text/plain"}),
        ("", {"method": "POST", "data": {"query": POINT + " #" * 40_000}}),
        ("format=csv", {"method": "POST", "data": {"query": POINT}}),
        ("query=x", {"method": "POST", "data": POINT.encode(), "content_type": "application/sparql-query"}),
        (urlencode({"query": "SELECT (TRUE AS ?t) { }"}), {}),
        (urlencode({"query": POINT, "default-graph-uri": "x:g"}), {}),
        (urlencode({"query": POINT, "default-graph-uri": "no iri"}), {}),
        (urlencode({"query": POINT, "unknown": "1"}), {}),
        (urlencode({"query": POINT, "format": "none"}), {}),
        (urlencode({"query": POINT, "update": "x"}), {}),
        (urlencode([("query", POINT), ("query", POINT)]), {}),
        ("query=ASK%7B%FF%7D", {}),
        ("query=", {}),
        ("query", {}),
        ("", {"headers": {"Accept": "text/turtle"}}),
        ("queries=1", {}),
        ("query=ASK{}", {}),
        ("query=ASK%7b%7d%zz", {}),
        ("query=%20", {}),
    ],
)
def test_every_other_request_gets_the_same_on_both_ways(
    site: Site, query_string: str, request_: dict[str, object]
) -> None:
    short, long = both(site, query_string, **request_)
    assert told(short) == told(long)


def test_an_answer_that_can_differ_each_time_is_not_kept(site: Site) -> None:
    short, long = both(site, urlencode({"query": "SELECT (RAND() AS ?x) { }"}))
    assert (short.status, list(short.headers.keys())) == (long.status, list(long.headers.keys()))
    assert short.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("written", ['"{}"', 'W/"{}"', '"other", "{}"', '"other"', "*", ""])
def test_a_client_that_has_the_answer_is_told_so(site: Site, written: str) -> None:
    tag = both(site, urlencode({"query": POINT}))[0].get_etag()[0]
    assert tag
    header = {"If-None-Match": written.format(tag)}
    short, long = both(site, urlencode({"query": POINT}), headers=header)
    assert told(short) == told(long)
    assert (short.status_code == 304) == (header["If-None-Match"].endswith(f'"{tag}"') or written == "*")


def test_a_query_that_is_stopped_is_told_by_flask_and_asked_once(hurried: Site) -> None:
    hurried.flask.clear()
    somebody = {"REMOTE_ADDR": "192.0.2.78"}  # all applications of a process keep one ledger
    answer = hurried.short.get("/sparql", query_string={"query": ENDLESS}, environ_base=somebody)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "limit of 0.6 seconds" in answer.get_json()["detail"]
    assert len(hurried.flask) == 1


def test_what_is_computed_on_the_short_way_is_charged(hurried: Site) -> None:
    statuses = [
        hurried.short.get(
            "/sparql", query_string={"query": f"{ENDLESS} #{number}"}, environ_base=STRANGER
        ).status_code
        for number in range(3)
    ]
    assert statuses == [503, 503, 429]
    refused = hurried.short.get("/sparql", query_string={"query": POINT}, environ_base=STRANGER)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_a_long_answer_on_the_short_way_comes_whole_and_frees_its_process(site: Site) -> None:
    pool = site.app.extensions["parleygraph-pool"]
    answer = site.short.get("/sparql", query_string={"query": LONG, "format": "csv"})
    assert pool.census().busy == 1
    assert answer.get_data().count(b"\r\n") == 60001
    answer.close()
    assert pool.census().busy == 0


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=60), st.sampled_from(("", " +=%&", "!*'();:@&=+$,/?#[]")))
def test_a_query_is_unquoted_as_by_the_standard_library(text: str, safe: str) -> None:
    for written in (quote(text, safe=safe.replace("%", "")), urlencode({"q": text})[2:]):
        request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", "QUERY_STRING": f"query={written}"}
        found = plain(request, 10_000)
        assert found is None or found == (parse_qs(f"q={written}", keep_blank_values=True)["q"][0], None)
    assert not text or plain({**request, "QUERY_STRING": urlencode({"query": text})}, 10_000) == (text, None)


@pytest.mark.parametrize("written", ["%", "%4", "%zz", "a%", "%FF", "%C3", "é", "a b", "", "a&b", "\x00"])
def test_what_is_quoted_oddly_is_left_to_flask(written: str) -> None:
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", "QUERY_STRING": f"query={written}"}
    assert plain(request, 10_000) is None
