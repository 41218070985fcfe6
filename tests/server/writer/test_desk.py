"""Acknowledged is what the published generation shows, whenever the hand that did it was killed."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from graph.store import generations, reader
from server.writer.desk import Desk, Entry, Terms
from server.writer.errors import WriteTooLargeError
from server.writer.grip import Grip
from server.writer.orders import Done, Order
from tests.server.faults.processes import eventually


class Struck(Desk):
    """A desk whose hand is killed once: when it has done a certain order, or when it is to publish."""

    moment = ""

    def _strike(self, grip: Grip, moment: str) -> None:
        if self.moment and self.moment in moment:
            self.moment = ""
            os.kill(grip.pid, signal.SIGKILL)
            eventually(lambda: not grip.alive())

    def _perform(self, entry: Entry, grip: Grip, done: list[tuple[Entry, Done]]) -> None:
        super()._perform(entry, grip, done)
        self._strike(grip, entry.order.body.decode())

    def _publish(self, done: Iterable[tuple[Entry, Done]], grip: Grip) -> None:
        self._strike(grip, "publication")
        super()._publish(done, grip)


@pytest.fixture
def desk(tmp_path: Path) -> Struck:
    return Struck(Terms(tmp_path / "store", "http://127.0.0.1:8000/", 60.0, 1 << 30))


def order(name: str) -> Order:
    return Order("update", f"INSERT DATA {{ <x:{name}> <x:is> <x:there> }}".encode())


def there(store: Path, name: str) -> bool:
    return generations.exists(store) and any(
        reader.open_current(store).quads_for_pattern(NamedNode(f"x:{name}"), None, None, None)
    )


@pytest.mark.parametrize("struck", ["a", "b", "c"])
def test_what_a_killed_hand_did_is_done_again_or_refused(desk: Struck, tmp_path: Path, struck: str) -> None:
    store = tmp_path / "store"
    desk.moment = f"<x:{struck}>"
    with generations.locked(store):  # they wait together, and are done as one batch or two
        outcomes = {name: desk.submit(order(name)) for name in ("first", "a", "b", "c")}
    told = {name: outcome.exception(60) for name, outcome in outcomes.items()}
    assert all(there(store, name) is (error is None) for name, error in told.items()), told


def test_what_is_lost_before_publication_is_not_acknowledged(desk: Struck, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert desk.submit(order("first")).result(60).changed
    desk.moment = "publication"
    with pytest.raises(WriteTooLargeError):
        desk.submit(order("second")).result(60)
    assert not there(store, "second")
    assert desk.submit(order("third")).result(60).changed
    assert there(store, "first")
    assert there(store, "third")
