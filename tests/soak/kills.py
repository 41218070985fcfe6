"""kill -9 of one process or of all, under load, over and over; a third while a generation is being published.

The moment between log and publication is when the write stands in the live database and its generation is
not in force: the staging folder is there, or a number that `current` does not name. It is watched for, and
counted only when the files say so once the writer is dead.
"""

import os
import random
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from graph.store import generations, merge, reader
from tests.bench.goals import Figure, middle
from tests.server.faults.processes import alive, gone, tree
from tests.server.faults.test_kill import TOGETHER, Load, ended, started, written
from tests.server.running import Server
from tests.soak.articles import Articles, whole

WINDOW = 0.04
"""Seconds over which a kill is spread once a publication has begun, which takes 20 to 100 ms."""

POSTED = 3
"""Every third round posts articles as well: the rules take seconds to load again where they were killed."""

THOROUGH = 20
"""Rounds after which the whole store is compared with its merge, quad by quad."""


@dataclass(slots=True)
class Killed:
    """What a run of kills found."""

    kills: int = 0
    everything: int = 0
    between: int = 0
    writes: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    recoveries: list[float] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def figures(self) -> list[Figure]:
        """For the table."""
        return [
            Figure("kills", self.kills, None),
            Figure("of everything at once", self.everything, None),
            Figure("between log and publication", self.between, self.kills // 3),
            Figure(f"updates of {TOGETHER} triples acknowledged", len(self.writes), None),
            Figure("articles acknowledged", len(self.articles), 1),
            Figure("lost or half", len(self.faults), 0, most=True),
            Figure("answering again beside a killed process, median", middle(self.recoveries), None, " s"),
            Figure("at most", max(self.recoveries, default=0.0), None, " s"),
            Figure("answering after a restart, median", middle(self.restarts), None, " s"),
            Figure("at most", max(self.restarts, default=0.0), None, " s"),
        ]


def run(store: Path, times: int, chance: random.Random) -> Killed:
    """Kills so many times; stops at the first round with a fault."""
    found, server = Killed(), started(store, 503)
    server.client.post("/update", data={"update": "CREATE GRAPH <x:g>"})
    for number in range(times):
        load = Load(server.url, found.writes, 10 * number)
        posts = Articles(server.url, found.articles, number) if number % POSTED == 0 else None
        time.sleep(0.2 + chance.random())
        pids = tree(server.process.pid)
        found.kills += 1
        if 3 * found.between <= number:
            victims, hit = _between(store, pids, chance)
            found.between += hit
        else:
            victims = pids if chance.random() < 0.4 else [chance.choice(pids)]
            _kill(victims)
        found.everything += victims == pids
        begin = time.perf_counter()
        gone(victims)
        survives = alive(server.process.pid)
        if survives:
            _answered(server)
            found.recoveries.append(time.perf_counter() - begin)
        load.stop()
        if posts is not None:
            posts.stop()
        if not survives:
            ended(server, pids)
            begin = time.perf_counter()
            server = started(store)
            _answered(server)
            found.restarts.append(time.perf_counter() - begin)
        _compare(server, store, number, found)
        if number % THOROUGH == THOROUGH - 1:
            print(f"{found.kills} kills, {len(found.writes):,} updates", file=sys.stderr, flush=True)
        if found.faults:
            break
    server.stop()
    if differing := _differing(store):
        found.faults.append(f"the default graph is not the merge of the others: {differing}")
    return found


def _between(store: Path, pids: list[int], chance: random.Random) -> tuple[list[int], bool]:
    """Kills the writer or everything while a generation is in the making; whether it stayed in the making."""
    writer = [pid for pid in pids if b"server.writer" in _command(pid)]
    victims = pids if not writer or chance.random() < 0.5 else writer[:1]
    until = time.monotonic() + 10
    while not _is_pending(store) and time.monotonic() < until:
        time.sleep(0.0005)
    time.sleep(WINDOW * chance.random())
    _kill(victims)
    gone(victims)
    return victims, _is_pending(store)


def _is_pending(store: Path) -> bool:
    """Whether a generation is being made, or was made and is not in force."""
    if (store / generations.FOLDER / generations.STAGING).exists():
        return True
    try:
        return max(generations.numbers(store)) > int(
            os.readlink(store / generations.CURRENT).rpartition("/")[2]
        )
    except (OSError, ValueError):
        return False


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill(pids: list[int]) -> None:
    for pid in pids:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


def _compare(server: Server, store: Path, number: int, found: Killed) -> None:
    """Every acknowledged write and article is there, and none by half."""
    there, articles = _of_updates(written(server.client)), whole(server.client)
    lost = [each for each in found.writes if there.get(each) != TOGETHER]
    found.faults += [f"round {number}: {each} is lost{_on_disk(store, each)}" for each in lost]
    found.faults += [f"round {number}: {each} is half" for each, n in there.items() if n not in (TOGETHER, 0)]
    missing = found.articles - set(articles)
    found.faults += [f"round {number}: the article {each} is lost" for each in missing]
    found.faults += [f"round {number}: the article {each} is half" for each, ok in articles.items() if not ok]
    if number % THOROUGH == THOROUGH - 1 and (differing := _differing(store)):
        found.faults.append(f"round {number}: the default graph is not the merge of the others: {differing}")


def _on_disk(store: Path, name: str) -> str:
    """Where a write that is not seen stands: a fault of reading or one of writing."""
    seen = reader.open_current(store).query(f"ASK {{ <x:{name}> ?p ?o }}")
    return ", though the generation in force holds it" if seen else ""


def _differing(store: Path) -> str:
    """The first quad in which the default graph and the merge differ; what updates wrote there stays out."""
    for quad in merge.differences(reader.open_current(store)):
        if not str(quad.subject).startswith("<x:"):
            return str(quad)
    return ""


def _answered(server: Server) -> None:
    """Return as soon as the server answers a query."""
    until = time.monotonic() + 60
    while True:
        with suppress(httpx.TransportError):
            if server.client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200:
                return
        assert time.monotonic() < until, "the server does not answer again"
        time.sleep(0.02)


def _of_updates(counts: dict[str, int]) -> dict[str, int]:
    """Without what articles tell of, whose names are addresses."""
    return {name: count for name, count in counts.items() if ":" not in name}
