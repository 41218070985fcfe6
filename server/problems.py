"""Errors as answers: one mapping to statuses, as problem+json (RFC 9457) or as a page.

Nothing of the program's inside reaches the client: what is not expected is logged and told as 500.
"""

import logging
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from graph.errors import ParleygraphError, QueryError, StoreError
from server import metrics
from server.evaluator.errors import (
    AbandonedError,
    EngineFailedError,
    EvaluationError,
    NoSuchGraphError,
    NotAcceptableError,
    QueryRejectedError,
    QueryTimeoutError,
    QueryTooLargeError,
    SaturatedError,
    StoreUnavailableError,
    TemporaryError,
)
from server.negotiation import GRAPHS, SOLUTIONS, prefers_page
from server.reader import reader
from server.sentences import said
from server.writer.errors import (
    MissingError,
    PostponedError,
    PreconditionError,
    StorageFullError,
    UnprocessableError,
    WriteError,
    WriteRejectedError,
)

log = logging.getLogger(__name__)

DISCARDED = 16 << 20
"""Bytes of a body that is too large which are still read; a client that sends more loses its connection."""

RETRY_AFTER = 5
"""Seconds to advise after a full house: the time in which most queries end."""


@dataclass
class ProblemError(Exception):
    """What went wrong, for the client: `title` what, `detail` why, `remedy` what to do; `more` in JSON."""

    status: int
    title: str
    detail: str = ""
    remedy: str = ""
    kind: str = "about:blank"
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


_LATER: tuple[tuple[type[TemporaryError], str, str, str], ...] = (
    (QueryTimeoutError, "The query was stopped", "Ask for less: add LIMIT, a type or a name.", "time"),
    (QueryTooLargeError, "The query was stopped", "Ask for less: sort, group or join fewer rows.", "memory"),
    (EngineFailedError, "The engine broke on this query", "Ask in another way; order by STR(…).", "engine"),
    (SaturatedError, "The server is busy", "Try again in a few seconds.", "places"),
    (StoreUnavailableError, "There is no graph to query", "Build one with: parleygraph build", "store"),
)
"""What may go better another time: the error, its title, its remedy, where /limits tells of it."""


def of_evaluation(error: EvaluationError) -> ProblemError:
    """The problem that tells of a query which failed in the pool."""
    reason = str(error)
    for kind, title, remedy, anchor in _LATER:
        if isinstance(error, kind):
            later = {"Retry-After": str(RETRY_AFTER)}
            metrics.REFUSED.labels(anchor).inc()
            return ProblemError(503, title, reason, remedy, f"/limits#{anchor}", later)
    if isinstance(error, NotAcceptableError):
        forms = GRAPHS if reason == "graph" else SOLUTIONS
        return ProblemError(
            406,
            "None of the accepted forms is available",
            f"The result of this query is {_KINDS[reason]}.",
            "Accept one of: " + ", ".join(forms.values()) + ".",
            more={"available": list(forms.values())},
        )
    if isinstance(error, AbandonedError):
        return ProblemError(499, "The client has gone", reason)  # nobody reads it: nginx's number for the log
    if isinstance(error, NoSuchGraphError):
        return ProblemError(404, "There is no such graph", f"The dataset has no graph {reason}.")
    title = "The query cannot be evaluated" if isinstance(error, QueryRejectedError) else "The query failed"
    return ProblemError(400, title, reason)


_KINDS = {"graph": "an RDF graph", "solutions": "a table", "boolean": "true or false"}


_WRITES: tuple[tuple[type[WriteError], int, str, str], ...] = (
    (UnprocessableError, 422, "That was understood and cannot be done", ""),
    (WriteRejectedError, 400, "That cannot be done", ""),
    (PreconditionError, 412, "The graph is not as you expect", "Get it again, and decide again."),
    (MissingError, 404, "That is not there", ""),
    (StorageFullError, 507, "The disk is full", "Whoever runs this server can make room; nothing was lost."),
    (PostponedError, 503, "The write was not done", "Try again in a few seconds."),
)
"""How a write fails: the error, its status, its title, its remedy."""


def of_write(error: WriteError) -> ProblemError:
    """The problem that tells of a write which failed."""
    status, title, remedy = next(
        (status, title, remedy) for kind, status, title, remedy in _WRITES if isinstance(error, kind)
    )
    later = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    return ProblemError(status, title, str(error), remedy, headers=later)


def of_user_error(error: ParleygraphError) -> ProblemError:
    """The problem that tells of an error in what the user gave or keeps."""
    status = 400 if isinstance(error, QueryError) else 503 if isinstance(error, StoreError) else 500
    detail = f"{error.place}: {error.reason}" if error.place else error.reason
    return ProblemError(
        status, "There is no graph to query" if status == 503 else "That cannot be done", detail, error.remedy
    )


def of_http(error: HTTPException) -> ProblemError:
    """The problem that tells of an HTTP error; its own headers (Allow) stay."""
    headers = {
        name: text
        for name, text in error.get_headers()
        if name.lower() not in ("content-type", "content-length")
    }
    remedy = "The home page leads to everything this graph holds." if error.code == 404 else ""
    return ProblemError(error.code or 500, error.name, error.description or "", remedy, headers=headers)


def response(problem: ProblemError) -> Response:
    """The problem as an answer: a page for a reader, problem+json for a program."""
    if request.path.startswith("/static/") or not prefers_page(request.accept_mimetypes):
        content = {
            "type": problem.kind,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "remedy": problem.remedy,
            **problem.more,
        }
        body = json.dumps(
            {name: item for name, item in content.items() if item not in ("", None)}, ensure_ascii=False
        )
        answer = Response(body + "\n", problem.status, mimetype="application/problem+json")
    else:
        answer = Response(_page(problem), problem.status)
    answer.headers.extend(problem.headers)
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.update(("Accept", "Accept-Language", "Cookie"))  # the page tells it in the reader's language
    if problem.status == 413:
        _discard_body()
    return answer


def _discard_body() -> None:
    """Reads what is left of the body: else the connection is closed under a client that counts on it."""
    stream, left = request.environ["wsgi.input"], DISCARDED
    while left > 0 and (chunk := stream.read(1 << 16)):
        left -= len(chunk)


def _page(problem: ProblemError) -> str:
    query = request.values.get("query", "") if request.path == "/sparql" else ""
    language = reader().language
    told = {name: said(getattr(problem, name), language) for name in ("title", "detail", "remedy")}
    return render_template("problem.html", problem=problem, query=query, **told)


def register(app: Flask) -> None:
    """Make every error of `app` one of these answers."""
    app.register_error_handler(ProblemError, response)
    app.register_error_handler(EvaluationError, lambda error: response(of_evaluation(error)))
    app.register_error_handler(WriteError, lambda error: response(of_write(error)))
    app.register_error_handler(ParleygraphError, lambda error: response(of_user_error(error)))
    app.register_error_handler(HTTPException, lambda error: response(of_http(error)))
    app.register_error_handler(Exception, _unexpected)


def _unexpected(error: Exception) -> Response:
    log.exception("%s %s", request.method, request.path, exc_info=error)
    return response(of_http(InternalServerError("Something here is broken; it has been logged.")))
