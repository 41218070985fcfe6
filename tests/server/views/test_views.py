"""The views over HTTP: a page that needs no script, its query, the query's answer as data."""

import csv
import io
import re
from html import unescape

import httpx
import pytest

from server.views.pages import VIEWS

READER = {"Accept": "text/html", "Accept-Language": "en"}


def page(http: httpx.Client, path: str, **headers: str) -> str:
    answer = http.get(path, headers={**READER, **headers})
    assert answer.status_code == 200, answer.text
    return answer.text


def said(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_its_query_and_the_query_answers_alike(http: httpx.Client, view: str) -> None:
    html = page(http, f"/{view}?type=Event")
    query = unescape(re.findall(r"<pre tabindex=\"0\"><code>(.*?)</code></pre>", html, re.S)[-1])
    asked = http.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
    assert asked.status_code == 200, asked.text
    given = http.get(f"/{view}.json?type=Event")
    assert given.headers["Content-Type"].startswith("application/sparql-results+json")
    assert given.json()["results"] == asked.json()["results"]
    assert (len(given.json()["results"]["bindings"]) > 0) == (view != "negotiators")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_data_by_suffix_parameter_and_accept(http: httpx.Client, view: str) -> None:
    rows = list(csv.reader(io.StringIO(http.get(f"/{view}.csv").text)))
    assert rows[0]
    assert http.get(f"/{view}?format=csv").text == http.get(f"/{view}.csv").text
    accepted = http.get(f"/{view}", headers={"Accept": "text/csv"})
    assert accepted.text == http.get(f"/{view}.csv").text
    assert http.get(f"/{view}.xyz").status_code == 404
    assert http.get(f"/{view}", headers={"Accept": "*/*"}).headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_in_the_readers_language_and_says_when_nothing_fits(http: httpx.Client, view: str) -> None:
    html = page(http, f"/{view}?actor=person/nobody-00000000", **{"Accept-Language": "it"})
    assert "Nulla corrisponde" in html
    assert "Certezza" in html


def test_the_timeline_has_a_bar_for_each_dated_event(http: httpx.Client) -> None:
    html = page(http, "/timeline")
    assert 'class="bar"' in html
    assert "May 2031, day not stated" in said(html)
    assert "Call: Irene Falk, Milo Arend" in said(html)


def test_the_map_sets_an_event_at_its_place(http: httpx.Client) -> None:
    html = page(http, "/map")
    assert re.search(r'<circle cx="189.25" cy="48.5"', html)
    assert "Visit: Irene Falk" in said(html)
    land = http.get("/map/land.svg")
    assert land.headers["Content-Type"].startswith("image/svg+xml")
    assert "max-age" in land.headers["Cache-Control"]


def test_the_network_joins_who_speaks_with_whom_and_leads_to_their_claims(http: httpx.Client) -> None:
    html = page(http, "/network?type=Call")
    assert '<path class="real"' in html
    link = unescape(re.findall(r'href="(/statements\?actor[^"]+)"', html)[0])
    assert link.count("actor=person%2F") == 2
    assert "Call: Irene Falk, Milo Arend" in said(page(http, link))


def test_statements_have_their_words_and_lead_into_the_article(http: httpx.Client) -> None:
    html = page(http, "/statements?modality=planned")
    assert '<mark class="trigger">visiterà</mark>' in html
    assert "telefonata" not in said(html)
    assert re.search(r'href="/page/article/0123456789ab\?claim=[^"]+#char=\d+,\d+"', html)


def test_facets_count_events_and_keep_what_is_chosen(http: httpx.Client) -> None:
    html = page(http, "/statements?type=Call")
    assert re.search(r'<option value="Call" selected>call \(1\)</option>', html)
    assert re.search(r'<option value="Visit">visit \(1\)</option>', html)
    assert re.search(r'<option value="occurred">occurred \(1\)</option>', html)
    assert 'value="planned"' not in html
    assert 'aria-label="Remove call"' in html


def test_a_source_is_found_through_those_who_pass_it_on(http: httpx.Client) -> None:
    search = http.get("/sparql", params={"query": 'SELECT ?x { ?x ?p "Vento agency"@en }'}).json()
    path = search["results"]["bindings"][0]["x"]["value"].partition("/id/")[2]
    html = page(http, f"/statements?source={path}")
    assert "Teo Lunn" in said(html)
    assert "Milo Arend" not in said(
        html.partition('<ul class="events said">')[2].partition("</ul>")[0]
    ).replace("Call: Irene Falk, Milo Arend", "")


def test_time_narrows_a_view(http: httpx.Client) -> None:
    assert "Call: Irene Falk" in said(page(http, "/timeline?from=2031-05-10&to=2031-05-12"))
    assert "Nothing fits" in page(http, "/timeline?from=2031-06-01")


@pytest.mark.parametrize("address", ["/map?type=Nothing", "/timeline?page=0", "/statements?from=May"])
def test_a_wrong_choice_is_a_clear_answer(http: httpx.Client, address: str) -> None:
    answer = http.get(address, headers=READER)
    assert answer.status_code == 400
    assert "is given" in answer.text
