"""The language of an article: what it says of itself, else its commonest short words."""

import pytest

from graph.corpus import formats
from graph.extraction.language import available, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il ministro della Difesa ha detto che non è vero", "it"),
        ("The minister of defence said that it was not true", "en"),
        ("zzz qqq", "it"),
        ("---\nlanguage: en\n---\nIl ministro della Difesa", "en"),
        ("---\nlanguage: it-CH\n---\nThe minister of the interior", "it"),
        ("---\nlanguage: de\n---\nThe minister has said that it is not for him", "en"),
    ],
)
def test_an_article_is_read_in_the_language_it_names_or_shows(text: str, language: str) -> None:
    assert detect(formats.article(text, "invented.md")) == language


def test_every_language_with_tables_is_available() -> None:
    assert {"it", "en"} <= set(available())
