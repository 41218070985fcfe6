"""Which articles were withdrawn: one empty file each beside the generations, so that 410 outlives them all.

The graph itself keeps no trace of a withdrawn article.
"""

import os
from pathlib import Path

FOLDER = "withdrawn"


def mark(store: Path, article_id: str) -> None:
    """Remembers that the article was withdrawn; durable on return."""
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / article_id, os.O_CREAT | os.O_WRONLY, 0o644)
    os.close(descriptor)
    _sync(folder)


def is_marked(store: Path, article_id: str) -> bool:
    """Whether it was withdrawn, and has not come back since."""
    return article_id.isalnum() and (store / FOLDER / article_id).exists()


def unmark(store: Path, article_id: str) -> None:
    """Forgets it: the article is there again."""
    (store / FOLDER / article_id).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
