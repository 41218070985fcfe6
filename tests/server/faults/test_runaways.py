"""Many runaways at once: some run to the limit, the excess is refused, cheap queries go on beside."""

import socket
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.server.faults.processes import eventually, tree
from tests.server.running import Server, open_port

LIMIT = 4
TIMES = 100
RUNAWAYS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?e",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?s) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>)* ?b . ?c (!<x:q>)+ ?d . ?e (!<x:r>)* ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER REGEX(CONCAT(STR(?a), STR(?g)), '(x+x+)+y') }",
]


@pytest.fixture
def server(store: Path):
    made = Server(
        store,
        open_port(),
        PARLEYGRAPH_QUERY_TIMEOUT=str(LIMIT),
        PARLEYGRAPH_MAX_QUERY_MEMORY="256",
        PARLEYGRAPH_CLIENT_BUDGET="0",
    )
    made.wait()
    yield made
    made.stop()


def test_a_hundred_runaways_end_cleanly_and_leave_room(server: Server) -> None:
    answers: list[tuple[int, str, str]] = []

    def ask(number: int) -> None:
        query = f"{RUNAWAYS[number % len(RUNAWAYS)]} #{number}"
        answer = httpx.post(f"{server.url}/sparql", data={"query": query}, timeout=60)
        answers.append((answer.status_code, answer.headers.get("Retry-After", ""), answer.text))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(TIMES)]
    for thread in threads:
        thread.start()
    cheap: list[int] = []
    while any(thread.is_alive() for thread in threads):
        query = f"SELECT * {{ <x:{len(cheap)}> ?p ?o }}"
        cheap.append(server.client.get("/sparql", params={"query": query}).status_code)
        time.sleep(0.02)
    assert Counter(status for status, _, _ in answers) == {503: TIMES}
    assert all(int(later) > 0 for _, later, _ in answers)
    stopped = sum("limit of" in text or "memory" in text for _, _, text in answers)
    assert 0 < stopped < TIMES / 4  # one that ends by its memory leaves its place to another
    assert len(cheap) > 20
    assert set(cheap) == {200}


@pytest.mark.parametrize("query", ["SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "ASK { " + "[" * 5000])
def test_what_is_nested_without_end_is_refused_at_once(server: Server, query: str) -> None:
    answer = server.client.post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert "nested" in answer.json()["detail"]


def test_a_client_that_goes_away_frees_its_process(server: Server) -> None:
    """It left before the first byte; its query would have gone on to the limit, with nobody to read it."""
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address) as connection:
        query = httpx.QueryParams({"query": RUNAWAYS[0]})
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        eventually(lambda: bool(reniced(server)))
        victims = reniced(server)
    eventually(lambda: not set(victims) & set(reniced(server)))


def reniced(server: Server) -> list[int]:
    """The query processes that run in a slow place: they have a lower priority than the others."""
    found = []
    for pid in tree(server.process.pid):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[16]) >= 10:
            found.append(pid)
    return found
