"""What is asked: queries as readers and programs write them, each kind a scenario."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.data import BASE, KINDS, PER_EVENT, PG, TOPICS, event, people_of

PROLOGUE = f"PREFIX pg: <{PG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
DATES = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "

POINTS = 4000
"""Distinct entities that are asked for: far more than answers could be kept by chance."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Queries asked one after the other, over and over; `repeated`: the same one, which a cache is for."""

    name: str
    queries: tuple[str, ...]
    repeated: bool = False


def scenarios(triples: int) -> tuple[Scenario, ...]:
    """What is measured under load."""
    rows = tuple(
        f"{PROLOGUE}SELECT ?e ?l {{ ?e pg:hasPlace ?x ; rdfs:label ?l }} LIMIT {10_000 + number}"
        for number in range(40)
    )
    groups = tuple(
        f"{PROLOGUE}SELECT ?k (COUNT(*) AS ?n) {{ ?e a ?k ; pg:topic pg:topic-{number} }} GROUP BY ?k"
        for number in range(TOPICS)
    )
    found = points(triples)
    mixed = mix(triples, 11)
    return (
        Scenario("point, distinct entities", found),
        Scenario("point, repeated", found[:1], repeated=True),
        Scenario("group by", groups),
        Scenario("star join", tuple(stars(triples))),
        Scenario("10,000 rows", rows),
        Scenario("mix of 30", mixed),
        Scenario("mix of 30, repeated", mixed, repeated=True),
    )


def points(triples: int, seed: int = 11, number: int = POINTS) -> tuple[str, ...]:
    """All that is said of one event, so many distinct ones where there are."""
    events = triples // PER_EVENT
    chosen = random.Random(seed).sample(range(events), min(events, number))
    return tuple(f"SELECT ?p ?o {{ <{event(number)}> ?p ?o }}" for number in chosen)


def stars(triples: int) -> Iterator[str]:
    """Several properties of an event, narrowed by two people who are often named and by a topic.

    In three ways that people write it: with filters, with values, with the names in their places.
    """
    chance, most = random.Random(13), people_of(triples) - 1
    head = (
        f"{PROLOGUE}SELECT ?e ?label ?day ?where WHERE {{ ?e a ?kind ; rdfs:label ?label ; "
        "pg:earliest ?day ; pg:hasPlace ?place . ?place rdfs:label ?where . "
    )
    for number in range(120):
        one, other = (f"<{BASE}person/p{min(chance.randrange(top), most)}>" for top in (4, 40))
        topic = f"pg:topic-{chance.randrange(TOPICS)}"
        yield (
            head
            + (
                f"?e pg:topic ?topic ; pg:hasParticipant ?one , ?other . "
                f"FILTER (?one = {one} && ?other = {other}) FILTER (?topic = {topic}) ",
                f"VALUES ?one {{ {one} }} VALUES ?other {{ {other} }} ?e pg:hasParticipant ?one , ?other ; "
                f"pg:topic ?topic FILTER (?topic IN ({topic}, pg:topic-{number % TOPICS})) ",
                f"?e pg:hasParticipant {one} , {other} ; pg:topic {topic} ",
            )[number % 3]
            + "} ORDER BY ?day ?e"
        )


def mix(triples: int, seed: int) -> tuple[str, ...]:
    """Thirty questions as readers and programs ask them; others with another seed."""
    return tuple(_mixed(random.Random(seed), people_of(triples)))


def _mixed(chance: random.Random, people: int) -> Iterator[str]:
    for kind in KINDS[:5]:
        person, topic = f"<{BASE}person/p{chance.randrange(people)}>", f"pg:topic-{chance.randrange(TOPICS)}"
        yield f"{PROLOGUE}SELECT ?e ?l {{ ?e pg:hasParticipant {person} ; rdfs:label ?l }} ORDER BY ?l"
        yield (
            f"{PROLOGUE}SELECT ?other (COUNT(*) AS ?n) {{ ?e pg:hasParticipant {person} , ?other }} "
            "GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 10"
        )
        yield (
            f"{PROLOGUE}SELECT ?e ?d {{ ?e a pg:{kind} ; pg:earliest ?d ; pg:topic {topic} }} "
            "ORDER BY DESC(?d) ?e LIMIT 20"
        )
        yield f"{PROLOGUE}ASK {{ ?e a pg:{kind} ; pg:hasParticipant {person} ; pg:topic {topic} }}"
        yield (
            f"{PROLOGUE}SELECT (COUNT(DISTINCT ?p) AS ?n) "
            f"{{ ?e a pg:{kind} ; pg:topic {topic} ; pg:hasParticipant ?p }}"
        )
        yield (
            f"{PROLOGUE}SELECT ?place (COUNT(?e) AS ?n) {{ ?e pg:hasParticipant {person} ; pg:hasPlace ?x . "
            "?x rdfs:label ?place } GROUP BY ?place ORDER BY DESC(?n) ?place LIMIT 10"
        )


def aggregates(number: int) -> Iterator[str]:
    """So many group-by queries over large parts of the data, no two alike: each is asked once."""
    chance = random.Random(17)
    for each in range(number):
        year = 2010 + each % 14
        topic = f"pg:topic-{(each * 7) % TOPICS}"
        kind = KINDS[each % len(KINDS)]
        since = f'FILTER (?day >= "{year}-{1 + each % 12:02}-{chance.randrange(1, 29):02}"^^xsd:date)'
        yield (
            f"{PROLOGUE}{DATES}SELECT ?kind (COUNT(*) AS ?n) {{ ?e a ?kind ; pg:earliest ?day {since} }} "
            "GROUP BY ?kind ORDER BY ?kind",
            f"{PROLOGUE}{DATES}SELECT ?topic (COUNT(?e) AS ?n) {{ ?e a pg:{kind} ; pg:topic ?topic ; "
            f"pg:earliest ?day {since} }} GROUP BY ?topic ORDER BY DESC(?n) ?topic LIMIT 10",
            f"{PROLOGUE}SELECT ?who (COUNT(*) AS ?n) {{ ?e pg:topic {topic} ; pg:hasParticipant ?who }} "
            "GROUP BY ?who ORDER BY DESC(?n) ?who LIMIT 10",
            f"{PROLOGUE}SELECT ?year (COUNT(*) AS ?n) {{ ?e pg:topic {topic} ; pg:earliest ?day }} "
            "GROUP BY (YEAR(?day) AS ?year) ORDER BY ?year",
            f"{PROLOGUE}SELECT ?place (COUNT(DISTINCT ?who) AS ?n) {{ ?e a pg:{kind} ; pg:topic {topic} ; "
            "pg:hasPlace ?place ; pg:hasParticipant ?who } GROUP BY ?place ORDER BY DESC(?n) ?place LIMIT 10",
        )[each % 5]
