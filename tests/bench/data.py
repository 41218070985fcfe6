"""Synthetic triples of the shape of ours: events with people, places, days, topics and labels."""

import random
from collections.abc import Iterator
from pathlib import Path

PG = "https://w3id.org/parleygraph/ns#"
BASE = "http://127.0.0.1:8000/id/"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
KINDS = ("Call", "Meeting", "Visit", "Statement", "Negotiation", "Agreement")
PER_EVENT = 10
"""Triples of one event."""

TOPICS = 60


def event(number: int) -> str:
    """The IRI of an event."""
    return f"{BASE}event/e{number}"


def people_of(triples: int) -> int:
    """How many people there are in so many triples."""
    return max(triples // PER_EVENT // 20, 10)


def lines(triples: int) -> Iterator[str]:
    """About that many triples as N-Triples, the same ones each time."""
    chance = random.Random(7)
    events = triples // PER_EVENT
    people, places = people_of(triples), max(events // 200, 5)
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
        yield f"{iri} <{PG}topic> <{PG}topic-{chance.randrange(TOPICS)}> .\n"


def write(path: Path, triples: int) -> None:
    """The triples as a file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(triples))
