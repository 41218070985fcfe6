"""Search over HTTP: the page, the JSON, suggestions, and search inside a query."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.store.search import index
from tests.server.conftest import BASE
from tests.server.running import Server

READER = {"Accept": "text/html"}
PREFIX = "PREFIX pg: <https://w3id.org/parleygraph/ns#> "


def search(http: httpx.Client, **parameters: str) -> dict[str, Any]:
    answer = http.get("/search", params=parameters, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    content: dict[str, Any] = answer.json()
    return content


def test_a_name_leads_to_the_person_and_what_they_do(http: httpx.Client) -> None:
    found = search(http, q="Falck")
    first = found["results"][0]
    assert (first["kind"], first["label"]) == ("person", "Irene Falk")
    assert first["iri"].startswith(f"{BASE}id/person/")
    assert http.get(first["href"], headers=READER).status_code == 200
    assert found["total"] == sum(found["kinds"].values())


def test_words_of_a_quotation_and_of_the_text_are_found_and_marked(http: httpx.Client) -> None:
    found = search(http, q="nessuno fretta")
    assert {hit["field"] for hit in found["results"]} >= {"quotation"}
    marked = {word["text"] for hit in found["results"] for word in hit["words"] if word["found"]}
    assert marked == {"fretta", "nessuno"}
    (text,) = search(http, q="raccolti silos")["results"]
    assert (text["kind"], text["field"]) == ("article", "text")


def test_one_kind_can_be_kept_and_pages_counted(http: httpx.Client) -> None:
    found = search(http, q="Falk", kind="event")
    assert {hit["kind"] for hit in found["results"]} == {"event"}
    assert found["page"] == found["pages"] == 1
    assert search(http, q="Falk", page="2")["results"] == []


def test_a_word_nobody_wrote_is_replaced_and_said_to_be(http: httpx.Client) -> None:
    assert search(http, q="Falkk Irrene")["results"][0]["label"] == "Irene Falk"
    assert search(http, q="Harbuor")["asked_instead"] == "harbour"


@pytest.mark.parametrize(
    "query", ["q=", "q=%22open", "q=falk&page=0", "q=falk&page=x", "q=falk&kind=alien", "q=falk&format=xml"]
)
def test_a_search_that_makes_no_sense_is_a_clear_400(http: httpx.Client, query: str) -> None:
    answer = http.get(f"/search?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["title"]


def test_the_page_shows_hits_with_their_words_marked_and_escaped(http: httpx.Client) -> None:
    page = http.get("/search", params={"q": "nessuno fretta"}, headers=READER)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "&lt;<mark>fretta</mark>&gt; &amp; <mark>nessuno</mark>" in page.text
    evil = http.get("/search", params={"q": "<script>alert(1)</script>"}, headers=READER)
    assert "<script>alert" not in evil.text


def test_the_bare_page_is_a_form_that_explains_itself(http: httpx.Client) -> None:
    page = http.get("/search", headers=READER)
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "pg:matches" in page.text


def test_names_are_suggested(http: httpx.Client) -> None:
    suggested = http.get("/suggest", params={"q": "ire"}).json()["suggestions"]
    assert suggested[0]["label"] == "Irene Falk"
    assert http.get("/suggest", params={"q": ""}).json()["suggestions"] == []


def test_an_unchanged_search_is_not_sent_twice(http: httpx.Client) -> None:
    first = http.get("/search?q=falk&format=json")
    again = http.get("/search?q=falk&format=json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_store_without_an_index_gets_one_from_the_server(
    store: Path, launch: Callable[..., Server], tmp_path: Path
) -> None:
    shutil.copytree(store, tmp_path / "old", symlinks=True)
    for file in (tmp_path / "old").rglob(f"*{index.SUFFIX}"):
        file.unlink()
    server = launch(tmp_path / "old")
    until = time.monotonic() + 30
    while (answer := server.client.get("/search?q=falk&format=json")).status_code == 503:
        assert answer.headers["Retry-After"]
        assert str(tmp_path) not in answer.text
        assert time.monotonic() < until
        time.sleep(0.1)
    assert answer.json()["total"] > 0


def test_a_query_searches_and_joins(http: httpx.Client) -> None:
    query = PREFIX + 'SELECT ?e { (?p ?score) pg:matches ("Falck" 5) . ?e a pg:Call ; pg:hasParticipant ?p }'
    rows = http.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(rows) == 1


def test_a_wrong_search_in_a_query_is_told_with_its_place(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": PREFIX + "SELECT * {\n ?x pg:matches ?words }"})
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["line"], problem["column"]) == (2, 16)
    assert "pg:matches" in problem["remedy"]


def test_a_syntax_error_beside_a_search_keeps_its_place(http: httpx.Client) -> None:
    query = PREFIX + 'SELECT * {\n ?x pg:matches "falk" .\n ?x a }'
    problem = http.get("/sparql", params={"query": query}).json()
    assert (problem["line"], problem["column"]) == (3, 7)
