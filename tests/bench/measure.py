"""Servers side by side: their answers compared, their rates in interleaved rounds, single questions timed."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from tests.bench import client
from tests.bench.client import Answered, Measured
from tests.bench.servers import Running
from tests.bench.size import COMPARED, CONNECTIONS, IS_LARGE, SECONDS
from tests.server.faults.processes import spent, tree

Opener = Callable[[], AbstractContextManager[Running]]
Servers = Mapping[str, Running]


@contextmanager
def together(openers: Mapping[str, Opener]) -> Iterator[dict[str, Running]]:
    """All servers at once, by their names."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(opener()) for name, opener in openers.items()}


def requests(server: Running, queries: Sequence[str]) -> list[bytes]:
    """The queries as one server takes them."""
    return [client.request(server.path, query, server.port) for query in queries]


def compare(servers: Servers, queries: Sequence[str]) -> list[str]:
    """Which servers answer otherwise than the first, and to what; one that does not answer counts too."""
    return [each for query in queries[:COMPARED] for each in _differing(_all_asked(servers, query), query)]


def _all_asked(servers: Servers, query: str) -> dict[str, Answered]:
    found = {}
    for name, server in servers.items():
        connection = client.Connection(server.port)
        found[name] = connection.ask(client.request(server.path, query, server.port))
        connection.close()
    return found


def _differing(answers: Mapping[str, Answered], query: str) -> list[str]:
    """The servers whose answer is another than the first's, which must be one (SystemExit)."""
    found: dict[str, object] = {}
    for name, answer in answers.items():
        if answer.status != 200 and not found:
            sys.exit(f"{name}: {answer.status} {answer.body[:300]!r} to {query}")
        found[name] = comparable(json.loads(answer.body), query) if answer.status == 200 else answer.status
    first, *others = found
    return [f"{name} differs from {first}: {query}" for name in others if found[name] != found[first]]


def comparable(answer: dict[str, Any], query: str) -> object:
    """The answer without order; only the number of rows where the query leaves open which."""
    if "boolean" in answer:
        return answer["boolean"]
    listed = answer["results"]["bindings"]
    if answer["head"]["vars"] == ["__ASK_RETVAL"]:  # Virtuoso's boolean
        return bool(listed)
    rows = [sorted((name, term["value"]) for name, term in row.items()) for row in listed]
    return len(rows) if "LIMIT" in query and "ORDER BY" not in query else sorted(rows)


def settle(servers: Servers) -> None:
    """Wait until no server is at work: ours starts query processes for seconds after its first answer."""
    until = time.monotonic() + 120
    for server in servers.values():
        used = spent(tree(server.process.pid))
        while time.monotonic() < until:
            time.sleep(0.5)
            before, used = used, spent(tree(server.process.pid))
            if used - before < 0.05:
                break


def rounds(servers: Servers, queries: Sequence[str], number: int) -> dict[str, Measured | None]:
    """The median of so many interleaved rounds for each server; None where it fails.

    A round before them warms; on large data the comparison of answers has to do.
    """
    settle(servers)
    measured: dict[str, list[Measured]] = {name: [] for name in servers}
    failed: set[str] = set()
    for each in range(1 if IS_LARGE else 0, number + 1):
        for name, server in servers.items():
            if name in failed:
                continue
            try:
                length = SECONDS if each else SECONDS / 2
                found = client.load(server.port, requests(server, queries), CONNECTIONS, length)
            except (RuntimeError, OSError, EOFError) as error:
                print(f"{name} failed: {error}", file=sys.stderr)
                failed.add(name)
                continue
            if each:
                measured[name].append(found)
    return {name: median(found) if name not in failed else None for name, found in measured.items()}


def median(found: Sequence[Measured]) -> Measured:
    """Each figure at its median."""
    return Measured(
        *(statistics.median(getattr(each, name) for each in found) for name in ("rate", "median", "p99"))
    )


def single(
    servers: Servers, queries: Sequence[str], times: int = 1
) -> tuple[dict[str, list[float]], list[str]]:
    """Seconds of each query on each server, asked alone; the median of so many times. And which differ.

    The servers take turns; who begins changes with each query.
    """
    connections = {name: client.Connection(server.port) for name, server in servers.items()}
    spans: dict[str, list[float]] = {name: [] for name in servers}
    differing: list[str] = []
    names = list(servers)
    for number, query in enumerate(queries):
        turn, answers = number % len(names), {}
        for name in names[turn:] + names[:turn]:
            sent = client.request(servers[name].path, query, servers[name].port)
            asked = [_asked(connections[name], sent) for _ in range(times)]
            spans[name].append(statistics.median(took for took, _ in asked))
            answers[name] = asked[0][1]
        differing += _differing({name: answers[name] for name in names}, query)
    for connection in connections.values():
        connection.close()
    return spans, differing


def _asked(connection: client.Connection, sent: bytes) -> tuple[float, Answered]:
    begin = time.perf_counter()
    answer = connection.ask(sent)
    took = time.perf_counter() - begin
    return (took if answer.status == 200 else float("inf")), answer


def ratio(own: Sequence[float], other: Sequence[float]) -> float:
    """How many times faster the first is: the geometric mean over the queries that both answered."""
    pairs = [pair for pair in zip(own, other, strict=True) if float("inf") not in pair]
    return statistics.geometric_mean(theirs / ours for ours, theirs in pairs) if pairs else float("nan")
