"""Names, pages and data of things, over HTTP."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

BASE = "http://127.0.0.1:8000/"
PG = "PREFIX pg: <https://w3id.org/parleygraph/ns#> "
READER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def path_of(http: httpx.Client, pattern: str) -> str:
    """The path of the first thing that matches a pattern of ?x."""
    query = f"{PG} SELECT ?x {{ {pattern} }} ORDER BY ?x LIMIT 1"
    iri = http.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["x"]["value"]
    return iri.removeprefix(f"{BASE}id/")


def named(http: httpx.Client, label: str) -> str:
    """The path of the person with that name."""
    return path_of(http, f"?x a pg:Person ; ?p ?label FILTER(STR(?label) = '{label}')")


def page(http: httpx.Client, path: str, **headers: str) -> str:
    answer = http.get(path, headers={**READER, **headers})
    assert answer.status_code == 200, answer.text
    return answer.text


def text(html: str) -> str:
    """What a page says, in one line: a space where a block ends, nothing where words are only marked."""
    blocks = re.sub(r"</(?:td|th|tr|p|h\d|li|dt|dd|div|blockquote)>", " ", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", blocks)))


@pytest.fixture(scope="module")
def call(http: httpx.Client) -> str:
    return path_of(http, "?x a pg:Call")


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/page/{}"),
        ("text/turtle", "/data/{}.ttl"),
        ("application/ld+json", "/data/{}.jsonld"),
        ("application/rdf+xml;q=0.9, application/n-triples", "/data/{}.nt"),
        ("application/trig", "/data/{}.trig"),
    ],
)
def test_a_name_leads_by_accept(http: httpx.Client, call: str, accept: str, target: str) -> None:
    answer = http.get(f"/id/{call}", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == target.format(call)
    assert "Accept" in answer.headers["Vary"]


def test_a_form_that_nobody_makes_is_406(http: httpx.Client, call: str) -> None:
    assert http.get(f"/id/{call}", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/id/event/x", "/page/event/x", "/data/event/x.ttl", "/graph/x", "/x"])
def test_what_is_not_known_is_404_for_people_and_programs(http: httpx.Client, path: str) -> None:
    program = http.get(path, headers={"Accept": "text/turtle"})
    assert program.status_code == 404
    assert program.headers["Content-Type"] == "application/problem+json"
    reader = http.get(path, headers=READER)
    assert reader.status_code == 404
    assert reader.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_data_in_every_syntax_is_about_its_subject(http: httpx.Client, call: str, suffix: str) -> None:
    answer = http.get(f"/data/{call}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == SYNTAXES[suffix].media_type
    assert "describes" in answer.headers["Link"]
    quads = list(parse(answer.content, SYNTAXES[suffix]))
    assert any(getattr(quad.subject, "value", "") == f"{BASE}id/{call}" for quad in quads)
    if suffix in ("trig", "nq"):
        assert any("/id/claim/" in str(quad.graph_name) for quad in quads)


def test_a_named_graph_opens(http: httpx.Client) -> None:
    answer = http.get("/graph/article/0123456789ab", headers={"Accept": "application/n-quads"})
    graphs = {quad.graph_name.value for quad in parse(answer.content, RdfFormat.N_QUADS)}
    assert graphs == {f"{BASE}graph/article/0123456789ab"}


def test_an_event_shows_who_says_what_in_which_words(http: httpx.Client, call: str) -> None:
    html = page(http, f"/page/{call}")
    said = text(html)
    assert "Teo Lunn" in said
    assert "passed on by Vento agency" in said
    assert "Not stated: place" in said
    assert "May 2031, day not stated" in said
    assert '<mark class="trigger modality"' in html
    assert "La telefonata è durata circa due ore, ha detto" in said


def test_sources_that_differ_stand_side_by_side(http: httpx.Client, call: str) -> None:
    html = page(http, f"/page/{call}")
    table = text(html[html.index('id="differences"') : html.index("</table>")])
    assert "about 2 hours Teo Lunn" in table
    assert "1 hour Milo Arend" in table
    assert "participant" not in table


def test_what_no_source_contests_is_no_difference(http: httpx.Client) -> None:
    assert 'id="differences"' not in page(http, f"/page/{path_of(http, '?x a pg:Visit')}")


def test_an_article_without_a_licence_is_shown_in_excerpts(http: httpx.Client) -> None:
    html = page(http, "/page/article/0123456789ab")
    said = text(html)
    assert "shown in excerpts" in said
    assert "[…]" in said
    assert "circa due ore" in said
    assert "il prezzo del grano continua a scendere" not in said


def test_every_span_of_an_article_is_marked_once_and_has_its_anchor(http: httpx.Client) -> None:
    html = page(http, "/page/article/0123456789ab")
    query = f"{PG} SELECT ?s ?e {{ ?x a pg:TextSpan ; pg:start ?s ; pg:end ?e }}"
    spans = http.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    for span in spans:
        assert html.count(f'id="char={span["s"]["value"]},{span["e"]["value"]}"') == 1


def followed(html: str) -> Iterator[str]:
    for words in re.findall(r'<mark class="[^"]*followed"[^>]*>(.*?)</mark>', html):
        yield text(words)


def test_following_a_claim_marks_its_words_and_no_others(http: httpx.Client) -> None:
    arend = f"<{BASE}id/{named(http, 'Milo Arend')}>"
    claim = path_of(http, f"?x pg:attributedTo {arend} ; pg:about [ a pg:Call ]")
    html = page(http, f"/page/article/0123456789ab?claim={claim.rpartition('/')[2]}")
    words = list(followed(html))
    assert {"colloquio", "un'ora", "Irene Falk", "Milo Arend"} <= set(words)
    assert not {"telefonata", "circa due ore", "visiterà"} & set(words)
    assert not list(followed(page(http, "/page/article/0123456789ab?claim=none")))


def test_markup_in_the_words_is_text(http: httpx.Client) -> None:
    html = page(http, "/page/article/0123456789ab")
    assert "&lt;fretta&gt; &amp; nessuno" in html
    assert "<fretta>" not in html
    assert "<b>" not in page(http, "/page/organization/odd-00000000")


def test_a_quotation_shows_speaker_and_words(http: httpx.Client) -> None:
    said = text(page(http, f"/page/{path_of(http, '?x a pg:Quotation')}"))
    assert "Teo Lunn" in said
    assert "Non abbiamo <fretta> & nessuno ce la mette" in said


def test_a_person_has_offices_events_and_words(http: httpx.Client) -> None:
    falk = text(page(http, f"/page/{named(http, 'Irene Falk')}"))
    assert "premier di Valdoria" in falk
    assert "as caller with Milo Arend" in falk
    lunn = text(page(http, f"/page/{named(http, 'Teo Lunn')}"))
    assert "In their own words Non abbiamo" in lunn


def test_labels_are_in_the_readers_language(http: httpx.Client) -> None:
    place = path_of(http, "?x a pg:Place")
    italian = page(http, f"/page/{place}", **{"Accept-Language": "it"})
    assert '<h1 dir="auto" lang="it">Porto Grigio</h1>' in italian
    english = http.get(f"/page/{place}", headers={**READER, "Accept-Language": "en-GB,it;q=0.5"})
    assert "Grey Harbour</h1>" in english.text
    assert "Accept-Language" in english.headers["Vary"]


def test_a_page_links_to_its_data(http: httpx.Client, call: str) -> None:
    html = page(http, f"/page/{call}")
    for suffix in SYNTAXES:
        assert f'href="/data/{call}.{suffix}"' in html


def test_a_page_says_by_machine_what_it_is_about(http: httpx.Client, call: str) -> None:
    answer = http.get(f"/page/{call}", headers=READER)
    block = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text)
    quads = list(parse(block[0].encode(), RdfFormat.JSON_LD))
    assert {quad.subject.value for quad in quads} == {f"{BASE}id/{call}"}
    assert f'<{BASE}id/{call}>; rel="cite-as"' in answer.headers["Link"]
    assert f'</data/{call}.ttl>; rel="describedby"; type="text/turtle"' in answer.headers["Link"]


def test_a_page_that_the_reader_has_is_not_sent_again(http: httpx.Client, call: str) -> None:
    first = http.get(f"/page/{call}", headers=READER)
    again = http.get(f"/page/{call}", headers={**READER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_everything_that_the_graph_names_opens(http: httpx.Client) -> None:
    query = f"""SELECT DISTINCT ?x {{ {{ ?x ?p ?o }} UNION {{ ?s ?p ?x }} UNION {{ GRAPH ?x {{ ?s ?p ?o }} }}
        FILTER(ISIRI(?x) && STRSTARTS(STR(?x), "{BASE}")) }}"""
    found = http.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    things = [row["x"]["value"] for row in found]
    assert len(things) > 30
    for iri in things:
        path = "/" + iri.removeprefix(BASE).partition("#")[0]
        for headers in (READER, {"Accept": "text/turtle"}):
            answer = http.get(path, headers=headers, follow_redirects=True)
            assert answer.status_code == 200, (path, answer.text)


def test_the_home_page_leads_to_events_and_people(http: httpx.Client, call: str) -> None:
    html = page(http, "/")
    assert f'href="/page/{call}"' in html
    assert "Irene Falk" in html
    assert "5 claims" in text(html)


def test_the_examples_are_listed_and_run(http: httpx.Client) -> None:
    links = re.findall(r'href="(/sparql\?query=[^"]+)"', page(http, "/queries"))
    assert links
    for link in links:
        assert http.get(link, headers={"Accept": "application/json"}).status_code == 200


def test_a_result_is_a_table_for_a_reader(http: httpx.Client) -> None:
    query = PG + "SELECT ?x ?y { ?x pg:duration ?y } ORDER BY ?y"
    answer = http.get("/sparql", params={"query": query}, headers=READER)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "PT2H" in answer.text
    yes = http.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers=READER).text
    assert "Yes" in text(yes)
    graph = http.get("/sparql", params={"query": "DESCRIBE <x:y>"}, headers=READER)
    assert graph.status_code == 200


def test_an_answer_too_large_for_a_page_is_offered_for_download(http: httpx.Client) -> None:
    query = "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c a ?z } LIMIT 60000"
    answer = http.get("/sparql", params={"query": query}, headers=READER)
    assert answer.status_code == 200
    assert "too large for a page" in answer.text
    assert "format=csv" in answer.text
    assert len(answer.content) < 20_000


def test_a_syntax_error_is_a_page_with_its_line_for_a_reader(http: httpx.Client) -> None:
    query = "SELECT * {\n  ?s ?p ?o .\n  FILTER ?o > 3\n}"
    answer = http.get("/sparql", params={"query": query}, headers=READER)
    assert answer.status_code == 400
    assert "Line 3, column 10" in text(answer.text)
    assert "FILTER <mark>?o</mark> &gt; 3\n         ^^</code>" in answer.text
    assert "parentheses" in answer.text
    program = http.get("/sparql", params={"query": query}).json()
    assert (program["line"], program["column"]) == (3, 10)


def test_crawlers_are_told_what_not_to_ask(http: httpx.Client) -> None:
    assert "Disallow: /sparql" in http.get("/robots.txt").text


@pytest.mark.parametrize("path", ["/", "/queries", "/limits", "/ns", "/sparql", "/page/article/0123456789ab"])
def test_no_page_asks_another_host_or_runs_inline_scripts(http: httpx.Client, path: str) -> None:
    html = page(http, path)
    assert not re.findall(r'(?:src|<link[^>]* rel="stylesheet"[^>]* href)="https?:', html)
    assert not re.findall(r"<script(?![^>]*(?:src=|application/ld\+json))", html)
    assert not re.findall(r"\son\w+=", html)
    policy = http.get(path, headers=READER).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert ("'unsafe-inline'" in policy) == (path == "/sparql")
    assert " style=" not in html


def test_a_named_graph_is_a_page_for_a_reader(http: httpx.Client) -> None:
    html = page(http, "/graph/article/0123456789ab")
    assert "Graph article/0123456789ab" in text(html)
    assert 'href="/graph/article/0123456789ab.trig"' in html
    assert 'href="/page/claim/' in html
    assert page(http, "/graph/entities").count("<tr>") <= 200


def test_a_place_has_its_map(http: httpx.Client) -> None:
    html = page(http, f"/page/{path_of(http, '?x a pg:Place')}")
    assert 'class="map"' in html
    assert 'cx="189.25" cy="48.5"' in html
    assert 'class="map"' not in page(http, f"/page/{named(http, 'Irene Falk')}")
