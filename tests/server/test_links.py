"""Short links: one for a query and a generation, for readers and programs, and nothing but queries."""

import re

import httpx
import pytest

READER = {"Accept": "text/html", "Accept-Language": "en"}
QUERY = "PREFIX pg: <https://w3id.org/parleygraph/ns#> SELECT ?x ?y { ?x pg:duration ?y } ORDER BY ?y"


def test_a_link_answers_its_query_and_names_its_generation(http: httpx.Client) -> None:
    made = http.post("/q", data={"query": QUERY}, headers={"Accept": "application/json"})
    assert made.status_code == 201
    href = made.json()["href"]
    assert re.fullmatch(r"/q/[a-z2-7]{8}", href)
    page = http.get(href, headers=READER).text
    assert "PT2H" in page
    assert "made on version 1 of the graph" in page
    assert "The graph is still that one." in page
    assert (
        http.post("/q", data={"query": QUERY}, headers={"Accept": "application/json"}).json()["href"] == href
    )


def test_a_reader_is_led_to_the_link(http: httpx.Client) -> None:
    led = http.post("/q", data={"query": QUERY}, headers=READER)
    assert led.status_code == 303
    assert http.get(led.headers["Location"], headers=READER).status_code == 200


@pytest.mark.parametrize("query", ["", "x" * 30_000, "SELECT " + "(" * 3000])
def test_what_is_no_query_gets_no_link(http: httpx.Client, query: str) -> None:
    assert http.post("/q", data={"query": query}).status_code == 400


@pytest.mark.parametrize("name", ["aaaaaaaa", "../etc", "' OR 1=1"])
def test_a_link_that_nobody_made_is_404(http: httpx.Client, name: str) -> None:
    assert http.get(f"/q/{name}", headers=READER).status_code == 404
