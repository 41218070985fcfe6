"""Where replicas are: one folder per generation, beside the generations and of no worth without them.

    DIR/columns/7/     the replica of generation 7, made after its publication, whole or not there
    DIR/columns/lock   held (flock) by whoever makes one

A replica is made in the background once a store is at rest; until then the engine answers everything.
"""

import fcntl
import json
import logging
import os
import shutil
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store import generations
from graph.store.columns import making
from graph.store.columns.answering import Replica

log = logging.getLogger(__name__)

UNSUITABLE = "unsuitable"
"""A file that stands for a replica where a graph can have none, with the reason."""


def place(generation: Path) -> Path:
    """The folder of a generation's replica."""
    return generation.parent.parent / generations.REPLICAS / generation.name


def exists(generation: Path) -> bool:
    """Whether there is nothing to make: the replica is there, or there can be none."""
    return place(generation).is_dir()


def opened(generation: Path) -> Replica | None:
    """The replica of a generation; None where there is none, or none that can be read."""
    folder = place(generation)
    if not folder.is_dir():
        return None
    try:
        if (folder / "generation.json").read_text(encoding="utf-8") == _identity(generation):
            return Replica(folder)
    except (OSError, ValueError, KeyError) as error:
        if not (folder / UNSUITABLE).exists():
            log.warning("the replica %s cannot be read: %s", folder, error)
    return None


def make(store: Path) -> bool:
    """Makes the replica of the current generation where it is missing; False when somebody else does.

    Raises StoreError. Its process should do nothing else: it takes much memory for large graphs.
    """
    generations.current(store)
    folder = store / generations.REPLICAS
    try:
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            _make(folder, generations.current(store))
    except OSError as error:
        remedy = "check the space and the rights"
        raise StoreError(f"cannot be written: {error}", place=str(folder), remedy=remedy) from error
    return True


def _make(folder: Path, generation: Path) -> None:
    for draft in folder.glob("*.part"):  # left by a process that was killed
        shutil.rmtree(draft, ignore_errors=True)
    if opened(generation) is not None or (place(generation) / UNSUITABLE).exists():
        return
    draft = folder / f"{generation.name}.part"
    draft.mkdir()
    try:
        _fill(draft, generation)
        shutil.rmtree(place(generation), ignore_errors=True)
        draft.rename(place(generation))
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if not generation.exists():  # withdrawn meanwhile, with what it held
        shutil.rmtree(place(generation), ignore_errors=True)
    prune(folder.parent)


def _fill(folder: Path, generation: Path) -> None:
    try:
        making.make(Store.read_only(str(generation)), folder)
    except making.UnsuitableError as error:
        (folder / UNSUITABLE).write_text(f"{error}\n", encoding="utf-8")
    (folder / "generation.json").write_text(_identity(generation), encoding="utf-8")


def prune(store: Path) -> None:
    """Removes the replicas of generations that are no more."""
    folder = store / generations.REPLICAS
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.name.isdigit() and not (store / generations.FOLDER / each.name).is_dir():
            shutil.rmtree(each, ignore_errors=True)


def _identity(generation: Path) -> str:
    """What tells a generation from another one that had its number before."""
    status = os.stat(generation / "CURRENT")
    return json.dumps([status.st_ino, status.st_mtime_ns])
