"""The map: circles where places are, on the land as it is."""

import re
from itertools import pairwise

import pytest

from ontology import terms as pg
from server.portraits.names import Name, Namer
from server.portraits.questions import Row, Value
from server.views import outline
from server.views.places import ROWS, SMALLEST, chart, spot

BASE = "http://data.example/"
NAMES = Namer(BASE, "it")


def row(place: str, latitude: str, longitude: str, event: str = "e") -> Row:
    return {
        "place": Value("uri", f"{BASE}id/place/{place}"),
        "name": Value("literal", place.title(), "it"),
        "lat": Value("literal", latitude),
        "long": Value("literal", longitude),
        "event": Value("uri", f"{BASE}id/event/{event}"),
        "label": Value("literal", f"Visit: {event}", "en"),
        "modality": Value("uri", pg.occurred.value),
    }


def test_more_events_make_a_larger_circle_and_are_counted_once() -> None:
    rows = [row("roma", "41.9", "12.5", f"e{n}") for n in range(9)] * 2 + [row("oslo", "59.9", "10.7")]
    rome, oslo = chart(rows, NAMES, whole=False).spots
    assert (rome.place.label, rome.number, len(rome.events)) == ("Roma", 9, 5)
    assert rome.radius > oslo.radius
    assert (rome.x, rome.y) == (192.5, 48.1)


def test_the_frame_holds_every_circle_and_is_never_too_narrow() -> None:
    found = chart([row("a", "10", "-170"), row("b", "-35", "175"), row("c", "60", "20")], NAMES, whole=False)
    left, top, width, height = found.frame
    assert all(left <= each.x <= left + width and top <= each.y <= top + height for each in found.spots)
    assert chart([row("a", "41", "12")], NAMES, whole=False).frame[2] == SMALLEST
    assert chart([row("a", "41", "12")], NAMES, whole=True).frame[2] == 360


@pytest.mark.parametrize(("latitude", "longitude"), [("91", "0"), ("0", "181"), ("north", "0"), ("nan", "1")])
def test_a_place_that_is_nowhere_is_left_out(latitude: str, longitude: str) -> None:
    assert chart([row("a", latitude, longitude)], NAMES, whole=False).spots == ()


def test_labels_that_would_lie_on_one_another_give_way_to_the_largest() -> None:
    rows = [row("large", "41.9", "12.5", f"e{n}") for n in range(5)] + [row("small", "41.91", "12.6")]
    assert [each.labelled for each in chart(rows, NAMES, whole=True).spots] == [True, False]


def test_a_cut_is_told() -> None:
    assert chart([row("a", "1", "1", f"e{n}") for n in range(ROWS + 1)], NAMES, whole=False).more


def test_a_place_alone_has_its_map() -> None:
    found = spot(Name(f"{BASE}id/place/x", "X", "", "/page/place/x"), 41.0, 12.0)
    left, _, width, _ = found.frame
    assert left < 192 < left + width


def test_the_land_is_drawn_within_the_world_and_never_across_it() -> None:
    drawn = outline.path()
    lines = [
        [tuple(map(float, point.split(" "))) for point in re.split("[ML]", part) if point]
        for part in re.findall(r"M[^Mz]*", drawn)
    ]
    assert len(lines) > 100
    assert all(0 <= x <= 360 and 0 <= y <= 180 for line in lines for x, y in line)
    assert all(abs(b[0] - a[0]) <= 180 for line in lines for a, b in pairwise(line))
    assert len(drawn) < 100_000
