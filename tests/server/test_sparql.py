"""The SPARQL Protocol against the real server."""

import csv
import io
import json
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

SELECT = "SELECT ?call WHERE { ?call a <https://w3id.org/parleygraph/ns#Call> }"
ASK = "ASK { ?call a <https://w3id.org/parleygraph/ns#Call> }"
CONSTRUCT = "CONSTRUCT WHERE { ?call a <https://w3id.org/parleygraph/ns#Call> }"
DESCRIBE = "DESCRIBE ?call WHERE { ?call a <https://w3id.org/parleygraph/ns#Call> }"
LABEL = "SELECT ?label { <http://127.0.0.1:8000/id/organization/odd-00000000> ?p ?label }"
TURTLE = {"Accept": "text/turtle"}


def rows(answer: httpx.Response) -> list[dict[str, dict[str, str]]]:
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def test_the_three_request_forms_give_the_same_answer(http: httpx.Client) -> None:
    get = rows(http.get("/sparql", params={"query": SELECT}))
    form = rows(http.post("/sparql", data={"query": SELECT}))
    direct = rows(http.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"}))
    assert len(get) == 1
    assert get == form == direct


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0.1, text/csv", "text/csv"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_tables_come_in_the_form_that_the_client_likes_best(
    http: httpx.Client, accept: str, media_type: str
) -> None:
    answer = http.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["Vary"]


def test_every_table_form_holds_the_same_rows(http: httpx.Client) -> None:
    def ask(form: str) -> httpx.Response:
        return http.get("/sparql", params={"query": SELECT, "format": form})

    iri = rows(ask("json"))[0]["call"]["value"]
    uris = ElementTree.fromstring(ask("xml").content).iter("{http://www.w3.org/2005/sparql-results#}uri")
    assert [uri.text for uri in uris] == [iri]
    assert list(csv.reader(io.StringIO(ask("csv").text))) == [["call"], [iri]]
    assert ask("tsv").text.splitlines() == ["?call", f"<{iri}>"]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_ask_is_answered_in_every_table_form(http: httpx.Client, form: str) -> None:
    answer = http.get("/sparql", params={"query": ASK, "format": form})
    assert answer.status_code == 200
    assert "true" in answer.text


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
    ],
)
def test_graphs_come_in_every_syntax(http: httpx.Client, query: str, media_type: str) -> None:
    answer = http.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    found = set(parse(answer.content, RdfFormat.from_media_type(media_type)))
    reference = http.get("/sparql", params={"query": query, "format": "nt"}).content
    assert found
    assert {quad.triple for quad in found} == {quad.triple for quad in parse(reference, RdfFormat.N_TRIPLES)}


def test_the_bytes_of_a_graph_are_the_same_each_time(http: httpx.Client) -> None:
    for form in ("ttl", "rdf", "jsonld"):
        bodies = {http.get("/sparql", params={"query": DESCRIBE, "format": form}).content for _ in range(6)}
        assert len(bodies) == 1, form


def test_a_carriage_return_survives_in_xml(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": LABEL, "format": "xml"})
    literals = ElementTree.fromstring(answer.content).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [literal.text for literal in literals] == ["line\rbreak <b>&"]
    described = http.get(
        "/sparql",
        params={
            "query": LABEL.replace("SELECT ?label", "DESCRIBE ?s WHERE")
            .replace("<http://127.0.0.1:8000/id/organization/odd-00000000>", "?s")
            .replace("?label }", '"line\\rbreak <b>&"@en }'),
            "format": "rdf",
        },
    )
    assert [quad.object.value for quad in parse(described.content, RdfFormat.RDF_XML)] == ["line\rbreak <b>&"]


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")]
)
def test_a_form_that_the_kind_of_result_lacks_is_406(http: httpx.Client, query: str, accept: str) -> None:
    answer = http.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.json()["available"]


def test_the_format_parameter_wins_over_accept(http: httpx.Client) -> None:
    answer = http.get(
        "/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": "application/json"}
    )
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert http.get("/sparql", params={"query": SELECT, "format": "pdf"}).status_code == 400


