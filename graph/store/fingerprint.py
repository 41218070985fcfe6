"""What a store was built from, as one hash, so that nothing is rebuilt when nothing changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

FILE = "fingerprint"
WRITTEN = "written"


def of(paths: Iterable[Path], *values: str) -> str:
    """The SHA-256 over the names and contents of all files in `paths`, and over `values` (settings)."""
    total = hashlib.sha256("\0".join(values).encode("utf-8"))
    for path in paths:
        for file in _files(path):
            total.update(f"\0{file}\0".encode("utf-8", "surrogateescape"))
            # A file that cannot be read (a pipe, a broken link) counts by its name: build will report it.
            if file.is_file():
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def stored(store: Path) -> str | None:
    """The fingerprint of the last build, if the store was built."""
    try:
        return (store / FILE).read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError):
        return None


def keep(store: Path, fingerprint: str) -> None:
    """Remembers what the current generation was built from, and that nothing else is in it."""
    (store / WRITTEN).unlink(missing_ok=True)
    draft = store / f"{FILE}.next"
    draft.write_text(fingerprint, encoding="ascii")
    draft.rename(store / FILE)


def mark_written(store: Path) -> None:
    """Remembers that the store holds more than a build has made, and is not to be replaced unasked."""
    (store / WRITTEN).touch()


def is_written(store: Path) -> bool:
    """Whether the store was written to since it was built."""
    return (store / WRITTEN).exists()


def _files(path: Path) -> Iterator[Path]:
    """The path, or the files below it in a fixed order; caches and hidden files do not count."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if not file.is_dir() and not any(part.startswith((".", "__pycache__")) for part in parts):
            yield file
