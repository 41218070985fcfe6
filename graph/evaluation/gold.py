"""Gold articles from a folder: each text with its answers, in the format of data/gold/README.md."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.corpus.articles import decode
from graph.errors import DataError
from graph.model import Article

SIDECARS = (".json", ".expected.json")
"""What follows a text's stem in the name of its answers."""
LISTS = ("actors", "locations", "events", "quotes")


@dataclass(frozen=True, slots=True)
class Gold:
    """One article and what a careful reader found in it."""

    name: str
    language: str
    article: Article
    answers: dict[str, Any]


def read(folder: Path) -> list[Gold]:
    """All articles with answers in `folder` and below, by name; raises DataError and ArticleError."""
    texts = sorted(folder.rglob("*.txt"))
    pairs = [(text, answers) for text in texts for answers in _sidecar(text)]
    if not pairs:
        raise DataError(
            "holds no gold article",
            place=str(folder),
            remedy="name a folder of .txt files with .json answers",
        )
    return [_gold(text, answers) for text, answers in pairs]


def _sidecar(text: Path) -> list[Path]:
    """The file of answers beside a text, if there is one."""
    return [path for path in (text.with_name(text.stem + suffix) for suffix in SIDECARS) if path.is_file()][
        :1
    ]


def _gold(text: Path, path: Path) -> Gold:
    article = decode(text.read_bytes(), str(text))
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
        missing = [key for key in LISTS if not isinstance(answers.get(key), list)]
        language = str(answers["language"])
    except (json.JSONDecodeError, KeyError, AttributeError) as error:
        remedy = "see data/gold/README.md for the format"
        raise DataError(f"is no gold annotation: {error}", place=str(path), remedy=remedy) from error
    if missing:
        raise DataError(
            f"lacks the list {missing[0]!r}", place=str(path), remedy="write it, empty if need be"
        )
    return Gold(text.stem, language, article, answers)
