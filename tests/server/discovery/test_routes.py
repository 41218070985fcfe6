"""Machines find their way in: descriptions with true figures, the feed, the site map, the context."""

import json
import re
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from graph.store import examples
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.discovery.feed import ATOM
from tests.server.conftest import BASE

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def described(http: httpx.Client, path: str) -> Store:
    answer = http.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    store = Store()
    store.extend(parse(answer.content, RdfFormat.TURTLE))
    return store


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PROLOGUE + query)
    assert isinstance(found, QuerySolutions)
    return [tuple(row[each].value for each in found.variables) for row in found]


def counted(http: httpx.Client, pattern: str) -> int:
    query = f"{PROLOGUE}SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    answer = http.get("/sparql", params={"query": query}).json()
    return int(answer["results"]["bindings"][0]["n"]["value"])


def test_the_figures_of_the_void_are_those_of_the_endpoint(http: httpx.Client) -> None:
    store = described(http, "/.well-known/void")
    ((triples,),) = rows(store, "SELECT ?n { ?dataset a void:Dataset ; void:triples ?n }")
    assert int(triples) == counted(http, "?s ?p ?o")
    classes = rows(store, "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }")
    assert {iri: int(n) for iri, n in classes}[PREFIXES["pg"] + "Call"] == counted(http, "?s a pg:Call")
    properties = rows(
        store, "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    )
    assert sum(int(n) for _, n in properties) == int(triples)


def test_the_void_names_the_endpoint_and_where_things_are(http: httpx.Client) -> None:
    store = described(http, "/.well-known/void")
    found = rows(store, "SELECT ?e ?u { ?d void:sparqlEndpoint ?e ; void:uriSpace ?u }")
    assert found == [(f"{BASE}sparql", f"{BASE}id/")]


def test_prefixes_and_examples_are_declared_as_editors_expect(http: httpx.Client) -> None:
    store = described(http, "/.well-known/void")
    declared = rows(store, "SELECT ?p ?n { ?e sh:declare [ sh:prefix ?p ; sh:namespace ?n ] }")
    assert dict(declared) == PREFIXES
    found = rows(
        store,
        "SELECT ?x ?q ?c { ?x a sh:SPARQLExecutable ; rdfs:comment ?c ; sh:select|sh:ask|sh:construct ?q }",
    )
    assert {query for _, query, _ in found} == {example.query for example in examples.all_examples()}


@pytest.mark.parametrize("path", ["/.well-known/void", "/dataset"])
@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_each_description_comes_in_each_syntax_and_the_same_bytes_twice(
    http: httpx.Client, path: str, media_type: str
) -> None:
    answer = http.get(path, headers={"Accept": media_type})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    assert len(list(parse(answer.content, RdfFormat.from_media_type(media_type)))) > 50
    again = http.get(
        path, headers={"Accept": media_type, "If-None-Match": answer.headers["ETag"], "Cookie": "a=b"}
    )
    assert again.status_code == 304
    assert 'rel="cite-as"' in answer.headers["Link"]


def test_a_syntax_that_is_not_offered_is_refused(http: httpx.Client) -> None:
    assert http.get("/dataset?format=doc").status_code == 400
    assert http.get("/dataset", headers={"Accept": "image/png"}).status_code == 406


def test_the_dataset_says_how_to_get_at_it(http: httpx.Client) -> None:
    store = described(http, "/dataset")
    ((dataset, modified),) = rows(store, "SELECT ?d ?m { ?d a dcat:Dataset ; dct:modified ?m }")
    assert dataset == f"{BASE}dataset"
    assert re.match(r"\d{4}-\d\d-\d\dT", modified)
    downloads = rows(store, "SELECT ?a { ?d dcat:distribution/dcat:downloadURL ?a }")
    for (address,) in downloads:
        answer = http.get("/" + address.removeprefix(BASE))
        assert answer.status_code == 200, address
        assert answer.content
    ((endpoint,),) = rows(store, "SELECT ?e { ?s a dcat:DataService ; dcat:endpointURL ?e }")
    assert endpoint == f"{BASE}sparql"


def test_the_datasets_page_holds_its_schema_org_description(http: httpx.Client) -> None:
    page = http.get("/dataset", headers={"Accept": "text/html"})
    assert page.headers["Content-Type"].startswith("text/html")
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert script is not None
    found = json.loads(script[1])
    assert found["@type"] == "Dataset"
    assert found["distribution"][0]["contentUrl"].startswith(BASE)


def test_the_home_page_links_to_the_descriptions(http: httpx.Client) -> None:
    links = http.get("/", headers={"Accept": "text/html"}).headers["Link"]
    for path, relation in (
        ("dataset", "describedby"),
        (".well-known/void", "describedby"),
        ("feed.atom", "alternate"),
    ):
        assert re.search(rf'<{re.escape(BASE + path)}>; rel="{relation}"', links)


def test_the_feed_has_each_event_with_the_words_that_tell_of_it(http: httpx.Client) -> None:
    answer = http.get("/feed.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{{{ATOM}}}entry")
    events = counted(http, "{ SELECT DISTINCT ?e { ?c pg:about ?e } }")
    assert len(entries) == events
    for name in ("id", "title", "updated"):
        assert feed.find(f"{{{ATOM}}}{name}") is not None
        assert all(entry.findtext(f"{{{ATOM}}}{name}") for entry in entries)
    assert any("telefonata" in (entry.findtext(f"{{{ATOM}}}summary") or "") for entry in entries)


def test_every_address_of_the_site_map_opens(http: httpx.Client) -> None:
    index = ElementTree.fromstring(http.get("/sitemap.xml").content)
    addresses = []
    for part in index.iter(f"{SITEMAP}loc"):
        assert part.text is not None
        answer = http.get("/" + part.text.removeprefix(BASE))
        addresses += [loc.text or "" for loc in ElementTree.fromstring(answer.content).iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(set(addresses)) > 10
    for address in addresses:
        assert http.get("/" + address.removeprefix(BASE), headers={"Accept": "text/html"}).status_code == 200
    assert http.get("/sitemap-99.xml").status_code == 404
    assert http.get("/sitemap-0.xml").status_code == 404


def test_crawlers_are_told_what_is_not_for_them_and_where_the_map_is(http: httpx.Client) -> None:
    text = http.get("/robots.txt").text
    assert "Disallow: /sparql\n" in text
    assert f"Sitemap: {BASE}sitemap.xml" in text


def test_json_with_the_context_is_the_graph_in_our_terms(http: httpx.Client) -> None:
    context = http.get("/context.jsonld").json()
    document = {
        **context,
        "@id": f"{BASE}id/event/x",
        "type": "Call",
        "label": "a call",
        "hasParticipant": f"{BASE}id/person/y",
        "durationIsApproximate": True,
        "duration": "PT1H",
    }
    quads = parse(json.dumps(document).encode(), RdfFormat.JSON_LD)
    found = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    event = NamedNode(f"{BASE}id/event/x")
    boolean, duration = NamedNode(PREFIXES["xsd"] + "boolean"), NamedNode(PREFIXES["xsd"] + "duration")
    assert found == {
        (event, NamedNode(PREFIXES["rdf"] + "type"), pg.Call),
        (event, NamedNode(PREFIXES["rdfs"] + "label"), Literal("a call")),
        (event, pg.hasParticipant, NamedNode(f"{BASE}id/person/y")),
        (event, pg.durationIsApproximate, Literal("true", datatype=boolean)),
        (event, pg.duration, Literal("PT1H", datatype=duration)),
    }