def test_what_is_no_query_request_is_refused_with_its_status(http: httpx.Client) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    assert http.get("/sparql?query=ASK{}&query=ASK{}").status_code == 400
    assert http.post("/sparql", data={"other": "x"}).status_code == 400
    assert http.post("/sparql", data={"query": ASK, "update": "CLEAR ALL"}).status_code == 400
    assert http.post("/sparql", content=b"\xff\xfe", headers=direct).status_code == 400
    assert http.post("/sparql?query=ASK{}", content=ASK, headers=direct).status_code == 400
    assert http.get("/sparql", params={"query": ASK, "default-graph-uri": "no iri"}).status_code == 400
    assert http.get("/sparql", params={"default-graph-uri": "http://a.example/"}).status_code == 400
    refused = http.post("/sparql", content=ASK, headers={"Content-Type": "text/plain"})
    assert refused.status_code == 415
    assert "application/sparql-query" in refused.headers["Accept-Post"]


def test_an_update_sent_as_a_query_is_a_syntax_error(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": "DELETE WHERE { ?s ?p ?o }"})
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (1, 1)


def test_other_methods_are_405_and_say_which_are_allowed(http: httpx.Client) -> None:
    answer = http.delete("/sparql")
    assert answer.status_code == 405
    assert {"GET", "POST", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


def test_scripts_of_other_sites_may_read_answers_and_errors(http: httpx.Client) -> None:
    for answer in (
        http.get("/sparql", params={"query": ASK}),
        http.get("/sparql", params={"query": "ASK"}),
        http.options("/sparql"),
        http.delete("/sparql"),
    ):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    preflight = http.options("/sparql", headers={"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_head_is_get_without_the_body(http: httpx.Client) -> None:
    get, head = (http.request(method, "/sparql", params={"query": SELECT}) for method in ("GET", "HEAD"))
    assert head.content == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == get.headers[name]


def test_an_answer_the_client_holds_is_not_sent_again(http: httpx.Client) -> None:
    first = http.get("/sparql", params={"query": SELECT})
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = http.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert http.get("/sparql", params={"query": SELECT, "format": "csv"}).headers["ETag"] != tag
    assert http.get("/sparql", params={"query": SELECT + " LIMIT 9"}).headers["ETag"] != tag


def test_what_changes_each_time_has_no_tag(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": "SELECT (RAND() AS ?x) {}"})
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_dataset_in_the_request_replaces_the_default_one(http: httpx.Client) -> None:
    def count(pattern: str, **dataset: str) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        return int(rows(http.get("/sparql", params={"query": query, **dataset}))[0]["n"]["value"])

    plain, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    entities = "http://127.0.0.1:8000/graph/entities"
    inside = count(f"GRAPH <{entities}> {{ ?s ?p ?o }}")
    assert 0 < inside < count(plain)
    assert count(plain, **{"default-graph-uri": entities}) == inside
    assert count(named, **{"default-graph-uri": entities}) == 0
    assert count(named, **{"named-graph-uri": entities}) == inside
    assert count(plain, **{"named-graph-uri": entities}) == 0
    assert count(plain, **{"default-graph-uri": "http://nowhere.example/"}) == 0


def test_a_bare_get_describes_the_service_to_a_program(http: httpx.Client) -> None:
    answer = http.get("/sparql", headers=TURTLE)
    quads = list(parse(answer.content, RdfFormat.TURTLE))
    assert any(quad.object.value.endswith("service-description#Service") for quad in quads)
    assert http.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_large_result_is_whole(http: httpx.Client) -> None:
    query = "SELECT ?a ?b ?c { ?a ?p ?x . ?b ?q ?y . ?c a ?z } LIMIT 60000"
    answer = http.get("/sparql", params={"query": query})
    assert answer.headers.get("Transfer-Encoding") == "chunked"
    assert len(json.loads(answer.content)["results"]["bindings"]) == 60000
