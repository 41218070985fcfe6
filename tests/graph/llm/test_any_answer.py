"""Whatever a model answers, its claims cite the article and the graph keeps to its shapes."""

import json
from typing import Any

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graph import settings
from graph.assembly import conforming
from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.llm.client import Messages, Spent
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from graph.model import EntityKind, EventType, Medium, Modality, Role
from tests.graph.llm.conftest import HEAD

TEXT = (
    "Il presidente norvegese Olav Bru ha telefonato martedì alla cancelliera Verdi, dice l'agenzia Orbe. "
    "Il colloquio, durato circa un'ora, ha riguardato il grano. «Ci vedremo a Oslo», ha detto Verdi alla "
    "Casa Bianca. Il portavoce del Cremlino non conferma l'invito di Mosca a Bruxelles."
)
WORDS = TEXT.split()


def some_words(bounds: tuple[int, int]) -> str:
    first, length = bounds
    return " ".join(WORDS[first : first + length]).strip(",.«»")


CITATIONS = st.fixed_dictionaries(
    {
        "sentence": st.integers(0, 5),
        "words": st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 4)).map(some_words),
        "before": st.sampled_from(["", *WORDS]),
    }
)
MAYBE = st.none() | CITATIONS
EVENTS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["e1", "e2", "e3", ""]),
        "type": st.sampled_from([each.value for each in EventType]),
        "trigger": CITATIONS,
        "modality": st.sampled_from([each.value for each in Modality]),
        "modality_words": MAYBE,
        "participants": st.lists(
            st.fixed_dictionaries(
                {
                    "name": CITATIONS,
                    "kind": st.sampled_from([each.value for each in EntityKind]),
                    "role": st.sampled_from([each.value for each in Role]),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        "place": MAYBE,
        "date": MAYBE,
        "duration": MAYBE,
        "topics": st.lists(CITATIONS, max_size=2),
        "source": st.none()
        | st.fixed_dictionaries(
            {
                "speakers": st.lists(CITATIONS, max_size=2),
                "via": st.lists(CITATIONS, max_size=2),
                "medium": st.none() | st.sampled_from([each.value for each in Medium]),
                "words": MAYBE,
            }
        ),
        "concerns": st.none() | st.sampled_from(["e1", "e2", "e9"]),
    }
)


bounded = examples(max_examples=60, deadline=None, derandomize=True)


class Answering(Reader):
    """A reader whose model has answered already: what is tested begins behind the wire."""

    def __init__(self) -> None:
        super().__init__(Endpoint("http://x.example/chat/completions", "any"))
        self.events: Any = []

    def _answer(self, question: Messages, spent: Spent) -> Any:
        return self.events


READER = Answering()
PIPELINE = Pipeline(READER)
ARTICLE = formats.article(HEAD + TEXT, "x.md")


@given(st.lists(EVENTS, max_size=12))
@bounded
def test_every_claim_cites_the_article_and_the_graph_conforms(events: list[dict[str, Any]]) -> None:
    READER.events = events
    found = PIPELINE.extract(ARTICLE)
    assert found.usage is not None
    assert found.usage.failure == ""
    for claim in found.claims:
        spans = [claim.trigger, *(part.span for part in claim.participations)]
        assert all(ARTICLE.body.covers(span) for span in spans)
    conforming(link(found), settings.BASE.default)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list("ab")), inner),
    max_leaves=8,
)


ONE_FIELD = st.tuples(EVENTS, st.integers(0), JSON)


def changed(drawn: tuple[dict[str, Any], int, Any]) -> dict[str, Any]:
    """An event, one of whose fields holds something else."""
    event, number, value = drawn
    return {**event, sorted(event)[number % len(event)]: value}


@given(st.lists(JSON | ONE_FIELD.map(changed), max_size=6))
@bounded
def test_an_answer_of_any_form_fails_nothing(events: list[Any]) -> None:
    READER.events = json.loads(json.dumps(events))
    found = PIPELINE.extract(ARTICLE)
    assert found.usage is not None
    assert found.usage.failure == ""
