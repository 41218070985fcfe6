"""Backup and restore: the short links to queries travel along, and none that was made since is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreError
from graph.store import fingerprint, generations, snapshots

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")


def store(folder: Path) -> Path:
    with generations.writing(folder, fresh=True) as generation:
        database = Store(str(generation))
        database.add(Quad(S, P, S))
        database.flush()
        del database
    return folder


def link(folder: Path, name: str, query: str) -> None:
    with closing(sqlite3.connect(folder / snapshots.LINKS)) as links:
        links.execute(
            "CREATE TABLE IF NOT EXISTS link "
            "(name TEXT PRIMARY KEY, generation TEXT NOT NULL, query TEXT NOT NULL)"
        )
        links.execute("INSERT INTO link VALUES (?, '1', ?)", (name, query))
        links.commit()


def links(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / snapshots.LINKS)) as found:
        return dict(found.execute("SELECT name, query FROM link"))


def test_links_to_queries_are_in_a_snapshot(tmp_path: Path) -> None:
    source = store(tmp_path / "source")
    link(source, "abcd2345", "ASK {}")
    snapshots.backup(source, tmp_path / "all.tar.gz")
    snapshots.restore(tmp_path / "target", tmp_path / "all.tar.gz")
    assert links(tmp_path / "target") == {"abcd2345": "ASK {}"}


def test_links_that_were_made_since_stay(tmp_path: Path) -> None:
    source = store(tmp_path / "source")
    link(source, "aaaaaaaa", "ASK {}")
    snapshots.backup(source, tmp_path / "all.tar.gz")
    link(source, "bbbbbbbb", "ASK { ?s ?p ?o }")
    snapshots.restore(source, tmp_path / "all.tar.gz")
    assert links(source) == {"aaaaaaaa": "ASK {}", "bbbbbbbb": "ASK { ?s ?p ?o }"}


def test_a_store_without_links_has_none_in_its_snapshot(tmp_path: Path) -> None:
    snapshots.backup(store(tmp_path / "source"), tmp_path / "all.tar.gz")
    snapshots.restore(tmp_path / "target", tmp_path / "all.tar.gz")
    assert not (tmp_path / "target" / snapshots.LINKS).exists()


def test_a_file_that_holds_no_links_is_told_with_the_remedy(tmp_path: Path) -> None:
    source = store(tmp_path / "source")
    (source / snapshots.LINKS).write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="links"):
        snapshots.backup(source, tmp_path / "all.tar.gz")
    assert not (tmp_path / "all.tar.gz").exists()


def test_a_restored_store_remembers_that_it_was_written_to(tmp_path: Path) -> None:
    """Or the next build from files would drop what was posted to it, unasked."""
    archive, copy = tmp_path / "s.tar.gz", tmp_path / "copy"
    written = store(tmp_path / "written")
    fingerprint.keep(written, "0")
    fingerprint.mark_written(written)
    snapshots.backup(written, archive)
    snapshots.restore(copy, archive)
    assert fingerprint.is_written(copy)
    built = store(tmp_path / "built")
    fingerprint.keep(built, "0")
    snapshots.backup(built, archive)
    snapshots.restore(copy, archive)
    assert not fingerprint.is_written(copy)
