"""What an article's text may look like, and where its prose begins."""

import hashlib

import pytest

from graph.corpus import formats
from graph.errors import ArticleError

PROSE = "Anna Verdi ha telefonato a Piero Bruni."


def prose(text: str) -> str:
    article = formats.article(text, "x.txt")
    assert article.text == text
    return article.body.of(text)


@pytest.mark.parametrize(
    "header",
    [
        "date 2025-02 ",
        " date 2025-02 ",
        "\n\t date 2025-02\n",
        "date 2025-02\r\n\r\n",
        "\ufeffdate\t2025-02\n",
        "",
        " \n",
        "\ufeff",
    ],
)
def test_prose_follows_the_header_on_the_same_or_the_next_line(header: str) -> None:
    assert prose(f"{header}{PROSE}\n") == PROSE


def test_the_header_gives_the_date() -> None:
    published = formats.article(f"date 2025-02-07 {PROSE}", "x.txt").published
    assert published is not None
    assert published.edtf == "2025-02-07"
    assert formats.article(PROSE, "x.txt").published is None


@pytest.mark.parametrize(
    "opening", ["date 100 euro a tutti.", "date a Cesare.", "Date 2025 volte.", "data 2025-02 x"]
)
def test_a_sentence_that_begins_like_a_header_is_prose(opening: str) -> None:
    article = formats.article(opening, "x.txt")
    assert article.published is None
    assert article.body.of(opening) == opening


@pytest.mark.parametrize(
    "written", ["2025-13", "2025-02-30", "2025-xx", "2025/02/01", "12/02/2025", "20250201"]
)
def test_a_header_with_an_impossible_date_is_reported_and_not_taken_for_prose(written: str) -> None:
    with pytest.raises(ArticleError, match="the date") as caught:
        formats.article(f"date {written} {PROSE}", "x.txt")
    assert repr(written) in str(caught.value)


def test_offsets_count_code_points_of_the_raw_text() -> None:
    text = "\ufeff\r\ndate 2025-02\r\n«È 🌍» disse Anna.\r\nFine.\r\n"
    body = formats.article(text, "x.txt").body
    assert text[body.start : body.end] == "«È 🌍» disse Anna.\r\nFine."
    assert body.start == text.index("«")


def test_the_identifier_is_the_hash_of_the_raw_text() -> None:
    text = f"date 2025-02 {PROSE}"
    assert formats.article(text, "x.txt").id == hashlib.sha256(text.encode()).hexdigest()[:12]


def test_front_matter_gives_the_metadata_as_it_is_written() -> None:
    text = (
        "---\ntitle: 'No: a title'\ndate: 2025-02-07\nurl: https://example.org/a?b=1\npublisher: Gazzetta\n"
        f"language: IT\nauthor: [A. Neri, B. Blu]\nlicense: CC BY 4.0\nsection: esteri\n---\n\n{PROSE}\n"
    )
    article = formats.article(text, "x.txt")
    assert article.body.of(text) == PROSE
    assert (article.title, article.url, article.publisher) == (
        "No: a title",
        "https://example.org/a?b=1",
        "Gazzetta",
    )
    assert (article.language, article.author, article.licence) == ("it", "A. Neri, B. Blu", "CC BY 4.0")
    assert article.published is not None
    assert article.published.edtf == "2025-02-07"


@pytest.mark.parametrize("written", ["2025", "2025-02"])
def test_front_matter_keeps_the_precision_of_a_date(written: str) -> None:
    published = formats.article(f"---\ndate: {written}\n---\n{PROSE}", "x.txt").published
    assert published is not None
    assert published.edtf == written


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [", "not YAML"),
        ("- a\n- b", "no keys"),
        ("title: {a: b}", "title is not a text"),
        ("date: 2025-02-30", "2025-02-30"),
        ("language: Italian please", "language tag"),
        ("url: javascript:alert(1)", "web address"),
        ("url: http://a b", "web address"),
    ],
)
def test_wrong_front_matter_is_reported_by_what_is_wrong(front: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        formats.article(f"---\n{front}\n---\n{PROSE}", "x.txt")
    assert caught.value.place.startswith("x.txt")
    assert caught.value.remedy


def test_front_matter_that_is_not_closed_is_reported() -> None:
    with pytest.raises(ArticleError, match="not closed"):
        formats.article(f"---\ntitle: x\n{PROSE}", "x.txt")


def test_a_rule_before_prose_is_no_front_matter() -> None:
    assert prose(f"---\n{PROSE}\n") == f"---\n{PROSE}"


@pytest.mark.parametrize(
    "text", ["", " \n", "\ufeff", "date 2025-02", "date 2025-02 \n\t", "---\ntitle: x\n---\n \n"]
)
def test_an_article_without_prose_is_reported(text: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        formats.article(text, "x.txt")


def test_a_record_has_the_keys_of_front_matter_and_its_text() -> None:
    article = formats.record(
        {"text": PROSE, "date": 2025, "title": "T", "language": "en", "id": 7}, "x.jsonl"
    )
    assert (article.text, article.title, article.language) == (PROSE, "T", "en")
    assert article.published is not None
    assert article.published.edtf == "2025"


def test_the_date_of_a_record_overrules_the_header_in_its_text() -> None:
    article = formats.record({"text": f"date 2024 {PROSE}", "date": "2025-02"}, "x.jsonl")
    assert article.published is not None
    assert article.published.edtf == "2025-02"
    assert article.body.of(article.text) == PROSE


@pytest.mark.parametrize(
    "values", [[], "text", None, {}, {"text": 3}, {"text": " "}, {"text": "a\ud800b"}, {"text": "\0"}]
)
def test_a_record_without_a_usable_text_is_reported(values: object) -> None:
    with pytest.raises(ArticleError):
        formats.record(values, "x.jsonl, line 1")
