"""A write that runs away or breaks its process ends alone; those beside it are done."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.store import writer
from tests.server.running import Server, open_port

ENDLESS = (
    "INSERT { <x:n> <x:count> ?n } WHERE { SELECT (COUNT(*) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?q ?r ?s } }"
)
DEEP = "INSERT DATA { <x:a> <x:b> " + "[ <x:b> " * 150 + "1" + " ]" * 150 + " }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("writer") / "store"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    server = Server(
        folder,
        open_port(),
        PARLEYGRAPH_TOKEN="token",
        PARLEYGRAPH_WRITE_TIMEOUT="2",
    )
    server.client.headers["Authorization"] = "Bearer token"
    server.wait(503)
    triples = " ".join(f"<x:{each}> <x:p> {each} ." for each in range(300))
    assert update(server.client, f"INSERT DATA {{ {triples} }}").status_code == 204
    yield server.client
    server.stop()


def update(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/update", content=text, headers={"Content-Type": "application/sparql-update"})


def count(client: httpx.Client, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def test_a_write_that_runs_away_ends_alone(client: httpx.Client) -> None:
    answers: dict[str, httpx.Response] = {}

    def send(name: str, text: str) -> None:
        answers[name] = update(client, text)

    names = [f"x:beside{number}" for number in range(6)]
    texts = {"endless": ENDLESS} | {name: f"INSERT DATA {{ <{name}> <x:beside> 1 }}" for name in names}
    threads = [threading.Thread(target=send, args=each) for each in texts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stopped = answers.pop("endless")
    assert stopped.status_code == 503
    assert int(stopped.headers["Retry-After"]) > 0
    assert "2 seconds" in stopped.json()["detail"]
    assert {answer.status_code for answer in answers.values()} == {204}
    assert count(client, "?s <x:beside> 1") == len(names)
    assert count(client, "<x:n> <x:count> ?n") == 0


def test_what_would_break_the_parser_is_refused_or_ends_alone(client: httpx.Client) -> None:
    assert update(client, DEEP).status_code == 204
    assert update(client, DEEP.replace("[ <x:b> ", "[ <x:b> " * 2).replace(" ]", " ]" * 2)).status_code == 400
    padded = "INSERT DATA { <x:a> <x:b> " + "[ <x:b> " * 60_000 + "1" + " ]" * 60_000 + " }"
    assert update(client, padded).status_code in (400, 503)
    assert update(client, "INSERT DATA { <x:after> <x:b> 1 }").status_code == 204
    assert count(client, "<x:after> ?p ?o") == 1


def test_what_others_publish_meanwhile_is_kept(client: httpx.Client, folder: Path, tmp_path: Path) -> None:
    """`parleygraph load` beside the server: the writer goes on from what that has published."""
    file = tmp_path / "more.nt"
    file.write_text("<x:loaded> <x:b> <x:c> .\n")
    writer.load(folder, [file])
    assert count(client, "<x:loaded> ?p ?o") == 1
    assert update(client, "INSERT DATA { <x:loaded> <x:b> <x:d> }").status_code == 204
    assert count(client, "<x:loaded> ?p ?o") == 2
