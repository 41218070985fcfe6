"""The quads of many articles on disk, until all are read and it is known which of them tell of the same
event.

An article's quads can be final only when the last article is read: its events may bear another article's IRI.
What linking needs stays in memory, some 500 bytes per event; the quads wait in a file.
"""

from collections.abc import Callable, Iterator
from typing import IO

from pyoxigraph import Quad

from graph.assembly import Assembled
from graph.store.identity import clusters, ledger, renaming
from graph.store.identity.likeness import candidate
from graph.store.identity.tellings import Sharing, Telling


class Spool:
    """Assembled articles, once each."""

    def __init__(self, file: IO[bytes]) -> None:
        """`file` can be written and read; its owner closes it."""
        self._file = file
        self._lengths: dict[str, int] = {}
        self._told: list[Telling] = []
        self._sharing = Sharing()

    def add(self, each: Assembled) -> None:
        """One more article."""
        self._lengths[each.id] = len(each.packed)
        self._file.write(each.packed)
        self._told += (self._sharing.of(told) for told in each.told if candidate(told) is not None)

    def quads(self, written: Callable[[int], None]) -> Iterator[Quad]:
        """The quads of all articles, each event under one IRI, with what finds the tellings again.

        `written` is called behind each article with how many there are.
        """
        names = clusters.names(self._told)
        moves: dict[str, dict[str, str]] = {}
        for telling in self._told:
            yield from ledger.index(telling)
            name = names[telling.own]
            if name != telling.own:
                moves.setdefault(telling.article.rpartition("/")[2], {})[telling.own] = name
                yield renaming.leading_on(telling, name)
        self._told, self._sharing = [], Sharing()
        self._file.seek(0)
        for article, length in self._lengths.items():
            quads = Assembled("", article, self._file.read(length)).quads()
            moved = moves.get(article)
            yield from renaming.renamed(quads, moved) if moved else quads
            written(len(self._lengths))
