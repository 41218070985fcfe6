"""The SPARQL 1.1 Protocol's query operation, rule by rule, where test_sparql.py leaves something open."""

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

SD = "http://www.w3.org/ns/sparql-service-description#"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
DATA = (
    "INSERT DATA { <x:s> <x:p> <x:default> GRAPH <x:g> { <x:s> <x:p> <x:g> } "
    "GRAPH <x:h> { <x:s> <x:p> <x:h> } }"
)
BOTH = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.fixture
def filled(client: httpx.Client) -> httpx.Client:
    assert client.post("/update", data={"update": DATA}).status_code == 204
    return client


def found(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {row["o"]["value"] for row in answer.json()["results"]["bindings"]}


@pytest.mark.parametrize("named", ["", "FROM <x:g>", "FROM <x:g> FROM NAMED <x:g>", "FROM NAMED <x:h>"])
@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        ({"default-graph-uri": "x:h"}, {"x:h"}),
        ({"default-graph-uri": ["x:g", "x:h"]}, {"x:g", "x:h"}),
        ({"named-graph-uri": "x:g"}, {"x:g"}),
        ({"default-graph-uri": "x:g", "named-graph-uri": "x:h"}, {"x:g", "x:h"}),
    ],
)
def test_the_dataset_of_the_request_wins_over_that_of_the_query(
    filled: httpx.Client, named: str, dataset: dict[str, str | list[str]], expected: set[str]
) -> None:
    query = f"SELECT ?o {named} {BOTH}"
    assert found(filled.get("/sparql", params={"query": query, **dataset})) == expected
    assert found(filled.post("/sparql", data={"query": query, **dataset})) == expected
    assert found(filled.post("/sparql", params=dataset, content=query, headers=DIRECT)) == expected


def test_without_it_the_dataset_of_the_query_counts(filled: httpx.Client) -> None:
    assert found(filled.get("/sparql", params={"query": f"SELECT ?o FROM <x:g> {BOTH}"})) == {"x:g"}
    assert found(filled.get("/sparql", params={"query": f"SELECT ?o FROM NAMED <x:h> {BOTH}"})) == {"x:h"}
    everything = {"x:default", "x:g", "x:h"}
    assert found(filled.get("/sparql", params={"query": f"SELECT ?o {BOTH}"})) == everything


def test_other_signs_than_ascii_come_through_in_every_form(filled: httpx.Client) -> None:
    query = "SELECT ('è 𝄞 日' AS ?o) {}"
    for answer in (
        filled.get("/sparql", params={"query": query}),
        filled.post("/sparql", data={"query": query}),
        filled.post("/sparql", content=query.encode(), headers=DIRECT),
        filled.post(
            "/sparql",
            content=query.encode(),
            headers={"Content-Type": DIRECT["Content-Type"] + "; charset=UTF-8"},
        ),
    ):
        assert found(answer) == {"è 𝄞 日"}


def test_an_unknown_function_is_an_error_of_its_expression_alone(filled: httpx.Client) -> None:
    query = "SELECT (COALESCE(<x:unknown>(?s), <x:other>(1), 'none') AS ?o) { ?s ?p ?x }"
    assert found(filled.get("/sparql", params={"query": query})) == {"none"}
    assert found(filled.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o FILTER(<x:f>(?o)) }"})) == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_bad_query_is_400_in_every_form_and_says_where(filled: httpx.Client, method: str) -> None:
    request = (
        {"params": {"query": "SELECT *\n{ ?s ?p }"}}
        if method == "GET"
        else {"data": {"query": "SELECT *\n{ ?s ?p }"}}
    )
    answer = filled.request(method, "/sparql", **request)
    assert (answer.status_code, answer.json()["line"]) == (400, 2)
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_body_too_large_is_413(filled: httpx.Client) -> None:
    query = b"SELECT * { ?s ?p ?o } #" + b"x" * (3 << 20)
    assert filled.post("/sparql", content=query, headers=DIRECT).status_code == 413
    assert filled.post("/sparql", content=b"query=" + query, headers=FORM).status_code == 413


def test_the_services_describe_themselves(filled: httpx.Client) -> None:
    answer = filled.get("/sparql", headers={"Accept": "text/turtle"})
    quads = list(parse(answer.content, RdfFormat.TURTLE))
    services = {quad.subject for quad in quads if quad.object == NamedNode(f"{SD}Service")}
    assert {service.value.rpartition("/")[2] for service in services} == {"sparql", "update"}

    def told(service: str, name: str) -> set[str]:
        about = [quad for quad in quads if quad.subject.value.endswith(service)]
        return {quad.object.value for quad in about if quad.predicate.value == SD + name}

    assert told("/sparql", "supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert told("/update", "supportedLanguage") == {f"{SD}SPARQL11Update"}
    assert len(told("/sparql", "resultFormat")) == 10
    assert len(told("/update", "inputFormat")) == 6
    assert told("/sparql", "feature") == {f"{SD}EmptyGraphs"}
    assert any("10 seconds" in quad.object.value for quad in quads)


def test_who_may_not_write_is_told_of_no_update_service(http: httpx.Client) -> None:
    answer = http.get("/sparql", headers={"Accept": "application/n-triples"})
    assert "SPARQL11Query" in answer.text
    assert "SPARQL11Update" not in answer.text


def test_errors_may_be_read_by_scripts_of_other_sites(filled: httpx.Client) -> None:
    for answer in (
        filled.get("/graphs?graph=x:none"),
        filled.get("/sparql", params={"query": "nonsense"}),
        filled.post("/sparql", content=b"x" * (3 << 20), headers=DIRECT),
        filled.put("/update"),
        filled.get("/no/such/page"),
    ):
        assert answer.status_code >= 400
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert {"ETag", "Location", "Retry-After", "Allow", "WWW-Authenticate"} <= set(exposed)
