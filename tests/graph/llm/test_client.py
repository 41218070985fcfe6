"""Every way in which a server can fail ends in time, with a reason, and is repeated where that can help."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from graph.llm.answers import SCHEMA
from graph.llm.client import AskingError, Client, Spent
from graph.llm.endpoint import Endpoint
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

Serve = Callable[..., Server]
QUESTION = [{"role": "user", "content": "?"}]


def client(server: Server, waits: list[float], timeout: float = 5, retries: int = 2) -> Client:
    endpoint = Endpoint(f"{server.url}/chat/completions", "test-model", "secret", timeout, retries)
    return Client(endpoint, SCHEMA, waits.append)


def test_a_question_is_sent_as_the_api_wants_it(serve: Serve) -> None:
    server, spent = serve(saying("yes", 12, 3)), Spent()
    assert client(server, []).ask(QUESTION, spent) == "yes"
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body["model"] == "test-model"
    assert body["messages"] == QUESTION
    assert body["stream"] is False
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert body["response_format"]["json_schema"]["strict"] is True
    assert (spent.requests, spent.prompt_tokens, spent.completion_tokens) == (1, 12, 3)


@pytest.mark.parametrize(
    "behaviour",
    [resetting, breaking_off, failing(429), failing(500), failing(502), failing(503), failing(529)],
    ids=["reset", "broken off", "429", "500", "502", "503", "529"],
)
def test_a_passing_failure_is_repeated_after_a_wait_that_doubles(behaviour: Behaviour, serve: Serve) -> None:
    waits: list[float] = []
    server = serve(behaviour, behaviour, saying("yes"))
    assert client(server, waits).ask(QUESTION, Spent()) == "yes"
    assert len(server.requests) == 3
    assert 1 <= waits[0] <= 4 / 3 < 2 <= waits[1] <= 8 / 3


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (failing(500, "out of memory"), r"HTTP 500: out of memory \(asked 3 times\)"),
        (send(503, b"<h1>busy</h1>"), r"HTTP 503: <h1>busy</h1> \(asked 3 times\)"),
        (send(500, b"x" * 9000), r"HTTP 500: x{200}… \(asked 3 times\)"),
        (send(500, b"\xff\xfe"), r"HTTP 500: .+ \(asked 3 times\)"),
        (resetting, r"(connection reset by peer|the server closed the connection) \(asked 3 times\)"),
        (breaking_off, r"the answer broke off \(asked 3 times\)"),
    ],
    ids=["error object", "page", "long page", "no text", "reset", "broken off"],
)
def test_a_failure_that_stays_is_given_up_with_its_reason(
    behaviour: Behaviour, reason: str, serve: Serve
) -> None:
    server, spent = serve(behaviour), Spent()
    with pytest.raises(AskingError, match=reason) as caught:
        client(server, []).ask(QUESTION, spent)
    assert spent.requests == len(server.requests) == 3
    assert not caught.value.settled


@pytest.mark.parametrize(
    "behaviour",
    [hanging, dripping],
    ids=["silent", "a byte now and then"],
)
def test_a_request_ends_in_time_whatever_the_server_does(behaviour: Behaviour, serve: Serve) -> None:
    with pytest.raises(AskingError, match=r"no whole answer in 0\.3 seconds"):
        client(serve(behaviour), [], timeout=0.3, retries=0).ask(QUESTION, Spent())


def test_an_answer_without_end_is_cut_off(serve: Serve) -> None:
    with pytest.raises(AskingError, match="an answer of more than 4 MiB"):
        client(serve(flooding), [], retries=0).ask(QUESTION, Spent())


def test_nobody_listening_is_a_failure_with_its_reason(free_port: int) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{free_port}/chat/completions", "test-model", retries=0)
    with pytest.raises(AskingError, match="connection refused"):
        Client(endpoint, SCHEMA).ask(QUESTION, Spent())


def test_an_unknown_host_is_a_failure_with_its_reason() -> None:
    endpoint = Endpoint("http://nowhere.invalid/chat/completions", "test-model", retries=0)
    with pytest.raises(AskingError):
        Client(endpoint, SCHEMA).ask(QUESTION, Spent())


@pytest.mark.parametrize(
    ("status", "settled"), [(401, True), (403, True), (404, True), (400, False), (413, False)]
)
def test_what_no_repetition_can_mend_is_not_repeated(status: int, settled: bool, serve: Serve) -> None:
    server = serve(failing(status, "no"))
    with pytest.raises(AskingError, match=f"HTTP {status}: no") as caught:
        client(server, []).ask(QUESTION, Spent())
    assert len(server.requests) == 1
    assert caught.value.settled is settled


@pytest.mark.parametrize("status", [401, 500])
def test_a_key_that_the_server_says_again_is_not_shown(status: int, serve: Serve) -> None:
    server = serve(failing(status, "wrong key: secret!"))
    with pytest.raises(AskingError, match=f"HTTP {status}: wrong key: …!"):
        client(server, [], retries=0).ask(QUESTION, Spent())


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_refused_and_the_key_goes_nowhere_else(status: int, serve: Serve) -> None:
    other = serve(saying("stolen"))
    server = serve(send(status, b"", Location=f"{other.url}/chat/completions"))
    with pytest.raises(AskingError, match=f"HTTP {status}: a redirect, which is not followed"):
        client(server, []).ask(QUESTION, Spent())
    assert other.requests == []


@pytest.mark.parametrize(("wish", "wait"), [("7", 7), ("86400", 60), ("soon", None), ("-3", None)])
def test_the_server_says_how_long_to_wait_within_reason(wish: str, wait: int | None, serve: Serve) -> None:
    waits: list[float] = []
    client(serve(failing(429, Retry_After=wish), saying("yes")), waits).ask(QUESTION, Spent())
    (waited,) = waits
    assert waited == wait if wait else 1 <= waited <= 4 / 3


def test_a_date_to_wait_for_is_understood(serve: Serve) -> None:
    waits: list[float] = []
    late = "Fri, 31 Dec 2049 23:59:59 GMT"
    client(serve(failing(429, Retry_After=late), saying("yes")), waits).ask(QUESTION, Spent())
    assert waits == [60]


def unknowing(*unknown: str) -> Behaviour:
    """A server that refuses requests with one of these parameters, or values, and names it."""

    def behave(handler: Any) -> None:
        body = handler.server.requests[-1][2]
        named = next(
            (name for name in unknown if name in body or name in str(body.get("response_format"))), None
        )
        (saying("yes") if named is None else failing(400, f"Unsupported parameter: {named}"))(handler)

    return behave


@pytest.mark.parametrize(
    ("unknown", "lacking", "form"),
    [
        (["temperature"], {"temperature"}, "json_schema"),
        (["max_tokens", "temperature"], {"max_tokens", "temperature"}, "json_schema"),
        (["json_schema"], set(), "json_object"),
        (["response_format"], {"response_format"}, None),
    ],
)
def test_a_parameter_that_the_server_does_not_know_is_left_out_from_then_on(
    unknown: list[str], lacking: set[str], form: str | None, serve: Serve
) -> None:
    server, waits = serve(unknowing(*unknown)), []
    asking = client(server, waits)
    assert [asking.ask(QUESTION, Spent()) for _ in range(2)] == ["yes", "yes"]
    assert waits == []
    for _, _, body in server.requests[-2:]:
        assert {"temperature", "max_tokens", "response_format"} - set(body) == lacking
        assert body.get("response_format", {}).get("type") == form


def test_a_server_that_knows_nothing_is_given_up(serve: Serve) -> None:
    server = serve(failing(400, "temperature max_tokens response_format"))
    with pytest.raises(AskingError, match="HTTP 400"):
        client(server, []).ask(QUESTION, Spent())
    assert len(server.requests) == 5


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (send(200, b"hello"), "no chat completion"),
        (send(200, b"[" * 100_000), "no chat completion"),
        (send(200, b"{}"), "no chat completion"),
        (send(200, b'{"choices": []}'), "no chat completion"),
        (send(200, b'{"choices": [{"message": "hello"}]}'), "no chat completion"),
        (send(200, b'{"choices": [{"message": {"content": ["x"]}}]}'), "the answer is empty"),
        (saying("  "), "the answer is empty"),
        (saying("", message={"refusal": "I cannot help with that."}), "the model refused"),
        (saying("x", finish_reason="content_filter"), "the model refused"),
        (saying('{"events": [', finish_reason="length"), "cut off"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_its_reason(
    behaviour: Behaviour, reason: str, serve: Serve
) -> None:
    server = serve(behaviour)
    with pytest.raises(AskingError, match=reason):
        client(server, []).ask(QUESTION, Spent())
    assert len(server.requests) == 1


@pytest.mark.parametrize("usage", [None, [], {}, {"prompt_tokens": "many"}, {"prompt_tokens": -5}])
def test_tokens_that_the_server_does_not_count_are_none(usage: object, serve: Serve) -> None:
    body = {"choices": [{"message": {"content": "yes"}}], "usage": usage}
    spent = Spent()
    client(serve(send(200, json.dumps(body).encode())), []).ask(QUESTION, spent)
    assert (spent.prompt_tokens, spent.completion_tokens) == (0, 0)
