"""Budgets of compute seconds: spent, drained, kept apart, shared between processes."""

import mmap
import multiprocessing

import pytest

from server.front.ledger import PERIOD, PROBES, SLOTS, Ledger, shared


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def memory() -> mmap.mmap:
    return mmap.mmap(-1, SLOTS * 32)


def test_who_has_spent_the_budget_waits_until_enough_has_drained(memory: mmap.mmap) -> None:
    clock = Clock()
    ledger = Ledger(60.0, memory, clock)
    ledger.charge("a", 59.0)
    assert ledger.wait("a") == 0.0
    ledger.charge("a", 11.0)
    assert ledger.wait("a") == pytest.approx(10 * PERIOD / 60)
    clock.now += 10 * PERIOD / 60 + 1
    assert ledger.wait("a") == 0.0


def test_clients_are_kept_apart(memory: mmap.mmap) -> None:
    ledger = Ledger(1.0, memory, Clock())
    ledger.charge("a", 5.0)
    assert ledger.wait("a") > 0
    assert ledger.wait("b") == 0.0


def test_a_budget_of_nothing_is_no_limit(memory: mmap.mmap) -> None:
    ledger = Ledger(0.0, memory, Clock())
    ledger.charge("a", 1e9)
    assert ledger.wait("a") == 0.0


def test_among_too_many_clients_those_who_spent_most_are_remembered(memory: mmap.mmap) -> None:
    ledger = Ledger(10.0, memory, Clock())
    ledger.charge("heavy", 1000.0)
    for number in range(SLOTS * PROBES):
        ledger.charge(f"light-{number}", 0.1)
    assert ledger.wait("heavy") > 0


def test_processes_forked_later_share_the_ledger() -> None:
    ledger = Ledger(1.0, shared())
    child = multiprocessing.get_context("fork").Process(target=lambda: ledger.charge("from a child", 5.0))
    child.start()
    child.join()
    assert ledger.wait("from a child") > 0
