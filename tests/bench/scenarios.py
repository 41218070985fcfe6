"""The tables of questions: each scenario on each server, under load and asked alone; and their figures."""

from collections.abc import Mapping, Sequence

from tests.bench import measure, queries
from tests.bench.client import Measured
from tests.bench.goals import Figure, middle
from tests.bench.measure import Servers
from tests.bench.servers import memory

OURS, UNCACHED, ENGINE = "parleygraph", "without cache", "engine in-process"
OXIGRAPH, VIRTUOSO = "Oxigraph server", "Virtuoso"

POINT = "point, distinct entities"
COLD_AGGREGATES = "aggregates, cold"
MEMORY = 4096.0
"""MiB in which ten million triples are to be served."""

MEMORY_FROM = 9_000_000


def goal(scenario: str, server: str) -> float | None:
    """The least ratio to be reached beside a server, if there is one."""
    if server == ENGINE:
        return 0.7 if scenario == POINT else None
    if server == OXIGRAPH:
        # Point queries are decided by the web server, where its own is far ahead of any in Python.
        return None if scenario.startswith("point") else 1.0
    return None if (server, scenario) == (VIRTUOSO, COLD_AGGREGATES) else 1.0


def under_load(running: Servers, triples: int, rounds: int) -> list[Figure]:
    """Answers per second of every scenario; then the memory of each server, at its greatest."""
    names = list(running)
    beside = [name for name in names if name not in (OURS, UNCACHED)]
    print(f"\n| answers/s (p99 in ms) | {' | '.join(names)} | {' | '.join(f'÷ {n}' for n in beside)} |")
    print("|---" * (1 + len(names) + len(beside)) + "|")
    figures, most = [], dict.fromkeys(names, 0.0)
    for scenario in queries.scenarios(triples):
        _tell(measure.compare(running, scenario.queries))
        found = measure.rounds(running, scenario.queries, rounds)
        # Repeated questions are what the cache is for; the pool is measured where it has to work.
        own = found[OURS if scenario.repeated else UNCACHED]
        ratios = {name: _ratio(own, found[name]) for name in beside}
        cells = [_cell(found[name]) for name in names]
        print(f"| {scenario.name} | {' | '.join(cells)} | {_written(ratios)} |", flush=True)
        figures += [
            Figure(f"{scenario.name} ÷ {name}", ratio, goal(scenario.name, name))
            for name, ratio in ratios.items()
        ]
        for name, server in running.items():
            most[name] = max(most[name], memory(server.process.pid) / 2**20)
    print(f"\n| | {' | '.join(names)} |\n|---{'|---' * len(names)}|")
    print("| start, s | " + " | ".join(f"{each.started:.2f}" for each in running.values()) + " |")
    print("| memory (PSS), MiB | " + " | ".join(f"{size:,.0f}" for size in most.values()) + " |", flush=True)
    bound = MEMORY if triples >= MEMORY_FROM else None
    return [*figures, Figure(f"memory, {triples:,} triples", most[OURS], bound, " MiB", most=True)]


def asked_alone(running: Servers, triples: int, count: int) -> list[Figure]:
    """One question at a time on servers that have just started: each once, and some again."""
    servers = {name: server for name, server in running.items() if name != UNCACHED}
    beside = [name for name in servers if name != OURS]
    stars = tuple(queries.stars(triples))[: 2 * count]
    mixed = queries.mix(triples, 23)
    kinds = (
        ("star join, cold", stars, 1),
        ("mix of 30, cold", mixed, 1),
        ("mix of 30, again", mixed, 3),
        (COLD_AGGREGATES, tuple(queries.aggregates(count)), 1),
    )
    print(f"\n| ms, median | {' | '.join(servers)} | {' | '.join(f'÷ {n}' for n in beside)} |")
    print("|---" * (1 + len(servers) + len(beside)) + "|")
    figures = []
    for name, asked, times in kinds:
        spans, differing = measure.single(servers, asked, times)
        ratios = {each: measure.ratio(spans[OURS], spans[each]) for each in beside}
        cells = [f"{1000 * middle(each):.1f}" for each in spans.values()]
        print(f"| {name} | {' | '.join(cells)} | {_written(ratios)} |", flush=True)
        figures += [Figure(f"{name} ÷ {each}", ratio, goal(name, each)) for each, ratio in ratios.items()]
        _tell(differing)
    return figures


def _ratio(own: Measured | None, other: Measured | None) -> float:
    if own is None:
        return 0.0
    return own.rate / other.rate if other is not None else float("inf")


def _cell(found: Measured | None) -> str:
    return "failed" if found is None else f"{found.rate:,.0f} ({found.p99 * 1000:.1f})"


def _written(ratios: Mapping[str, float]) -> str:
    return " | ".join(f"{each:.2f}" for each in ratios.values())


def _tell(differing: Sequence[str]) -> None:
    """Answers that are not the same: shown, for a fast wrong answer is worth nothing."""
    for each in differing:
        print(f"DIFFERENT ANSWER: {each}", flush=True)
