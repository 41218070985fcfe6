"""The example queries: files whose comments give title and question, in English and Italian.

A file begins with lines such as `# title@en: Who took part?`; the rest is the query.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HEADER = re.compile(r"#\s*(title|question|topic)(?:@(en|it))?:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its file's name, what it answers by language, its text."""

    name: str
    topic: str
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
    found: dict[str, dict[str, str]] = {"title": {}, "question": {}, "topic": {}}
    for key, language, words in _HEADER.findall(text):
        found[key][language or "en"] = words.strip()
    topic = next(iter(found["topic"].values()), "")
    query = "\n".join(line for line in text.strip().split("\n") if not _HEADER.match(line)) + "\n"
    return Example(name, topic, found["title"], found["question"], query)
