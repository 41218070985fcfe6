"""The generation in force, as every query has to know it: one system call."""

import os
from pathlib import Path
from typing import NamedTuple

from graph.store import generations

MADE = "CURRENT"
"""The engine's file that no two generations share: its age tells one from a namesake in another store."""


class Look(NamedTuple):
    """What was seen of the generation in force: its folder, and the number and age (ns) of its file MADE."""

    folder: Path
    number: int
    born: int

    @classmethod
    def at(cls, folder: Path) -> "Look":
        """A generation, looked at; one that is no more has no age."""
        try:
            status = os.stat(folder / MADE)
        except OSError:
            return cls(folder, 0, 0)
        return cls(folder, status.st_ino, status.st_mtime_ns)


class Current:
    """Looks a store's generation up."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._made = str(store / generations.CURRENT / MADE)
        self._known = Look(Path(), 0, 0)

    def look(self) -> Look:
        """The generation in force. Raises StoreError where there is none."""
        try:
            status = os.stat(self._made)
        except OSError:
            return Look.at(generations.current(self._store))
        known = self._known
        if known.number != status.st_ino or known.born != status.st_mtime_ns:
            self._known = known = Look.at(generations.current(self._store))
        return known

    def __call__(self) -> Path:
        """The folder of the generation in force. Raises StoreError where there is none."""
        return self.look().folder
