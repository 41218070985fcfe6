"""The report adds up all articles and says once why some were not read."""

from graph.llm import report
from graph.model import Usage


def test_a_run_without_a_model_has_nothing_to_report() -> None:
    assert report.lines([]) == []


def test_figures_are_added_and_reasons_listed_the_commonest_first() -> None:
    usages = [
        ("a", Usage("m", 2, (1000, 50), 3, 1, 0, (("told twice", 1), ("unknown type", 2)))),
        ("b", Usage("m", 1, (500, 20), 0, 3, 4, (("unknown type", 1),))),
    ]
    assert report.lines(usages) == [
        "2 articles read in 3 requests, 3 answers known from before; 1,500 tokens of prompts, 70 of answers; "
        "4 claims of its own, 4 confirmed, 4 left out (unknown type: 3, told twice: 1)"
    ]


def test_articles_that_were_not_read_are_counted_under_their_reason() -> None:
    usages = [("a", Usage("m", failure="x")), ("b", Usage("m", failure="y")), ("c", Usage("m", failure="x"))]
    summary, *failures = report.lines(usages)
    assert summary.startswith("0 articles read in 0 requests")
    assert failures == ["not read: a and 1 more: x", "not read: b: y"]
