"""A running server makes the replica by itself, and answers the same with it as without."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.store import generations, writer
from graph.store.columns import replicas
from tests.server.running import Server, open_port

QUERIES = (
    "SELECT ?p ?o { <http://e/t3> ?p ?o } ORDER BY ?p ?o",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
    "SELECT ?s ?n { ?s <http://e/next> ?o . ?o <http://e/number> ?n } ORDER BY ?n",
    "ASK { <http://e/t3> <http://e/next> <http://e/t4> }",
    "SELECT ?s { ?s <http://e/next> <http://e/nowhere> }",
)
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
TOKEN = {"Authorization": "Bearer secret"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    file = tmp_path / "data.nt"
    file.write_text(
        "".join(
            f"<http://e/t{number}> <http://e/next> <http://e/t{number + 1}> .\n"
            f'<http://e/t{number}> <http://e/number> "{number}"^^<{INTEGER}> .\n'
            for number in range(6000)
        )
    )
    writer.load(tmp_path / "store", [file])
    running = Server(tmp_path / "store", open_port(), PARLEYGRAPH_TOKEN="secret", PARLEYGRAPH_CACHE="0")
    running.wait()
    yield running
    running.stop()


def asked(server: Server, query: str) -> object:
    answer = httpx.get(f"{server.url}/sparql", params={"query": query, "format": "json"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def made(store: Path) -> None:
    until = time.monotonic() + 60
    while not replicas.exists(generations.current(store)):
        assert time.monotonic() < until, "no replica was made"
        time.sleep(0.1)
    time.sleep(1.2)  # processes look once per second


def test_answers_are_the_same_with_a_replica_and_after_a_write(server: Server, tmp_path: Path) -> None:
    store = tmp_path / "store"
    before = [json.dumps(asked(server, query), sort_keys=True) for query in QUERIES]
    made(store)
    assert [json.dumps(asked(server, query), sort_keys=True) for query in QUERIES] == before
    update = "DELETE DATA { <http://e/t3> <http://e/next> <http://e/t4> }"
    changed = httpx.post(f"{server.url}/update", data={"update": update}, headers=TOKEN)
    assert changed.status_code < 300
    assert asked(server, QUERIES[3]) == {"head": {}, "boolean": False}
    made(store)
    assert asked(server, QUERIES[3]) == {"head": {}, "boolean": False}
