"""An article in the browser: previewed without a trace, published without its struck claims, by token."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.server.running import ROOT, Server

TOKEN = {"Authorization": "Bearer geheim"}
READER = {"Accept": "text/html", "Accept-Language": "en"}
ARTICLE = (ROOT / "tests" / "articles" / "chiamata-ricevuta.txt").read_bytes()
PG = "PREFIX pg: <https://w3id.org/parleygraph/ns#> "


@pytest.fixture(scope="module")
def writable(store: Path, launch: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    folder = tmp_path_factory.mktemp("drafts") / "store"
    shutil.copytree(store, folder, symlinks=True)
    return launch(folder, PARLEYGRAPH_TOKEN="geheim")


def preview(http: httpx.Client, **headers: str) -> httpx.Response:
    return http.post("/add", content=ARTICLE, headers={"Content-Type": "text/plain", **READER, **headers})


def calls(http: httpx.Client) -> int:
    query = f"{PG} SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a pg:Call }}"
    return int(http.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Cookie": "token=geheim"}])
def test_without_the_token_nothing_is_read(writable: Server, headers: dict[str, str]) -> None:
    assert preview(writable.client, **headers).status_code == 401


def test_a_preview_marks_the_words_and_lists_the_claims_and_leaves_no_trace(writable: Server) -> None:
    before = writable.client.get("/healthz").status_code, calls(writable.client)
    answer = preview(writable.client, **TOKEN)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<mark class="trigger' in answer.text
    assert re.findall(r'name="keep" value="http://127.0.0.1:8000/id/claim/[^"]+" checked', answer.text)
    assert "<html" not in answer.text
    assert (200, calls(writable.client)) == before


def test_struck_claims_stay_out_and_on_record(writable: Server) -> None:
    claims = re.findall(r'name="keep" value="([^"]+)"', preview(writable.client, **TOKEN).text)
    headers = {"Content-Type": "text/plain", **TOKEN}
    nobody = writable.client.post("/articles", params={"strike": claims[0]}, content=ARTICLE, headers=headers)
    assert nobody.status_code == 400
    unknown = {"strike": "http://127.0.0.1:8000/id/claim/none", "author": "A"}
    assert (
        writable.client.post("/articles", params=unknown, content=ARTICLE, headers=headers).status_code == 422
    )
    made = writable.client.post(
        "/articles", params={"strike": claims[0], "author": "Ada <b>"}, content=ARTICLE, headers=headers
    )
    assert made.status_code == 201, made.text
    query = f"""{PG} PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?who {{
          <{claims[0]}> prov:wasInvalidatedBy/prov:wasAttributedTo/rdfs:label ?who
          FILTER NOT EXISTS {{ <{claims[0]}> a pg:Claim }}
          FILTER NOT EXISTS {{ GRAPH <{claims[0]}> {{ ?s ?p ?o }} }}
        }}"""
    rows = writable.client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert {row["who"]["value"] for row in rows} == {"Ada <b>"}
    path = claims[0].partition("/id/")[2]
    assert writable.client.get(f"/page/{path}", headers=READER).status_code == 200
    assert (
        writable.client.delete(made.headers["Location"].partition("8000")[2], headers=TOKEN).status_code
        == 204
    )
    left = f'ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STR(?o) = "Ada <b>" || ?s = <{claims[0]}>) }}'
    assert writable.client.get("/sparql", params={"query": left}).json()["boolean"] is False
    assert writable.client.get(f"/page/{path}", headers=READER).status_code in (404, 410)


def test_what_is_no_article_is_refused_with_the_reason(writable: Server) -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json", **TOKEN}
    answer = writable.client.post("/add", content=b'{"title": "no text"}', headers=headers)
    assert answer.status_code == 422
    assert (
        writable.client.post("/add", content=b"x", headers={**TOKEN, "Content-Type": "image/png"}).status_code
        == 415
    )
