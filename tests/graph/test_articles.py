"""Three articles about invented people, through the whole pipeline: each has its own right answers.

They differ from the seed in syntax, in the direction of the call and in modality; one has no call at all.
"""

from pathlib import Path

import pytest

from graph import settings
from graph.evaluation import evaluation
from graph.evaluation.gold import read
from graph.evaluation.scores import Sheet, Tally
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.mapping import records

ARTICLES = Path(__file__).parent.parent / "articles"
GOLD = [one.name for one in read(ARTICLES)]

# Who and where are the subject of the lexicon and of its tests; here, what happened and who said what.
ASIDE = ("actors", "locations")


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    pipeline = Pipeline()
    result = evaluation.evaluate(
        ARTICLES, lambda article: records.record(link(pipeline.extract(article)), settings.BASE.default)
    )
    return {sheet.article: sheet for sheet in result.sheets}


@pytest.mark.parametrize("name", GOLD)
def test_every_event_is_found_with_its_participants_direction_modality_place_time_and_duration(
    name: str, sheets: dict[str, Sheet]
) -> None:
    faults = [fault for fault in sheets[name].faults if not fault.kind.startswith(ASIDE)]
    assert faults == []


@pytest.mark.parametrize("measure", ["events", "quotations with speaker"])
@pytest.mark.parametrize("name", GOLD)
def test_nothing_is_found_that_the_article_does_not_say(
    name: str, measure: str, sheets: dict[str, Sheet]
) -> None:
    tally = sheets[name].tallies[measure]
    assert tally == Tally(tally.expected, tally.expected, tally.expected)
    assert tally.expected > 0


def test_an_article_without_a_call_has_none_though_it_speaks_of_telephones(sheets: dict[str, Sheet]) -> None:
    assert "calls" not in sheets["nessuna-telefonata"].tallies
