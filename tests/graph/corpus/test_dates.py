"""Dates stay as precise as they were given."""

from datetime import date

import pytest

from graph.corpus.dates import period
from graph.errors import ArticleError


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-12-31", date(2025, 12, 31), date(2025, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_covers_the_days_that_it_may_be(edtf: str, earliest: date, latest: date) -> None:
    found = period(edtf)
    assert (found.edtf, found.earliest, found.latest) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    "wrong",
    [
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-04-31",
        "0000",
        "2025-2",
        "25-02",
        "2025/02",
        "",
        "٢٠٢٥",
        "2025-02-",
    ],
)
def test_an_impossible_date_is_named_in_the_error(wrong: str) -> None:
    with pytest.raises(ArticleError) as caught:
        period(wrong, "some-file.txt")
    assert repr(wrong) in str(caught.value)
    assert "some-file.txt" in str(caught.value)
    assert caught.value.remedy
