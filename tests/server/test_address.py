"""A server that cannot have its address says so in one line, with what to do; a killed one leaves it soon."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SettingError
from server import address
from tests.server.faults.processes import gone, tree
from tests.server.running import ROOT, Server


def test_a_taken_port_is_told_with_the_next(free_port: int) -> None:
    with (
        socket.create_server(("127.0.0.1", free_port)),
        pytest.raises(SettingError, match=f"another program listens there .*PORT={free_port + 1}"),
    ):
        address.require_free("127.0.0.1", free_port, patience=0)
    address.require_free("127.0.0.1", free_port, patience=0)


def test_an_address_of_another_machine_is_told(free_port: int) -> None:
    with pytest.raises(SettingError, match="no address of this machine"):
        address.require_free("192.0.2.1", free_port)


def test_a_second_server_ends_with_one_line(store: Path, launch: Callable[..., Any]) -> None:
    server = launch(store)
    port = server.url.rpartition(":")[2]
    command = [sys.executable, "-m", "gunicorn", "-c", "server/gunicorn.conf.py", "server.wsgi:application"]
    environment = {**os.environ, "PARLEYGRAPH_STORE": str(store), "PORT": port, "HOST": "127.0.0.1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"parleygraph: 127.0.0.1:{port}: another program listens there" in done.stderr
    server.stop()


def test_after_its_first_process_was_killed_it_starts_again_at_once(
    store: Path, launch: Callable[..., Any]
) -> None:
    server = launch(store)
    pids = tree(server.process.pid)
    os.kill(server.process.pid, signal.SIGKILL)
    again = Server(store, int(server.url.rpartition(":")[2]))
    server.stop()
    gone(pids)
    again.wait()
    assert again.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    said = again.stop()
    assert "ERROR" not in said
