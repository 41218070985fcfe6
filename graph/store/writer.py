"""Filling a store: a new generation from quads or from RDF files, published only when it is whole."""

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreError
from graph.store import closure, files, generations, merge, reader

log = logging.getLogger(__name__)


def build(store: Path, quads: Iterable[Quad], entailed: NamedNode, rules: Sequence[str]) -> int:
    """Replaces the content of `store` by `quads` and what follows by `rules`; the number of triples.

    The triples counted are those of the default graph, each once; what follows goes to the graph `entailed`.
    """
    with generations.writing(store, fresh=True) as folder:
        return _fill(folder, quads, lambda database: closure.materialise(database, entailed, rules))


def load(store: Path, paths: Iterable[Path]) -> int:
    """Adds RDF files to `store`, named graphs merged into the default graph too; triples there then."""
    with generations.writing(store, fresh=False) as folder:
        return _fill(folder, files.all_quads(paths), lambda database: 0)


def _fill(folder: Path, quads: Iterable[Quad], afterwards: Callable[[Store], int]) -> int:
    """Fills the database in `folder`; on return it is closed, as nothing refers to it any more."""
    database = open_database(folder)
    merge.bulk_add(database, quads)
    afterwards(database)
    database.optimize()
    database.flush()
    triples = reader.count(database)
    log.info("%d triples in the default graph", triples)
    return triples


def open_database(folder: Path) -> Store:
    """The database in `folder`, for writing; it closes when the last reference to it goes."""
    try:
        return Store(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"cannot be opened: {error}", place=str(folder), remedy="build it anew") from error
