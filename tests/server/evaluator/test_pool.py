"""The pool of query processes: what runs on is killed, what is killed is replaced, nobody waits for it."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.store import generations
from server.evaluator.errors import (
    QueryRejectedError,
    QueryTimeoutError,
    QueryTooLargeError,
    SaturatedError,
    StoreUnavailableError,
    SyntaxRejectedError,
)
from server.evaluator.jobs import Job
from server.evaluator.limits import Limits
from server.evaluator.pool import Pool

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = Job("ASK { ?s ?p ?o }")
JOINED = "{ ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w }"
BOMB = f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c))) AS ?all) {JOINED}"


@pytest.fixture
def pools(store: Path) -> Iterator[Callable[..., Pool]]:
    """Pools on the test's store with limits of their own; closed at the end."""
    made: list[Pool] = []

    def make(folder: Path = store, **limits: Any) -> Pool:
        made.append(Pool(lambda: generations.current(folder), Limits(**limits)))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def eventually(condition: Callable[[], bool]) -> None:
    """Wait for what happens in the background; fail when it does not."""
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def running(pid: int) -> bool:
    """Whether a process runs: it exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_endless_query_is_killed_at_its_deadline(pools: Callable[..., Pool]) -> None:
    pool = pools(timeout=0.6)
    before = set(pool.answers([QUICK]) and pool.pids())
    with pool.start(Job(ENDLESS)) as run, pytest.raises(QueryTimeoutError):
        run.header()
    eventually(lambda: any(not running(pid) for pid in before))
    assert pool.answers([QUICK])


def test_what_was_killed_is_replaced(pools: Callable[..., Pool]) -> None:
    pool = pools(timeout=0.3, quick_places=2)
    for _ in range(4):
        with pool.start(Job(ENDLESS)) as run, pytest.raises(QueryTimeoutError):
            run.header()
    eventually(lambda: len(pool.pids()) == 2)


def test_runaways_leave_room_for_a_quick_query(pools: Callable[..., Pool]) -> None:
    pool = pools(timeout=30, quick=0.1, quick_places=2, slow_places=1)
    results: list[BaseException] = []

    def ask() -> None:
        try:
            with pool.start(Job(ENDLESS)) as run:
                run.header()
        except BaseException as error:
            results.append(error)

    first = [threading.Thread(target=ask, daemon=True) for _ in range(6)]
    for thread in first:
        thread.start()
    eventually(lambda: len(results) >= 5)
    assert all(isinstance(error, SaturatedError) for error in results)
    assert pool.answers([QUICK])
    pool.close()


def test_a_query_that_needs_too_much_memory_ends_alone(pools: Callable[..., Pool]) -> None:
    pool = pools(timeout=30, memory=64 << 20)
    with pytest.raises(QueryTooLargeError):
        pool.answers([Job(BOMB)])
    assert pool.answers([QUICK])


def test_a_crash_of_the_engine_ends_one_query_only(pools: Callable[..., Pool]) -> None:
    deep = "SELECT * { " + "{" * 60_000 + "}" * 60_000 + " }"
    pool = pools(timeout=30)
    with pool.start(Job(deep)) as run, pytest.raises((QueryTooLargeError, SyntaxRejectedError)):
        run.header()
    assert pool.answers([QUICK])


def test_killed_query_processes_come_back(pools: Callable[..., Pool]) -> None:
    pool = pools()
    pool.answers([QUICK])
    killed = pool.pids()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(pool.pids()) >= 2 and not set(killed) & set(pool.pids()))
    assert pool.answers([QUICK])


def test_no_query_process_outlives_the_pool(pools: Callable[..., Pool]) -> None:
    pool = pools()
    pool.answers([QUICK])
    pids = pool.pids()
    assert pids
    pool.close()
    eventually(lambda: not any(running(pid) for pid in pids))


def test_a_refused_query_leaves_its_process_in_use(pools: Callable[..., Pool]) -> None:
    pool = pools(quick_places=1)
    pool.answers([QUICK])
    pids = pool.pids()
    for _ in range(3):
        with pool.start(Job("SELECT nothing")) as run, pytest.raises(SyntaxRejectedError):
            run.header()
    assert pool.pids() == pids


def test_service_reaches_nothing(pools: Callable[..., Pool]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        pool = pools(timeout=10)
        with pytest.raises(QueryRejectedError):
            pool.answers([Job(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")])
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_kernel_barrier_is_in_force(pools: Callable[..., Pool]) -> None:
    pool = pools()
    pool.answers([QUICK])
    for pid in pool.pids():
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status


def test_queries_move_on_to_a_new_generation(pools: Callable[..., Pool], tmp_path: Path) -> None:
    from pyoxigraph import NamedNode, Quad, Store

    def publish(count: int) -> None:
        with generations.writing(tmp_path, fresh=True) as folder:
            database = Store(str(folder))
            node = NamedNode("x:p")
            database.extend(Quad(NamedNode(f"x:{number}"), node, node) for number in range(count))
            database.flush()
            del database

    def rows() -> int:
        return len(pool.answers([Job("SELECT ?s { ?s ?p ?o }", solutions="text/csv")])[0].splitlines()) - 1

    publish(1)
    pool = pools(tmp_path)
    assert rows() == 1
    publish(3)
    assert rows() == 3


def test_without_a_store_the_reason_is_told(pools: Callable[..., Pool], tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="holds no graph"):
        pools(tmp_path / "none").answers([QUICK])


def test_large_results_come_whole_through_the_pipe(pools: Callable[..., Pool]) -> None:
    pool = pools()
    query = "SELECT ?a ?b ?c { ?a ?p ?x . ?b ?q ?y . ?c a ?z } LIMIT 30000"
    whole = pool.answers([Job(query, solutions="text/csv")])[0]
    assert whole.count(b"\r\n") == 30001
