"""Times: when something was, as days it certainly lies between, and how long it took.

An own small grammar: general date parsers invent dates out of durations ("circa un'ora"). A relative date
counts from the article's day; where only its month is known, "ieri" is an interval and never a day. A date
without a year takes the year that brings it nearest to the article; without an article date it is left out.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from graph.extraction.prospects import scheduled, to_come
from graph.extraction.words import Word
from graph.lexicon.times import Calendar
from graph.model import Duration, Period

T = TypeVar("T")

# Minutes of an hour; after "ore e" a bare number from five on counts minutes ("due ore e venti").
_HOUR = 60
_FEW = 5

# How the first of a month is written.
_FIRST = ("1º", "1°")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """`first`…`last` are its words; a date has a `period`, a duration `duration`; `future` tells a date yet
    to come."""

    first: int
    last: int
    period: Period | None = None
    duration: Duration | None = None
    future: bool = False


def period(earliest: date, latest: date) -> Period:
    """The period between two days, written as precisely as EDTF can: a day, a month, a year, or one of a set
    of days."""
    if earliest == latest:
        return Period(earliest.isoformat(), earliest, latest)
    if (earliest, latest) == _bounds(earliest.year, earliest.month, earliest.month):
        return Period(f"{earliest:%Y-%m}", earliest, latest)
    if (earliest, latest) == _bounds(earliest.year, 1, 12):
        return Period(f"{earliest:%Y}", earliest, latest)
    return Period(f"[{earliest.isoformat()}..{latest.isoformat()}]", earliest, latest)


def _bounds(year: int, first: int, last: int) -> tuple[date, date]:
    """The first day of one month of a year, and the last of another."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def find_times(words: list[Word], calendar_words: Calendar, published: Period | None) -> list[TimeExpression]:
    """All dates and durations, left to right; their words get the tag `time`."""
    found: list[TimeExpression] = []
    index = 0
    while index < len(words):
        expression = _duration(words, index, calendar_words) or _date(words, index, calendar_words, published)
        if expression is None:
            index += 1
            continue
        for word in words[expression.first : expression.last + 1]:
            word.tags.add("time")
        found.append(expression)
        index = expression.last + 1
    return found


def _duration(words: list[Word], index: int, calendar_words: Calendar) -> TimeExpression | None:
    """ "circa un'ora e mezza", "oltre due ore", "90 minuti", "tre quarti d'ora", "un'ora e 20 minuti"."""
    place, approximate = index, False
    while place < len(words) and words[place].lower in calendar_words.about:
        approximate, place = True, place + 1
    if place > index and place < len(words) and words[place].value == "di":
        place += 1
    minutes, last = _amount(words, place, calendar_words)
    if minutes is None:
        return None
    following = words[last + 1].lower if last + 1 < len(words) else ""
    if following in calendar_words.ago or (index and words[index - 1].lower in calendar_words.within):
        return None
    if index and words[index - 1].lower in calendar_words.clock:
        return None
    return TimeExpression(index, last, duration=Duration(minutes, approximate))


def _amount(words: list[Word], place: int, calendar_words: Calendar) -> tuple[int | None, int]:
    number = _number(words, place, calendar_words)
    half, end = _longest(words, place + 1, calendar_words.tails)
    if number is not None and half is not None:  # "two and a half hours"
        number, place = number + half, end
    unit, last = _longest(words, place + 1, calendar_words.units)
    if number is None or unit is None:
        return None, place
    minutes = number * unit
    share, end = _longest(words, last + 1, calendar_words.tails)
    if share is not None:
        return int(minutes + unit * share), end
    if unit == _HOUR and last + 1 < len(words) and words[last + 1].lower in calendar_words.joins:
        more = _number(words, last + 2, calendar_words)
        named = calendar_words.units.get(words[last + 3].lower) if last + 3 < len(words) else None
        if more is not None and (named == 1 or (named is None and more >= _FEW)):
            return int(minutes + more), last + (3 if named else 2)
    return int(minutes), last


def _longest(words: list[Word], first: int, table: Mapping[str, T]) -> tuple[T | None, int]:
    """The value of the longest entry of `table` that the words from `first` on spell, and its last word."""
    for length in (3, 2, 1):
        if first + length <= len(words):
            found = table.get(" ".join(word.lower for word in words[first : first + length]))
            if found is not None:
                return found, first + length - 1
    return None, first


def _number(words: list[Word], place: int, calendar_words: Calendar) -> float | None:
    if place >= len(words):
        return None
    text = words[place].lower.replace(",", ".")
    if re.fullmatch(r"\d{1,3}(\.\d)?", text):
        return float(text)
    return calendar_words.numbers.get(words[place].lower)


def _date(
    words: list[Word], index: int, calendar_words: Calendar, published: Period | None
) -> TimeExpression | None:
    """A date by its name, or counted from the article's; one beyond the calendar's years is none."""
    try:
        absolute = _absolute(words, index, calendar_words, published)
        if absolute is not None or published is None:
            return absolute
        return _relative(words, index, calendar_words, published)
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return None


