"""`make soak`: sudden ends under load, and storms of runaways, over and over; the figures as they come.

    SOAK_KILLS    times that a process or all of them are killed (200)
    SOAK_STORMS   storms of a hundred runaways (10)
    PARLEYGRAPH_SEED   the seed of the random choices, printed at the start

Exit status 1 where an acknowledged write is lost, a half one is found, or a refusal comes late.
"""

import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

from graph.store import writer
from tests.bench import data
from tests.server.faults.processes import alive, tree
from tests.server.faults.test_kill import TOGETHER, Load, ended, started, written
from tests.server.faults.test_runaways import RUNAWAYS
from tests.server.running import ROOT, Server, open_port

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
STORMS = int(os.environ.get("SOAK_STORMS", "10"))
LIMIT = 3.0
"""Seconds that a runaway may run in these storms."""

STORM = 100
TRIPLES = 100_000


def main() -> None:
    """Runs both and says what was found."""
    seed = int(os.environ.get("PARLEYGRAPH_SEED") or random.randrange(10**6))
    print(f"PARLEYGRAPH_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="parleygraph-soak-") as name:
        faults = [*_kills(Path(name) / "killed", random.Random(seed)), *_storms(Path(name))]
    for fault in faults:
        print(f"FAULT: {fault}")
    sys.exit(1 if faults else 0)


def _kills(store: Path, chance: random.Random) -> list[str]:
    """Kills one process or all, two in five times, while three clients write."""
    server, faults, acknowledged = started(store, 503), list[str](), set[str]()
    server.client.post("/update", data={"update": "CREATE GRAPH <x:g>"})
    recoveries: list[float] = []
    restarts = 0
    for number in range(KILLS):
        load = Load(server.url, acknowledged, 10 * number)
        time.sleep(0.2 + chance.random())
        pids = tree(server.process.pid)
        for pid in pids if chance.random() < 0.4 else [chance.choice(pids)]:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        begin = time.perf_counter()
        time.sleep(0.2)
        load.stop()
        if server.process.poll() is not None:
            ended(server, pids)
            server, restarts = started(store), restarts + 1
        found = _answered(server)
        recoveries.append(time.perf_counter() - begin)
        faults += [f"round {number}: {each} is lost" for each in acknowledged if found.get(each) != TOGETHER]
        faults += [f"round {number}: {each} is half" for each, n in found.items() if n not in (TOGETHER, 0)]
        if faults:
            break
    server.stop()
    print(
        f"{KILLS} kills, {restarts} of everything: {len(acknowledged):,} acknowledged writes of {TOGETHER} "
        f"triples, {len(faults)} faults; answering again after {statistics.median(recoveries):.2f} s, "
        f"at most {max(recoveries):.2f} s (a restart included)",
        flush=True,
    )
    return faults


def _answered(server: Server) -> dict[str, int]:
    """What is written, as soon as the server answers again."""
    until = time.monotonic() + 60
    while True:
        try:
            return written(server.client)
        except (httpx.TransportError, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _storms(folder: Path) -> list[str]:
    """A hundred runaways at once, some times, with a point query going on beside."""
    data.write(folder / "data.nt", TRIPLES)
    writer.load(folder / "store", [folder / "data.nt"])
    settings = {"PARLEYGRAPH_CLIENT_BUDGET": "0", "PARLEYGRAPH_LOG": "off"}
    server = Server(folder / "store", open_port(), PARLEYGRAPH_QUERY_TIMEOUT=str(LIMIT), **settings)
    server.wait()
    points = data.scenarios(TRIPLES)[0].queries
    usual = _spans(server, points[:300], lambda: False)
    faults: list[str] = []
    ends: list[float] = []
    refusals: list[float] = []
    beside: list[float] = []
    for number in range(STORMS):
        queries = [f"{RUNAWAYS[each % len(RUNAWAYS)]} #{number}-{each}" for each in range(STORM)]
        threads = [
            threading.Thread(target=_run_away, args=(server, query, ends, refusals, faults))
            for query in queries
        ]
        for thread in threads:
            thread.start()
        beside += _spans(server, points, partial(_ended, threads))
    idle = _busy(server)
    server.stop()
    print(
        f"{STORMS} storms of {STORM} runaways: {len(ends)} ran to the limit of {LIMIT:g} s, the last ended "
        f"after {max(ends, default=0):.2f} s; {len(refusals)} were refused, at the middle after "
        f"{statistics.median(refusals):.2f} s, the last after {max(refusals):.2f} s; point query p99 "
        f"{_p99(usual) * 1000:.1f} ms usually, {_p99(beside) * 1000:.1f} ms beside ({len(beside):,} asked); "
        f"processor in use a second later: {idle:.0%}",
        flush=True,
    )
    if idle > 0.5:
        faults.append("processors are still busy when all runaways have ended")
    return faults


def _ended(threads: list[threading.Thread]) -> bool:
    return not any(thread.is_alive() for thread in threads)


def _run_away(
    server: Server, query: str, ends: list[float], refusals: list[float], faults: list[str]
) -> None:
    begin = time.perf_counter()
    answer = httpx.post(f"{server.url}/sparql", data={"query": query}, timeout=120)
    took = time.perf_counter() - begin
    if answer.status_code != 503 or not answer.headers.get("Retry-After"):
        faults.append(f"{answer.status_code} for a runaway: {answer.text[:200]}")
    (refusals if "place" in answer.text else ends).append(took)


def _spans(server: Server, queries: tuple[str, ...], enough: Callable[[], bool]) -> list[float]:
    """Seconds of point queries, one after the other, until they are done or it is enough."""
    spans: list[float] = []
    for query in queries:
        if enough():
            break
        begin = time.perf_counter()
        answer = server.client.get("/sparql", params={"query": query})
        if answer.status_code == 200:
            spans.append(time.perf_counter() - begin)
    return spans


def _p99(spans: list[float]) -> float:
    return sorted(spans)[int(len(spans) * 0.99)] if spans else float("nan")


def _busy(server: Server) -> float:
    """The share of one processor that the server uses in a second, a second after the last answer."""
    time.sleep(1)
    before = _ticks(server)
    time.sleep(1)
    return (_ticks(server) - before) / os.sysconf("SC_CLK_TCK")


def _ticks(server: Server) -> int:
    total = 0
    for pid in tree(server.process.pid):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
