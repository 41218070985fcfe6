"""kill -9 at any moment: what was acknowledged is kept, nothing is there by half, nobody repairs a thing."""

import os
import random
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from graph.store import merge, reader
from tests.server.faults.processes import alive, gone, tree
from tests.server.running import Server, open_port

ROUNDS = 10
TOGETHER = 40
"""Triples of one update: all of them are there, or none."""

SETTINGS = {"PARLEYGRAPH_TOKEN": "token", "PARLEYGRAPH_QUERY_TIMEOUT": "10"}
HEADERS = {"Authorization": "Bearer token"}


class Load:
    """Writes that go on until they are stopped, and which of them were acknowledged."""

    def __init__(self, url: str, acknowledged: set[str], first: int) -> None:
        self._url = url
        self._acknowledged = acknowledged
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(first + each,)) for each in range(3)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Return when the last write has its answer, or has lost its connection."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _write(self, stem: int) -> None:
        with httpx.Client(base_url=self._url, headers=HEADERS, timeout=60) as client:
            number = 0
            while not self._stopped.is_set():
                number += 1
                name = f"w{stem}-{number}"
                triples = " ".join(f"<x:{name}> <x:p{each}> {each} ." for each in range(TOGETHER))
                try:
                    answer = client.post("/update", data={"update": f"INSERT DATA {{ {triples} }}"})
                except httpx.TransportError:
                    time.sleep(0.05)
                    continue
                if answer.status_code == 204:
                    self._acknowledged.add(name)


def written(client: httpx.Client) -> dict[str, int]:
    """How many triples there are of each write.

    On a machine with much else to do it takes a while until what was killed is replaced: 503 says so.
    """
    query = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s"
    until = time.monotonic() + 30
    while True:
        answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
        if answer.status_code != 503 or time.monotonic() > until:
            break
        time.sleep(float(answer.headers["Retry-After"]))
    assert answer.status_code == 200, answer.text
    lines = [line.split(",") for line in answer.text.splitlines()]
    subject = lines[0].index("s")
    return {line[subject].removeprefix("x:"): int(line[1 - subject]) for line in lines[1:]}


def started(store: Path, status: int = 200) -> Server:
    server = Server(store, open_port(), **SETTINGS)
    server.client.headers.update(HEADERS)
    server.wait(status)
    return server


def ended(server: Server, pids: list[int]) -> None:
    """Wait until nothing of a killed server runs any more."""
    gone(pids)
    server.process.communicate()
    server.client.close()


def test_what_was_acknowledged_survives_every_kill(tmp_path: Path) -> None:
    seed = int(os.environ.get("PARLEYGRAPH_SEED") or random.randrange(10**6))
    print(f"PARLEYGRAPH_SEED={seed}")
    chance = random.Random(seed)
    store = tmp_path / "store"
    server = started(store, 503)
    assert server.client.post("/update", data={"update": "CREATE GRAPH <x:g>"}).status_code == 204
    acknowledged: set[str] = set()
    for number in range(ROUNDS):
        load = Load(server.url, acknowledged, 10 * number)
        time.sleep(0.3 + chance.random())
        pids = tree(server.process.pid)
        victims = pids if chance.random() < 0.4 else [chance.choice(pids)]
        for pid in victims:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        load.stop()
        if server.process.poll() is not None:
            ended(server, pids)
            server = started(store)
        found = written(server.client)
        lost = {name for name in acknowledged if found.get(name) != TOGETHER}
        assert not lost, f"round {number}, {len(victims)} killed: {sorted(lost)} are lost"
        assert set(found.values()) <= {TOGETHER}, f"round {number}: half a write"
    assert acknowledged, "no write was ever acknowledged"
    server.stop()


@pytest.mark.parametrize("moment", [0.0, 0.1])
def test_an_article_is_there_whole_or_not_at_all(tmp_path: Path, moment: float) -> None:
    text = "date 2031-03-04 Irene Falk ha telefonato martedì a Milo Arend, ha detto il portavoce Teo Lunn."
    plain = {"Content-Type": "text/plain"}
    store = tmp_path / "store"
    server = started(store, 503)
    first = server.client.post("/articles", content=b"date 2031-03-01 " + text[16:].encode(), headers=plain)
    assert first.status_code == 201, first.text
    statuses: list[int] = []

    def send() -> None:
        try:
            statuses.append(server.client.post("/articles", content=text.encode(), headers=plain).status_code)
        except httpx.TransportError:
            statuses.append(0)

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(moment)
    pids = tree(server.process.pid)
    for pid in pids:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    sender.join()
    ended(server, pids)
    server = started(store)
    there = len(server.client.get("/articles").json()["articles"])
    assert there == 2 if statuses == [201] else there in (1, 2)
    assert list(merge.differences(reader.open_current(store))) == []
    assert server.client.post("/articles", content=text.encode(), headers=plain).status_code in (200, 201)
    server.stop()
