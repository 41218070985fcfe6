"""`make bench`: the product beside its peers and its limits on the same data, as a table of ratios.

    BENCH_TRIPLES   size of the data (200,000)      BENCH_ROUNDS    interleaved rounds (5), the median counts
    BENCH_SECONDS   length of one run (2)

Everything is warmed first, answers are compared, and all servers get the same connections. What a ratio is
of stands in its column; more than one is better for the product.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from graph.store import generations
from tests.bench import client, data, servers
from tests.bench.servers import PEERS, Running, limit, memory, product
from tests.server.running import ROOT

TRIPLES = int(os.environ.get("BENCH_TRIPLES", "200000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
CONNECTIONS = 8
"""Kept connections of the client, a thread each."""

SMALL = 20_000
"""Triples on which rdflib-endpoint is measured: it is too slow for more in the time that others take."""

UPDATES = 30

Opener = Callable[[], AbstractContextManager[Running]]


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory(prefix="parleygraph-bench-") as name:
        folder = Path(name)
        file = folder / "data.nt"
        data.write(file, TRIPLES)
        print(
            f"{os.cpu_count()} processors, {TRIPLES:,} triples, {ROUNDS} rounds of {SECONDS:g} s, "
            f"{CONNECTIONS} connections\n"
        )
        store = _loading(folder, file)
        openers: dict[str, Opener] = {
            "parleygraph": lambda: product(store),
            "without cache": lambda: product(store, PARLEYGRAPH_CACHE="0"),
            "engine in-process": lambda: limit("engine", BENCH_STORE=str(generations.current(store))),
        }
        if servers.has_peers():
            openers["Oxigraph server"] = lambda: servers.oxigraph(folder / "oxigraph")
        _queries(openers, data.scenarios(TRIPLES))
        _hits(store, folder)
        if servers.has_peers():
            _rdflib(folder)
        _updates(store)
    _reading()


def _loading(folder: Path, file: Path) -> Path:
    """Bulk load by the product, by the bare engine, by the Oxigraph command."""
    store = folder / "store"
    ours = _timed([sys.executable, "-m", "graph", "load", str(file), "--store", str(store)])
    begin = time.perf_counter()
    bare = Store(str(folder / "bare"))
    bare.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
    bare.optimize()
    bare.flush()
    engine = time.perf_counter() - begin
    line = f"| bulk load | {TRIPLES / ours:,.0f}/s | engine {TRIPLES / engine:,.0f}/s | {engine / ours:.2f} |"
    if servers.has_peers():
        at = ["--location", str(folder / "oxigraph")]
        peer = _timed([str(PEERS / "oxigraph"), "load", *at, "--file", str(file)])
        peer += _timed([str(PEERS / "oxigraph"), "optimize", *at])
        line += f"\n| bulk load | {TRIPLES / ours:,.0f}/s | Oxigraph {TRIPLES / peer:,.0f}/s "
        line += f"| {peer / ours:.2f} |"
    print("| | parleygraph | beside | ratio |\n|---|---|---|---|\n" + line)
    return store


def _timed(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begin


def _queries(openers: dict[str, Opener], scenarios: tuple[data.Scenario, ...]) -> None:
    """Each scenario on each server, interleaved."""
    with _All(openers) as running:
        names = list(running)
        print(
            f"\n| answers/s (p99 in ms) | {' | '.join(names)} | {' | '.join(f'÷ {n}' for n in names[2:])} |"
        )
        print("|---" * (1 + 2 * len(names) - 2) + "|")
        means: dict[str, list[float]] = {name: [] for name in names}
        for scenario in scenarios:
            _compare(running, scenario)
            measured = _rounds(running, scenario)
            rates = {name: statistics.median(each.rate for each in found) for name, found in measured.items()}
            tails = {name: statistics.median(each.p99 for each in found) for name, found in measured.items()}
            cells = [f"{rates[name]:,.0f} ({tails[name] * 1000:.1f})" for name in names]
            # Repeated questions are what the cache is for; the pool is measured where it has to work.
            own = rates["parleygraph" if "repeated" in scenario.name else "without cache"]
            ratios = [own / rates[name] for name in names[2:]]
            for name, ratio in zip(names[2:], ratios, strict=True):
                means[name].append(ratio)
            print(
                f"| {scenario.name} | {' | '.join(cells)} | {' | '.join(f'{r:.2f}' for r in ratios)} |",
                flush=True,
            )
        cells = [f"{statistics.geometric_mean(means[name]):.2f}" for name in names[2:]]
        print(f"| geometric mean |{' |' * len(names)} {' | '.join(cells)} |")
        print("\n| | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|")
        print("| start, s | " + " | ".join(f"{each.started:.2f}" for each in running.values()) + " |")
        sizes = (memory(each.process.pid) / 2**20 for each in running.values())
        print("| memory (PSS), MiB | " + " | ".join(f"{size:,.0f}" for size in sizes) + " |", flush=True)


class _All:
    """Several servers at once."""

    def __init__(self, openers: dict[str, Opener]) -> None:
        self._openers = openers
        self._contexts: list[AbstractContextManager[Running]] = []

    def __enter__(self) -> dict[str, Running]:
        found = {}
        for name, opener in self._openers.items():
            context = opener()
            found[name] = context.__enter__()
            self._contexts.append(context)
        return found

    def __exit__(self, *error: object) -> None:
        for context in reversed(self._contexts):
            context.__exit__(None, None, None)


def _requests(server: Running, scenario: data.Scenario) -> list[bytes]:
    return [client.request(server.path, query, server.port) for query in scenario.queries]


def _compare(running: dict[str, Running], scenario: data.Scenario) -> None:
    """Raises SystemExit where two servers answer differently; LIMIT without ORDER BY may choose any rows."""
    for number in range(min(5, len(scenario.queries))):
        found = {}
        for name, server in running.items():
            status, body = client.Connection(server.port).ask(_requests(server, scenario)[number])
            if status != 200:
                sys.exit(f"{name}: {status} {body[:300]!r}")
            found[name] = _comparable(json.loads(body), scenario.queries[number])
        first, *others = found.values()
        if any(other != first for other in others):
            sys.exit(f"different answers to: {scenario.queries[number]}")


def _comparable(answer: dict[str, Any], query: str) -> object:
    """The answer without order; only the number of rows where the query leaves open which."""
    if "boolean" in answer:
        return answer["boolean"]
    rows = [
        sorted((name, term["value"]) for name, term in row.items()) for row in answer["results"]["bindings"]
    ]
    return len(rows) if "LIMIT" in query and "ORDER BY" not in query else sorted(rows)


def _rounds(running: dict[str, Running], scenario: data.Scenario) -> dict[str, list[client.Measured]]:
    measured: dict[str, list[client.Measured]] = {name: [] for name in running}
    for number in range(ROUNDS + 1):
        for name, server in running.items():
            seconds = SECONDS if number else SECONDS / 2
            found = client.load(server.port, _requests(server, scenario), CONNECTIONS, seconds)
            if number:  # the first round warms
                measured[name].append(found)
    return measured


def _hits(store: Path, folder: Path) -> None:
    """A hit of the cache beside an application that sends the same bytes, headers and log line."""
    scenario = data.scenarios(TRIPLES)[1]
    with product(store) as ours:
        sent = _requests(ours, scenario)
        body = client.Connection(ours.port).ask(sent[0])[1]
        (folder / "body").write_bytes(body)
        with limit("bare", BENCH_BODY=str(folder / "body")) as bare:
            measured = _rounds({"hit": ours, "bare": bare}, scenario)
    hit, base = (statistics.median(each.rate for each in measured[name]) for name in ("hit", "bare"))
    print(
        f"\n| | parleygraph | beside | ratio |\n|---|---|---|---|\n"
        f"| cache hit | {hit:,.0f}/s | bare WSGI {base:,.0f}/s | {hit / base:.2f} |",
        flush=True,
    )


def _rdflib(folder: Path) -> None:
    """rdflib-endpoint, on less data."""
    file, store = folder / "small.nt", folder / "small"
    data.write(file, SMALL)
    _timed([sys.executable, "-m", "graph", "load", str(file), "--store", str(store)])
    with product(store, PARLEYGRAPH_CACHE="0") as ours, servers.rdflib_endpoint(file) as peer:
        for scenario in data.scenarios(SMALL):
            both = {"ours": ours, "rdflib-endpoint": peer}
            rates = {
                name: client.load(server.port, _requests(server, scenario), CONNECTIONS, 2 * SECONDS).rate
                for name, server in both.items()
            }
            one, other = rates.values()
            said = f"| {scenario.name}, {SMALL:,} triples | {one:,.0f}/s | rdflib-endpoint {other:,.1f}/s"
            print(f"{said} | {one / other:.1f} |", flush=True)


def _updates(store: Path) -> None:
    """100 triples written, acknowledged durable, and read back at once."""
    import httpx

    spans = []
    with product(store, PARLEYGRAPH_TOKEN="bench") as ours:
        address = f"http://127.0.0.1:{ours.port}"
        with httpx.Client(base_url=address, headers={"Authorization": "Bearer bench"}, timeout=120) as http:
            for number in range(UPDATES + 3):
                thing = f"<{data.BASE}event/new{number}>"
                triples = (
                    " . ".join(f'{thing} <{data.PG}new{each}> "{number}-{each}"' for each in range(99))
                    + f' . {thing} {data.RDFS_LABEL} "Novelty{number}"'
                )
                begin = time.perf_counter()
                answer = http.post("/update", data={"update": f"INSERT DATA {{ {triples} }}"})
                spans.append(time.perf_counter() - begin)
                assert answer.status_code in (200, 204), answer.text
                seen = http.get("/sparql", params={"query": f"SELECT * {{ {thing} ?p ?o }}"}).json()
                assert len(seen["results"]["bindings"]) == 100, "an acknowledged update is not seen"
    spans = sorted(spans[3:])
    print(
        f"| update of 100 triples, acknowledged, seen | p50 {spans[len(spans) // 2] * 1000:.0f} ms | "
        f"p95 {spans[int(len(spans) * 0.95)] * 1000:.0f} ms | |",
        flush=True,
    )


def _reading() -> None:
    """The extraction beside the bare tokeniser."""
    command = [sys.executable, "-m", "tests.bench.reading", "3"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    words, bare = found["extraction"], found["tokeniser"]
    articles = f"reading {found['articles']:.0f} articles, {found['words']:,.0f} words, one core"
    print(f"| {articles} | {words:,.0f} words/s | tokeniser {bare:,.0f} words/s | {words / bare:.3f} |")
    rate = found["per second"]
    print(f"| articles of 350 words | {rate:.1f}/s | at least 15/s | {rate / 15:.2f} |")
    print(
        f"| memory of reading | {found['memory']:.0f} MiB | at most 600 MiB | {600 / found['memory']:.2f} |"
    )


if __name__ == "__main__":
    main()
