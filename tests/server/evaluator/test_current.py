"""The generation in force is seen as soon as it is published, one of the same name in a new store as well."""

import shutil
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import generations
from server.evaluator.current import Current, Look


def publish(store: Path) -> Path:
    """A generation with nothing in it but the engine's file."""
    with generations.writing(store, fresh=True) as folder:
        from pyoxigraph import Store

        Store(str(folder)).flush()
    return generations.current(store)


def test_a_new_generation_is_seen_at_once(tmp_path: Path) -> None:
    current = Current(tmp_path)
    first = publish(tmp_path)
    seen = current.look()
    assert (seen, current()) == (Look.at(first), first)
    assert current() is seen.folder
    second = publish(tmp_path)
    assert current.look() == Look.at(second)
    assert second != first


def test_a_namesake_in_another_store_is_another_generation(tmp_path: Path) -> None:
    current = Current(tmp_path)
    publish(tmp_path)
    before = current.look()
    shutil.rmtree(before.folder)
    (tmp_path / generations.CURRENT).unlink()
    with pytest.raises(StoreError, match="holds no graph"):
        current()
    publish(tmp_path)
    after = current.look()
    assert after.folder == before.folder
    assert after != before
