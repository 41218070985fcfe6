"""The format of a store folder, as a number in a file: what is too new is refused, before anything is read.

    1    generations of an Oxigraph 0.5 database, each with a full-text index; texts; a link to the current

A store without the file is older than the number and reads as format 1; its next generation gets the index
that it lacks.
"""

from pathlib import Path

from graph.errors import StoreError

FILE = "format"
CURRENT = 1


def check(store: Path) -> None:
    """Raises StoreError where the folder is of a format that this version does not know."""
    try:
        written = (store / FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, UnicodeDecodeError) as error:
        raise _unknown(store, str(error)) from error
    if not written.isdigit() or not 0 < int(written) <= CURRENT:
        raise _unknown(store, f"it is of format {written!r}, and this version reads {CURRENT}")


def mark(store: Path) -> None:
    """Writes the format of this version into the folder."""
    draft = store / f"{FILE}.next"
    draft.write_text(f"{CURRENT}\n", encoding="ascii")
    draft.rename(store / FILE)


def _unknown(store: Path, reason: str) -> StoreError:
    remedy = (
        "use the version of parleygraph that wrote it, or its dump: parleygraph dump, then parleygraph load"
    )
    return StoreError(f"was not written by this version: {reason}", place=str(store), remedy=remedy)
