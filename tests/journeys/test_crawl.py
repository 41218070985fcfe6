"""Everything that the graph names opens, in every syntax; every fact's words are three clicks from home."""

import random
import re
from html import unescape

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from server.negotiation import GRAPHS
from tests.journeys.visits import ask
from tests.server.running import Server

BASE = "http://127.0.0.1:8000/"
READER = {"Accept": "text/html", "Accept-Language": "en"}
FACTS = 10
SEED = 20250213
"""Of the random choice, so that a failure can be repeated."""

NAMED = f"""{{ ?x ?p ?o }} UNION {{ ?s ?p ?x }} UNION {{ ?s ?x ?o }} UNION {{ GRAPH ?x {{ ?s ?p ?o }} }}
    FILTER(ISIRI(?x) && (STRSTARTS(STR(?x), "{BASE}") || STRSTARTS(STR(?x), STR(pg:))))"""


@pytest.fixture(scope="module")
def named(site: Server) -> dict[str, list[str]]:
    """Path on the site → the IRIs of the store that lead there, terms and graphs included."""
    found: dict[str, list[str]] = {}
    for iri in ask(site, NAMED):
        local = iri.replace("https://w3id.org/parleygraph/", BASE)
        found.setdefault("/" + local.removeprefix(BASE).partition("#")[0], []).append(iri)
    assert len(found) > 100
    assert {path.split("/")[1] for path in found} == {"id", "graph", "ns", "queries", "sparql"}
    return found


def test_every_name_opens_as_a_page(site: Server, named: dict[str, list[str]]) -> None:
    broken = []
    for path in named:
        answer = site.client.get(path, headers=READER, follow_redirects=True)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            broken.append((path, answer.status_code))
    assert broken == []


@pytest.mark.parametrize("suffix", GRAPHS)
def test_every_name_is_described_in_every_syntax(
    site: Server, named: dict[str, list[str]], suffix: str
) -> None:
    media = GRAPHS[suffix]
    broken = []
    for path, iris in named.items():
        if path in ("/ns", "/queries") and suffix in ("trig", "nq"):
            continue  # neither the ontology nor the examples have named graphs
        answer = site.client.get(path, headers={"Accept": media}, follow_redirects=True)
        if answer.status_code != 200 or answer.headers["Content-Type"].split(";")[0] != media:
            broken.append((path, answer.status_code))
            continue
        terms = set()
        for quad in parse(answer.content, RdfFormat.from_media_type(media)):
            terms |= {quad.subject, quad.predicate, quad.object}
            if isinstance(quad.graph_name, NamedNode):
                terms.add(quad.graph_name)
        about = [iri for iri in iris if not path.startswith("/graph/")]
        if not terms or any(NamedNode(iri) not in terms for iri in about):
            broken.append((path, 0))
    assert broken == []


def test_the_words_of_ten_facts_are_three_clicks_from_home(site: Server) -> None:
    claims = ask(site, "GRAPH ?x { ?event ?property ?value } ?x a pg:Claim ; pg:evidence ?words")
    for claim in random.Random(SEED).sample(claims, FACTS):
        wanted = f"claim={claim.rpartition('/')[2]}"
        seen, edge = {"/"}, ["/"]
        for _ in range(2):
            links = [link for path in edge for link in _links(site, path)]
            if any(wanted in link for link in links):
                break
            edge = [link for link in dict.fromkeys(links) if link not in seen]
            seen |= set(edge)
        found = [link for path in edge for link in _links(site, path) if wanted in link]
        assert found, claim
        page = site.client.get(found[0].partition("#")[0], headers=READER).text
        assert 'followed"' in page, found[0]


def _links(site: Server, path: str) -> list[str]:
    """Where a page's own links lead, without those that change nothing but the reader's wishes."""
    if path.startswith(("/data", "/static", "/sparql", "/graph")) or re.search(r"[?&](lang|theme)=", path):
        return []
    known = _VISITED.get(path)
    if known is None:
        html = site.client.get(path.partition("#")[0], headers=READER, follow_redirects=True).text
        found = (unescape(link) for link in re.findall(r'<a [^>]*href="([^"]+)"', html))
        known = _VISITED[path] = [
            link if link.startswith("/") else path.partition("?")[0] + link
            for link in found
            if link.startswith(("/", "?"))
        ]
    return known


_VISITED: dict[str, list[str]] = {}
