"""The open generation: kept while it is in force, left for the next, told apart from a namesake."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.store import generations
from server.evaluator.current import Current
from server.evaluator.errors import StoreUnavailableError
from server.opened import Opened
from server.portraits.lookups import LABEL

THING = NamedNode("http://data.example/id/person/x")


def publish(store: Path, label: str) -> None:
    with generations.writing(store, fresh=True) as generation:
        database = Store(str(generation))
        database.add(Quad(THING, LABEL, Literal(label)))
        database.flush()
        del database


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path / "store", "one")
    return tmp_path / "store"


def called(opened: Opened) -> list[str]:
    return [label.text for label in opened.lookups().labels(THING.value)]


def test_a_generation_is_opened_once_and_left_for_the_next(store: Path) -> None:
    opened = Opened(Current(store).look)
    first = opened.lookups()
    assert called(opened) == ["one"]
    assert opened.lookups() is first
    publish(store, "two")
    assert called(opened) == ["two"]
    assert [label.text for label in first.labels(THING.value)] == [
        "one"
    ]  # a page that has begun ends with it


def test_a_store_that_was_replaced_is_another_though_its_generation_has_the_same_number(store: Path) -> None:
    opened = Opened(Current(store).look)
    assert called(opened) == ["one"]
    folder = generations.current(store)
    shutil.rmtree(store)
    publish(store, "new")
    assert generations.current(store) == folder
    assert called(opened) == ["new"]


def test_without_a_generation_there_is_nothing_to_look_up(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        Opened(Current(tmp_path / "none").look).lookups()
