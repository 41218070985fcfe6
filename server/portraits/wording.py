"""Dates, durations and certainties in words, as precise as the source is and no more."""

import re
from datetime import date

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "it": [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
}
_WORDS = {
    "en": {
        "day unstated": "day not stated",
        "between": "one day between {0} and {1}",
        "about": "about {0}",
        "or": "or",
        "month unstated": "month not stated",
        "hour": "hour",
        "hours": "hours",
        "minute": "minute",
        "minutes": "minutes",
        "and": "and",
        "approximately": "approximately",
    },
    "it": {
        "day unstated": "giorno non indicato",
        "between": "un giorno tra il {0} e il {1}",
        "about": "circa {0}",
        "or": "o",
        "month unstated": "mese non indicato",
        "hour": "ora",
        "hours": "ore",
        "minute": "minuto",
        "minutes": "minuti",
        "and": "e",
        "approximately": "circa",
    },
}
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.]+S)?)?")
_ONE_OF = re.compile(r"\[(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})\]")
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")


def day(value: date, language: str) -> str:
    """One day in words."""
    return f"{value.day} {_MONTHS[language][value.month - 1]} {value.year}"


def when(edtf: str, earliest: str, latest: str, language: str) -> str:
    """A date in words: "February 2025, day not stated"; the bounds where the expression is no simple one."""
    words = _WORDS[language]
    match = _EDTF.fullmatch(edtf)
    said = _simple(match[1], match[2], match[3], language) if match else ""
    if match and said:
        return f"{words['approximately']} {said}" if match.group(4) else said
    one_of = _ONE_OF.fullmatch(edtf)
    if one_of:
        earliest, latest = one_of.groups()
    try:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    except ValueError:
        return edtf
    if first == last:
        return day(first, language)
    return words["between"].format(day(first, language), day(last, language))


def _simple(year: str, month: str | None, number: str | None, language: str) -> str:
    """A year, month or day in words; empty for one that no calendar has."""
    try:
        first = date(int(year), int(month or 1), int(number or 1))
    except ValueError:
        return ""
    if number:
        return day(first, language)
    if month:
        return f"{_MONTHS[language][first.month - 1]} {year}, {_WORDS[language]['day unstated']}"
    return f"{year}, {_WORDS[language]['month unstated']}"


def duration(value: str, approximate: bool, language: str) -> str:
    """An xsd:duration in hours and minutes."""
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    days, hours, minutes = (int(part or 0) for part in match.groups())
    hours, minutes = 24 * days + hours + minutes // 60, minutes % 60
    words = _WORDS[language]
    parts = []
    if hours:
        parts.append(f"{hours} {words['hour' if hours == 1 else 'hours']}")
    if minutes:
        parts.append(f"{minutes} {words['minute' if minutes == 1 else 'minutes']}")
    said = f" {words['and']} ".join(parts) or value
    return words["about"].format(said) if approximate else said
