"""Whatever a model or its server does, the rules' findings go on, and what became of the model's is told."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.llm import prompt
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from tests.graph.llm.answering import (
    Behaviour,
    Server,
    breaking_off,
    dripping,
    failing,
    flooding,
    hanging,
    resetting,
    saying,
    send,
)
from tests.graph.llm.conftest import HEAD, Asked
from tests.graph.llm.telling import answer, party, told

TEXT = "Piero Bruni ha telefonato ad Anna Verdi. Un caffè per Verdi."
COFFEE = told("caffè", party("Verdi", sentence=2), sentence=2)

Ask = Callable[..., Asked]
Serve = Callable[..., Server]


@pytest.mark.parametrize(
    "behaviour",
    [
        hanging,
        resetting,
        dripping,
        flooding,
        breaking_off,
        failing(500),
        failing(429),
        failing(401, "wrong key"),
        send(307, b"", Location="/"),
        send(200, b"\x00\xff"),
        saying("I would rather not."),
        saying("{}"),
        saying('{"events": 7}'),
        saying('{"events": [{]}'),
        saying("[" * 50_000),
        saying("", message={"refusal": "no"}),
    ],
    ids=lambda behaviour: getattr(behaviour, "__name__", ""),
)
def test_a_failing_model_never_loses_what_the_rules_found(
    behaviour: Behaviour, ask: Ask, serve: Serve
) -> None:
    alone = ask(TEXT, None).extraction
    found = ask(TEXT, serve(behaviour), timeout=0.3)
    assert alone.claims
    assert replace(found.extraction, usage=None) == alone
    assert found.failure


def test_an_answer_that_is_no_json_is_asked_for_once_more(ask: Ask, serve: Serve) -> None:
    server = serve(saying("Sure! Here it comes"), saying(answer(COFFEE)))
    found = ask(TEXT, server)
    assert (len(found.claims), found.failure, len(server.requests)) == (1, "", 2)
    assert found.extraction.usage is not None
    assert found.extraction.usage.tokens == (1800, 200)


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "```json\n{}\n```",
        "<think>Let me see {{ hm }}</think>\n{}",
        "Here are the events:\n{}\nThat is all.",
    ],
)
def test_json_is_found_in_what_a_model_says_around_it(form: str, ask: Ask, serve: Serve) -> None:
    events = json.dumps(answer(COFFEE))
    found = ask(TEXT, serve(saying(form.replace("{}", events).replace("{{ hm }}", "{ hm }"))))
    assert (len(found.claims), found.failure) == (1, "")


def test_a_bare_list_and_additional_fields_are_read(ask: Ask, serve: Serve) -> None:
    assert len(ask(TEXT, serve(saying([{**COFFEE, "comment": "!"}]))).claims) == 1


def test_no_events_are_no_failure(ask: Ask, serve: Serve) -> None:
    found = ask(TEXT, serve(saying(answer())))
    assert (found.failure, found.dropped, found.claims) == ("", {}, [])


def test_an_answer_with_thousands_of_events_is_cut(ask: Ask, serve: Serve) -> None:
    found = ask(TEXT, serve(saying(answer(*[COFFEE] * 5000))))
    assert len(found.claims) == 1
    assert found.dropped["more events than the sentences have words for"] == 4800


def test_a_model_that_answers_nobody_is_given_up_after_three_articles(serve: Serve) -> None:
    server = serve(failing(500, "down"))
    pipeline = Pipeline(Reader(Endpoint(f"{server.url}/chat/completions", "m", retries=0), lambda _: None))
    failures = [
        usage.failure
        for number in range(5)
        if (usage := pipeline.extract(formats.article(f"{HEAD}{TEXT} {number}", "x.md")).usage)
    ]
    assert failures[:3] == ["HTTP 500: down"] * 3
    assert failures[3:] == ["not asked any more, after: HTTP 500: down"] * 2
    assert len(server.requests) == 3


def test_a_model_that_refuses_the_key_is_given_up_at_once(serve: Serve) -> None:
    server = serve(failing(401, "wrong key"))
    pipeline = Pipeline(Reader(Endpoint(f"{server.url}/chat/completions", "m", "secret"), lambda _: None))
    for number in range(3):
        usage = pipeline.extract(formats.article(f"{HEAD}{TEXT} {number}", "x.md")).usage
        assert usage is not None
        assert "wrong key" in usage.failure
        assert "secret" not in repr(usage)
    assert len(server.requests) == 1


def test_an_article_that_fails_between_others_does_not_give_the_model_up(serve: Serve) -> None:
    server = serve(*[failing(500), saying(answer())] * 4)
    pipeline = Pipeline(Reader(Endpoint(f"{server.url}/chat/completions", "m", retries=0), lambda _: None))
    for number in range(8):
        pipeline.extract(formats.article(f"{HEAD}{TEXT} {number}", "x.md"))
    assert len(server.requests) == 8


def test_a_long_article_is_asked_about_in_parts_each_with_its_sentences(ask: Ask, serve: Serve) -> None:
    text = " ".join(f"Frase numero {n} che non dice niente di niente a nessuno." for n in range(400))
    server = serve(saying(answer()))
    found = ask(text, server)
    sent = [json.loads(body["messages"][1]["content"])["sentences"] for _, _, body in server.requests]
    assert len(sent) == 3
    assert [each["number"] for part in sent for each in part] == list(range(1, 401))
    assert all(sum(len(each["text"]) for each in part) <= prompt.PART for part in sent)
    assert found.failure == ""


def test_a_collection_of_texts_is_read_up_to_a_bound_and_says_so(ask: Ask, serve: Serve) -> None:
    text = " ".join(f"Frase numero {n} che non dice niente di niente a nessuno." for n in range(2000))
    server = serve(saying(answer()))
    found = ask(text, server)
    assert len(server.requests) == prompt.PARTS
    assert found.failure.startswith("too long: read up to sentence ")


def test_an_answer_before_a_failure_is_kept(ask: Ask, serve: Serve) -> None:
    text = TEXT + " Frase che non dice niente di niente a nessuno." * 300
    found = ask(text, serve(saying(answer(COFFEE)), failing(400)))
    assert len(found.claims) == 1
    assert found.failure == "HTTP 400"


def test_an_article_without_sentences_is_not_asked_about(ask: Ask, serve: Serve) -> None:
    server = serve(failing(500))
    found = ask("x" * 9000, server)
    assert (found.failure, server.requests) == ("", [])
