"""The Graph Store Protocol: one graph or the whole dataset, conditions, forms, and what is refused."""

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

GRAPH = "/graphs?graph=http%3A%2F%2Fg.example%2Fg"
TURTLE = {"Content-Type": "text/turtle"}
TRIG = {"Content-Type": "application/trig"}
NQUADS = {"Accept": "application/n-quads"}
TRIPLE = "<http://g.example/s> <http://g.example/p> 1 ."


def triples(client: httpx.Client, path: str = GRAPH) -> int:
    answer = client.get(path, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return len(answer.text.splitlines())


def test_put_makes_and_replaces_and_post_adds(client: httpx.Client) -> None:
    assert client.get(GRAPH).status_code == 404
    assert client.put(GRAPH, content=TRIPLE, headers=TURTLE).status_code == 201
    assert client.put(GRAPH, content=TRIPLE.replace("1", "2"), headers=TURTLE).status_code == 204
    assert triples(client) == 1
    assert client.post(GRAPH, content=TRIPLE, headers=TURTLE).status_code == 204
    assert triples(client) == 2
    assert client.post(GRAPH + "2", content=TRIPLE, headers=TURTLE).status_code == 201
    assert triples(client, "/graphs?default") == 0


def test_an_empty_graph_is_there_until_it_is_deleted(client: httpx.Client) -> None:
    assert client.put(GRAPH, content="", headers=TURTLE).status_code == 201
    assert triples(client) == 0
    assert client.head(GRAPH).status_code == 200
    assert client.delete(GRAPH).status_code == 204
    assert client.head(GRAPH).status_code == 404
    assert client.delete(GRAPH).status_code == 404


def test_the_default_graph_is_always_there(client: httpx.Client) -> None:
    assert triples(client, "/graphs?default") == 0
    assert client.put("/graphs?default", content=TRIPLE, headers=TURTLE).status_code == 204
    assert client.delete("/graphs?default").status_code == 204
    assert triples(client, "/graphs?default") == 0


def test_relative_iris_are_resolved_against_the_graph(client: httpx.Client) -> None:
    client.put(GRAPH, content="<a> <#b> <> .", headers=TURTLE)
    answer = client.get(GRAPH, headers={"Accept": "application/n-triples"})
    assert answer.text == "<http://g.example/a> <http://g.example/g#b> <http://g.example/g> .\n"


def test_blank_nodes_of_two_bodies_are_not_the_same(client: httpx.Client) -> None:
    for _ in range(2):
        client.post(GRAPH, content="_:same <http://g.example/p> 1 .", headers=TURTLE)
    assert triples(client) == 2


def test_the_dataset_is_read_and_written_whole(client: httpx.Client) -> None:
    quads = f"{TRIPLE} <http://g.example/g> {{ {TRIPLE} }}"
    assert client.put("/graphs", content=quads, headers=TRIG).status_code == 204
    answer = client.get("/graphs", headers=NQUADS)
    assert len(answer.text.splitlines()) == 2
    more = quads.replace("1", "2")
    assert client.post("/graphs", content=more, headers=TRIG).status_code == 204
    assert len(client.get("/graphs", headers=NQUADS).text.splitlines()) == 4
    assert client.get("/graphs", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.put("/graphs", content=TRIPLE, headers=TURTLE).status_code == 415
    assert client.delete("/graphs").status_code == 204
    assert client.get("/graphs", headers=NQUADS).text == ""


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
    ],
)
def test_a_graph_comes_and_goes_in_every_syntax(client: httpx.Client, media_type: str) -> None:
    client.put(GRAPH, content=TRIPLE + " <http://g.example/s> a <http://g.example/C> .", headers=TURTLE)
    answer = client.get(GRAPH, headers={"Accept": media_type})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    found = {quad.triple for quad in parse(answer.content, RdfFormat.from_media_type(media_type))}
    assert len(found) == 2
    other = GRAPH + "2"
    assert client.put(other, content=answer.content, headers={"Content-Type": media_type}).status_code == 201
    assert triples(client, other) == 2


def test_a_named_graph_inside_a_graph_is_refused(client: httpx.Client) -> None:
    inside = f"<http://g.example/h> {{ {TRIPLE} }}"
    assert client.put(GRAPH, content=inside, headers=TRIG).status_code == 400
    assert client.get(GRAPH).status_code == 404


