"""The W3C's Graph Store Protocol tests, request by request, with the graphs identified by ?graph=."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from tests.server.running import ROOT, Server, open_port
from tests.server.w3c.manifests import MF
from tests.server.w3c.results import graph as canonical

FOLDER = Path(os.environ.get("PARLEYGRAPH_W3C") or ROOT.parent / "shared" / "w3c")
FILE = FOLDER / "sparql11" / "graph-store-protocol" / "manifest-indirect.ttl"
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


def listed() -> list[tuple[str, list[Node], Graph]]:
    """Each test with its requests in order."""
    if not FILE.exists():
        return []
    manifest = Graph().parse(FILE, format="turtle", publicID=FILE.as_uri())
    found = []
    for head in manifest.objects(None, MF.entries):
        for test in Collection(manifest, head):
            requests = manifest.value(manifest.value(test, MF.action), HT.requests)
            found.append((str(test).rpartition("#")[2], list(Collection(manifest, requests)), manifest))
    return found


ALL = listed()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    server = Server(tmp_path_factory.mktemp("gsp") / "store", open_port(), PARLEYGRAPH_TOKEN="token")
    server.wait(503)
    server.client.headers["Authorization"] = "Bearer token"
    yield server.client
    server.stop()


def test_the_suite_is_there() -> None:
    if not ALL:
        pytest.skip(f"no W3C manifests in {FOLDER}: set PARLEYGRAPH_W3C to a copy of w3c/rdf-tests/sparql")
    assert len(ALL) == 9


@pytest.mark.parametrize(("name", "requests", "manifest"), ALL, ids=[name for name, _, _ in ALL])
def test_w3c(name: str, requests: list[Node], manifest: Graph, client: httpx.Client) -> None:
    assert client.post("/update", data={"update": "DROP ALL"}).status_code == 204
    location = ""
    for request in requests:
        target = text(manifest, request, HT.absolutePath).replace("/gsp", "/graphs", 1)
        answer = client.request(
            text(manifest, request, HT.methodName),
            target.replace("$LOCATION$", location),
            headers=headers(manifest, request),
            content=body(manifest, request).encode(),
        )
        expected = manifest.value(request, HT.resp)
        statuses = {
            STATUS[str(each).rpartition("#")[2]] for each in manifest.objects(expected, MF.expectedStatus)
        }
        assert answer.status_code in statuses, (name, target, answer.text)
        if manifest.value(expected, MF.expectedLocation) is not None:
            location = answer.headers["Location"]
        for field, value in headers(manifest, expected).items():
            assert answer.headers[field] == value
        wanted = body(manifest, expected)
        if wanted:
            base = "http://www.example/"
            found = canonical(parse(answer.content, RdfFormat.TURTLE, base_iri=base))
            assert found == canonical(parse(wanted.encode(), RdfFormat.TURTLE, base_iri=base))


def text(manifest: Graph, node: Node, name: Node) -> str:
    found = manifest.value(node, name)
    assert isinstance(found, Literal)
    return str(found)


def headers(manifest: Graph, node: Node | None) -> dict[str, str]:
    """The headers of a request, or those that a response must have."""
    listed = manifest.value(node, HT.headers)
    each = Collection(manifest, listed) if listed is not None else []
    return {text(manifest, field, HT.fieldName): text(manifest, field, HT.fieldValue) for field in each}


def body(manifest: Graph, node: Node | None) -> str:
    content = manifest.value(node, HT.body)
    assert content is None or (content, RDF.type, CNT.ContentAsText) in manifest
    return "" if content is None else text(manifest, content, CNT.chars)
