"""Who may wait for a place: what the places finish in that time, and cheap queries in a lane of their own."""

import threading
import time

import pytest

from server.evaluator.errors import SaturatedError
from server.evaluator.jobs import Job
from server.evaluator.lanes import Lanes
from server.evaluator.limits import Limits

LIMITS = Limits(quick_places=2, cheap_places=1, slow_places=1, queue_wait=5.0)
POINT, ALL = Job("SELECT * { <x:a> ?p ?o }"), Job("SELECT * { ?s ?p ?o }")


def crowded() -> Lanes:
    """Lanes whose quick places are taken."""
    lanes = Lanes(LIMITS)
    while lanes.free(cheap=False) is not None:
        pass
    return lanes


def test_where_places_are_held_for_long_nobody_waits_in_vain() -> None:
    lanes = crowded()
    for _ in range(20):
        lanes.held(60.0)
    with pytest.raises(SaturatedError, match="enough wait"):
        lanes.awaited(cheap=False)


def test_where_places_come_free_soon_a_query_waits_for_one() -> None:
    lanes = Lanes(LIMITS)
    taken = [lanes.free(cheap=False), lanes.free(cheap=False)]
    lanes.held(0.01)
    first = taken[0]
    assert first is not None
    threading.Timer(0.05, first.release).start()
    assert lanes.awaited(cheap=False) is first


def test_a_cheap_query_has_a_lane_of_its_own_however_long_places_are_held() -> None:
    lanes = crowded()
    for _ in range(20):
        lanes.held(60.0)
    assert lanes.awaited(cheap=True)


def test_a_storm_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = Lanes(Limits(quick_places=2, queue_wait=0.01))
    while lanes.free(cheap=False) is not None:
        pass
    for _ in range(20):
        lanes.held(60.0)
    later = time.monotonic() + 60
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(SaturatedError, match=r"is taken$"):
        lanes.awaited(cheap=False)


def test_what_ran_on_does_not_look_cheap_again() -> None:
    lanes = Lanes(LIMITS)
    assert lanes.looks_cheap(POINT)
    assert not lanes.looks_cheap(ALL)
    assert lanes.promote(POINT) is not None
    assert not lanes.looks_cheap(POINT)


def test_in_a_storm_one_query_at_a_time_is_tried_and_cheap_ones_go_on() -> None:
    """While every slow place is taken, each that ran on would cost a process."""
    lanes = Lanes(LIMITS)
    slow = lanes.promote(ALL)
    for _ in range(20):
        lanes.held(60.0)
    tried = lanes.free(cheap=False)
    assert tried is not None
    with pytest.raises(SaturatedError, match="latest queries were slow"):
        lanes.free(cheap=False)
    assert lanes.free(cheap=True) is not None
    tried.release()
    assert lanes.free(cheap=False) is tried
    assert slow is not None
    slow.release()
    assert lanes.free(cheap=False) is not None


def test_who_waited_into_a_storm_is_refused() -> None:
    lanes = Lanes(LIMITS)
    taken = [lanes.free(cheap=False), lanes.free(cheap=False)]
    assert lanes.promote(ALL) is not None
    first = taken[0]
    assert first is not None

    def end() -> None:
        for _ in range(20):
            lanes.held(60.0)
        first.release()

    threading.Timer(0.1, end).start()
    with pytest.raises(SaturatedError, match="latest queries were slow"):
        lanes.awaited(cheap=False)
    assert lanes.free(cheap=True) is first
