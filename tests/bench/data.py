"""Synthetic triples of the shape of ours: events with people, places, days and labels; and the queries."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PG = "https://w3id.org/parleygraph/ns#"
BASE = "http://127.0.0.1:8000/id/"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
KINDS = ("Call", "Meeting", "Visit", "Statement", "Negotiation", "Agreement")
PER_EVENT = 10
"""Triples of one event."""

PROLOGUE = f"PREFIX pg: <{PG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def event(number: int) -> str:
    """The IRI of an event."""
    return f"{BASE}event/e{number}"


def lines(triples: int) -> Iterator[str]:
    """About that many triples as N-Triples, the same ones each time."""
    chance = random.Random(7)
    events = triples // PER_EVENT
    people, places = max(events // 20, 10), max(events // 200, 5)
    for number in range(people):
        yield f"<{BASE}person/p{number}> {TYPE} <{PG}Person> .\n"
        yield f'<{BASE}person/p{number}> {RDFS_LABEL} "Person {number} Surname{number % 977}"@en .\n'
    for number in range(places):
        yield f"<{BASE}place/l{number}> {TYPE} <{PG}Place> .\n"
        yield f'<{BASE}place/l{number}> {RDFS_LABEL} "Place {number}"@en .\n'
    for number in range(events):
        iri, kind = f"<{event(number)}>", chance.choice(KINDS)
        day = f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield f"{iri} {TYPE} <{PG}{kind}> .\n"
        yield f'{iri} {RDFS_LABEL} "{kind} {number}"@en .\n'
        for _ in range(4):
            yield f"{iri} <{PG}hasParticipant> <{BASE}person/p{int(people * chance.random() ** 3)}> .\n"
        yield f"{iri} <{PG}hasPlace> <{BASE}place/l{chance.randrange(places)}> .\n"
        yield f'{iri} <{PG}earliest> "{day}"^^{DATE} .\n'
        yield f'{iri} <{PG}latest> "{day}"^^{DATE} .\n'
        yield f"{iri} <{PG}topic> <{PG}topic-{chance.randrange(60)}> .\n"


def write(path: Path, triples: int) -> None:
    """The triples as a file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(triples))


@dataclass(frozen=True, slots=True)
class Scenario:
    """Queries asked one after the other, over and over."""

    name: str
    queries: tuple[str, ...]


def scenarios(triples: int) -> tuple[Scenario, ...]:
    """What is measured."""
    chance = random.Random(11)
    events = triples // PER_EVENT
    points = tuple(
        f"SELECT ?p ?o {{ <{event(chance.randrange(events))}> ?p ?o }}" for _ in range(min(events, 4000))
    )
    rows = tuple(
        f"{PROLOGUE}SELECT ?e ?l {{ ?e pg:hasPlace ?x ; rdfs:label ?l }} LIMIT {10_000 + number}"
        for number in range(40)
    )
    groups = tuple(
        f"{PROLOGUE}SELECT ?k (COUNT(*) AS ?n) {{ ?e a ?k ; pg:topic pg:topic-{number} }} GROUP BY ?k"
        for number in range(60)
    )
    return (
        Scenario("point, distinct entities", points),
        Scenario("point, repeated", points[:1]),
        Scenario("group by", groups),
        Scenario("10,000 rows", rows),
        Scenario("mix of 30", tuple(_mix(chance, triples))),
    )


def _mix(chance: random.Random, triples: int) -> Iterator[str]:
    """Thirty questions as readers and programs ask them."""
    people = max(triples // PER_EVENT // 20, 10)
    for number in range(6):
        person = f"<{BASE}person/p{chance.randrange(people)}>"
        kind = KINDS[number]
        yield f"{PROLOGUE}SELECT ?e ?l {{ ?e pg:hasParticipant {person} ; rdfs:label ?l }} ORDER BY ?l"
        yield (
            f"{PROLOGUE}SELECT ?other (COUNT(*) AS ?n) {{ ?e pg:hasParticipant {person} , ?other }} "
            "GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 10"
        )
        yield (
            f"{PROLOGUE}SELECT ?e ?d {{ ?e a pg:{kind} ; pg:earliest ?d ; pg:topic pg:topic-{number} }} "
            "ORDER BY DESC(?d) ?e LIMIT 20"
        )
        yield f"{PROLOGUE}ASK {{ ?e a pg:{kind} ; pg:hasParticipant {person} ; pg:topic pg:topic-{number} }}"
        yield (
            f"{PROLOGUE}SELECT (COUNT(DISTINCT ?p) AS ?n) "
            f"{{ ?e a pg:{kind} ; pg:topic pg:topic-{number} ; pg:hasParticipant ?p }}"
        )
