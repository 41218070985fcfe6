"""The timeline: every dated event as a bar as long as its date is uncertain; very many gathered by period."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, text_of
from server.portraits.wording import month, when

ROWS = 2000
"""Rows that a timeline looks at; the query asks for one more, so that a cut is told."""

PAGE = 100
"""Bars on one page."""

CLUSTERED = 60
"""Events from which on they are gathered by period above the bars."""

GROUPS = 48
"""Periods at most: what fits beside one another on a screen."""

THIN = 0.8
"""Per cent of the width that a bar has at least, so that a day among years is seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An event between two days; `left` and `width` in per cent of the axis."""

    event: Name
    modalities: tuple[Name, ...]
    said: str
    first: date
    last: date
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis, in per cent from its begin."""

    label: str
    left: float


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: how many events may begin in it; `height` in per cent of the fullest."""

    label: str
    since: str
    until: str
    events: int
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page shows: `total` events, the bars of a page, the axis, the periods when there are many."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    periods: tuple[Period, ...]
    total: int
    more: bool
    page: int
    pages: int


def timeline(rows: Sequence[Row], namer: Namer, page: int) -> Timeline:
    """The timeline of rows of ?event with its bounds, in the order of time."""
    bars = _bars(rows[:ROWS], namer)
    pages = max(1, -(-len(bars) // PAGE))
    page = min(max(page, 1), pages)
    shown = bars[(page - 1) * PAGE : page * PAGE]
    first, last = _span(shown)
    placed = tuple(_placed(bar, first, last) for bar in shown)
    periods = tuple(_periods(bars, namer)) if len(bars) > CLUSTERED else ()
    ticks = tuple(_ticks(first, last, namer)) if shown else ()
    return Timeline(placed, ticks, periods, len(bars), len(rows) > ROWS, page, pages)


def _bars(rows: Sequence[Row], namer: Namer) -> list[Bar]:
    """One bar per event and date given; the certainties with which it is given together."""
    labels = labels_of(rows, "event", "label")
    found: dict[tuple[str, str, str], tuple[str, dict[str, Name]]] = {}
    for row in rows:
        key = (row["event"].text, row["earliest"].text, row["latest"].text)
        _, modalities = found.setdefault(key, (text_of(row, "edtf"), {}))
        if "modality" in row:
            modalities[row["modality"].text] = namer.name(row["modality"].text)
    bars = []
    for (event, earliest, latest), (edtf, modalities) in found.items():
        first, last = _day(earliest), _day(latest)
        if first is None or last is None or last < first:
            continue
        said = when(edtf, earliest, latest, namer.language)
        name = namer.name(event, labels.get(event, ()))
        bars.append(Bar(name, tuple(modalities.values()), said, first, last))
    return bars


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _span(bars: Iterable[Bar]) -> tuple[date, date]:
    """The first and the last day of all bars, with a day around a single one."""
    days = [day for bar in bars for day in (bar.first, bar.last)] or [date(2000, 1, 1)]
    return min(days), max(*days, min(days) + timedelta(days=1))


def _placed(bar: Bar, first: date, last: date) -> Bar:
    whole = (last - first).days + 1
    left = 100 * (bar.first - first).days / whole
    width = max(100 * ((bar.last - bar.first).days + 1) / whole, THIN)
    left = min(left, 100 - width)
    return Bar(
        bar.event, bar.modalities, bar.said, bar.first, bar.last, left=round(left, 2), width=round(width, 2)
    )


def _ticks(first: date, last: date, namer: Namer) -> list[Tick]:
    """The begins of years or months, or days themselves: as many as are readable."""
    whole = (last - first).days + 1
    if whole > 3 * 366:
        step = max(1, whole // 366 // 6)
        days = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1, step)]
        named = [(day, str(day.year)) for day in days]
    elif whole > 62:
        months = [(first.year + n // 12, n % 12 + 1) for n in range(first.month, first.month + whole // 28)]
        step = max(1, len(months) // 6)
        named = [(date(y, m, 1), f"{month(m, namer.language)[:3]} {y}") for y, m in months[::step]]
    else:
        step = max(1, whole // 6)
        days = [first + timedelta(days=n) for n in range(0, whole, step)]
        named = [(day, f"{day.day} {month(day.month, namer.language)[:3]}") for day in days]
    inside = [(day, label) for day, label in named if first <= day <= last]
    return [Tick(label, round(100 * (day - first).days / whole, 2)) for day, label in inside]


def _periods(bars: Sequence[Bar], namer: Namer) -> list[Period]:
    """How many events may begin in each year or month, whichever makes at most GROUPS groups."""
    by_month = Counter((bar.first.year, bar.first.month) for bar in bars)
    months = _run(sorted(by_month))
    if len(months) <= GROUPS:
        counted = [
            (f"{month(m, namer.language)} {y}", date(y, m, 1), _end(y, m), by_month[y, m]) for y, m in months
        ]
    else:
        by_year = Counter(bar.first.year for bar in bars)
        years = range(min(by_year), max(by_year) + 1)
        step = -(-len(years) // GROUPS)
        counted = [
            (
                str(year) if step == 1 else f"{year}–{min(year + step - 1, 9999)}",
                date(year, 1, 1),
                date(min(year + step - 1, 9999), 12, 31),
                sum(by_year[each] for each in range(year, year + step)),
            )
            for year in years[::step]
        ]
    most, width = max(number for *_, number in counted), 100 / len(counted)
    return [
        Period(
            label,
            since.isoformat(),
            until.isoformat(),
            number,
            round(place * width, 2),
            round(width, 2),
            round(100 * number / most, 1),
        )
        for place, (label, since, until, number) in enumerate(counted)
    ]


def _run(months: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """All months from the first to the last."""
    (year, number), last = months[0], months[-1]
    found = [(year, number)]
    while found[-1] != last and len(found) <= GROUPS:
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
        found.append((year, number))
    return found


def _end(year: int, number: int) -> date:
    following = date(year + number // 12, number % 12 + 1, 1) if (year, number) != (9999, 12) else date.max
    return following - timedelta(days=1)
