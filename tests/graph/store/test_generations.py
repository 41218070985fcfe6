"""A store moves from one whole generation to the next, and stays where it is when the next fails."""

import fcntl
import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreError
from graph.store import generations, reader

HERE = NamedNode("http://example.org/")


def quad(number: int) -> Quad:
    return Quad(HERE, HERE, NamedNode(f"http://example.org/{number}"))


def publish(store: Path, number: int, *, fresh: bool = False) -> None:
    with generations.writing(store, fresh=fresh) as folder:
        database = Store(str(folder))
        database.bulk_extend([quad(number)])
        database.flush()
        del database


def content(store: Path) -> set[Quad]:
    return set(reader.open_current(store))


def test_the_current_generation_holds_what_was_published(tmp_path: Path) -> None:
    store = tmp_path / "new" / "store"
    assert not generations.exists(store)
    publish(store, 1)
    assert generations.exists(store)
    assert content(store) == {quad(1)}


def test_a_clone_goes_on_from_the_current_generation_and_a_fresh_one_does_not(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    publish(tmp_path, 2)
    assert content(tmp_path) == {quad(1), quad(2)}
    publish(tmp_path, 3, fresh=True)
    assert content(tmp_path) == {quad(3)}


def test_a_clone_shares_the_table_files_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    publish(tmp_path, 2)
    first, second = (tmp_path / "generations" / each for each in "12")
    shared = {file.name for file in second.iterdir() if file.stat().st_nlink > 1}
    assert shared
    assert all(name.endswith(".sst") for name in shared)
    assert all((first / name).samefile(second / name) for name in shared)


def test_a_reader_keeps_its_generation_while_others_are_published(tmp_path: Path) -> None:
    publish(tmp_path, 0)
    held = reader.open_current(tmp_path)
    for number in range(1, generations.KEPT + 2):
        publish(tmp_path, number)
    assert set(held) == {quad(0)}


def test_what_fails_leaves_the_previous_generation_in_force_and_no_rubbish(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with pytest.raises(ValueError, match="in between"), generations.writing(tmp_path, fresh=False):
        raise ValueError("in between")
    assert content(tmp_path) == {quad(1)}
    assert generations.numbers(tmp_path) == [1]
    assert sorted(os.listdir(tmp_path / "generations")) == ["1"]


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    left = tmp_path / "generations" / generations.STAGING
    left.mkdir()
    (left / "half.sst").write_bytes(b"half")
    publish(tmp_path, 2)
    assert content(tmp_path) == {quad(1), quad(2)}
    assert not left.exists()


def test_old_generations_are_pruned_and_the_current_one_never(tmp_path: Path) -> None:
    for number in range(generations.KEPT + 3):
        publish(tmp_path, number)
    assert len(generations.numbers(tmp_path)) == generations.KEPT
    assert generations.current(tmp_path).name == str(generations.numbers(tmp_path)[-1])


def test_two_writers_do_not_write_at_once(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with (tmp_path / "lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another process"), generations.locked(tmp_path, patience=0):
            pytest.fail("the lock was taken twice")
    publish(tmp_path, 2)


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a store"):
        publish(tmp_path, 1)
    assert os.listdir(tmp_path) == ["thesis.txt"]
    file = tmp_path / "thesis.txt"
    with pytest.raises(StoreError, match="is not a store"):
        publish(file, 1)


def test_a_lock_that_cannot_be_opened_is_a_store_error(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    (tmp_path / "lock").unlink()
    (tmp_path / "lock").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        publish(tmp_path, 2)


def test_a_store_that_holds_no_graph_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="parleygraph build"):
        reader.open_current(tmp_path)


def test_a_broken_generation_is_a_store_error(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    for file in generations.current(tmp_path).glob("CURRENT"):
        file.write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        reader.open_current(tmp_path)
