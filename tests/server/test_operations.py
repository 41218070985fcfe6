"""Measurements, the log and the budgets of the running server."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.server.running import Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def measured(http: httpx.Client, name: str) -> float:
    """The sum of all samples whose line begins with `name`."""
    lines = http.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def settled(http: httpx.Client, name: str, least: float) -> float:
    """A measurement as soon as it has reached `least`; requests are counted just after they end."""
    until = time.monotonic() + 10
    while (found := measured(http, name)) < least and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_metrics_are_in_prometheus_text_format(http: httpx.Client) -> None:
    answer = http.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert answer.headers["Cache-Control"] == "no-store"
    for line in answer.text.splitlines():
        assert line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{([a-z]+="[^"]*",?)*\})? [-+.0-9eInf]+', line)


def test_requests_and_hits_are_counted(http: httpx.Client) -> None:
    before = measured(http, 'parleygraph_cache_requests_total{result="hit"}')
    for _ in range(3):
        http.get("/sparql", params={"query": "ASK { ?s a ?counted }"})
    assert settled(http, 'parleygraph_cache_requests_total{result="hit"}', before + 2) == before + 2
    assert measured(http, 'parleygraph_request_seconds_count{kind="query"}') >= 1
    assert measured(http, "parleygraph_generation ") == 1
    assert measured(http, 'parleygraph_query_processes{state="idle"}') >= 1


def test_a_query_that_is_stopped_is_counted_by_its_limit(store: Path, launch: Callable[..., Server]) -> None:
    server = launch(store, PARLEYGRAPH_QUERY_TIMEOUT="0.5")
    assert server.client.get("/sparql", params={"query": SLOW + " # stopped"}).status_code == 503
    assert measured(server.client, 'parleygraph_queries_refused_total{limit="time"}') == 1


def test_every_answer_has_an_id_which_the_log_has_too(store: Path, launch: Callable[..., Server]) -> None:
    server = launch(store)
    answer = server.client.get("/page/nowhere?secret=word", headers={"Authorization": "Bearer top-secret"})
    given = server.client.get("/sparql?query=ASK{}", headers={"X-Request-Id": "my-own.1"})
    assert given.headers["X-Request-Id"] == "my-own.1"
    written = server.stop()
    entries = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    (entry,) = [entry for entry in entries if entry.get("id") == answer.headers["X-Request-Id"]]
    assert (entry["status"], entry["path"]) == (404, "/page/nowhere")
    assert "my-own.1" in {entry.get("id") for entry in entries}
    assert "secret" not in written


def test_who_has_used_the_budget_waits_and_cached_answers_are_free(
    store: Path, launch: Callable[..., Server]
) -> None:
    server = launch(store, PARLEYGRAPH_CLIENT_BUDGET="0.4", PARLEYGRAPH_QUERY_TIMEOUT="1")
    cheap = {"query": "SELECT * { ?s ?p ?o } LIMIT 1"}
    assert server.client.get("/sparql", params=cheap).status_code == 200
    assert server.client.get("/sparql", params={"query": SLOW}).status_code == 503
    refused = server.client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json()["remedy"]
    assert server.client.get("/sparql", params=cheap).status_code == 200
    assert server.client.get("/healthz").status_code == 200
    assert measured(server.client, "parleygraph_requests_over_budget_total") == 1


def test_a_trusted_proxy_tells_whose_budget_it_is(store: Path, launch: Callable[..., Server]) -> None:
    server = launch(store, PARLEYGRAPH_CLIENT_BUDGET="0.4", PARLEYGRAPH_TRUSTED_PROXIES="127.0.0.1")
    one, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    server.client.get("/sparql", params={"query": SLOW + " LIMIT 1"}, headers=one, timeout=60)
    asked = {"query": "ASK { ?s ?p ?o }"}
    assert server.client.get("/sparql", params=asked, headers=one).status_code == 429
    assert server.client.get("/sparql", params=asked, headers=other).status_code == 200
