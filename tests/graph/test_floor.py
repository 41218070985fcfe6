"""The floor: no commit reads the development part of the gold corpus worse than data/gold/floor.tsv says."""

from pathlib import Path

import pytest

from graph.evaluation.evaluation import Evaluation, evaluate
from graph.extraction.pipeline import Pipeline
from graph.lexicon.tables import DATA, rows
from graph.linking.reading import link
from graph.mapping import records

FLOORS = list(rows(DATA / "gold" / "floor.tsv", required=("language", "measure", "floor")))


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    pipeline = Pipeline()
    folder: Path = DATA / "gold" / "dev"
    return evaluate(folder, lambda article: records.record(link(pipeline.extract(article)), "http://x/"))


def test_each_language_has_its_floors() -> None:
    languages = {row["language"] for row in FLOORS}
    assert languages == {"it", "en"}
    measures = {lang: {r["measure"] for r in FLOORS if r["language"] == lang} for lang in languages}
    assert measures["it"] == measures["en"]


@pytest.mark.parametrize("row", FLOORS, ids=[f"{row['language']} {row['measure']}" for row in FLOORS])
def test_a_score_is_not_below_its_floor(row: dict[str, str], evaluation: Evaluation) -> None:
    found = evaluation.scores[row["language"]][row["measure"]].tally.f1
    assert found >= float(row["floor"])
