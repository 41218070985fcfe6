"""Anybody's results drawn: dates, places and pairs are found by their values."""

import re
import shlex
from html import unescape

import httpx
import pytest

from server.results import snippets

READER = {"Accept": "text/html", "Accept-Language": "en"}
PREFIXES = (
    "PREFIX pg: <https://w3id.org/parleygraph/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> "
)


def answer(http: httpx.Client, query: str, view: str, **more: str) -> str:
    found = http.get("/sparql", params={"query": PREFIXES + query, "view": view, **more}, headers=READER)
    assert found.status_code == 200, found.text
    return found.text


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("SELECT ?e ?a ?b { ?e pg:earliest ?a ; pg:latest ?b }", "100.0%"),
        ('SELECT ?d ?l { VALUES (?d ?l) { ("2031" "a year") ("2031-02" "a month") } }', "7.67%"),
        ('SELECT ?d { VALUES ?d { "2032-02-29T10:00:00Z" "2032-01-01" } }', ""),
    ],
)
def test_dates_become_a_timeline(http: httpx.Client, query: str, width: str) -> None:
    html = answer(http, query, "timeline")
    assert 'class="bar"' in html
    assert not width or f'width="{width}"' in html


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?place { ?e pg:hasPlace ?place }",
        "SELECT ?place ?lat ?long { ?place geo:lat ?lat ; geo:long ?long }",
        'SELECT ?name ?latitude ?lon { VALUES (?name ?latitude ?lon) { ("Here" 41.5 9.25) } }',
    ],
)
def test_places_become_a_map(http: httpx.Client, query: str) -> None:
    assert 'cx="189.25" cy="48.5"' in answer(http, query, "map")


def test_pairs_become_a_network_with_names(http: httpx.Client) -> None:
    html = answer(http, "SELECT ?e ?who { ?e pg:hasParticipant ?who }", "network")
    assert "Irene Falk</text>" in html
    assert '<path class="real"' in html


def test_what_cannot_be_drawn_is_said_and_raw_is_json(http: httpx.Client) -> None:
    query = 'SELECT ?x { VALUES ?x { "a" } }'
    assert "No column of this answer holds dates" in answer(http, query, "timeline")
    assert "has coordinates" in answer(http, query, "map")
    assert "holds two things" in answer(http, query, "network")
    assert "&#34;bindings&#34;" in answer(http, query, "raw")


def test_a_part_is_the_drawing_alone(http: httpx.Client) -> None:
    html = answer(http, "SELECT ?place { ?e pg:hasPlace ?place }", "map", part="1")
    assert "<html" not in html
    assert html.count("<svg") == 1


def test_hostile_values_are_text(http: httpx.Client) -> None:
    query = 'SELECT ?l ?lat ?long { VALUES (?l ?lat ?long) { ("<script>x</script>" 1 2) ("x" "nan" "inf") } }'
    assert "<script>x" not in answer(http, query, "map")


def test_snippets_run_as_they_stand(http: httpx.Client) -> None:
    query = 'SELECT ?x { VALUES ?x { "it\'s \\\\ \\"quoted\\"" } }'
    curl, python = (text for _, text in snippets(query, f"{http.base_url}/", {"json": "application/json"}))
    words = shlex.split(curl.replace("\\\n", ""))
    assert words[words.index("--data-urlencode") + 1] == f"query={query}"
    spoken: list[str] = []
    exec(python, {"print": spoken.append})  # our own text, on our own server
    assert "it's" in spoken[0]


def test_the_page_offers_snippets_and_a_link(http: httpx.Client) -> None:
    html = unescape(answer(http, "ASK {}", ""))
    assert "--data-urlencode" in html
    assert 'action="/q"' in html
    assert not re.search(r'class="tabs"', html)
