"""`extract --llm` and `build --llm` as a user has them, with a real server, good and bad."""

import gc
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph import assembly, settings
from graph.cli.command import main
from graph.corpus import formats
from graph.errors import ArticleError
from graph.evaluation import gold
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from graph.model import Reading
from graph.store import generations
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from tests.graph.llm.answering import Behaviour, Server, failing, hanging, saying
from tests.graph.llm.perfection import perfect
from tests.graph.llm.telling import answer, party, told, words
from tests.graph.test_cli import parleygraph

ARTICLE = "date 2031-05 Piero Bruni ha telefonato ad Anna Verdi. Un caffè a Oslo fra Verdi e Carla Neri."
COFFEE = told(
    "caffè",
    party("Verdi", sentence=2),
    party("Carla Neri", sentence=2),
    sentence=2,
    place=words("Oslo", 2),
)
INVENTED = told("vertice segreto", party("Anna Verdi"))

Serve = Callable[..., Server]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "coffee.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: object, **environment: str) -> Result:
    """The command in this process, which has loaded the tables already."""
    outcome = CliRunner().invoke(main, [str(each) for each in arguments], env=environment)
    # What the engine has made may be freed by the thread that made it alone; the tests' server has others.
    gc.collect()
    return outcome


def asking(server: Server, **more: str) -> dict[str, str]:
    """The settings that name a server's model."""
    return {
        "PARLEYGRAPH_LLM_URL": server.url,
        "PARLEYGRAPH_LLM_MODEL": "test-model",
        "PARLEYGRAPH_LLM_KEY": "sk-secret",
        "PARLEYGRAPH_LLM_RETRIES": "0",
        "PARLEYGRAPH_LLM_MEMORY": "off",
        **more,
    }


def test_without_the_option_no_model_is_asked(article: Path, serve: Serve) -> None:
    server = serve(saying(answer(COFFEE)))
    outcome = run("extract", article, **asking(server))
    assert (outcome.exit_code, outcome.stderr, server.requests) == (0, "", [])


def test_extract_adds_the_models_events_and_says_what_that_took(article: Path, serve: Serve) -> None:
    server = serve(saying(answer(COFFEE, INVENTED)))
    outcome = parleygraph("extract", "--llm", article, **asking(server))
    assert outcome.returncode == 0, outcome.stderr
    events = json.loads(outcome.stdout)["events"]
    assert [(each["type"], each["rule"]) for each in events][1:] == [("meeting", "llm:test-model")]
    assert events[0]["type"] == "call"
    assert (events[1]["participants"], events[1]["place"]) == (["Anna Verdi", "Carla Neri"], "Oslo")
    assert outcome.stderr.splitlines() == [
        "language model: 1 article read in 1 request; 900 tokens of prompts, 100 of answers; "
        "1 claim of its own, 0 confirmed, 1 left out (words not in the article: 1)"
    ]
    assert server.requests[0][1]["Authorization"] == "Bearer sk-secret"


def test_the_claim_of_a_model_is_marked_in_the_graph_with_its_words(article: Path, serve: Serve) -> None:
    server = serve(saying(answer(COFFEE)))
    outcome = run("extract", "--llm", "--format", "trig", article, **asking(server))
    assert outcome.exit_code == 0, outcome.stderr
    store = Store()
    store.extend(parse(outcome.stdout.encode(), format=RdfFormat.TRIG))
    solutions = store.query(
        """SELECT ?exact WHERE { GRAPH ?g {
            ?claim pg:rule "llm:test-model" ; pg:confidence 0.4 ; pg:evidence ?span .
            ?span pg:supports rdf:type ; pg:exact ?exact } }""",
        prefixes=PREFIXES,
    )
    assert [solution["exact"].value for solution in solutions] == ["caffè"]


@pytest.mark.parametrize("behaviour", [hanging, failing(500, "down"), saying("no idea")])
def test_a_failing_model_leaves_the_rules_findings_and_status_1(
    behaviour: Behaviour, article: Path, serve: Serve
) -> None:
    alone = run("extract", article)
    given = asking(serve(behaviour), PARLEYGRAPH_LLM_TIMEOUT="0.5")
    outcome = run("extract", "--llm", article, **given)
    assert outcome.exit_code == 1
    assert outcome.stdout == alone.stdout
    assert f"language model: not read: {article}: " in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert "sk-secret" not in outcome.stderr


