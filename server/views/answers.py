"""Anybody's table of results, drawn: its dates as a timeline, its places as a map, its pairs as a network.

Which columns to draw is read from the values, so that a query needs no special names: dates by their form,
places by latitude and longitude or by what the graph knows of them, pairs by the first two columns of things.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode

from server.evaluator.pool import Pool
from server.portraits.names import Namer
from server.portraits.questions import Row, Value, asked
from server.views.network import Network, network
from server.views.places import Chart, chart
from server.views.selection import packaged
from server.views.timeline import Timeline, timeline

DRAWN = ("timeline", "map", "network")
"""The drawings of an answer; a table and its raw form are the page's own."""

ASKED = 200
"""Things whose coordinates or names are asked for; a map with more would be all circles."""

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T.*)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def drawn(
    view: str, table: Sequence[Row], columns: Sequence[str], pool: Pool, namer: Namer, page: int
) -> Mapping[str, Timeline | Chart | Network]:
    """The drawing of a table, under the name that its template uses."""
    things = [name for name in columns if any(row[name].is_iri for row in table if name in row)]
    labels = [name for name in columns if name not in things and not _is_dated(table, name)]
    if view == "timeline":
        return {"timeline": timeline(_dated(table, columns, things, labels, namer), namer, page)}
    if view == "map":
        return {"chart": chart(_placed(table, columns, things, labels, pool), namer, whole=False)}
    return {"network": network(_paired(table, things, pool), namer)}


def _is_dated(table: Sequence[Row], column: str) -> bool:
    found = [row[column].text for row in table if column in row]
    return bool(found) and all(_DAY.fullmatch(text) and text[:4] != "0000" for text in found)


def _dated(
    table: Sequence[Row], columns: Sequence[str], things: Sequence[str], labels: Sequence[str], namer: Namer
) -> list[Row]:
    """Rows as a timeline takes them: the first date as the begin, the last as the end."""
    dates = [name for name in columns if _is_dated(table, name)]
    found: list[Row] = []
    for number, row in enumerate(table):
        days = sorted(row[name].text[:10] for name in dates if name in row)
        if not days:
            continue
        event = _first(row, things) or Value("uri", f"#row-{number}")
        label = _first(row, labels) or Value("literal", namer.word(event.text))
        first, last = _bounds(days[0])[0], _bounds(days[-1])[1]
        found.append(
            {
                "event": event,
                "label": label,
                "earliest": Value("literal", first),
                "latest": Value("literal", last),
            }
        )
    return sorted(found, key=lambda row: (row["earliest"].text, row["latest"].text))


def _bounds(day: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == 7:
        year, number = int(day[:4]), min(max(int(day[5:]), 1), 12)
        leap = number != 2 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return f"{day}-01", f"{day}-{_DAYS[number - 1] if leap else 28}"
    return day, day


def _placed(
    table: Sequence[Row], columns: Sequence[str], things: Sequence[str], labels: Sequence[str], pool: Pool
) -> list[Row]:
    """Rows as a map takes them: by columns of coordinates, else by the places among the things."""
    latitude = next((name for name in columns if name.lower() in ("lat", "latitude")), "")
    longitude = next((name for name in columns if name.lower() in ("long", "lon", "lng", "longitude")), "")
    nothing = Value("uri", "")
    if latitude and longitude:
        return [
            {
                "place": _first(row, things) or Value("uri", f"#row-{number}"),
                "name": _first(row, [name for name in labels if name not in (latitude, longitude)])
                or nothing,
                "lat": row[latitude],
                "long": row[longitude],
                "event": Value("uri", f"#row-{number}"),
            }
            for number, row in enumerate(table)
            if latitude in row and longitude in row
        ]
    known = _asked("places", _iris(table, things), pool)
    by_place = {row["thing"].text: row for row in known}
    return [
        {**by_place[row[name].text], "place": row[name], "event": Value("uri", f"#row-{number}")}
        for number, row in enumerate(table)
        for name in things
        if name in row and row[name].text in by_place
    ]


def _paired(table: Sequence[Row], things: Sequence[str], pool: Pool) -> list[Row]:
    """Rows as a network takes them: the first two things of each, with how often they stand together."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row in table:
        found = [row[name].text for name in things if name in row and row[name].is_iri][:2]
        if len(found) == 2 and found[0] != found[1]:
            pairs[min(found), max(found)] += 1
    best = pairs.most_common(300)
    named = _asked("names", list(dict.fromkeys(iri for pair, _ in best for iri in pair)), pool)
    labels = {row["thing"].text: row["name"] for row in named if "name" in row}
    found_rows: list[Row] = []
    for (one, other), number in best:
        row = {
            "one": Value("uri", one),
            "other": Value("uri", other),
            "events": Value("literal", str(number)),
        }
        row |= {"oneLabel": labels[one]} if one in labels else {}
        row |= {"otherLabel": labels[other]} if other in labels else {}
        found_rows.append(row)
    return found_rows


def _iris(table: Sequence[Row], things: Sequence[str]) -> list[str]:
    found = (row[name].text for row in table for name in things if name in row and row[name].is_iri)
    return list(dict.fromkeys(found))[:ASKED]


def _asked(what: str, iris: Sequence[str], pool: Pool) -> list[Row]:
    """What the graph knows of things: their coordinates and names."""
    values = " ".join(str(NamedNode(iri)) for iri in iris[: 2 * ASKED])
    query = packaged(f"answer_{what}").replace("# things", values)
    return asked(pool, [query])[0] if iris else []


def _first(row: Row, columns: Sequence[str]) -> Value | None:
    return next((row[name] for name in columns if name in row), None)
