"""Dates, durations and certainties in words, as precise as the source is and no more."""

import re
from datetime import date

from server.language import Speech, speech

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.]+S)?)?")
_ONE_OF = re.compile(r"\[(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})\]")
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")

_ELIDED = (8, 11)
"""Days whose Italian names begin with a vowel: l'8, l'11."""


def day(value: date, language: str) -> str:
    """One day in words."""
    return f"{value.day} {month(value.month, language)} {value.year}"


def day_of(text: str, language: str) -> str:
    """One day in ISO form in words; empty for what is none."""
    try:
        return day(date.fromisoformat(text), language)
    except ValueError:
        return ""


def month(number: int, language: str) -> str:
    """The name of a month, from 1."""
    return speech(language).plain(f"month.{number}")


def when(edtf: str, earliest: str, latest: str, language: str) -> str:
    """A date in words: "February 2025, day not stated"; the bounds where the expression is no simple one."""
    words = speech(language)
    match = _EDTF.fullmatch(edtf)
    said = _simple(match[1], match[2], match[3], words) if match else ""
    if match and said:
        return words.plain("when.approximately", date=said) if match.group(4) else said
    one_of = _ONE_OF.fullmatch(edtf)
    if one_of:
        earliest, latest = one_of.groups()
    try:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    except ValueError:
        return edtf
    if first == last:
        return day(first, language)
    return words.plain("when.between", first=_bound(first, language), last=_bound(last, language))


def _bound(value: date, language: str) -> str:
    """A day as the end of a stretch of time: with its article, in Italian."""
    article = {"it": "l'" if value.day in _ELIDED else "il "}.get(language, "")
    return f"{article}{day(value, language)}"


def _simple(year: str, number: str | None, in_month: str | None, words: Speech) -> str:
    """A year, month or day in words; empty for one that no calendar has."""
    try:
        first = date(int(year), int(number or 1), int(in_month or 1))
    except ValueError:
        return ""
    if in_month:
        return day(first, words.language)
    if number:
        return f"{month(first.month, words.language)} {year}, {words.plain('when.day-unstated')}"
    return f"{year}, {words.plain('when.month-unstated')}"


def duration(value: str, approximate: bool, language: str) -> str:
    """An xsd:duration in hours and minutes."""
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    days, hours, minutes = (int(part or 0) for part in match.groups())
    hours, minutes = 24 * days + hours + minutes // 60, minutes % 60
    words = speech(language)
    parts = [
        str(words.count(f"length.{unit}", n)) for unit, n in (("hours", hours), ("minutes", minutes)) if n
    ]
    said = words.plain("length.and", hours=parts[0], minutes=parts[1]) if len(parts) > 1 else "".join(parts)
    if not said:
        return value
    return words.plain("length.about", length=said) if approximate else said
