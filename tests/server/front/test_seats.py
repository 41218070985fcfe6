"""Connections are spread over the web processes, and none waits for one that has gone."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.front.seats import SEATS, Seats
from tests.server.faults.processes import eventually
from tests.server.running import Server

CONNECTIONS = 12


def test_the_fewest_connections_are_those_of_others() -> None:
    seats = Seats()
    assert seats.least(0) is None
    seats.put(0, 100, 5)
    assert seats.least(0) is None
    seats.put(1, 101, 3)
    seats.put(2, 102, 7)
    assert [seats.least(seat) for seat in (0, 1, 2, 3)] == [3, 5, 3, 3]
    seats.leave(1)
    assert [seats.least(seat) for seat in (0, 2)] == [7, 5]
    seats.put(SEATS + 1, 103, 1)  # the seat of one that has ended is taken again
    assert seats.least(0) == 1


@pytest.fixture
def server(store: Path, launch: Callable[..., Any]) -> Iterator[Server]:
    made = launch(store, PARLEYGRAPH_WORKERS="3")
    yield made
    made.stop()


def asked(client: httpx.Client, url: str) -> int:
    """The number of the process that answers, which is a part of the request's id."""
    answer = client.get(f"{url}/limits")
    assert answer.status_code == 200
    return int(answer.headers["X-Request-Id"].split("-")[1], 16)


def test_kept_connections_are_spread_evenly(server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(httpx.Client()) for _ in range(CONNECTIONS)]
        spread = Counter(asked(client, server.url) for client in clients)
        assert len(spread) == 3
        assert max(spread.values()) <= CONNECTIONS / 3 + 2
        assert [asked(client, server.url) for client in clients]  # and stay open


def test_a_process_that_has_gone_keeps_nobody_waiting(server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(httpx.Client()) for _ in range(CONNECTIONS)]
        pids = [asked(client, server.url) for client in clients]
        os.kill(pids[0], signal.SIGKILL)
        left = [client for client, pid in zip(clients, pids, strict=True) if pid != pids[0]]
        assert all(asked(client, server.url) != pids[0] for client in left)
        found: set[int] = set()

        def is_replaced() -> bool:
            found.add(asked(stack.enter_context(httpx.Client()), server.url))
            return bool(found - set(pids))

        eventually(is_replaced)
