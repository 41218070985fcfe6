"""Dates and durations are told as precisely as the source tells them, and no more."""

import pytest

from server.portraits.wording import duration, when


@pytest.mark.parametrize(
    ("edtf", "english", "italian"),
    [
        ("2031-05", "May 2031, day not stated", "maggio 2031, giorno non indicato"),
        ("2031-05-07", "7 May 2031", "7 maggio 2031"),
        ("2031", "2031, month not stated", "2031, mese non indicato"),
        ("2031-05~", "approximately May 2031, day not stated", "circa maggio 2031, giorno non indicato"),
        (
            "[2031-04-30..2031-05-30]",
            "one day between 30 April 2031 and 30 May 2031",
            "un giorno tra il 30 aprile 2031 e il 30 maggio 2031",
        ),
        ("unknown", "unknown", "unknown"),
        ("2031-99", "2031-99", "2031-99"),
        ("2031-02-31", "2031-02-31", "2031-02-31"),
    ],
)
def test_a_date_in_words(edtf: str, english: str, italian: str) -> None:
    assert when(edtf, "", "", "en") == english
    assert when(edtf, "", "", "it") == italian


def test_bounds_are_told_where_the_expression_is_not_simple() -> None:
    assert (
        when("2031-05/..", "2031-05-01", "2031-05-31", "en") == "one day between 1 May 2031 and 31 May 2031"
    )
    assert when("?", "2031-05-01", "2031-05-01", "en") == "1 May 2031"


@pytest.mark.parametrize(
    ("value", "approximate", "english", "italian"),
    [
        ("PT1H30M", True, "about 1 hour and 30 minutes", "circa 1 ora e 30 minuti"),
        ("PT90M", False, "1 hour and 30 minutes", "1 ora e 30 minuti"),
        ("PT2H", False, "2 hours", "2 ore"),
        ("P1DT1M", False, "24 hours and 1 minute", "24 ore e 1 minuto"),
        ("P1Y", False, "P1Y", "P1Y"),
        ("PT0M", False, "PT0M", "PT0M"),
    ],
)
def test_a_duration_in_words(value: str, approximate: bool, english: str, italian: str) -> None:
    assert duration(value, approximate, "en") == english
    assert duration(value, approximate, "it") == italian
