"""The server as a service: it stays quick beside runaways, and nothing of it outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.faults.processes import eventually, gone, spent, tree
from tests.server.running import ROOT

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STREAMED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def descendants(server: Any) -> list[int]:
    """The processes below the server's first."""
    return tree(server.process.pid)[1:]


def test_an_endless_query_ends_with_503_and_burns_nothing_more(
    store: Path, launch: Callable[..., Any]
) -> None:
    server = launch(store, PARLEYGRAPH_QUERY_TIMEOUT="1")
    answer = server.client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "1 second" in answer.json()["detail"]
    assert server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    pids = descendants(server)
    eventually(lambda: len(descendants(server)) >= len(pids))
    before = spent(descendants(server))
    time.sleep(1)
    assert spent(descendants(server)) - before < 0.5
    server.stop()


def test_a_result_stopped_on_its_way_is_cut_off(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store, PARLEYGRAPH_QUERY_TIMEOUT="4")
    received: list[bytes] = []

    def read() -> None:
        with server.client.stream("GET", "/sparql", params={"query": STREAMED}) as answer:
            assert answer.status_code == 200
            for chunk in answer.iter_bytes():
                received.append(chunk[:1])

    with pytest.raises(httpx.RemoteProtocolError):
        read()
    assert received
    assert server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    server.stop()


def test_a_client_that_goes_away_frees_its_place(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store, PARLEYGRAPH_QUERY_TIMEOUT="60", PARLEYGRAPH_QUERY_PLACES="1")
    for _ in range(3):
        with httpx.stream("GET", f"{server.url}/sparql", params={"query": STREAMED}, timeout=30) as answer:
            next(answer.iter_bytes())
    eventually(lambda: server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200)
    server.stop()


def test_ctrl_c_ends_everything_quietly(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store)
    server.client.get("/sparql", params={"query": "ASK {}"})
    pids = descendants(server)
    assert len(pids) > 2
    said = server.stop()
    assert server.process.returncode == 0
    assert "Traceback" not in said
    gone(pids)


def test_an_idle_connection_does_not_hold_up_ctrl_c(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store)
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))):
        time.sleep(0.2)  # until a thread reads from it
        begin = time.monotonic()
        server.stop()
        assert time.monotonic() - begin < 8  # gunicorn's graceful timeout, after which it kills, is 10


@pytest.mark.parametrize(
    ("name", "setting", "said"),
    [
        ("PARLEYGRAPH_QUERY_TIMEOUT", "soon", "PARLEYGRAPH_QUERY_TIMEOUT: 'soon' is no number"),
        ("PARLEYGRAPH_STORE", __file__, f"{__file__}: exists and is not a store"),
    ],
)
def test_an_impossible_setting_is_told_in_one_line(name: str, setting: str, said: str) -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "server/gunicorn.conf.py", "server.wsgi:application"]
    environment = {**os.environ, name: setting}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_killed_server_leaves_no_query_running(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store, PARLEYGRAPH_QUERY_TIMEOUT="60")
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
        query = httpx.QueryParams({"query": ENDLESS})
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        eventually(lambda: spent(descendants(server)) > 1)
        pids = descendants(server)
        web = [pid for pid in pids if Path(f"/proc/{pid}/cmdline").read_bytes().count(b"gunicorn")]
        for pid in [server.process.pid, *web]:
            os.kill(pid, signal.SIGKILL)
    gone(pids)
    server.stop()


def test_killed_query_processes_are_replaced(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store)
    for _ in range(5):
        for pid in descendants(server):
            with suppress(OSError):  # it may have ended by itself meanwhile
                if "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text():
                    os.kill(pid, signal.SIGKILL)
        eventually(lambda: server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200)
    server.stop()


def test_without_a_store_it_says_what_to_do(tmp_path: Path, launch: Callable[..., Any], store: Path) -> None:
    server = launch(store)
    server.stop()
    empty = type(server)(tmp_path / "none", int(server.url.rpartition(":")[2]))
    try:
        eventually(lambda: _listens(empty.client))
        answer = empty.client.get("/sparql", params={"query": "ASK {}"})
        assert answer.status_code == 503
        assert "parleygraph build" in answer.text
        assert empty.client.get("/healthz").status_code == 503
    finally:
        empty.stop()


def _listens(client: httpx.Client) -> bool:
    try:
        return bool(client.get("/robots.txt").status_code)
    except httpx.TransportError:
        return False
