"""The site's own queries: packaged, bound by substitution, answered by the evaluator pool in one go."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

from server.evaluator.jobs import Job, Term


@dataclass(frozen=True, slots=True)
class Value:
    """A term of an answer. `kind` is "uri", "literal" or "bnode"."""

    kind: str
    text: str
    language: str = ""
    datatype: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether it names a thing."""
        return self.kind == "uri"


Row = Mapping[str, Value]


class Answering(Protocol):
    """What answers the site's own queries: the pool, or a graph that is not published yet."""

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        """The whole result of each job, in order."""


@dataclass(frozen=True)
class Question:
    """A packaged query by its file's name without `.rq`, and the terms of its variables."""

    name: str
    bound: Mapping[str, Term]


@cache
def packaged(name: str) -> str:
    """The text of a packaged query."""
    return (resources.files("server") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def ask(pool: "Answering", questions: Sequence[Question]) -> list[list[Row]]:
    """The rows of each question, in order. Raises what the pool raises."""
    jobs = [Job(packaged(question.name), substitutions=question.bound) for question in questions]
    return [rows(body) for body in pool.answers(jobs)]


def rows(body: bytes) -> list[Row]:
    """The rows of a SELECT result in JSON."""
    return [
        {
            name: Value(term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
            for name, term in binding.items()
        }
        for binding in json.loads(body)["results"]["bindings"]
    ]


def by(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    """The rows grouped by the text of one variable; rows without it are left out."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if variable in row:
            grouped.setdefault(row[variable].text, []).append(row)
    return grouped


def text_of(row: Row, name: str) -> str:
    """The text of one variable of a row, empty where it is unbound."""
    return row[name].text if name in row else ""
