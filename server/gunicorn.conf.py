"""How gunicorn runs the server: one listening address, threads, few processes, its own logs kept quiet."""

import gc
import os
import signal
import subprocess
import sys
from typing import Any

from graph.errors import SettingError, StoreError
from graph.store import generations
from graph.store.search import index
from server import address, scratch
from server.front.ledger import shared
from server.front.seats import seats
from server.front.worker import Worker
from server.settings import read, value

try:
    generations.check(read().store)
except (SettingError, StoreError, OSError) as error:
    sys.exit(f"parleygraph: {error}")

scratch.folder()
shared()  # before the web processes are forked, which keep one ledger together

bind = f"{value('HOST')}:{value('PORT')}"
workers = int(value("PARLEYGRAPH_WORKERS") or min(os.cpu_count() or 1, 4))
worker_class = Worker
threads = int(value("PARLEYGRAPH_THREADS"))
timeout = 120
"""Seconds without a sign of life before a web process is replaced; queries have their own, shorter limit."""

graceful_timeout = 10
keepalive = 15
loglevel = "warning"
limit_request_line = 8190
"""The most that gunicorn takes: a query in an address longer than that goes by POST."""

control_socket_disable = True

SWITCH = 0.001
"""Seconds for which a thread computes while others want to. With Python's 0.005 a look-up waits twice that
behind two threads that read long queries: the latest refusal in storms came after 0.69 s, with this 0.55.
"""


def on_starting(server: Any) -> None:
    """Say so, and what to do, where the address cannot be had."""
    try:
        address.require_free(value("HOST"), int(value("PORT")))
    except SettingError as error:
        sys.exit(f"parleygraph: {error}")


def when_ready(server: Any) -> None:
    """Say where the graph is served once the address is bound."""
    print(f"parleygraph serves http://{bind}/", file=sys.stderr, flush=True)
    store = read().store
    if generations.exists(store) and not index.files(generations.current(store)):
        # Written by an earlier version; queries need no index, so nobody waits for it.
        command = [sys.executable, "-m", "graph", "index", "--store", str(store)]
        subprocess.Popen(command, stdout=subprocess.DEVNULL)


def post_worker_init(worker: Any) -> None:
    """Make Ctrl-C end a web process at once, with the last lines of its log written; spare it the collector.

    gunicorn's own handler takes the lock of its thread pool, which the interrupted code may hold: the process
    would hang until it is killed. There is nothing to save, and query processes end with their web process.

    What is loaded now stays to the end: to look through it for garbage stopped all threads for 50 ms.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH)

    def end(*_: object) -> None:
        worker.wsgi.lines.flush(0.2)
        os._exit(0)

    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, end)


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a web process held when it ended."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
    seats.leave(worker.age)


def worker_exit(server: Any, worker: Any) -> None:
    """End the query processes of a web process that stops."""
    application = getattr(worker, "wsgi", None)
    pool = getattr(application, "extensions", {}).get("parleygraph-pool")
    if pool is not None:
        pool.close()
        application.lines.flush(0.5)
    if worker.booted:
        # Browsers keep connections open on which they ask nothing; a thread that reads from one would hold up
        # the end of the process, and so Ctrl-C, until the graceful timeout.
        os._exit(0)
