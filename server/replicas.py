"""Has the analytic replica of the generation in force made where it is missing, see graph.store.columns."""

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from graph.store import generations
from graph.store.columns import replicas

log = logging.getLogger(__name__)

REST = 2.0
"""Seconds without a new generation after which the replica is made: not for each of many writes."""

PATIENCE = 60.0
"""Seconds until it is tried again after a failure."""

GLANCE = 1.0
"""Seconds between two looks at whether the replica is there."""


class Keeper:
    """A thread that looks for the replica, and has it made once the store is at rest; one per web process.

    Whoever gets the lock first does it, in a process of its own that yields to those that answer.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        threading.Thread(target=self._keep, name="replica-keeper", daemon=True).start()

    def _keep(self) -> None:
        seen, since, trouble = None, 0.0, ""
        while True:
            time.sleep(GLANCE)
            try:
                generation = generations.current(self._store)
                if generation != seen:
                    seen, since = generation, time.monotonic()
                elif time.monotonic() > since + REST and not replicas.exists(generation):
                    self._make()
            except Exception as error:  # it may be mended, and the engine answers meanwhile
                if str(error) != trouble:
                    log.warning("no replica: %s", error)
                trouble = str(error)
                time.sleep(PATIENCE)

    def _make(self) -> None:
        folder = self._store / generations.REPLICAS
        folder.mkdir(exist_ok=True)
        with (folder / "making").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            command = [sys.executable, "-m", "graph", "replica", "--store", str(self._store)]
            begin = time.monotonic()
            done = subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=_yielding, check=False
            )
            if done.returncode:
                raise OSError(done.stderr.decode(errors="replace").strip() or f"status {done.returncode}")
            log.info("replica made in %.1f s", time.monotonic() - begin)


def _yielding() -> None:
    os.nice(5)
