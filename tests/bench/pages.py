"""A cache hit beside bytes alone, and the pages of events beside the queries that they rest on."""

import random
import time
from pathlib import Path

from tests.bench import client, loading, measure, queries
from tests.bench.data import PER_EVENT, write
from tests.bench.goals import Figure, middle
from tests.bench.servers import Running, limit, product
from tests.bench.size import CONNECTIONS, ROUNDS, SECONDS, TRIPLES

SMALL = 10_000
"""Triples of the small store: an event's page must not take longer on one a thousand times as large."""

DISTINCT = 20_000
"""Pages and points of one round: more than can be asked in it, for what was asked before is kept."""


def compare(store: Path, folder: Path) -> list[Figure]:
    """Rates of hits and pages on `store`, and of pages on a small one made in `folder`."""
    write(folder / "few.nt", SMALL)
    loading.product(folder / "few.nt", folder / "few")
    query = queries.points(TRIPLES)[:1]
    with product(store) as ours, product(folder / "few") as small:
        measure.settle({"ours": ours, "small": small})
        body = client.Connection(ours.port).ask(measure.requests(ours, query)[0]).body
        (folder / "body").write_bytes(body)
        with limit("bare", BENCH_BODY=str(folder / "body")) as bare:
            found = measure.rounds({"hit": ours, "bare": bare}, query, ROUNDS)
        hit, base = found["hit"], found["bare"]
        assert hit is not None, "the product failed"
        assert base is not None, "the bare application failed"
        kept, made, points = _loads(ours)
        large, few = _alone(ours, TRIPLES), _alone(small, SMALL)
    rows = {
        "cache hit": hit,
        "bare WSGI": base,
        "page of an event, kept": kept,
        "pages of events, distinct": made,
        "point query, distinct": points,
    }
    print("\n| | answers/s (p99 in ms) |\n|---|---|")
    for name, each in rows.items():
        print(f"| {name} | {each.rate:,.0f} ({each.p99 * 1000:.1f}) |", flush=True)
    return [
        Figure("cache hit ÷ bare WSGI", hit.rate / base.rate, 0.9),
        Figure("page of an event, kept ÷ cache hit", kept.rate / hit.rate, 0.8),
        Figure("page of an event ÷ point query", made.rate / points.rate, 0.2),
        Figure("page of an event asked alone", 1000 * large, None, " ms"),
        Figure(f"the same ÷ on {SMALL:,} triples", large / few, 1.25, most=True),
    ]


def _loads(server: Running) -> list[client.Measured]:
    """A kept page, distinct pages, distinct points: medians of interleaved rounds, each of other things.

    How connections fall to the web processes differs from round to round, by half and more.
    """
    found: list[list[client.Measured]] = [[], [], []]
    number = max(ROUNDS, 3)
    for each in range(number):
        pages = [client.get(path, server.port, "text/html") for path in _pages(TRIPLES, DISTINCT, seed=each)]
        asked = measure.requests(server, queries.points(TRIPLES, 100 + each, DISTINCT))
        for measured, sent in zip(found, (pages[:1], pages[1:], asked), strict=True):
            measured.append(client.load(server.port, sent, CONNECTIONS, SECONDS))
    return [measure.median(each) for each in found]


def _alone(server: Running, triples: int) -> float:
    """The median seconds of an event's page, each asked once and alone, after some that warm."""
    connection, spans = client.Connection(server.port), []
    for path in _pages(triples, 300, seed=6):
        begin = time.perf_counter()
        answer = connection.ask(client.get(path, server.port, "text/html"))
        spans.append(time.perf_counter() - begin)
        assert answer.status == 200, answer.body[:300]
    connection.close()
    return middle(spans[50:])


def _pages(triples: int, number: int, seed: int = 5) -> list[str]:
    events = triples // PER_EVENT
    return [f"/page/event/e{each}" for each in random.Random(seed).sample(range(events), min(events, number))]