def _absolute(
    words: list[Word], index: int, calendar_words: Calendar, published: Period | None
) -> TimeExpression | None:
    """ "12 febbraio 2025", "il 12 febbraio", "February 12", "febbraio 2025", "nel 2025"."""
    word = words[index]
    if word.lower in calendar_words.weekdays and index + 2 < len(words) and words[index + 1].text.isdigit():
        dated = _absolute(words, index + 1, calendar_words, published)
        return replace(dated, first=index) if dated is not None else None
    if word.lower in calendar_words.months:
        month = calendar_words.months[word.lower]
        return _day_behind(words, index, month, published) or _whole_month(
            words, index, month, calendar_words, published
        )
    day = int(word.text) if re.fullmatch(r"\d{1,2}", word.text) else 1 if word.text in _FIRST else None
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if day and following in calendar_words.months:
        year = _year(words, index + 2)
        found = _day(day, calendar_words.months[following], year, published)
        return _future(index, index + 2 if year else index + 1, found, published) if found else None
    year = _year(words, index)
    if year and index and words[index - 1].value == "in":
        return _future(index, index, period(*_bounds(year, 1, 12)), published)
    return None


def _day_behind(words: list[Word], index: int, month: int, published: Period | None) -> TimeExpression | None:
    """ "February 12, 2025", "Feb. 12": the day behind its month."""
    dotted = index + 1 < len(words) and words[index + 1].text == "."
    after = words[index + 1 + dotted] if index + 1 + dotted < len(words) else None
    if not words[index].capital or after is None or not re.fullmatch(r"\d{1,2}", after.text):
        return None
    comma = after.index + 1 < len(words) and words[after.index + 1].text == ","
    year = _year(words, after.index + 1 + comma)
    found = _day(int(after.text), month, year, published)
    last = after.index + 1 + comma if year else after.index
    return _future(index, last, found, published) if found else None


def _whole_month(
    words: list[Word], index: int, month: int, calendar_words: Calendar, published: Period | None
) -> TimeExpression | None:
    """ "Febbraio 2025", "a febbraio", "fine febbraio"; without a year the nearest to the article."""
    year = _year(words, index + 1)
    if year:
        return _future(index, index + 1, _month(month, year), published)
    before = words[index - 1] if index else None
    if published is None or before is None:
        return None
    if before.cls != "prep" and before.lower not in calendar_words.phases:
        return None
    years = (published.earliest.year + step for step in (-1, 0, 1) if published.earliest.year + step > 0)
    nearest = min(years, key=lambda y: abs((date(y, month, 15) - published.earliest).days))
    return _future(index, index, _month(month, nearest), published)


def _future(first: int, last: int, found: Period, published: Period | None) -> TimeExpression:
    return TimeExpression(first, last, found, future=bool(published and found.earliest > published.latest))


def _year(words: list[Word], index: int) -> int | None:
    if index < len(words) and re.fullmatch(r"(19|20)\d\d", words[index].text):
        return int(words[index].text)
    return None


def _month(month: int, year: int) -> Period:
    return period(*_bounds(year, month, month))


def _day(day: int, month: int, year: int | None, published: Period | None) -> Period | None:
    years = [year] if year else [published.earliest.year + step for step in (-1, 0, 1)] if published else []
    days = []
    for candidate in years:
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - published.earliest).days) if published else 0)
    return period(nearest, nearest)


def _relative(
    words: list[Word], index: int, calendar_words: Calendar, published: Period
) -> TimeExpression | None:
    shift, last = _longest(words, index, calendar_words.relative)
    if shift is not None:
        found = period(published.earliest + timedelta(shift[0]), published.latest + timedelta(shift[1]))
        if shift == (0, 0):
            found = published
        while last + 1 < len(words) and words[last + 1].lower in calendar_words.parts:
            last += 1
        return TimeExpression(index, last, found, future=shift[0] > 0)
    weekday = calendar_words.weekdays.get(words[index].lower)
    if weekday is not None:
        return _weekday(words, index, weekday, calendar_words, published)
    number = _number(words, index, calendar_words)
    unit = calendar_words.days.get(words[index + 1].lower) if number and index + 1 < len(words) else None
    if unit and index + 2 < len(words) and words[index + 2].lower in calendar_words.ago:
        back = timedelta(int(number or 0) * unit)
        return TimeExpression(index, index + 2, period(published.earliest - back, published.latest - back))
    return None


def _weekday(
    words: list[Word], index: int, weekday: int, calendar_words: Calendar, published: Period
) -> TimeExpression:
    """The nearest such day, before the article unless "prossimo" or a future verb in the clause says
    otherwise."""
    around = [word.lower for word in words[max(0, index - 2) : index + 3]]
    ahead = any(word in calendar_words.next for word in around)
    if not ahead and all(word not in calendar_words.last for word in around):
        ahead = scheduled(words, index) or to_come(words, index)
    if ahead:
        first = published.earliest + timedelta((weekday - published.earliest.weekday() - 1) % 7 + 1)
        latest = published.latest + timedelta((weekday - published.latest.weekday() - 1) % 7 + 1)
    else:
        first = published.earliest - timedelta((published.earliest.weekday() - weekday) % 7)
        latest = published.latest - timedelta((published.latest.weekday() - weekday) % 7)
    last = index
    while (
        last + 1 < len(words)
        and words[last + 1].lower in calendar_words.next | calendar_words.last | calendar_words.parts
    ):
        last += 1
    return TimeExpression(index, last, period(first, max(first, latest)), future=ahead)
