"""/sparql?explain= tells plan, time and advice, under the limits of any query."""

import httpx

QUERY = """PREFIX pg: <https://w3id.org/parleygraph/ns#>
SELECT ?e { ?e a pg:Call . ?s ?p ?o }"""


def test_a_query_is_explained_as_json(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": QUERY, "explain": "1"})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    found = answer.json()
    assert {
        "operation": "Pattern",
        "text": "?e rdf:type pg:Call",
        "depth": 1,
        "matches": 1,
        "more": False,
    } in (found["plan"])
    assert found["rows"] > 100
    assert any("multiplied" in advice for advice in found["advice"])


def test_a_reader_gets_a_page(http: httpx.Client) -> None:
    page = http.get("/sparql", params={"query": QUERY, "explain": ""}, headers={"Accept": "text/html"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Pattern ?e rdf:type pg:Call  [1]\n" in page.text
    assert "are multiplied" in page.text


def test_a_search_is_part_of_the_plan(http: httpx.Client) -> None:
    query = 'PREFIX pg: <https://w3id.org/parleygraph/ns#> SELECT ?p { ?p pg:matches "falk" }'
    found = http.post(
        "/sparql?explain=1", content=query, headers={"Content-Type": "application/sparql-query"}
    )
    assert "Values" in {step["operation"] for step in found.json()["plan"]}


def test_a_fault_is_told_as_for_any_query(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": QUERY[:-1], "explain": "1"})
    assert answer.status_code == 400
    assert answer.json()["line"] == 2
