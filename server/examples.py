"""The example queries: files whose comments give title and question, in English and Italian.

A file begins with lines such as `# title@en: Who took part?`; the rest is the query.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HEADER = re.compile(r"#\s*(title|question)(?:@(en|it))?:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its file's name, what it answers by language, its text."""

    name: str
    titles: dict[str, str]
    questions: dict[str, str]
    query: str

    def title(self, language: str) -> str:
        """The title in `language`, else in English, else the file's name."""
        return self.titles.get(language) or self.titles.get("en") or self.name.replace("-", " ")

    def question(self, language: str) -> str:
        """The question in `language`, else in English."""
        return self.questions.get(language) or self.questions.get("en", "")


@cache
def all_examples() -> tuple[Example, ...]:
    """Every example, in the order of the files' names."""
    folder = resources.files("server") / "examples"
    found = (item for item in folder.iterdir() if item.name.endswith(".rq"))
    return tuple(
        _read(item.name[:-3], item.read_text(encoding="utf-8"))
        for item in sorted(found, key=lambda i: i.name)
    )


def first() -> Example | None:
    """The example for the home page: the first."""
    return next(iter(all_examples()), None)


def _read(name: str, text: str) -> Example:
    found: dict[str, dict[str, str]] = {"title": {}, "question": {}}
    for key, language, words in _HEADER.findall(text):
        found[key][language or "en"] = words.strip()
    return Example(name, found["title"], found["question"], text.strip() + "\n")
