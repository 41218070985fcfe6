"""The generation in force, as every query has to know it: one system call."""

import os
from pathlib import Path

from graph.store import generations


class Current:
    """Looks a store's generation up, and keeps the folder that the last look led to."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._link = str(store / generations.CURRENT)
        self._known = ("", Path())

    def __call__(self) -> Path:
        """The folder of the generation in force. Raises StoreError where there is none."""
        try:
            target = os.readlink(self._link)
        except OSError:
            return generations.current(self._store)
        known, folder = self._known
        if target != known:
            folder = (self._store / target).resolve()
            self._known = (target, folder)
        return folder
