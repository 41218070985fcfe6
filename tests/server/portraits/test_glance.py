"""An event at a glance: every value once, with who says so, and silence said plainly."""

import re
from html import unescape

import httpx
import pytest

READER = {"Accept": "text/html", "Accept-Language": "en"}
BASE = "http://127.0.0.1:8000/"


def event(http: httpx.Client, kind: str) -> str:
    query = (
        f"PREFIX pg: <https://w3id.org/parleygraph/ns#> SELECT ?x {{ ?x a pg:{kind} }} ORDER BY ?x LIMIT 1"
    )
    iri = http.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["x"]["value"]
    return "/page/" + iri.removeprefix(f"{BASE}id/")


def lines(http: httpx.Client, kind: str, **headers: str) -> dict[str, list[str]]:
    """Question → answers, as the page's glance gives them."""
    html = http.get(event(http, kind), headers={**READER, **headers}).text
    block = html[html.index('<dl class="glance">') :].partition("</dl>")[0]
    found = {}
    for item in re.findall(r"<div[^>]*>(.*?)</div>", block, re.S):
        term, *values = [
            re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", each))).strip()
            for each in re.findall(r"<d[td][^>]*>(.*?)</d[td]>", item, re.S)
        ]
        found[term] = values
    return found


def test_a_contested_length_has_its_sources_and_silence_is_said(http: httpx.Client) -> None:
    found = lines(http, "Call")
    assert found["who"] == ["Irene Falk, premier di Valdoria caller", "Milo Arend callee"]
    assert found["when"] == ["May 2031, day not stated"]
    assert found["where"] == ["not stated"]
    assert found["how long"] == ["about 2 hours according to Teo Lunn", "1 hour according to Milo Arend"]


def test_what_nobody_would_ask_has_no_line(http: httpx.Client) -> None:
    found = lines(http, "Visit")
    assert found["where"] == ["Grey Harbour"]
    assert found["when"] == ["not stated"]
    assert "about" not in found


def test_the_glance_is_in_the_readers_language(http: httpx.Client) -> None:
    found = lines(http, "Call", **{"Accept-Language": "it"})
    assert found["dove"] == ["non indicato"]
    assert found["per quanto tempo"][0] == "circa 2 ore secondo Teo Lunn"


@pytest.mark.parametrize("name", ["claims", "statements", "incoming"])
def test_a_thing_can_be_asked_about(http: httpx.Client, name: str) -> None:
    html = http.get(event(http, "Call"), headers=READER).text
    links = re.findall(r'href="/sparql\?q=([^"]+)"', html)
    queries = [str(httpx.QueryParams(f"q={link}")["q"]) for link in links]
    query = queries[["claims", "statements", "incoming"].index(name)]
    assert f"VALUES ?this {{ <{BASE}id/event/" in query
    answer = http.get("/sparql", params={"query": query})
    assert answer.json()["results"]["bindings"]


def test_a_citation_names_the_thing_and_the_version(http: httpx.Client) -> None:
    html = unescape(http.get(event(http, "Call"), headers=READER).text)
    assert "“Call: Irene Falk, Milo Arend”. parleygraph, version 1 of the graph." in html
    assert f"url = {{{BASE}id/event/" in html
