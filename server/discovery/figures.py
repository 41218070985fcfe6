"""The figures of a graph that descriptions give: counts by class and property, days, when it was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from server.answers import pool, remembered
from server.evaluator.errors import TemporaryError
from server.portraits.questions import Row, counted


@dataclass(frozen=True, slots=True)
class Figures:
    """`classes` and `properties`: IRI → things and triples, most first; empty where counting took too long.

    `triples` is None then; `days` are the first and last day of events, ISO 8601, empty without any.
    """

    triples: int | None
    subjects: int | None
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    days: tuple[str, str]
    generation: str
    made: datetime


def figures() -> Figures:
    """The figures of the current generation, counted once per web process."""
    return remembered("figures", _count)


def _count() -> Figures:
    generation = pool().generation()
    made = datetime.fromtimestamp(generation.stat().st_mtime, UTC).replace(microsecond=0)
    properties = _counts(_answer("properties"), "property")
    return Figures(
        triples=sum(properties.values()) if properties else None,
        subjects=int(_one("subjects", "n") or 0) or None,
        classes=_counts(_answer("classes"), "class"),
        properties=properties,
        days=(_one("earliest", "earliest"), _one("latest", "latest")),
        generation=generation.name,
        made=made,
    )


def _answer(name: str) -> list[Row]:
    """The rows of a packaged question; none when a large graph takes longer than a query may."""
    try:
        return counted(pool(), [name])[0]
    except TemporaryError:
        return []


def _one(name: str, variable: str) -> str:
    """The one value that a packaged question asks for; "" where there is none."""
    row = next(iter(_answer(name)), {})
    return row[variable].text if variable in row else ""


def _counts(rows: list[Row], variable: str) -> dict[str, int]:
    found = {row[variable].text: int(row["n"].text) for row in rows if variable in row}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
