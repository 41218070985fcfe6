"""The map: every place where something happens as a circle, as large as its events are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, by
from server.views.outline import project

ROWS = 2000
"""Rows that a map looks at; the query asks for one more, so that a cut is told."""

MARGIN = 8.0
"""Degrees of land around the outermost places."""

AROUND = 90.0
"""Degrees of the world around a place alone: enough coast to know where one is."""

SMALLEST = 40.0
"""Degrees that a map is wide at least: the coasts are drawn for a map of the world."""

NAMED = 5
"""Events of a place that its line names."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its events: where its circle stands, if there is room for its label, if that is left."""

    place: Name
    events: tuple[Name, ...]
    number: int
    x: float
    y: float
    radius: float
    labelled: bool
    left: bool
    modalities: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A map: its circles, the largest first, and the stretch of the world it shows (x, y, width, height)."""

    spots: tuple[Spot, ...]
    frame: tuple[float, float, float, float]
    more: bool

    @property
    def unit(self) -> float:
        """The size of a letter on this map, so that text is as large on a map of a region as of the world."""
        return round(self.frame[2] / 60, 2)


def chart(rows: Sequence[Row], namer: Namer, whole: bool) -> Chart:
    """The map of rows of ?place and ?event; of the whole world, or of the part where the places are."""
    shown = rows[:ROWS]
    names, labels = labels_of(shown, "place", "name"), labels_of(shown, "event", "label")
    found = []
    for place, about in by(shown, "place").items():
        where = _where(about[0])
        if where is not None:
            events = {row["event"].text: None for row in about}
            modalities = {row["modality"].text: None for row in about if "modality" in row}
            named = tuple(namer.name(event, labels.get(event, ())) for event in events)
            certainties = tuple(namer.name(each) for each in modalities)
            found.append((namer.name(place, names.get(place, ())), named, certainties, *where))
    found.sort(key=lambda each: (-len(each[1]), each[0].label.casefold()))
    frame = (0.0, 5.0, 360.0, 140.0) if whole or not found else _frame([each[3:] for each in found])
    return Chart(tuple(_spots(found, frame)), frame, len(rows) > ROWS)


def spot(name: Name, latitude: float, longitude: float) -> Chart:
    """The map of one place alone."""
    x, y = project(latitude, longitude)
    one = Spot(name, (), 0, round(x, 2), round(y, 2), 1.2, labelled=True, left=False, modalities=())
    return Chart((one,), _frame([(x, y)], AROUND), more=False)


def _where(row: Row) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(row["lat"].text), float(row["long"].text)
    except ValueError:
        return None
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return project(latitude, longitude) if inside else None


def _frame(
    points: Sequence[tuple[float, float]], least: float = SMALLEST
) -> tuple[float, float, float, float]:
    """A frame twice as wide as high around the points, within the world."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max(max(xs) - min(xs) + 2 * MARGIN, 2 * (max(ys) - min(ys) + 2 * MARGIN), least)
    width, height = min(width, 360.0), min(width / 2, 180.0)
    left = min(max((min(xs) + max(xs) - width) / 2, 0.0), 360.0 - width)
    top = min(max((min(ys) + max(ys) - height) / 2, 0.0), 180.0 - height)
    return round(left, 2), round(top, 2), round(width, 2), round(height, 2)


def _spots(
    found: Sequence[tuple[Name, tuple[Name, ...], tuple[Name, ...], float, float]],
    frame: tuple[float, float, float, float],
) -> list[Spot]:
    """Circles, and labels for those whose labels do not run into one that stands already."""
    unit = frame[2] / 60
    taken: list[tuple[float, float, float, float]] = []
    spots = []
    for name, events, modalities, x, y in found:
        radius = unit * min(0.35 + 0.22 * sqrt(len(events)), 2.2)
        long = unit * 0.62 * len(name.label)
        left = x + radius + long > frame[0] + frame[2]
        start = x - radius - long if left else x + radius
        box = (start, y - unit / 2, start + long, y + unit / 2)
        labelled = not any(_overlap(box, other) for other in taken) and start >= frame[0]
        taken.append((x - radius, y - radius, x + radius, y + radius))
        if labelled:
            taken.append(box)
        spots.append(
            Spot(
                name,
                events[:NAMED],
                len(events),
                round(x, 2),
                round(y, 2),
                round(radius, 3),
                labelled,
                left,
                modalities,
            )
        )
    return spots


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
