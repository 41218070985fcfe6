"""What is measured, for Prometheus: https://prometheus.io/docs/practices/naming/

Several web processes measure into files of one folder (PROMETHEUS_MULTIPROC_DIR), which any of them reads.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from graph.store import generations

SECONDS = Histogram(
    "parleygraph_request_seconds",
    "Seconds from a request to the end of its answer.",
    ("kind",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
REQUESTS = Counter("parleygraph_requests", "Requests by kind and status.", ("kind", "status"))
CACHE = Counter("parleygraph_cache_requests", "Requests by what the response cache did.", ("result",))
CACHE_BYTES = Gauge(
    "parleygraph_cache_bytes", "Bytes that the response caches hold.", multiprocess_mode="livesum"
)
REFUSED = Counter(
    "parleygraph_queries_refused", "Queries stopped or refused, by the limit that they met.", ("limit",)
)
PROCESSES = Gauge(
    "parleygraph_query_processes", "Query processes by state.", ("state",), multiprocess_mode="livesum"
)
WAITING = Gauge("parleygraph_queries_waiting", "Queries that wait for a place.", multiprocess_mode="livesum")
COMPUTE = Counter("parleygraph_compute_seconds", "Seconds that query processes worked for answers.")
OVER_BUDGET = Counter("parleygraph_requests_over_budget", "Requests refused with 429.")
DROPPED = Gauge(
    "parleygraph_log_lines_dropped", "Lines that the log's reader did not take.", multiprocess_mode="livesum"
)


class Store(Collector):
    """What the folder of the store says, looked up when it is asked for."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The generation in force, how many are kept, and the bytes of the current one."""
        numbers = generations.numbers(self._store)
        exists = generations.exists(self._store)
        current = generations.current(self._store) if exists else None
        size = sum(file.stat().st_size for file in current.iterdir() if file.is_file()) if current else 0
        number = int(current.name) if current and current.name.isdigit() else 0
        yield GaugeMetricFamily("parleygraph_generation", "Number of the generation in force.", number)
        yield GaugeMetricFamily("parleygraph_generations_kept", "Generations on disk.", len(numbers))
        yield GaugeMetricFamily("parleygraph_generation_bytes", "Bytes of the generation in force.", size)


def text(store: Path) -> bytes:
    """All measurements, of all web processes, in Prometheus's text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY) + generate_latest(_of_store(store))
    registry = _of_store(store)
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return generate_latest(registry)


def _of_store(store: Path) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(Store(store))
    return registry
