"""Dates and durations: what an expression means on the article's day, and what is none."""

from datetime import date

import pytest
import spacy

from graph.corpus.dates import period as published_period
from graph.extraction.times import TimeExpression, find_times, period
from graph.extraction.words import normalise, words
from graph.lexicon.vocabulary import vocabulary

# A Wednesday.
DAY = "2031-05-14"


def find(text: str, day: str | None = DAY) -> list[TimeExpression]:
    lexicon = vocabulary("it")
    found = words(spacy.blank("it").make_doc(normalise(text)), 0, lexicon)
    return find_times(found, lexicon.calendar, published_period(day) if day else None)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("oggi", "2031-05-14"),
        ("ieri sera", "2031-05-13"),
        ("l'altro ieri", "2031-05-12"),
        ("domani mattina", "2031-05-15"),
        ("dopodomani", "2031-05-16"),
        ("il 12 febbraio 2025", "2025-02-12"),
        ("il 12 febbraio", "2031-02-12"),
        ("il 28 dicembre", "2030-12-28"),
        ("il 1º giugno", "2031-06-01"),
        ("martedì 13 maggio", "2031-05-13"),
        ("nel febbraio 2025", "2025-02"),
        ("a settembre", "2031-09"),
        ("nel 2019", "2019"),
        ("martedì scorso", "2031-05-13"),
        ("venerdì prossimo", "2031-05-16"),
        ("tre giorni fa", "2031-05-11"),
        ("la settimana scorsa", "[2031-05-01..2031-05-13]"),
    ],
)
def test_a_date_counts_from_the_articles_day(text: str, edtf: str) -> None:
    (expression,) = find(text)
    assert expression.period is not None
    assert expression.period.edtf == edtf


def test_a_date_relative_to_a_month_is_an_interval_and_never_a_day() -> None:
    (expression,) = find("ieri", "2031-05")
    assert expression.period is not None
    assert (expression.period.earliest, expression.period.latest) == (date(2031, 4, 30), date(2031, 5, 30))


def test_a_weekday_with_a_future_verb_is_the_next_one() -> None:
    (expression,) = find("lunedì arriverà")
    assert expression.future
    assert expression.period is not None
    assert expression.period.edtf == "2031-05-19"


@pytest.mark.parametrize(("text", "future"), [("domani", True), ("ieri", False), ("il 30 giugno", True)])
def test_a_date_behind_the_articles_is_yet_to_come(text: str, future: bool) -> None:
    (expression,) = find(text)
    assert expression.future is future


@pytest.mark.parametrize(
    ("text", "minutes", "approximate"),
    [
        ("un'ora", 60, False),
        ("due ore", 120, False),
        ("90 minuti", 90, False),
        ("circa un'ora e mezza", 90, True),
        ("quasi quaranta minuti", 40, True),
        ("tre quarti d'ora", 45, False),
        ("un quarto d'ora", 15, False),
        ("un'ora e un quarto", 75, False),
        ("un'ora e 20 minuti", 80, False),
        ("due ore e venti", 140, False),
        ("mezz'ora", 30, False),
        ("oltre tre ore", 180, True),
    ],
)
def test_a_duration_is_in_whole_minutes(text: str, minutes: int, approximate: bool) -> None:
    (expression,) = find(text)
    assert expression.duration is not None
    assert (expression.duration.minutes, expression.duration.approximate) == (minutes, approximate)


@pytest.mark.parametrize("text", ["due ore fa", "entro due ore", "tra un'ora", "alle 9 ore"])
def test_a_moment_is_no_duration(text: str) -> None:
    assert all(expression.duration is None for expression in find(text))


@pytest.mark.parametrize("text", ["ieri", "il 12 febbraio", "a settembre", "lunedì"])
def test_without_the_articles_date_a_date_without_a_year_is_none(text: str) -> None:
    assert find(text, None) == []


@pytest.mark.parametrize("text", ["il 31 febbraio 2025", "il 45 maggio"])
def test_a_day_that_does_not_exist_is_none(text: str) -> None:
    assert all(e.period is None or e.first != 1 for e in find(text))


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        (date(2031, 5, 14), date(2031, 5, 14), "2031-05-14"),
        (date(2031, 5, 1), date(2031, 5, 31), "2031-05"),
        (date(2031, 1, 1), date(2031, 12, 31), "2031"),
        (date(2031, 1, 1), date(2031, 3, 31), "[2031-01-01..2031-03-31]"),
        (date(2031, 5, 2), date(2031, 5, 31), "[2031-05-02..2031-05-31]"),
    ],
)
def test_a_period_is_written_as_precisely_as_edtf_can(first: date, last: date, edtf: str) -> None:
    assert period(first, last).edtf == edtf
