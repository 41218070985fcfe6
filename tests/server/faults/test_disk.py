"""A full disk: 507, nothing lost, everything readable; and writing goes on when there is room again."""

import subprocess
from pathlib import Path

import httpx
import pytest

from tests.server.running import Server, open_port

SIZE = "40m"
BALLAST = 12 << 20
"""Bytes that are set aside, to be freed when the disk is full."""

MOUNT = 'mount -t tmpfs -o size={size} tmpfs "{folder}" && exec "$@"'
ALONE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


def write(client: httpx.Client, number: int) -> int:
    triples = " ".join(f"<x:{number}> <x:p{each}> '{number}-{each}-{'x' * 200}' ." for each in range(2000))
    headers = {"Content-Type": "application/sparql-update"}
    return client.post("/update", content=f"INSERT DATA {{ {triples} }}", headers=headers).status_code


def count(client: httpx.Client) -> int:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def fill(client: httpx.Client, done: int) -> int:
    """Write until the disk is full; how many writes are done then."""
    while (status := write(client, done)) == 204:
        done += 1
        assert done < 200, "the disk never fills"
    assert status == 507
    return done


def test_a_full_disk_stops_writing_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = MOUNT.format(size=SIZE, folder=folder)
    if subprocess.run([*ALONE, mount, "sh", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk of its own can be had here: unshare --user --mount is not allowed")
    server = Server(folder / "store", open_port(), within=[*ALONE, mount, "sh"], PARLEYGRAPH_TOKEN="token")
    server.client.headers["Authorization"] = "Bearer token"
    server.wait(503)
    inside = Path(f"/proc/{server.process.pid}/root{folder}")
    (inside / "ballast").write_bytes(b"\0" * BALLAST)
    done = fill(server.client, 0)
    assert done > 1
    assert count(server.client) == 2000 * done
    # What the failed write took is free again, so that a smaller one might still find room.
    done = fill(server.client, done)
    assert count(server.client) == 2000 * done
    assert server.client.get("/graphs?default").status_code == 200
    (inside / "ballast").unlink()
    assert write(server.client, done) == 204
    assert count(server.client) == 2000 * (done + 1)
    server.stop()
