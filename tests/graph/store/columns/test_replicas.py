"""A replica belongs to one generation, is whole or not there, and goes with its generation."""

import fcntl
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, Store

from graph.cli.command import main
from graph.store import generations
from graph.store.columns import replicas
from graph.store.columns.question import Count, Pattern, Question, Variable

HERE = NamedNode("http://example.org/")
COUNT = Question(
    [Pattern(Variable("s"), Variable("p"), Variable("o"))],
    shown=[Count(Variable("n"), None, False)],
    groups=(),
)


def publish(store: Path, number: int) -> Path:
    with generations.writing(store, fresh=False) as folder:
        database = Store(str(folder))
        database.bulk_extend([Quad(HERE, HERE, NamedNode(f"http://example.org/{number}"))])
        database.flush()
        del database
    return generations.current(store)


def test_a_generation_has_a_replica_once_it_is_made(tmp_path: Path) -> None:
    generation = publish(tmp_path, 1)
    assert not replicas.exists(generation)
    assert replicas.opened(generation) is None
    assert replicas.make(tmp_path)
    found = replicas.opened(generation)
    assert found is not None
    assert b'"value":"1"' in (found.answer(COUNT, 10) or b"")


def test_the_next_generation_has_its_own(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    replicas.make(tmp_path)
    generation = publish(tmp_path, 2)
    assert replicas.opened(generation) is None
    replicas.make(tmp_path)
    found = replicas.opened(generation)
    assert found is not None
    assert b'"value":"2"' in (found.answer(COUNT, 10) or b"")


def test_a_replica_goes_with_its_generation(tmp_path: Path) -> None:
    first = publish(tmp_path, 1)
    replicas.make(tmp_path)
    publish(tmp_path, 2)
    generations.prune(tmp_path, 1)
    assert not replicas.place(first).exists()


def test_another_generation_of_the_same_number_does_not_get_it(tmp_path: Path) -> None:
    generation = publish(tmp_path, 1)
    replicas.make(tmp_path)
    shutil.rmtree(generation)
    (tmp_path / "current").unlink()
    assert publish(tmp_path, 5) == generation
    assert replicas.opened(generation) is None
    replicas.make(tmp_path)
    assert replicas.opened(generation) is not None


def test_only_one_process_makes_it(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    (tmp_path / generations.REPLICAS).mkdir()
    with (tmp_path / generations.REPLICAS / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not replicas.make(tmp_path)
    assert replicas.make(tmp_path)


def test_an_empty_graph_is_not_tried_again_and_again(tmp_path: Path) -> None:
    with generations.writing(tmp_path, fresh=True) as folder:
        Store(str(folder)).flush()
    generation = generations.current(tmp_path)
    assert replicas.make(tmp_path)
    assert replicas.exists(generation)
    assert replicas.opened(generation) is None


def test_a_broken_replica_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    generation = publish(tmp_path, 1)
    replicas.make(tmp_path)
    (replicas.place(generation) / "offsets.npy").write_bytes(b"no array")
    assert replicas.opened(generation) is None
    assert "cannot be read" in caplog.text
    replicas.make(tmp_path)
    assert replicas.opened(generation) is not None


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    done = CliRunner().invoke(main, ["replica", "--store", str(tmp_path)])
    assert done.exit_code == 0
    assert "the replica is there" in done.output
    none = CliRunner().invoke(main, ["replica", "--store", str(tmp_path / "none")])
    assert none.exit_code == 1
    assert "Traceback" not in none.output
