"""The dates that articles come with: the three plain levels of EDTF (ISO 8601-2:2019, level 0).

A date is kept as precise as it was given: the year, the month or the day, with the first and the last day
that it may be. General date parsers complete what is missing and so invent a day; this one refuses.
"""

import calendar
import re
from datetime import date

from graph.errors import ArticleError
from graph.model import Period

FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
REMEDY = "write the date as YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is known"


def period(edtf: str, place: str = "") -> Period:
    """The days that `edtf` (YYYY, YYYY-MM or YYYY-MM-DD) covers; raises ArticleError naming what is wrong."""
    match = FORM.fullmatch(edtf)
    if match is None:
        raise ArticleError(f"the date {edtf!r} is not of the form YYYY[-MM[-DD]]", place=place, remedy=REMEDY)
    year = int(match["year"])
    if year == 0:
        raise ArticleError(f"the date {edtf!r} has no such year", place=place, remedy=REMEDY)
    if match["month"] is None:
        return Period(edtf, date(year, 1, 1), date(year, 12, 31))
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise ArticleError(f"the date {edtf!r} has no such month: {month:02}", place=place, remedy=REMEDY)
    length = calendar.monthrange(year, month)[1]
    if match["day"] is None:
        return Period(edtf, date(year, month, 1), date(year, month, length))
    day = int(match["day"])
    if not 1 <= day <= length:
        raise ArticleError(
            f"the date {edtf!r} has no such day: {day:02} of a month of {length}", place=place, remedy=REMEDY
        )
    return Period(edtf, date(year, month, day), date(year, month, day))
