"""A store folder: immutable generations of an Oxigraph database, and a link to the one in force.

    DIR/generations/7/     one database, never written again once it has its number
    DIR/current            symbolic link to the generation in force, switched by an atomic rename
    DIR/lock               held (flock) by whoever makes the next generation
    DIR/live/              the database that a server's writer works in, of no worth without it
    DIR/texts/             the raw articles, see graph.store.texts
    DIR/columns/7/         the replica of a generation, see graph.store.columns

Oxigraph has no snapshot that several processes could read while one writes: readers open a finished
generation, and the writer clones it by hard links (RocksDB never changes a table file once written).
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from graph.errors import StoreError
from graph.store import version
from graph.store.search import index

CURRENT = "current"
FOLDER = "generations"
STAGING = ".next"
"""The generation being made; it gets its number only when it is whole and on disk."""

REPLICAS = "columns"

IMMUTABLE = ".sst"
"""RocksDB's table files: written once, then only read or deleted, so a hard link is a copy."""

KEPT = 3
"""Generations kept, the current one included: a reader may still be opening the one it just resolved."""

PATIENCE = 30.0
"""Seconds to wait for another writer; an article takes milliseconds, a build of the seed a few seconds."""


def exists(store: Path) -> bool:
    """Whether the folder holds a published generation."""
    return (store / CURRENT).exists()


def current(store: Path) -> Path:
    """The generation in force, as its own folder (the link resolved, so that it stays what it is)."""
    try:
        return _resolved(store, os.readlink(store / CURRENT))
    except OSError as error:
        remedy = "fill it with: parleygraph build"
        raise StoreError("holds no graph", place=str(store), remedy=remedy) from error


@lru_cache(maxsize=64)
def _resolved(store: Path, target: str) -> Path:
    """The folder that the link leads to; kept, for each query asks, and resolving takes 50 µs."""
    return (store / target).resolve(strict=True)


@contextmanager
def writing(store: Path, *, fresh: bool, patience: float = PATIENCE) -> Iterator[Path]:
    """A folder in which to make the next generation: empty if `fresh`, else a clone of the current one.

    It is published when the block ends well, and removed when it ends with an exception, so that the
    previous generation stays in force. The database must be closed when the block ends.
    """
    with locked(store, patience):
        staging = store / FOLDER / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        try:
            if fresh or not exists(store):
                staging.mkdir(parents=True)
            else:
                clone(current(store), staging)
            yield staging
            publish(store, staging)
        except OSError as error:
            remedy = "check the space and the rights"
            raise StoreError(f"cannot be written: {error}", place=str(store), remedy=remedy) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def locked(store: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the folder's lock, made on first use; raises StoreError where another process keeps it."""
    claim(store)
    try:
        opened = (store / "lock").open("a")
    except OSError as error:
        remedy = "check its rights"
        raise StoreError(f"cannot be written: {error}", place=str(store), remedy=remedy) from error
    with opened as handle:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise StoreError(
                        "another process is writing to it", place=str(store), remedy="wait for it, or stop it"
                    ) from error
                time.sleep(0.05)
        yield


def clone(generation: Path, target: Path) -> None:
    """A database at `target` (not there yet) with the content of `generation`, sharing its table files.

    Its full-text index stays behind: graph.store.search.index has `follow`; else publication makes it anew.
    """
    target.mkdir(parents=True)
    for file in sorted(generation.iterdir()):
        if file.suffix == IMMUTABLE:
            os.link(file, target / file.name)
        elif file.name != "LOCK" and file.suffix != index.SUFFIX:
            shutil.copyfile(file, target / file.name)


def numbers(store: Path) -> list[int]:
    """The numbers of the finished generations, oldest first."""
    folder = store / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(int(each.name) for each in found if each.name.isdigit())


def prune(store: Path, kept: int = KEPT) -> None:
    """Removes all but the newest `kept` generations, and their replicas; the current one always stays."""
    in_force = current(store).name
    for number in numbers(store)[:-kept]:
        if str(number) != in_force:
            for folder in (FOLDER, REPLICAS):
                shutil.rmtree(store / folder / str(number), ignore_errors=True)


def check(store: Path) -> None:
    """Raises StoreError for a file, a folder that holds something else, and a store that is too new."""
    if store.exists() and not (store / FOLDER).is_dir() and (not store.is_dir() or any(store.iterdir())):
        raise StoreError(
            "exists and is not a store", place=str(store), remedy="name an empty or a new folder"
        )
    version.check(store)


def claim(store: Path) -> None:
    """Makes the folder ours, or refuses one that holds something else."""
    try:
        check(store)
        (store / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = "check the path and its rights"
        raise StoreError(f"cannot be made: {error}", place=str(store), remedy=remedy) from error


def publish(store: Path, staging: Path, kept: int = KEPT) -> Path:
    """Gives the staged generation its number and switches to it; durable before the switch is seen.

    For a process that holds the lock; gives the generation's folder. All but the newest `kept` are removed.
    """
    index.ensure(staging, store)
    version.mark(store)
    for file in staging.iterdir():
        _sync(file)
    _sync(staging)
    number = max(numbers(store), default=0) + 1
    folder = store / FOLDER / str(number)
    staging.rename(folder)
    _sync(store / FOLDER)
    link = store / f"{CURRENT}.next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(FOLDER) / str(number))
    link.rename(store / CURRENT)
    _sync(store)
    prune(store, kept)
    return folder.resolve()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
