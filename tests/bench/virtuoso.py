"""Virtuoso, where Debian's package has put it (apt-get install virtuoso-opensource): loaded, then served."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from string import Template

from tests.bench.servers import CORES, Running, running
from tests.server.running import open_port

SERVER, CLIENT = "virtuoso-t", "isql-vt"
SETTINGS = Path(__file__).with_name("virtuoso.ini")
LOADING = "ld_dir('.', 'data.nt', 'urn:bench'); rdf_loader_run(); checkpoint; shutdown();"
"""Virtuoso's own bulk loader, then everything into the database file."""


def is_installed() -> bool:
    """Whether the package is there."""
    return shutil.which(SERVER) is not None and shutil.which(CLIENT) is not None


def load(folder: Path, file: Path) -> float:
    """Loads a file of N-Triples into a new database in `folder`; seconds, without those of starting."""
    folder.mkdir()
    (folder / "data.nt").symlink_to(file)
    with _served(folder) as (server, sql):
        begin = time.perf_counter()
        command = [CLIENT, f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={LOADING}"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        server.process.wait(600)
        return time.perf_counter() - begin


@contextmanager
def serve(folder: Path) -> Iterator[Running]:
    """The loaded database, served."""
    with _served(folder) as (server, _):
        yield server


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Running, int]]:
    port, sql = open_port(), open_port()
    written = Template(SETTINGS.read_text(encoding="utf-8")).substitute(port=port, sql=sql, cores=CORES)
    (folder / "virtuoso.ini").write_text(written, encoding="utf-8")
    command = [SERVER, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, port, folder) as server:
        yield server, sql


def _running(command: list[str], port: int, folder: Path) -> AbstractContextManager[Running]:
    return running("Virtuoso", command, "/sparql", port, "/sparql?query=ASK%7B%7D", within=folder)
