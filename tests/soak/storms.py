"""A hundred runaways at once, some times, with point queries going on beside; what it costs whom."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from graph.store import writer
from tests.bench import client, data, queries
from tests.bench.goals import Figure, middle
from tests.server.faults.processes import spent, tree
from tests.server.faults.test_runaways import RUNAWAYS
from tests.server.running import Server, open_port

LIMIT = 3.0
"""Seconds that a runaway may run in these storms."""

STORM = 100
TRIPLES = 100_000
USUAL = 5.0
"""Seconds over which the point query's usual time is taken."""


@dataclass(slots=True)
class Storm:
    """Seconds of runaways that ran, of those refused, of point queries; processors used afterwards."""

    ends: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    usual: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    burnt: float = 0.0
    faults: list[str] = field(default_factory=list)

    def figures(self) -> list[Figure]:
        """For the table."""
        usual, beside = (1000 * middle(each, 0.99) for each in (self.usual, self.beside))
        return [
            Figure("runaways that ran", len(self.ends), 1),
            Figure("their end, median", middle(self.ends), None, " s"),
            Figure("their end, at most", max(self.ends, default=0.0), LIMIT + 0.5, " s", most=True),
            Figure("runaways refused", len(self.refusals), 1),
            Figure("refusal, median", middle(self.refusals), 0.5, " s", most=True),
            Figure("refusal, 95 of 100", middle(self.refusals, 0.95), 0.5, " s", most=True),
            Figure("refusal, at most", max(self.refusals, default=0.0), 0.5, " s", most=True),
            Figure("point query, p99 usually", usual, None, " ms"),
            Figure("point query, p99 beside runaways", beside, None, " ms"),
            Figure("p99 beside ÷ usually", beside / usual, 5, most=True),
            Figure("point queries beside", len(self.beside), 1),
            Figure("processors in use one second later", self.burnt, 0.1, most=True),
        ]


def run(folder: Path, times: int) -> Storm:
    """So many storms on a store of synthetic events."""
    data.write(folder / "data.nt", TRIPLES)
    writer.load(folder / "store", [folder / "data.nt"])
    settings = {"PARLEYGRAPH_CLIENT_BUDGET": "0", "PARLEYGRAPH_LOG": "off", "PARLEYGRAPH_CACHE": "0"}
    port = open_port()
    server = Server(folder / "store", port, PARLEYGRAPH_QUERY_TIMEOUT=str(LIMIT), **settings)
    server.wait()
    points = [client.request("/sparql", query, port) for query in queries.points(TRIPLES)]
    found, calm = Storm(), threading.Event()
    _points(port, points, found.usual, calm, USUAL)
    for number in range(times):
        _storm(port, number, points, found)
    time.sleep(1)
    before = spent(tree(server.process.pid))
    time.sleep(1)
    found.burnt = spent(tree(server.process.pid)) - before
    server.stop()
    return found


def _storm(port: int, number: int, points: list[bytes], found: Storm) -> None:
    """One storm: all connections are made first, so that the server alone is measured."""
    together, over = threading.Barrier(STORM + 1), threading.Event()
    threads = [
        threading.Thread(target=_run_away, args=(port, f"{number}-{each}", each, together, found))
        for each in range(STORM)
    ]
    beside = threading.Thread(target=_points, args=(port, points, found.beside, over, 600.0))
    for thread in threads:
        thread.start()
    together.wait()
    beside.start()
    for thread in threads:
        thread.join()
    over.set()
    beside.join()


def _run_away(port: int, name: str, each: int, together: threading.Barrier, found: Storm) -> None:
    connection = client.Connection(port)
    sent = client.request("/sparql", f"{RUNAWAYS[each % len(RUNAWAYS)]} #{name}", port)
    together.wait()
    begin = time.perf_counter()
    answer = connection.ask(sent)
    took = time.perf_counter() - begin
    connection.close()
    if answer.status != 503 or b"\r\nretry-after:" not in answer.head.lower():
        found.faults.append(f"{answer.status} for a runaway: {answer.body[:200]!r}")
    ran = b"limit of" in answer.body or b"memory" in answer.body
    (found.ends if ran else found.refusals).append(took)


def _points(port: int, sent: list[bytes], spans: list[float], over: threading.Event, seconds: float) -> None:
    """Point queries one after the other, until it is over; each must be answered."""
    connection, until = client.Connection(port), time.perf_counter() + seconds
    for each in sent:
        begin = time.perf_counter()
        if over.is_set() or begin > until:
            break
        if connection.ask(each).status == 200:
            spans.append(time.perf_counter() - begin)
    connection.close()
