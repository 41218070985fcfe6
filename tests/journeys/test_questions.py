"""The example queries answer what they ask, on the seed article and on others about invented people.

Each graph is built by the real build into a store of its own; the right answers stand in `*.answers.yaml`,
beside the article or (the seed's) beside this file. Another article may rename those whom a question names.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph import settings

EXAMPLES = settings.ROOT / "graph" / "store" / "examples"
ARTICLES = settings.ROOT / "tests" / "articles"
HERE = Path(__file__).parent
OTHERS = tuple(sorted(path.name.removesuffix(".answers.yaml") for path in ARTICLES.glob("*.answers.yaml")))

COLUMNS = {
    "01": "name", "02": "part name", "03": "duration approximate source via", "04": "name", "05": "name",
    "06": "name office", "07": "name", "08": "answer source", "09": "name", "10": "name", "11": "name",
    "12": "who outlet", "13": "who source", "14": "about words source", "15": "about words source",
    "16": "words", "17": "confirmedBy scoopOf", "18": "label", "19": "earliest latest", "20": "spelling",
    "21": "office", "22": "certainty visitor place", "23": "source words", "24": "value words",
    "25": "label open", "26": "label", "27": "what value source",
}  # fmt: skip
"""The columns that are compared, per example; the others are IRIs."""


@dataclass(frozen=True)
class Answer:
    """The rows that must stand there, those that may (None: any), those that must not; names to put in."""

    rows: frozenset[tuple[str, ...]]
    also: frozenset[tuple[str, ...]] | None = frozenset()
    never: frozenset[tuple[str, ...]] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


def example(number: str) -> str:
    (path,) = EXAMPLES.glob(f"{number}-*.rq")
    return path.read_text(encoding="utf-8")


def without_comments(query: str) -> str:
    return "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("#"))


def answers(path: Path) -> dict[str, Answer]:
    def rows(found: Any) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(str(cell) for cell in row) for row in found)

    return {
        number: Answer(
            rows(found["rows"]),
            None if found.get("also") == "any" else rows(found.get("also", [])),
            rows(found.get("never", [])),
            found.get("names", {}),
        )
        for number, found in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def cell(term: object) -> str:
    if isinstance(term, NamedNode):
        return re.split(r"[#/]", term.value)[-1]
    return term.value if isinstance(term, Literal) else "-"


def asked(store: Store, number: str, names: dict[str, str]) -> set[tuple[str, ...]]:
    query = example(number)
    for old, new in names.items():
        assert f'"{old}"' in query, f"{number} does not name {old}"
        query = query.replace(f'"{old}"', f'"{new}"')
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    return {tuple(cell(row[column]) for column in COLUMNS[number].split()) for row in solutions}


def agrees(found: set[tuple[str, ...]], answer: Answer) -> None:
    assert answer.rows <= found
    assert not answer.never & found
    if answer.also is not None:
        assert found <= answer.rows | answer.also


SEED_ANSWERS = answers(HERE / "seed.answers.yaml")


@pytest.mark.parametrize("number", list(COLUMNS))
def test_an_example_answers_its_question_on_the_seed(number: str, seed: Store) -> None:
    agrees(asked(seed, number, {}), SEED_ANSWERS[number])


@pytest.mark.parametrize(
    ("article", "number"),
    [(article, number) for article in OTHERS for number in answers(ARTICLES / f"{article}.answers.yaml")],
)
def test_an_example_gives_another_answer_on_another_article(
    article: str, number: str, graph_of: Callable[[Path], Store]
) -> None:
    answer = answers(ARTICLES / f"{article}.answers.yaml")[number]
    agrees(asked(graph_of(ARTICLES / f"{article}.txt"), number, answer.names), answer)


def test_every_example_is_tried_on_another_article_with_other_answers() -> None:
    elsewhere: dict[str, list[Answer]] = {}
    for article in OTHERS:
        for number, answer in answers(ARTICLES / f"{article}.answers.yaml").items():
            elsewhere.setdefault(number, []).append(answer)
    assert set(elsewhere) == set(COLUMNS)
    for number, found in elsewhere.items():
        assert any(answer.rows and answer.rows != SEED_ANSWERS[number].rows for answer in found), number


def test_every_example_has_columns_and_answers_here() -> None:
    numbers = {path.name[:2] for path in EXAMPLES.glob("*.rq")}
    assert numbers == set(COLUMNS) == set(SEED_ANSWERS)


@pytest.mark.parametrize("number", COLUMNS)
def test_an_example_says_in_both_languages_what_it_asks(number: str) -> None:
    query = example(number)
    for key in ("title@en", "title@it", "question@en", "question@it", "topic"):
        assert re.search(rf"^# {key}: \S", query, flags=re.M), f"{number} lacks {key}"


@pytest.mark.parametrize("number", COLUMNS)
def test_an_example_names_only_what_its_question_names(number: str) -> None:
    query = example(number)
    asked_in = " ".join(re.findall(r"^# question@.*$", query, flags=re.M))
    body = without_comments(query)
    named = set(re.findall(r'"([^"]+)"', body)) - {"en", "P1D"}
    assert all(name in asked_in for name in named)
    assert set(re.findall(r"<([^>\s]+)>", body)) == set(re.findall(r"^PREFIX \w+: <(.+)>$", body, flags=re.M))


@pytest.mark.parametrize("number", COLUMNS)
def test_an_example_holds_no_answer(number: str) -> None:
    query = example(number)
    body = without_comments(query)
    kept = [column for column in COLUMNS[number].split() if column not in ("part", "approximate")]
    given = {
        row[COLUMNS[number].split().index(column)] for row in SEED_ANSWERS[number].rows for column in kept
    }
    assert not [answer for answer in given - {"-"} if f'"{answer}"' in body or f":{answer}" in body]
