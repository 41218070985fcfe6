"""The raw texts of the articles, one file each, beside the generations and outside the graph.

A page highlights the words of a claim in them and a check compares spans with them, while what is exported as
data holds excerpts only: the licence of an article is its publisher's to give. Files are named by the
article's id, the hash of their own content, so they never change.
"""

import os
from pathlib import Path

FOLDER = "texts"


def write(store: Path, article_id: str, text: str) -> None:
    """Keeps the raw text of an article; durable on return."""
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{article_id}.txt"
    if target.exists():
        return
    draft = folder / f".{article_id}.{os.getpid()}"
    with draft.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)


def read(store: Path, article_id: str) -> str | None:
    """The raw text, line ends as they came; None where the store was filled without it (`load`)."""
    if not article_id.isalnum():
        return None
    try:
        return (store / FOLDER / f"{article_id}.txt").read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def remove(store: Path, article_id: str) -> None:
    """Forgets the text of an article."""
    (store / FOLDER / f"{article_id}.txt").unlink(missing_ok=True)


def keep_only(store: Path, article_ids: set[str]) -> None:
    """Forgets the texts of all other articles."""
    folder = store / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.stem not in article_ids:
            file.unlink(missing_ok=True)
