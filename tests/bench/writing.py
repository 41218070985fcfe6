"""Writes until they are seen: by queries, by the search for words, and in what follows from them.

The rules that make entailments run for articles; an update is about its own triples alone. So an update of a
hundred triples is followed until it is found by its words, and an article of as many until its entailed
triples are there too.
"""

import random
import time
from pathlib import Path

import httpx

from tests.bench import data
from tests.bench.goals import Figure, middle
from tests.bench.servers import product
from tests.soak.articles import SYLLABLES, TEXT

TIMES = 30
WARMING = 3
GOAL = 250.0
"""Milliseconds at the 95th of a hundred, acknowledged and seen."""

ENTAILED = """
PREFIX pg: <https://w3id.org/parleygraph/ns#>
ASK { GRAPH <%s> { ?claim pg:about ?event }
      GRAPH <http://127.0.0.1:8000/graph/entailed> { ?event pg:hasParticipant ?who } }"""


def measure(store: Path) -> list[Figure]:
    """Both kinds of writes, on a store of its own."""
    with product(store, PARLEYGRAPH_TOKEN="bench") as ours:
        address = f"http://127.0.0.1:{ours.port}"
        with httpx.Client(base_url=address, headers={"Authorization": "Bearer bench"}, timeout=120) as http:
            updates = [_update(http, number) for number in range(TIMES + WARMING)][WARMING:]
            articles = [_article(http, number) for number in range(TIMES + WARMING)][WARMING:]
    figures = []
    for name, spans in ((f"update of {TRIPLES} triples", updates), ("article", articles)):
        acknowledged, seen = ([1000 * each[part] for each in spans] for part in (0, 1))
        figures += [
            Figure(f"{name}, acknowledged, p50", middle(acknowledged), None, " ms"),
            Figure(f"{name}, acknowledged, p95", middle(acknowledged, 0.95), GOAL, " ms", most=True),
        ]
        words = "found by its words" + (" and entailments" if spans is articles else "")
        figures.append(Figure(f"{name}, {words}, p95", middle(seen, 0.95), GOAL, " ms", most=True))
    return figures


TRIPLES = 100


def _update(http: httpx.Client, number: int) -> tuple[float, float]:
    """An update that describes an event: seconds until it is acknowledged, and until it is found."""
    thing, word = f"<{data.BASE}event/new{number}>", f"Novelty{_word(number)}"
    triples = " . ".join(f'{thing} <{data.PG}new{each}> "{number}-{each}"' for each in range(TRIPLES - 2))
    triples += f' . {thing} a <{data.PG}Call> ; {data.RDFS_LABEL} "{word}"@en'
    begin = time.perf_counter()
    answer = http.post("/update", data={"update": f"INSERT DATA {{ {triples} }}"})
    acknowledged = time.perf_counter() - begin
    assert answer.status_code in (200, 204), answer.text
    seen = http.get("/sparql", params={"query": f"SELECT * {{ {thing} ?p ?o }}"}, headers=JSON).json()
    assert len(seen["results"]["bindings"]) == TRIPLES, "an acknowledged update is not seen"
    _find(http, word)
    return acknowledged, time.perf_counter() - begin


def _article(http: httpx.Client, number: int) -> tuple[float, float]:
    """The same for an article, with the participants that follow from its claims."""
    caller, callee = (f"{_word(2 * number + each)} {_word(1000 + 2 * number + each)}" for each in (0, 1))
    text = TEXT.format(day=1 + number % 28, caller=caller, callee=callee)
    begin = time.perf_counter()
    answer = http.post("/articles", content=text.encode(), headers={"Content-Type": "text/plain"})
    acknowledged = time.perf_counter() - begin
    assert answer.status_code == 201, answer.text
    query = ENTAILED % answer.json()["graph"]
    seen = http.get("/sparql", params={"query": query}, headers=JSON).json()
    assert seen["boolean"], "what follows from an acknowledged article is not seen"
    _find(http, caller)
    return acknowledged, time.perf_counter() - begin


JSON = {"Accept": "application/sparql-results+json"}


def _find(http: httpx.Client, words: str) -> None:
    found = http.get("/search", params={"q": words, "format": "json"})
    assert found.status_code == 200, found.text
    assert words in found.text, f"an acknowledged write is not found by {words}"


def _word(number: int) -> str:
    """A name that nothing else in the data has."""
    chance = random.Random(number)
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()
