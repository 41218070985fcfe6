"""The words for dates and durations of a language, from `times.tsv`: months, weekdays, units, shifts of
days."""

from dataclasses import dataclass
from pathlib import Path

from graph.lexicon.tables import rows, values


@dataclass(frozen=True, slots=True)
class Calendar:
    """`relative` maps an expression to the first and last day it means, counted from the article's.

    `units` are in minutes, `days` in days; `tails` are what may follow a unit, in units ("e mezza"); `joins`
    stand between hours and minutes; the other sets turn a number into something else (ago, within, at the
    clock).
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, tuple[int, int]]
    numbers: dict[str, float]
    units: dict[str, int]
    days: dict[str, int]
    about: frozenset[str]
    ago: frozenset[str]
    within: frozenset[str]
    clock: frozenset[str]
    parts: frozenset[str]
    next: frozenset[str]
    last: frozenset[str]
    phases: frozenset[str]
    tails: dict[str, float]
    joins: frozenset[str]


def calendar_of(folder: Path) -> Calendar:
    """The calendar words of the language whose tables are in `folder`."""
    table: dict[str, dict[str, str]] = {}
    for row in rows(folder / "times.tsv", required=("kind", "words", "value")):
        for word in values(row["words"]):
            table.setdefault(row["kind"], {})[word] = row["value"]

    def whole(kind: str) -> dict[str, int]:
        return {word: int(value) for word, value in table.get(kind, {}).items()}

    def names(kind: str) -> frozenset[str]:
        return frozenset(table.get(kind, {}))

    shifts = {word: value.split(",") for word, value in table.get("relative", {}).items()}
    return Calendar(
        months=whole("month"),
        weekdays=whole("weekday"),
        relative={word: (int(first), int(last)) for word, (first, last) in shifts.items()},
        numbers={word: float(value) for word, value in table.get("number", {}).items()},
        units=whole("unit"),
        days=whole("days"),
        about=names("about"),
        ago=names("ago"),
        within=names("within"),
        clock=names("clock"),
        parts=names("part"),
        next=names("next"),
        last=names("last"),
        phases=names("phase"),
        tails={word: float(value) for word, value in table.get("tail", {}).items()},
        joins=names("join"),
    )
