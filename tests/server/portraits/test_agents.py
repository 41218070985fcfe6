"""Somebody's page: offices with the dates of their events, events by certainty, those most often together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import generations
from server.evaluator.jobs import iri as iri_term
from server.evaluator.limits import Limits
from server.evaluator.pool import Pool
from server.portraits import agents
from server.portraits.names import Namer
from server.portraits.questions import Answers, asked

BASE = "http://127.0.0.1:8000/"


@pytest.fixture(scope="module")
def pool(store: Path) -> Iterator[Pool]:
    found = Pool(lambda: generations.current(store), Limits())
    yield found
    found.close()


def somebody(pool: Pool, name: str, language: str = "en") -> agents.Agent:
    query = f'SELECT ?x {{ ?x <http://www.w3.org/2000/01/rdf-schema#label> "{name}"@it }}'
    iri = asked(pool, [query])[0][0]["x"].text
    told = Answers(pool, {"this": iri_term(iri)})
    return agents.agent(told, "Person", iri, Namer(BASE, language))


def test_an_office_has_the_dates_of_the_events_in_which_it_is_held(pool: Pool) -> None:
    falk = somebody(pool, "Irene Falk")
    assert [(tenure.office.label, tenure.dates) for tenure in falk.tenures] == [
        ("Irene Falk, premier di Valdoria", "May 2031, day not stated")
    ]
    assert somebody(pool, "Milo Arend").tenures == ()


def test_events_are_counted_by_certainty(pool: Pool) -> None:
    falk = somebody(pool, "Irene Falk", "it")
    assert {(name.label, number) for name, number in falk.certainties} == {("avvenuto", 1), ("previsto", 1)}


def test_those_most_often_together_come_with_their_number(pool: Pool) -> None:
    falk = somebody(pool, "Irene Falk")
    assert [(name.label, number) for name, number in falk.together] == [("Milo Arend", 1)]
