"""The words for dates and durations of a language."""

from pathlib import Path

import pytest

from graph.errors import DataError
from graph.lexicon.tables import DATA
from graph.lexicon.times import Calendar, calendar_of


@pytest.fixture(params=["it", "en"])
def calendar(request: pytest.FixtureRequest) -> Calendar:
    return calendar_of(DATA / "lexicon" / request.param)


@pytest.fixture
def italian() -> Calendar:
    return calendar_of(DATA / "lexicon" / "it")


def test_a_year_has_twelve_months_and_a_week_seven_days(calendar: Calendar) -> None:
    assert set(calendar.months.values()) == set(range(1, 13))
    assert set(calendar.weekdays.values()) == set(range(7))


def test_months_have_short_names_of_the_same_number(italian: Calendar) -> None:
    assert (italian.months["settembre"], italian.months["set"]) == (9, 9)


def test_a_weekday_is_known_with_and_without_its_accent(italian: Calendar) -> None:
    assert italian.weekdays["lunedì"] == italian.weekdays["lunedi"] == 0


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("it", "oggi", (0, 0)),
        ("it", "ieri", (-1, -1)),
        ("it", "l'altro ieri", (-2, -2)),
        ("it", "domani", (1, 1)),
        ("en", "tomorrow", (1, 1)),
        ("en", "the day before yesterday", (-2, -2)),
    ],
)
def test_a_day_is_counted_from_that_of_the_article(language: str, words: str, days: tuple[int, int]) -> None:
    assert calendar_of(DATA / "lexicon" / language).relative[words] == days


def test_a_shift_never_ends_before_it_begins(calendar: Calendar) -> None:
    assert [words for words, (first, last) in calendar.relative.items() if first > last] == []


def test_last_week_is_past_and_next_week_is_to_come(calendar: Calendar) -> None:
    for words, (first, last) in calendar.relative.items():
        if words in ("la settimana scorsa", "last week"):
            assert last < 0
        if words in ("la settimana prossima", "next week"):
            assert first > 0


def test_units_are_minutes_and_days_are_days(italian: Calendar) -> None:
    assert (italian.units["ora"], italian.units["ore"], italian.units["minuti"]) == (60, 60, 1)
    assert (italian.days["giorni"], italian.days["settimana"], italian.days["mese"]) == (1, 7, 30)


def test_an_hour_and_a_half_is_a_tail_of_the_unit(italian: Calendar) -> None:
    assert italian.tails["e mezza"] == italian.tails["e mezzo"] == 0.5
    assert italian.numbers["mezza"] == 0.5
    assert italian.numbers["novanta"] == 90


def test_words_that_blur_a_number_and_words_that_turn_it_are_known(italian: Calendar) -> None:
    assert "circa" in italian.about
    assert "fa" in italian.ago
    assert "entro" in italian.within
    assert "alle" in italian.clock
    assert "scorso" in italian.last
    assert "prossimo" in italian.next


def test_a_kind_without_rows_is_empty(tmp_path: Path) -> None:
    (tmp_path / "times.tsv").write_text("kind\twords\tvalue\nmonth\tmaggio|mag\t5\n", "utf-8")
    calendar = calendar_of(tmp_path)
    assert calendar.months == {"maggio": 5, "mag": 5}
    assert (calendar.weekdays, calendar.relative, calendar.about) == ({}, {}, frozenset())


def test_a_table_without_its_columns_is_an_error_for_the_user(tmp_path: Path) -> None:
    (tmp_path / "times.tsv").write_text("kind\twords\nmonth\tmaggio\n", "utf-8")
    with pytest.raises(DataError, match="'value'"):
        calendar_of(tmp_path)
