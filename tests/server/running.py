"""The real server as its own process, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """A running gunicorn with one web process, and a client for it."""

    def __init__(self, store: Path, port: int, *, within: Sequence[str] = (), **settings: str) -> None:
        """`within` is a command that runs the one after it, in surroundings of its own."""
        self.store = store
        self.url = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "PARLEYGRAPH_STORE": str(store),
            "PORT": str(port),
            "HOST": "127.0.0.1",
            "PARLEYGRAPH_WORKERS": "1",
            **settings,
        }
        command = [
            *within,
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "server/gunicorn.conf.py",
            "server.wsgi:application",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        self.client = httpx.Client(base_url=self.url, timeout=60)

    def wait(self, status: int = 200) -> None:
        """Return when it answers /healthz with this status: 503 where the store is still to be written."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.client.get("/healthz").status_code == status:
                    return
            except httpx.TransportError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.process.kill()
        raise RuntimeError(f"the server did not start: {self.process.communicate()[1]}")

    def stop(self) -> str:
        """Ctrl-C; what it wrote."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=30)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def open_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
