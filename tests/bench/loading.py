"""Bulk load: the product's command, the bare engine, the peers' own loaders; what they fill is used then."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import servers, virtuoso
from tests.bench.goals import Figure
from tests.bench.servers import PEERS
from tests.server.running import ROOT

ENGINE = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_TRIPLES)
store.optimize()
store.flush()
"""


def load(folder: Path, file: Path, triples: int) -> list[Figure]:
    """Fills `folder`/store, and `folder`/oxigraph and `folder`/virtuoso where these are installed.

    A server makes the replica of ours by itself, but beside what it is asked; here it is made before.
    """
    ours = product(file, folder / "store")
    replica = timed([sys.executable, "-m", "graph", "replica", "--store", str(folder / "store")])
    seconds = {"the engine": timed([sys.executable, "-c", ENGINE, str(file), str(folder / "bare")])}
    if servers.has_peers():
        at = ["--location", str(folder / "oxigraph")]
        seconds["Oxigraph server"] = timed([str(PEERS / "oxigraph"), "load", *at, "--file", str(file)])
        seconds["Oxigraph server"] += timed([str(PEERS / "oxigraph"), "optimize", *at])
    if virtuoso.is_installed():
        seconds["Virtuoso"] = virtuoso.load(folder / "virtuoso", file)
    print("| bulk load | triples/s | parleygraph ÷ it |\n|---|---|---|")
    print(f"| parleygraph | {triples / ours:,.0f} | |")
    print(f"| … and the replica | {triples / (ours + replica):,.0f} | |")
    for name, took in seconds.items():
        print(f"| {name} | {triples / took:,.0f} | {took / ours:.2f} |", flush=True)
    goals = {"the engine": 0.8, "Virtuoso": 1.0}
    return [Figure(f"bulk load ÷ {name}", took / ours, goals.get(name)) for name, took in seconds.items()]


def product(file: Path, store: Path) -> float:
    """Seconds that `parleygraph load` takes."""
    return timed([sys.executable, "-m", "graph", "load", str(file), "--store", str(store)])


def timed(command: list[str]) -> float:
    """Seconds that a command takes, with the start of its process; what others wrote is on disk before."""
    os.sync()
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begin
