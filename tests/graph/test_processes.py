"""Values go through several processes and come back in order; who is ended from outside says so."""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from graph import build, processes
from graph.errors import ParleygraphError
from graph.store import merge, reader

BASE = "http://127.0.0.1:8000/"


def doubled() -> Callable[[int], tuple[int, int]]:
    """Twice the value, and the process that knows it; an even one takes longer."""
    return lambda value: (2 * value, sum(range(value % 2 * 100_000)) * 0 + os.getpid())


def dying(victim: int) -> Callable[[int], int]:
    """A function whose process is killed by one value."""

    def function(value: int) -> int:
        if value == victim:
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    return function


def test_results_come_in_the_order_of_the_values_from_other_processes() -> None:
    values = range(3 * processes.WORTH)
    found = list(processes.over(doubled, values, 2))
    assert [result for result, _ in found] == [2 * value for value in values]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.parametrize(("values", "parallel"), [(processes.WORTH - 1, 8), (2 * processes.WORTH, 1)])
def test_few_values_or_one_process_need_no_other(values: int, parallel: int) -> None:
    found = list(processes.over(doubled, range(values), parallel))
    assert found == [(2 * value, os.getpid()) for value in range(values)]


def test_a_process_that_is_killed_ends_the_work_with_the_reason() -> None:
    with pytest.raises(ParleygraphError, match="ended from outside"):
        list(processes.over(partial(dying, 30), range(100), 2))


def test_few_values_are_under_way_at_a_time() -> None:
    asked: list[int] = []

    def values() -> object:
        for value in range(200):
            asked.append(value)
            yield value

    results = processes.over(doubled, values(), 2)
    next(results)
    assert len(asked) <= processes.WORTH + 2 * processes.AHEAD
    results.close()


def test_the_graph_is_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for day in range(1, 16):
        names = f"Anna Verdelli e Piero Brunazzi hanno avuto oggi una telefonata di {day} minuti."
        (folder / f"{day}.txt").write_text(f"date 2031-05-{day:02}\n{names}\n", encoding="utf-8")
        told = "Anna Verdelli and Piero Brunazzi held a phone call yesterday."
        (folder / f"{day}-en.txt").write_text(f"date 2031-05-{day + 1:02}\n{told}\n", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"")
    alone = build.build([folder], tmp_path / "alone", BASE, annotated=tmp_path)
    both = build.build([folder], tmp_path / "both", BASE, annotated=tmp_path, parallel=2)
    assert alone.accepted == both.accepted
    assert [str(error) for error in alone.rejected] == [str(error) for error in both.rejected]
    assert len(alone.rejected) == 1
    stores = [reader.open_current(tmp_path / name) for name in ("alone", "both")]
    content = [
        {quad for quad in store if not str(quad.graph_name).endswith(f"{merge.RUN}>")} for store in stores
    ]
    assert content[0] == content[1]
    assert both.counts["events"] == 15
