"""`make bench`: the product beside its peers and its limits on the same data, and every ratio with its goal.

    BENCH_TRIPLES, BENCH_ROUNDS, BENCH_SECONDS      how large it is, see tests/bench/size.py

Everything is warmed first but what is to be cold, answers are compared, and all servers get the same
connections. What a ratio is of stands beside it; more than one is better for the product.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from graph.store import generations
from tests.bench import data, loading, measure, pages, servers, virtuoso, writing
from tests.bench.goals import Figure, table
from tests.bench.measure import Opener
from tests.bench.scenarios import asked_alone, under_load
from tests.bench.servers import limit, product
from tests.bench.size import ALONE, CONNECTIONS, ROUNDS, SECONDS, SMALL, TRIPLES
from tests.server.running import ROOT


def main() -> None:
    """Measures and prints."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="parleygraph-bench-") as name:
        folder = Path(name)
        data.write(folder / "data.nt", TRIPLES)
        print(
            f"{os.cpu_count()} processors, {TRIPLES:,} triples, {ROUNDS} rounds of {SECONDS:g} s, "
            f"{CONNECTIONS} connections\n"
        )
        figures += loading.load(folder, folder / "data.nt", TRIPLES)
        store = folder / "store"
        with measure.together(_openers(folder, store)) as running:
            # What is asked alone comes first: the servers have just started, and nothing is warm.
            figures += asked_alone(running, TRIPLES, ALONE)
            figures += under_load(running, TRIPLES, ROUNDS)
        figures += pages.compare(store, folder)
        if servers.has_peers():
            figures += _beside_rdflib(folder)
        figures += writing.measure(store)
    figures += _reading()
    print(f"\n{table(figures)}")
    missed = [each.name for each in figures if not each.is_met]
    print(f"\n{len(missed)} of {sum(each.goal is not None for each in figures)} goals missed")


def _openers(folder: Path, store: Path) -> dict[str, Opener]:
    """What is measured side by side; ours first."""
    found: dict[str, Opener] = {
        "parleygraph": lambda: product(store),
        "without cache": lambda: product(store, PARLEYGRAPH_CACHE="0"),
        "engine in-process": lambda: limit("engine", BENCH_STORE=str(generations.current(store))),
    }
    if servers.has_peers():
        found["Oxigraph server"] = lambda: servers.oxigraph(folder / "oxigraph")
    if virtuoso.is_installed():
        found["Virtuoso"] = lambda: virtuoso.serve(folder / "virtuoso")
    return found


def _beside_rdflib(folder: Path) -> list[Figure]:
    """rdflib-endpoint in every scenario, on less data and once."""
    file, store = folder / "small.nt", folder / "small"
    data.write(file, SMALL)
    loading.product(file, store)
    openers: dict[str, Opener] = {
        "parleygraph": lambda: product(store),
        "without cache": lambda: product(store, PARLEYGRAPH_CACHE="0"),
        "rdflib-endpoint": lambda: servers.rdflib_endpoint(file),
    }
    print(f"\nOn {SMALL:,} triples:")
    with measure.together(openers) as running:
        return [*asked_alone(running, SMALL, 5), *under_load(running, SMALL, 1)]


def _reading() -> list[Figure]:
    """The extraction beside the bare tokeniser."""
    command = [sys.executable, "-m", "tests.bench.reading", "3"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    words, bare = found["extraction"], found["tokeniser"]
    print(
        f"\n| reading {found['articles']:.0f} articles of {found['words']:,.0f} words, one core | words/s |\n"
        f"|---|---|\n| extraction | {words:,.0f} |\n| bare tokeniser | {bare:,.0f} |"
    )
    return [
        Figure("articles of 350 words read, one core", found["per second"], 15, "/s"),
        Figure("memory of reading", found["memory"], 600, " MiB", most=True),
    ]


if __name__ == "__main__":
    main()
