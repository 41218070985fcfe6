"""Tab-separated tables with a header line: the form of every lexicon and gazetteer file.

A line that starts with `#` is a comment. Cells hold several values separated by `|`.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import DataError

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: Path, *, required: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """The rows of `path` as dicts from column to cell; raises DataError with file and line when one is
    malformed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("the table cannot be read", place=str(path), remedy=str(error)) from error
    header: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            missing = [column for column in required if column not in header]
            if missing:
                raise DataError(
                    f"the table lacks the column {missing[0]!r}",
                    place=f"{path}:{number}",
                    remedy=f"its columns are {', '.join(header)}",
                )
            continue
        if len(cells) > len(header):
            raise DataError(
                f"the row has {len(cells)} cells, the header {len(header)}",
                place=f"{path}:{number}",
                remedy="separate cells by one tab each",
            )
        cells += [""] * (len(header) - len(cells))
        yield dict(zip(header, cells, strict=True))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, in order, without blanks."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
