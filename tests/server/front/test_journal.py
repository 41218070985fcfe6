"""The log: one line of JSON per request, with its id, without credentials, never in anybody's way."""

import io
import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from server.front.journal import Journal, LineHandler
from server.front.lines import UNREAD, Lines


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    status = environ["PATH_INFO"].rpartition("/")[2]
    start(f"{status} X", [("Content-Type", "text/plain")])
    return iter([b"ab", b"c"]) if environ["QUERY_STRING"] == "streamed" else [b"abc"]


def nobody(_: object) -> None:
    """Observes nothing."""


def ask(journal: Journal, path: str, **headers: str) -> dict[str, str]:
    begun: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.input": io.BytesIO(),
        **{f"HTTP_{name}": text for name, text in headers.items()},
    }
    body = journal(environ, lambda status, pairs, _=None: begun.append(dict(pairs)))
    assert b"".join(body) == b"abc"
    getattr(body, "close", lambda: None)()
    found: dict[str, str] = begun[0]
    return found


def logged(tmp_path: Path, level: str, paths: list[str], **headers: str) -> list[dict[str, Any]]:
    with (tmp_path / "log").open("wb") as file:
        lines = Lines(file.fileno(), nobody)
        journal = Journal(application, lines, level, ())
        for path in paths:
            ask(journal, path, **headers)
        assert lines.flush(10)
    return [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]


def test_a_request_leaves_one_line_that_says_what_happened(tmp_path: Path) -> None:
    plain, streamed = logged(tmp_path, "all", ["/page/200", "/page/200?streamed"])
    assert {"time", "id", "seconds"} < plain.keys()
    assert (plain["path"], plain["status"], plain["bytes"], plain["client"]) == (
        "/page/200",
        200,
        3,
        "203.0.113.9",
    )
    assert streamed["bytes"] == 3
    assert plain["id"] != streamed["id"]


def test_no_header_or_parameter_gets_into_the_log(tmp_path: Path) -> None:
    secret = "s3cret-word"
    (entry,) = logged(
        tmp_path, "all", [f"/update/500?token={secret}"], AUTHORIZATION=f"Bearer {secret}", COOKIE=secret
    )
    assert secret not in json.dumps(entry)


def test_the_text_of_a_query_that_failed_is_told(tmp_path: Path) -> None:
    failed, fine = logged(
        tmp_path, "all", ["/sparql/503?query=ASK%20%7B%7D", "/sparql/200?query=ASK%20%7B%7D"]
    )
    assert failed["query"] == "ASK {}"
    assert "query" not in fine


def test_only_problems_are_logged_where_that_is_asked(tmp_path: Path) -> None:
    assert [entry["status"] for entry in logged(tmp_path, "problems", ["/x/200", "/x/503"])] == [503]
    assert logged(tmp_path, "off", ["/x/200", "/x/503"]) == []


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-123", True), ("a\nb", False), ("x" * 65, False), ("", False)]
)
def test_an_id_is_taken_over_when_it_is_a_plain_word(tmp_path: Path, given: str, kept: bool) -> None:
    with (tmp_path / "log").open("wb") as file:
        journal = Journal(application, Lines(file.fileno(), nobody), "off", ())
        assert (ask(journal, "/x/200", X_REQUEST_ID=given)["X-Request-Id"] == given) is kept


def test_a_line_stays_one_line_whatever_the_path_holds(tmp_path: Path) -> None:
    (entry,) = logged(tmp_path, "all", ['/a\n{"status": 1}/200'])
    assert entry["path"] == '/a\n{"status": 1}/200'


def test_a_pipe_that_nobody_reads_costs_lines_and_nothing_else() -> None:
    reading, writing = os.pipe()
    lines = Lines(writing, nobody)
    for _ in range(3000):
        lines.put("x" * 100)
    assert lines.flush(30)
    assert lines.dropped > 0
    assert len(os.read(reading, 1 << 20)) <= UNREAD + 64 * 101
    os.close(reading)
    lines.put("y")
    assert lines.flush(10)
    os.close(writing)


def test_what_nobody_reads_is_measured_all_the_same() -> None:
    reading, writing = os.pipe()
    seen: list[int] = []
    lines = Lines(writing, lambda entries: seen.append(len(entries)))
    for _ in range(9000):
        lines.put("x" * 100)
    assert lines.flush(30)
    assert sum(seen) == 9000
    os.close(reading)
    os.close(writing)


def test_messages_of_modules_go_the_same_way_with_their_trace(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as file:
        lines = Lines(file.fileno(), nobody)
        handler = LineHandler(lines)
        try:
            raise OSError("broken")
        except OSError as error:
            record = logging.LogRecord(
                "server.x", logging.ERROR, __file__, 1, "it %s", ("failed",), (OSError, error, None)
            )
        handler.emit(record)
        assert lines.flush(10)
    (entry,) = map(json.loads, (tmp_path / "log").read_text().splitlines())
    assert (entry["level"], entry["logger"], entry["message"]) == ("error", "server.x", "it failed")
    assert "OSError: broken" in entry["trace"]
    assert time.strptime(entry["time"][:19], "%Y-%m-%dT%H:%M:%S")