def test_build_publishes_the_models_claims_and_records_what_was_asked(
    article: Path, tmp_path: Path, serve: Serve
) -> None:
    store = tmp_path / "store"
    server = serve(saying(answer(COFFEE, INVENTED)))
    outcome = run("build", "--llm", article, "--store", store, **asking(server))
    assert outcome.exit_code == 0, outcome.stderr
    assert "2 events" in outcome.stdout
    database = Store.read_only(str(generations.current(store)))
    record = NamedNode(f"{settings.BASE.default}graph/run")
    agent = NamedNode(f"{record.value}#llm")
    said = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in database.quads_for_pattern(agent, None, None, record)
    }
    assert said["label"] == "test-model"
    assert "900 tokens of prompts, 100 of answers" in said["comment"]
    assert "words not in the article: 1" in said["comment"]
    assert "sk-secret" not in database.dump(format=RdfFormat.N_QUADS).decode()
    assert len(list(database.quads_for_pattern(None, pg.rule, None, None))) >= 2


def test_claims_that_would_make_a_wrong_graph_leave_the_rules_findings(
    article: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(saying(answer(COFFEE)))
    reader = Reader(Endpoint(f"{server.url}/chat/completions", "test-model"))
    read = link(Pipeline(reader).extract(formats.article(ARTICLE, "x.txt")))
    whole = assembly.conforming

    def strict(reading: Reading, base: str) -> set[Quad]:
        if any("llm:" in claim.rule for event in reading.events for claim in event.claims):
            raise ArticleError("a shape says no")
        return whole(reading, base)

    monkeypatch.setattr(assembly, "conforming", strict)
    kept, quads = assembly.published(read, settings.BASE.default)
    assert [event.type.value for event in kept.events] == ["call"]
    assert quads
    assert kept.usage is not None
    assert kept.usage.failure == "with its claims the graph would be wrong: a shape says no"


@pytest.mark.parametrize(
    ("missing", "place"),
    [("PARLEYGRAPH_LLM_URL", "PARLEYGRAPH_LLM_URL"), ("PARLEYGRAPH_LLM_MODEL", "PARLEYGRAPH_LLM_MODEL")],
)
def test_a_model_that_is_not_named_is_asked_for_before_anything_is_read(
    missing: str, place: str, article: Path, serve: Serve
) -> None:
    outcome = run("extract", "--llm", article, **asking(serve(saying("")), **{missing: ""}))
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert place in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_what_a_model_would_say_is_never_known_to_be_stale(article: Path, tmp_path: Path) -> None:
    outcome = run("build", "--llm", "--if-stale", article, "--store", tmp_path / "store")
    assert outcome.exit_code == 2
    assert "--if-stale" in outcome.stderr


def test_evaluate_scores_the_rules_and_the_model_together(tmp_path: Path, serve: Serve) -> None:
    for kind in ("txt", "json"):
        shutil.copy(settings.GOLD / f"it-003.{kind}", tmp_path)
    (one,) = gold.read(tmp_path)
    server, right = serve(perfect(one)), []
    for more, environment in ([], {}), (["--llm"], asking(server)):
        outcome = run("evaluate", tmp_path, "--format", "json", *more, **environment)
        assert outcome.exit_code == 0, outcome.output
        right.append(json.loads(outcome.stdout)["scores"]["all"]["events"]["right"])
    assert right[1] >= right[0] > 0
    assert len(server.requests) == 1
    assert "language model: 1 article read" in outcome.stderr


def test_an_answer_is_asked_for_once_even_after_the_server_has_gone(
    article: Path, tmp_path: Path, serve: Serve
) -> None:
    server = serve(saying(answer(COFFEE)), failing(500))
    given = asking(server, PARLEYGRAPH_LLM_MEMORY=str(tmp_path / "memory"))
    first, second = (run("extract", "--llm", article, **given) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(server.requests) == 1
    assert "1 article read in 0 requests, 1 answer known from before; 0 tokens" in second.stderr
    kept = "".join(path.read_text("utf-8") for path in (tmp_path / "memory").iterdir())
    assert "sk-secret" not in kept
