"""The outline of the land as an SVG path, from the TopoJSON that is served with the site.

Natural Earth's land at 1:110 million, in world-atlas: coasts without borders, for borders are among what
the news disputes. TopoJSON: https://github.com/topojson/topojson-specification; decoding it takes twenty
lines, a library for it would take shapely along. Equirectangular: x = longitude + 180, y = 90 - latitude.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

FILE = "land-110m-2.0.2.json"

Point = tuple[float, float]


def project(latitude: float, longitude: float) -> Point:
    """A place on the map, whose width is 360 and whose height is 180."""
    return longitude + 180, 90 - latitude


@cache
def path() -> str:
    """The land as the `d` of an SVG path, in tenths of a degree."""
    topology = json.loads((resources.files("server") / "static" / "vendor" / FILE).read_text("utf-8"))
    arcs = [list(_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    parts = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            parts += [_ring(ring, arcs) for ring in polygon]
    return "".join(parts)


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """The points of an arc, whose positions are kept as differences on a grid."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    for delta_x, delta_y in deltas:
        x, y = x + delta_x, y + delta_y
        yield project(y * scale_y + move_y, x * scale_x + move_x)


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> str:
    """A closed line through arcs; a negative number is an arc walked backwards.

    Where it crosses the edge of the map it is lifted, or it would be drawn across the whole map.
    """
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (before, _), (x, y) in pairwise(points):
        steps.append(f"{'M' if abs(x - before) > 180 else 'L'}{x:.1f} {y:.1f}")
    return "".join(steps) + "z"
