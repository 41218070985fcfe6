"""The response cache: what is kept, for whom, how long, and who computes it."""

import gzip
import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from server.front import compression, flights
from server.front.cache import Cache
from server.front.entries import OVERHEAD, SHARE

LONG = b"Wer spricht mit wem, und was ist davon bekannt? " * 100


@dataclass
class Origin:
    """An application that counts how often it is asked."""

    headers: dict[str, str] = field(
        default_factory=lambda: {"Cache-Control": "public, no-cache", "ETag": '"t"'}
    )
    status: str = "200 OK"
    body: bytes = LONG
    seconds: float = 0.0
    streamed: bool = False
    asked: int = 0
    closed: int = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        self.last = dict(environ)
        time.sleep(self.seconds)
        length = {} if self.streamed else {"Content-Length": str(len(self.body))}
        start(self.status, list({"Content-Type": "text/plain", **length, **self.headers}.items()))
        return self if self.streamed else [self.body]

    def __iter__(self) -> Iterator[bytes]:
        yield self.body[:100]
        yield self.body[100:]

    def close(self) -> None:
        self.closed += 1


@dataclass
class Reply:
    status: str
    headers: dict[str, str]
    body: bytes


def ask(cache: Cache, path: str = "/page/x", method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
    begun: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "wsgi.input": io.BytesIO(body),
        **({"CONTENT_LENGTH": str(len(body))} if body else {}),
        **{(name if name == "CONTENT_TYPE" else f"HTTP_{name}"): text for name, text in headers.items()},
    }
    found = cache(environ, lambda status, pairs, _=None: begun.append((status, dict(pairs))))
    content = b"".join(found)
    getattr(found, "close", lambda: None)()
    return Reply(begun[-1][0], begun[-1][1], content)


def cached(origin: Origin, capacity: int = 1 << 20) -> Cache:
    return Cache(origin, lambda: generation["now"], capacity, 5.0)


generation: dict[str, object] = {"now": 1}


def test_what_was_answered_is_answered_again_without_asking() -> None:
    origin = Origin()
    cache = cached(origin)
    first, second = ask(cache), ask(cache)
    assert (first.body, second.body, origin.asked) == (LONG, LONG, 1)
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "hit")
    same = {name: text for name, text in first.headers.items() if name != "X-Cache"}
    assert same == {name: text for name, text in second.headers.items() if name != "X-Cache"}


def test_a_new_generation_forgets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = Origin()
    cache = cached(origin)
    ask(cache)
    monkeypatch.setitem(generation, "now", 2)
    assert ask(cache).headers["X-Cache"] == "miss"
    assert origin.asked == 2


def test_without_a_generation_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(generation, "now", None)
    origin = Origin()
    cache = cached(origin)
    assert [ask(cache).headers["X-Cache"] for _ in range(2)] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": "/a"}, {"path": "/b"}),
        ({"path": "/a?x=1"}, {"path": "/a?x=2"}),
        ({"ACCEPT": "text/html"}, {"ACCEPT": "text/turtle"}),
        ({"ACCEPT_LANGUAGE": "it"}, {"ACCEPT_LANGUAGE": "en"}),
        ({"COOKIE": "lang=it"}, {}),
    ],
)
def test_what_an_answer_varies_by_is_part_of_its_key(one: dict[str, str], other: dict[str, str]) -> None:
    origin = Origin()
    cache = cached(origin)
    ask(cache, **one)
    ask(cache, **other)
    assert origin.asked == 2


