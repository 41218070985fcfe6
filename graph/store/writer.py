"""Filling a store: a new generation from quads or from RDF files, published only when it is whole."""

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreError
from graph.store import closure, generations, loading, merge, reader
from graph.store.search import index

log = logging.getLogger(__name__)


def build(store: Path, quads: Iterable[Quad], entailed: NamedNode, rules: Sequence[str]) -> int:
    """Replaces the content of `store` by `quads` and what follows by `rules`; the number of triples.

    The triples counted are those of the default graph, each once; what follows goes to the graph `entailed`.
    """

    def fill(database: Store) -> None:
        merge.bulk_add(database, quads)
        closure.materialise(database, entailed, rules)

    with generations.writing(store, fresh=True) as folder:
        return _filled(store, folder, fill)


def load(store: Path, paths: Iterable[Path]) -> int:
    """Adds RDF files to `store`, named graphs merged into the default graph too; triples there then."""
    with generations.writing(store, fresh=False) as folder:
        return _filled(store, folder, lambda database: loading.add(database, paths))


def _filled(store: Path, folder: Path, fill: Callable[[Store], None]) -> int:
    """Fills the database in `folder`, whole with its full-text index; on return it is closed, as nothing
    refers to it any more."""
    database = open_database(folder)
    fill(database)
    with ThreadPoolExecutor(1) as beside:
        triples = beside.submit(_settled, database)
        index.build(folder, database, store)
    log.info("%d triples in the default graph", triples.result())
    return triples.result()


def _settled(database: Store) -> int:
    """Brings the tables of the database in order, and counts; the engine leaves other threads alone."""
    database.optimize()
    database.flush()
    return reader.count(database)


def open_database(folder: Path) -> Store:
    """The database in `folder`, for writing; it closes when the last reference to it goes."""
    try:
        return Store(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"cannot be opened: {error}", place=str(folder), remedy="build it anew") from error
