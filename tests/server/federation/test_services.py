"""SERVICE and LOAD reach what the settings allow, and nothing else, by no detour."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from graph.errors import SettingError
from server.federation import fetch
from server.federation.allowed import Allowed, read
from tests.server.running import Server, open_port

LABELS = "?s <http://www.w3.org/2000/01/rdf-schema#label> ?label"


class Detour(BaseHTTPRequestHandler):
    """Redirects everything; counts what comes."""

    asked = 0

    def do_GET(self) -> None:
        Detour.asked += 1
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:9/secret")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def detour() -> Iterator[str]:
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Detour)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listener.server_port}/"
    listener.shutdown()
    listener.server_close()


@pytest.fixture(scope="module")
def asker(server: Server, detour: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with an empty graph that may reach the other one, and a place that redirects."""
    made = Server(
        tmp_path_factory.mktemp("asker") / "store",
        open_port(),
        PARLEYGRAPH_TOKEN="token",
        PARLEYGRAPH_SERVICE_ALLOW=f"{server.url}/sparql, {server.url}/graph/ {detour}",
    )
    made.wait(503)
    made.client.headers["Authorization"] = "Bearer token"
    assert made.client.post("/update", data={"update": "INSERT DATA { <x:a> <x:b> 1 }"}).status_code == 204
    yield made.client
    made.stop()


def rows(client: httpx.Client, query: str) -> list[dict[str, dict[str, str]]]:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def keyed(found: list[dict[str, dict[str, str]]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in found)


def test_an_allowed_endpoint_is_asked_and_joined(
    asker: httpx.Client, http: httpx.Client, server: Server
) -> None:
    direct = rows(http, f"SELECT * {{ {LABELS} }}")
    assert direct
    through = rows(asker, f"SELECT * {{ SERVICE <{server.url}/sparql> {{ {LABELS} }} }}")
    assert keyed(through) == keyed(direct)
    joined = (
        f"PREFIX e: <{server.url}/> SELECT ?b {{ <x:a> ?p ?b SERVICE e:sparql {{ {LABELS} FILTER(false) }} }}"
    )
    assert rows(asker, joined) == []


def test_its_answer_is_never_kept(asker: httpx.Client, server: Server) -> None:
    query = f"SELECT * {{ SERVICE <{server.url}/sparql> {{ {LABELS} }} }}"
    answer = asker.get("/sparql", params={"query": query})
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/", "http://169.254.169.254/latest", "?endpoint", "{detour}"]
)
def test_everything_else_gives_nothing(asker: httpx.Client, detour: str, target: str) -> None:
    target = target.replace("{detour}", detour)
    written = target if target.startswith("?") else f"<{target}>"
    query = f"SELECT * {{ SERVICE SILENT {written} {{ ?s ?p ?o }} }}"
    answer = asker.post("/sparql", data={"query": query.replace("SILENT ", "")})
    assert answer.status_code == 502
    assert len(rows(asker, query)) <= 1


def test_a_redirect_is_not_followed(asker: httpx.Client, detour: str) -> None:
    before = Detour.asked
    answer = asker.post("/sparql", data={"query": f"SELECT * {{ SERVICE <{detour}x> {{ ?s ?p ?o }} }}"})
    assert (answer.status_code, Detour.asked) == (502, before + 1)
    assert "302" in answer.json()["detail"]


def test_load_brings_an_allowed_document(asker: httpx.Client, server: Server) -> None:
    document = f"{server.url}/graph/entities"
    update = f"LOAD <{document}> INTO GRAPH <x:loaded>"
    answer = asker.post("/update", data={"update": update})
    assert answer.status_code == 204, answer.text
    assert rows(asker, "SELECT * { GRAPH <x:loaded> { ?s ?p ?o } }")
    for refused in ("LOAD <http://127.0.0.1:9/x>", f"LOAD <{server.url}/ns.ttl>"):
        assert asker.post("/update", data={"update": refused}).status_code == 502
        silent = refused.replace("LOAD", "LOAD SILENT")
        assert asker.post("/update", data={"update": silent}).status_code == 204


def test_by_default_nothing_is_reached(http: httpx.Client, detour: str) -> None:
    before = Detour.asked
    for silent in ("", "SILENT "):
        query = f"SELECT * {{ SERVICE {silent}<{detour}> {{ ?s ?p ?o }} }}"
        answer = http.post("/sparql", data={"query": query})
        assert answer.status_code == (200 if silent else 400)
    http.post("/sparql", data={"query": f"SELECT * FROM <{detour}> {{ ?s ?p ?o }}"})
    assert Detour.asked == before


def test_a_name_that_leads_into_the_own_network_is_refused(detour: str) -> None:
    local = detour.replace("127.0.0.1", "localhost")
    before = Detour.asked
    with pytest.raises(fetch.UnreachableError, match="own network"):
        fetch.fetch(Allowed((local,)), local, "*/*")
    assert Detour.asked == before


@pytest.mark.parametrize(
    "written", ["ftp://x.example/", "example.org", "http://user@x.example/", "http:///x"]
)
def test_an_impossible_address_is_refused_by_the_settings(written: str) -> None:
    with pytest.raises(SettingError, match="SETTING"):
        read(written, "SETTING")


def test_an_address_with_a_slash_at_its_end_allows_what_is_below() -> None:
    allowed = read("https://a.example/sparql https://b.example/data/", "x")
    assert allowed.permits("https://a.example/sparql")
    assert allowed.permits("https://b.example/data/x.ttl")
    assert not allowed.permits("https://a.example/sparql/x")
    assert not allowed.permits("https://b.example/database")
    assert not Allowed().permits("")