@pytest.mark.parametrize(
    "origin",
    [
        Origin(status="404 NOT FOUND"),
        Origin(headers={"Cache-Control": "no-store"}),
        Origin(headers={}),
        Origin(headers={"Cache-Control": "public", "Set-Cookie": "lang=it"}),
        Origin(headers={"Cache-Control": "public", "Vary": "User-Agent"}),
        Origin(streamed=True),
        Origin(body=b"x" * ((1 << 20) // SHARE + 1)),
    ],
)
def test_other_answers_are_passed_on_and_not_kept(origin: Origin) -> None:
    cache = cached(origin)
    replies = [ask(cache), ask(cache)]
    assert origin.asked == 2
    assert [reply.body for reply in replies] == [origin.body] * 2
    assert cache.entries.size == 0


@pytest.mark.parametrize("header", ["AUTHORIZATION", "RANGE", "IF_MATCH"])
def test_a_request_for_oneself_is_not_answered_from_what_is_kept(header: str) -> None:
    origin = Origin()
    cache = cached(origin)
    ask(cache)
    assert ask(cache, **{header: "x"}).headers["X-Cache"] == "pass"
    assert origin.asked == 2


def test_a_query_by_post_is_kept_by_its_body_and_still_read_by_the_application() -> None:
    origin = Origin()
    cache = cached(origin)
    query = {"method": "POST", "path": "/sparql", "CONTENT_TYPE": "application/sparql-query"}
    ask(cache, body=b"ASK {}", **query)
    assert origin.last["wsgi.input"].read() == b"ASK {}"
    assert ask(cache, body=b"ASK {}", **query).headers["X-Cache"] == "hit"
    assert ask(cache, body=b"ASK {?s ?p ?o}", **query).headers["X-Cache"] == "miss"


def test_a_post_elsewhere_always_reaches_the_application() -> None:
    origin = Origin()
    cache = cached(origin)
    form = {"method": "POST", "path": "/update", "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    for _ in range(2):
        ask(cache, body=b"update=x", **form)
    assert origin.asked == 2


def test_what_is_kept_stays_within_its_bytes_the_latest_used_last() -> None:
    each = 1000
    origin = Origin(body=b"\x00" * each, headers={"Cache-Control": "public", "Content-Type": "image/png"})
    cache = cached(origin, capacity=SHARE * (each + OVERHEAD))
    for number in range(SHARE + 1):
        ask(cache, f"/{number}")
        ask(cache, "/0")
    assert cache.entries.size <= SHARE * (each + OVERHEAD)
    assert ask(cache, "/0").headers["X-Cache"] == "hit"
    assert ask(cache, "/1").headers["X-Cache"] == "miss"


def test_a_capacity_of_nothing_switches_it_off() -> None:
    assert ask(cached(Origin(), capacity=0)).headers["X-Cache"] == "pass"


def test_both_encodings_are_kept_each_with_a_tag_of_its_own() -> None:
    cache = cached(Origin())
    ask(cache)
    packed, plain = ask(cache, ACCEPT_ENCODING="br, gzip"), ask(cache, ACCEPT_ENCODING="gzip;q=0")
    assert gzip.decompress(packed.body) == plain.body == LONG
    assert (packed.headers["ETag"], plain.headers["ETag"]) == ('"t-gzip"', '"t"')
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.body)


@pytest.mark.parametrize("tag", ['"t"', '"t-gzip"', 'W/"t"', '"a", "t"', "*"])
def test_an_answer_that_the_client_has_is_not_sent_again(tag: str) -> None:
    cache = cached(Origin())
    ask(cache)
    reply = ask(cache, IF_NONE_MATCH=tag)
    assert (reply.status, reply.body) == ("304 Not Modified", b"")
    assert reply.headers["ETag"] == '"t"'
    assert "Content-Length" not in reply.headers
    assert ask(cache, IF_NONE_MATCH='"other"').body == LONG


def test_the_application_knows_tags_without_their_encoding() -> None:
    origin = Origin(status="304 NOT MODIFIED", body=b"")
    reply = ask(cached(origin), IF_NONE_MATCH='"t-gzip"')
    assert origin.last["HTTP_IF_NONE_MATCH"] == '"t"'
    assert reply.headers["ETag"] == '"t-gzip"'


def test_head_is_answered_from_what_get_left_and_leaves_nothing() -> None:
    origin = Origin()
    cache = cached(origin)
    ask(cache, method="HEAD")
    assert cache.entries.size == 0
    ask(cache)
    reply = ask(cache, method="HEAD")
    assert (reply.body, reply.headers["X-Cache"]) == (b"", "hit")
    assert int(reply.headers["Content-Length"]) == len(LONG)


def test_a_streamed_answer_is_compressed_as_it_comes_and_closed() -> None:
    origin = Origin(streamed=True)
    reply = ask(cached(origin), ACCEPT_ENCODING="gzip")
    assert gzip.decompress(reply.body) == LONG
    assert "Content-Length" not in reply.headers
    assert origin.closed == 1


def at_once(cache: Cache, count: int) -> list[Reply]:
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(ask(cache))) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def test_what_several_want_at_once_is_computed_once() -> None:
    origin = Origin(seconds=0.3)
    replies = at_once(cached(origin), flights.PATIENT + 1)
    assert origin.asked == 1
    assert sorted(reply.headers["X-Cache"] for reply in replies) == ["miss"] + ["shared"] * flights.PATIENT


def test_only_a_few_wait_long_the_others_go_on_by_themselves() -> None:
    origin = Origin(seconds=0.5)
    replies = at_once(cached(origin), flights.PATIENT + 4)
    assert origin.asked == 4
    assert all(reply.body == LONG for reply in replies)


def test_a_refusal_is_shared_and_not_kept() -> None:
    origin = Origin(status="503 SERVICE UNAVAILABLE", headers={"Cache-Control": "no-store"}, seconds=0.3)
    cache = cached(origin)
    assert {reply.status for reply in at_once(cache, 3)} == {"503 SERVICE UNAVAILABLE"}
    assert origin.asked == 1
    ask(cache)
    assert origin.asked == 2


def test_an_application_that_breaks_leaves_nobody_waiting() -> None:
    def broken(environ: Any, start: Any) -> Iterable[bytes]:
        raise OSError("broken")

    cache = Cache(broken, lambda: 1, 1 << 20, 5.0)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            ask(cache)


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("*", True),
        ("br", False),
        ("gzip;q=0", False),
        ("", False),
        ("deflate, gzip;q=0.5", True),
    ],
)
def test_only_who_takes_gzip_gets_it(header: str, takes: bool) -> None:
    assert compression.wanted(header) is takes


def test_the_compressed_form_is_made_when_somebody_wants_it_and_counts_beforehand() -> None:
    cache = cached(Origin())
    ask(cache)
    before = cache.entries.size
    assert before >= 2 * len(LONG)
    ask(cache, ACCEPT_ENCODING="gzip")
    assert cache.entries.size == before
