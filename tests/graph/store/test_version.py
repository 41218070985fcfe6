"""A store says of which format it is, and one that is too new is refused with what to do."""

import io
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from graph.cli.command import main
from graph.errors import StoreError
from graph.store import generations, reader, snapshots, version


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    with generations.writing(folder, fresh=True) as generation:
        database = Store(str(generation))
        database.flush()
        del database
    return folder


def test_a_new_store_is_of_the_current_format(store: Path) -> None:
    assert (store / version.FILE).read_text() == f"{version.CURRENT}\n"
    version.check(store)


def test_a_store_without_the_file_is_read(store: Path) -> None:
    (store / version.FILE).unlink()
    reader.open_current(store)


@pytest.mark.parametrize("written", ["2", "0", "new", "", "\xff"])
def test_another_format_is_neither_read_nor_written(store: Path, written: str) -> None:
    (store / version.FILE).write_bytes(written.encode("latin-1"))
    with pytest.raises(StoreError, match=r"format|decode"):
        reader.open_current(store)
    with pytest.raises(StoreError), generations.writing(store, fresh=True):
        pytest.fail("it was written to")
    done = CliRunner().invoke(main, ["query", "ASK {}", "--store", str(store)])
    assert done.exit_code == 1
    assert "parleygraph dump" in done.output


def test_a_snapshot_of_another_format_is_refused_and_the_store_stays(store: Path, tmp_path: Path) -> None:
    archive = tmp_path / "store.tar.gz"
    snapshots.backup(store, archive)
    target = tmp_path / "other"
    snapshots.restore(target, archive)
    before = generations.current(target)
    newer = tmp_path / "newer.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(newer, "w:gz") as new:
        for member in old.getmembers():
            content = b"2\n" if member.name == version.FILE else None
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
            else:
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
    with pytest.raises(StoreError, match="format"):
        snapshots.restore(target, newer)
    assert generations.current(target) == before


def test_old_generations_are_removed_when_asked(store: Path) -> None:
    for _ in range(2):
        with generations.writing(store, fresh=False):
            pass
    assert len(generations.numbers(store)) == 3
    done = CliRunner().invoke(main, ["prune", "--store", str(store), "--keep", "1"])
    assert done.exit_code == 0, done.output
    assert generations.numbers(store) == [int(generations.current(store).name)]
    assert CliRunner().invoke(main, ["prune", "--store", str(store), "--keep", "0"]).exit_code == 2
