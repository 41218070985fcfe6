"""A store as one file: generation, texts, fingerprint and links to queries, in a compressed tar archive.

A generation is immutable, so a snapshot can be taken while the store is served and written to.
"""

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from graph.errors import StoreError
from graph.store import fingerprint, generations, texts, version

GENERATION = "generation"

LINKS = "links.sqlite"
"""The short links to queries, see server.links: name, generation and query of each in the table `link`."""


def backup(store: Path, archive: Path) -> None:
    """Writes the snapshot to `archive`, which is whole or not there."""
    draft = archive.with_name(f"{archive.name}.part")
    try:
        with tarfile.open(draft, "w:gz") as tar:
            tar.add(generations.current(store), GENERATION)
            for name in (texts.FOLDER, fingerprint.FILE, fingerprint.WRITTEN, version.FILE):
                if (store / name).exists():
                    tar.add(store / name, name)
            if (store / LINKS).exists():
                with tempfile.TemporaryDirectory() as folder:
                    copy = Path(folder) / LINKS
                    _copy_links(store / LINKS, copy)
                    tar.add(copy, LINKS)
        draft.rename(archive)
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error}", place=str(archive), remedy="check the path"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def restore(store: Path, archive: Path) -> None:
    """Makes the snapshot the next generation of `store`; on an error the store stays as it was."""
    try:
        with generations.writing(store, fresh=True) as folder, tarfile.open(archive, "r:gz") as tar:
            unpacked = folder.with_name(f"{folder.name}-restored")
            shutil.rmtree(unpacked, ignore_errors=True)
            # The filter refuses members that would land outside, and device files.
            tar.extractall(unpacked, filter="data")
            if not (unpacked / GENERATION).is_dir():
                raise StoreError("is no snapshot of a store", place=str(archive), remedy="name another file")
            version.check(unpacked)
            folder.rmdir()
            (unpacked / GENERATION).rename(folder)
            _adopt(store, unpacked)
    except (tarfile.TarError, EOFError, FileNotFoundError, sqlite3.DatabaseError) as error:
        raise StoreError(f"cannot be read: {error}", place=str(archive), remedy="name a snapshot") from error
    finally:
        shutil.rmtree(store / generations.FOLDER / f"{generations.STAGING}-restored", ignore_errors=True)


def _adopt(store: Path, unpacked: Path) -> None:
    """Takes over the texts, the fingerprint, the mark of writes, the links; what is there is not overwritten.

    Texts and links are named by their content.
    """
    folder = unpacked / texts.FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        texts.write(store, file.stem, file.read_bytes().decode("utf-8"))
    if (unpacked / fingerprint.FILE).exists():
        fingerprint.keep(store, (unpacked / fingerprint.FILE).read_text(encoding="ascii"))
    if (unpacked / fingerprint.WRITTEN).exists():
        fingerprint.mark_written(store)
    if (unpacked / LINKS).exists():
        _add_links(unpacked / LINKS, store / LINKS)


def _copy_links(source: Path, target: Path) -> None:
    """A copy of the links as they are at one moment, while others are being made."""
    try:
        with closing(sqlite3.connect(source)) as links, closing(sqlite3.connect(target)) as copy:
            links.backup(copy)
    except sqlite3.DatabaseError as error:
        remedy = "move it away, if no link to a query needs to be kept"
        raise StoreError(f"the links cannot be read: {error}", place=str(source), remedy=remedy) from error


def _add_links(source: Path, target: Path) -> None:
    """Adds the links of a snapshot to those that were made since."""
    if not target.exists():
        _copy_links(source, target)
        return
    with closing(sqlite3.connect(target, timeout=10)) as links:
        links.execute("ATTACH DATABASE ? AS snapshot", (str(source),))
        links.execute("INSERT OR IGNORE INTO link SELECT name, generation, query FROM snapshot.link")
        links.commit()
