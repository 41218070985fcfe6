"""What a server writes beside its store is gone with it, or with the next one where it was killed."""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.server.faults.processes import gone, tree


@pytest.fixture
def temporary() -> Iterator[str]:
    """A folder for temporary files, with a path short enough for sockets below it."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        yield name


def test_a_server_leaves_nothing_behind(store: Path, launch: Callable[..., Any], temporary: str) -> None:
    server = launch(store, TMPDIR=temporary)
    assert server.client.get("/metrics").status_code == 200
    assert len(os.listdir(temporary)) == 1
    server.stop()
    assert os.listdir(temporary) == []


def test_what_a_killed_server_left_goes_with_the_next(
    store: Path, launch: Callable[..., Any], temporary: str
) -> None:
    killed, beside = launch(store, TMPDIR=temporary), launch(store, TMPDIR=temporary)
    (Path(temporary) / "parleygraph-notours").mkdir()
    (Path(temporary) / "parleygraph-no-folde").touch()
    pids = tree(killed.process.pid)
    for pid in pids:
        with suppress(ProcessLookupError):  # a query process ends by itself once its web process has
            os.kill(pid, signal.SIGKILL)
    killed.stop()
    gone(pids)
    assert len(os.listdir(temporary)) == 4
    again = launch(store, TMPDIR=temporary)
    assert len(os.listdir(temporary)) == 4  # the one beside, the new one, and what no server made
    assert beside.client.get("/metrics").status_code == 200
    again.stop()
    beside.stop()
    assert sorted(os.listdir(temporary)) == ["parleygraph-no-folde", "parleygraph-notours"]
