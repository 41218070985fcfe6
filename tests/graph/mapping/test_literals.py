"""Values are written in the form in which the store gives them back."""

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.mapping import literals

HERE = NamedNode("http://example.org/")


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(90, "PT1H30M"), (60, "PT1H"), (45, "PT45M"), (1440, "P1D"), (1530, "P1DT1H30M"), (0, "PT0S")],
)
def test_a_duration_is_written_by_its_units(minutes: int, written: str) -> None:
    assert literals.duration(minutes).value == written


def test_a_point_gives_longitude_first() -> None:
    assert literals.wkt_point(45.5, -9.25).value == "POINT(-9.25 45.5)"


@pytest.mark.parametrize(
    ("value", "written"), [(0.9, "0.9"), (1.0, "1"), (0.0, "0"), (-0.001, "0"), (0.956, "0.96")]
)
def test_a_decimal_has_no_trailing_zeros(value: float, written: str) -> None:
    assert literals.decimal(value).value == written


def test_every_kind_of_value_comes_back_from_disk_as_it_went_in(tmp_path: Path) -> None:
    values: list[Literal] = [
        literals.text("«perché»\r\n\t", "it"),
        literals.text("2031-05"),
        literals.integer(841),
        literals.boolean(False),
        literals.day(date(2031, 5, 1)),
        literals.wkt_point(-33.123456, 0.0),
        *(literals.decimal(value, 6) for value in (0.5, -9.25, 100.0, 0.000001)),
        *(literals.duration(minutes) for minutes in (1, 90, 1440, 43_200)),
    ]
    store = Store(str(tmp_path / "db"))
    store.extend(Quad(HERE, HERE, value) for value in values)
    assert {quad.object for quad in store} == set(values)
