"""RDF files into a database that is not yet published, several pieces of them at a time.

The engine's own bulk load parses with one processor and then sorts with one, a million triples at once. Given
pieces, it does both beside the next piece, without Python: it holds the interpreter only to be called.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import Quad, Store

from graph import processes
from graph.store import files, merge

THREADS = 4
"""Threads at most, each with some 150 megabytes: beyond them the disk decides."""

SMALL = 1 << 20
"""Bytes of a file below which it is added together with others: each load writes files of its own."""


def add(database: Store, paths: Iterable[Path]) -> None:
    """Adds RDF files, their named graphs merged into the default graph too; raises DataError.

    Not a transaction: after an error part of the files may be there.
    """
    small: list[Path] = []
    large: list[Path] = []
    for path in paths:
        (large if path.is_file() and path.stat().st_size >= SMALL else small).append(path)
    merge.bulk_add(database, _quads(small))
    threads = min(THREADS, processes.available())
    with ThreadPoolExecutor(threads) as pool:
        for path in large:
            with files.opened(path, threads) as file:
                _add_pieces(database, file.pieces(), pool)
                if file.syntax.supports_datasets:
                    merge.bulk_add(database, file.quads())
                else:
                    file.load(database)


def _quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """The quads of all files, one after the other."""
    for path in paths:
        with files.opened(path) as file:
            yield from file.quads()


def _add_pieces(database: Store, pieces: Iterable[files.Piece], pool: ThreadPoolExecutor) -> None:
    """Adds pieces, few of them held at a time; of several errors the first in the file is raised."""
    under_way = deque[Future[None]]()
    for piece in pieces:
        under_way.append(pool.submit(_add_piece, database, piece))
        if len(under_way) > THREADS:
            under_way.popleft().result()
    for each in under_way:
        each.result()


def _add_piece(database: Store, piece: files.Piece) -> None:
    try:
        merge.bulk_load(database, piece.data, piece.syntax)
    except SyntaxError as error:
        raise piece.refused(error) from error
