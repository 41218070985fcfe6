"""The servers that are measured, each started as its makers say, using all processors."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server.running import ROOT, open_port

PEERS = ROOT / "data" / "build" / "peers" / "bin"
"""Where `make bench` installs the peers (tests/bench/peers.txt)."""

CORES = str(os.cpu_count() or 1)
GUNICORN = (
    sys.executable,
    "-m",
    "gunicorn",
    "--worker-class",
    "server.front.worker.Worker",
    "--threads",
    "16",
    "--keep-alive",
    "15",
)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at a path of a port; `started` are the seconds until it did."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    started: float


@contextmanager
def running(
    name: str,
    command: list[str],
    path: str,
    port: int,
    probe: str,
    settings: Mapping[str, str] | None = None,
    within: Path = ROOT,
) -> Iterator[Running]:
    """Starts a server in the folder `within`, waits until `probe` answers, stops it at the end."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=within,
        env={**os.environ, **(settings or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{probe}", timeout=5):
                    break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begin > 600:
                    raise RuntimeError(f"{name} did not start") from None
                time.sleep(0.02)
        yield Running(name, port, path, process, time.perf_counter() - begin)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def product(store: Path, **settings: str) -> AbstractContextManager[Running]:
    """The product as `make serve` runs it."""
    port = open_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "server/gunicorn.conf.py", "server.wsgi:application"]
    settings = {
        "PARLEYGRAPH_STORE": str(store),
        "PORT": str(port),
        "PARLEYGRAPH_CLIENT_BUDGET": "0",
        "PARLEYGRAPH_QUERY_PLACES": "16",
        "PARLEYGRAPH_QUERY_TIMEOUT": "300",
        **settings,
    }
    return running("parleygraph", command, "/sparql", port, "/healthz", settings)


def limit(name: str, **settings: str) -> AbstractContextManager[Running]:
    """One of tests.bench.limits under the product's gunicorn."""
    port = open_port()
    command = [*GUNICORN, "--workers", CORES, "--bind", f"127.0.0.1:{port}", "tests.bench.limits:application"]
    return running(name, command, "/sparql", port, "/sparql?query=ASK%7B%7D", settings)


def oxigraph(location: Path) -> AbstractContextManager[Running]:
    """The Oxigraph server on a database on disk."""
    port = open_port()
    command = [
        str(PEERS / "oxigraph"),
        "serve-read-only",
        "--location",
        str(location),
        "--bind",
        f"127.0.0.1:{port}",
    ]
    return running("Oxigraph server", command, "/query", port, "/query?query=ASK%7B%7D")


def rdflib_endpoint(data: Path) -> AbstractContextManager[Running]:
    """rdflib-endpoint on a file in memory."""
    port = open_port()
    command = [str(PEERS / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    return running("rdflib-endpoint", command, "/", port, "/?query=ASK%7B%7D")


def has_peers() -> bool:
    """Whether the peers are installed."""
    return shutil.which("oxigraph", path=str(PEERS)) is not None


def memory(pid: int) -> int:
    """Bytes that a process and those below it take, shared ones divided (PSS)."""
    total, waiting = 0, [pid]
    while waiting:
        at = waiting.pop()
        try:
            rollup = Path(f"/proc/{at}/smaps_rollup").read_text()
            total += int(rollup.partition("\nPss:")[2].split()[0]) * 1024
            for task in Path(f"/proc/{at}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, IndexError, ValueError):
            continue
    return total
