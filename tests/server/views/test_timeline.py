"""Bars as long as a date is uncertain, and periods where there are many of them."""

from datetime import date, timedelta

from ontology import terms as pg
from server.portraits.names import Namer
from server.portraits.questions import Row, Value
from server.views.timeline import CLUSTERED, GROUPS, PAGE, ROWS, THIN, timeline

BASE = "http://data.example/"
NAMES = Namer(BASE, "en")


def row(number: int, first: date, last: date, modality: str = pg.occurred.value) -> Row:
    return {
        "event": Value("uri", f"{BASE}id/event/{number:05}"),
        "label": Value("literal", f"Call: {number}", "en"),
        "modality": Value("uri", modality),
        "earliest": Value("literal", first.isoformat()),
        "latest": Value("literal", last.isoformat()),
    }


def days(number: int, step: int = 1) -> list[Row]:
    begin = date(2031, 1, 1)
    return [row(n, begin + timedelta(days=n * step), begin + timedelta(days=n * step)) for n in range(number)]


def test_a_month_is_a_longer_bar_than_a_day() -> None:
    found = timeline(
        [row(1, date(2031, 5, 1), date(2031, 5, 31)), row(2, date(2031, 5, 7), date(2031, 5, 7))], NAMES, 1
    )
    month, day = found.bars
    assert (month.left, month.width) == (0, 100)
    assert 0 < day.width < 4
    assert 18 < day.left < 21
    assert month.said == "one day between 1 May 2031 and 31 May 2031"
    assert day.said == "7 May 2031"


def test_an_event_dated_twice_has_two_bars_and_its_certainties_one() -> None:
    same = (date(2031, 5, 1), date(2031, 5, 1))
    found = timeline(
        [row(1, *same), row(1, *same, modality=pg.denied.value), row(1, date(2031, 6, 1), date(2031, 6, 1))],
        NAMES,
        1,
    )
    assert [len(bar.modalities) for bar in found.bars] == [2, 1]


def test_a_day_among_years_can_still_be_seen_and_stays_inside() -> None:
    found = timeline(days(50, step=400), NAMES, 1)
    assert all(bar.width >= THIN for bar in found.bars)
    assert all(bar.left >= 0 and bar.left + bar.width <= 100.01 for bar in found.bars)
    assert 3 <= len(found.ticks) <= 10


def test_few_events_need_no_periods_and_many_come_in_pages() -> None:
    assert timeline(days(CLUSTERED), NAMES, 1).periods == ()
    found = timeline(days(250), NAMES, 2)
    assert (found.total, found.page, found.pages, len(found.bars)) == (250, 2, 3, PAGE)
    assert sum(period.events for period in found.periods) == 250
    assert [period.label for period in found.periods][:2] == ["January 2031", "February 2031"]
    assert found.periods[1].since == "2031-02-01"
    assert found.periods[1].until == "2031-02-28"
    assert max(period.height for period in found.periods) == 100


def test_centuries_are_gathered_by_years() -> None:
    found = timeline(days(1000, step=90), NAMES, 1)
    assert len(found.periods) <= GROUPS
    assert sum(period.events for period in found.periods) == 1000
    assert "–" in found.periods[0].label


def test_a_cut_is_told() -> None:
    assert timeline(days(ROWS + 1), NAMES, 1).more
    assert not timeline(days(ROWS), NAMES, 1).more


def test_a_date_that_no_calendar_has_is_left_out() -> None:
    odd = {**row(1, date(2031, 1, 1), date(2031, 1, 1)), "latest": Value("literal", "2031-13-01")}
    backwards = row(2, date(2031, 2, 1), date(2031, 1, 1))
    assert timeline([odd, backwards], NAMES, 1).bars == ()
    assert timeline([], NAMES, 7).page == 1
