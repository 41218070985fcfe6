"""What the adapter makes of perfect answers: they go in, but for what the rules contradict."""

from collections import Counter
from collections.abc import Callable

from graph import settings
from graph.evaluation import gold
from graph.evaluation.scores import Sheet, score, total
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from graph.mapping import records
from tests.graph.llm.answering import Server, saying
from tests.graph.llm.perfection import perfect

EVERY = 3
"""Of the development articles one in so many is read: the rest would tell the same."""


def test_a_perfect_model_is_believed_and_never_loses_an_event(serve: Callable[..., Server]) -> None:
    server = serve(saying(""))
    reader = Reader(Endpoint(f"{server.url}/chat/completions", "perfect"))
    alone, both = Pipeline(), Pipeline(reader)
    sheets: dict[str, list[Sheet]] = {"alone": [], "both": []}
    dropped: Counter[str] = Counter()
    kept = 0
    for one in gold.read(settings.GOLD)[::EVERY]:
        server.script = [perfect(one)]
        for name, pipeline in (("alone", alone), ("both", both)):
            found = pipeline.extract(one.article)
            record = records.record(link(found), settings.BASE.default)
            sheets[name].append(score(one.name, one.language, one.answers, record))
        assert found.usage is not None
        assert found.usage.failure == ""
        dropped.update(dict(found.usage.dropped))
        kept += found.usage.kept + found.usage.confirmed
    before, after = (total(sheets[name])["events"] for name in ("alone", "both"))
    assert after.recall >= before.recall
    assert after.f1 >= before.f1
    uncited = sum(number for reason, number in dropped.items() if reason.startswith("words "))
    assert uncited <= kept / 100