def test_a_graph_that_cannot_be_parsed_changes_nothing(client: httpx.Client) -> None:
    client.put(GRAPH, content=TRIPLE, headers=TURTLE)
    answer = client.put(GRAPH, content=TRIPLE + "\n<a> <b>", headers=TURTLE)
    assert answer.status_code == 400
    assert "line 2" in answer.json()["detail"]
    assert triples(client) == 1


def test_a_write_may_depend_on_what_is_there(client: httpx.Client) -> None:
    fresh = {**TURTLE, "If-None-Match": "*"}
    assert client.put(GRAPH, content=TRIPLE, headers={**TURTLE, "If-Match": "*"}).status_code == 412
    assert client.put(GRAPH, content=TRIPLE, headers=fresh).status_code == 201
    assert client.put(GRAPH, content=TRIPLE, headers=fresh).status_code == 412
    tag = client.get(GRAPH).headers["ETag"]
    assert client.get(GRAPH, headers={"If-None-Match": tag}).status_code == 304
    assert client.put(GRAPH, content=TRIPLE, headers={**TURTLE, "If-Match": tag}).status_code == 204
    for method, content in (("PUT", TRIPLE), ("POST", TRIPLE), ("DELETE", "")):
        answer = client.request(method, GRAPH, content=content, headers={**TURTLE, "If-Match": tag})
        assert answer.status_code == 412, method
    assert client.delete(GRAPH, headers={"If-Match": client.get(GRAPH).headers["ETag"]}).status_code == 204


def test_a_patch_reaches_its_graph_and_no_other(client: httpx.Client) -> None:
    patch = {"Content-Type": "application/sparql-update"}
    assert client.patch(GRAPH, content="INSERT DATA { <x:a> <x:b> 1 }", headers=patch).status_code == 404
    client.put(GRAPH, content=TRIPLE, headers=TURTLE)
    client.put("/graphs?default", content=TRIPLE, headers=TURTLE)
    change = "INSERT DATA { <x:a> <x:b> 1 } ; DELETE { ?s ?p 1 } INSERT { ?s ?p 3 } WHERE { ?s ?p 1 }"
    assert client.patch(GRAPH, content=change, headers=patch).status_code == 204
    assert client.get(GRAPH, headers={"Accept": "application/n-triples"}).text.count('"3"') == 2
    assert client.patch(GRAPH, content="DELETE WHERE { ?s ?p ?o }", headers=patch).status_code == 204
    assert (triples(client), triples(client, "/graphs?default")) == (0, 1)
    for beyond in (
        "CLEAR ALL",
        "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
        "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { GRAPH <x:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
    ):
        assert client.patch(GRAPH, content=beyond, headers=patch).status_code == 422, beyond
    refused = client.patch(GRAPH, content=TRIPLE, headers=TURTLE)
    assert (refused.status_code, refused.headers["Accept-Patch"]) == (415, "application/sparql-update")


@pytest.mark.parametrize(
    "path",
    ["/graphs?default&graph=x:g", "/graphs?graph=x:g&graph=x:h", "/graphs?graph=relative", "/graphs?graph="],
)
def test_an_address_names_one_graph(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 400
    assert client.put(path, content=TRIPLE, headers=TURTLE).status_code == 400


@pytest.mark.parametrize("start", [b"<!DOCTYPE", b"<!doctype"])
def test_a_document_type_is_refused(client: httpx.Client, start: bytes) -> None:
    bomb = start + b' x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    xml = {"Content-Type": "application/rdf+xml"}
    assert client.put(GRAPH, content=bomb, headers=xml).status_code == 400
    wide = bomb.decode().encode("utf-16")
    assert client.put(GRAPH, content=wide, headers=xml).status_code == 400


def test_what_is_no_graph_is_refused_with_its_status(client: httpx.Client) -> None:
    refused = client.put(GRAPH, content=b"x", headers={"Content-Type": "image/png"})
    assert refused.status_code == 415
    assert "text/turtle" in refused.headers["Accept-Post"]
    assert client.put(GRAPH, content=b"x").status_code == 415
    assert client.put(GRAPH, content=b"#" * (2 << 20), headers=TURTLE).status_code == 413
    assert client.get(GRAPH + "&format=pdf").status_code == 400
    client.put(GRAPH, content=TRIPLE, headers=TURTLE)
    assert client.get(GRAPH, headers={"Accept": "image/png"}).status_code == 406


def test_the_methods_of_the_address_are_told(client: httpx.Client) -> None:
    allowed = {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}
    answer = client.options(GRAPH)
    assert answer.status_code == 204
    assert set(answer.headers["Allow"].split(", ")) == allowed
    assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == allowed
    assert client.request("TRACE", GRAPH).status_code == 405
