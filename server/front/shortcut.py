"""The short way of a plain query: /sparql with a query and no more, which programs ask by the thousand.

Flask's routing, request, response and hooks cost three times what the engine needs for a look-up. Here the
same guards, budget and evaluation are asked directly, and the headers are those that Flask once gave to an
answer of the same form. Whatever is not plain, and every failure, is Flask's to answer.
"""

import re
from binascii import a2b_qp
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.http import parse_etags

from server.evaluation import Answer, Evaluation, dropped, entity_tag, leave, watch
from server.evaluator.errors import SaturatedError
from server.evaluator.jobs import Job
from server.front.cache import LARGEST_QUERY
from server.front.compression import Pairs
from server.negotiation import GRAPHS, SOLUTIONS, forms, known_format
from server.operations import Budgets
from server.problems import ProblemError, of_evaluation, response
from server.sparql import FORM, QUERY, whole, with_validators

_PLAIN = re.compile(r"query=([!-$'-~]*(?:%[0-9A-Fa-f]{2}[!-$'-~]*)*)(?:&format=([A-Za-z-]+))?")
"""A query string with one query in it, and perhaps the short name of a form."""

_TAG, _LENGTH = "ETag", "Content-Length"

Asked = tuple[str, str | None]
"""A query, and the form that it is wanted in by name."""

Begun = tuple[str, Pairs, list[bytes]]
"""A response: its status, headers and body."""


class Shortcut:
    """A WSGI application around Flask's."""

    def __init__(self, app: Flask) -> None:
        """`app` comes from server.app.create_app."""
        self._app = app
        self._flask: WSGIApplication = app.wsgi_app
        self._refusals: dict[str, Begun] = {}
        extensions: dict[str, Any] = app.extensions
        self._evaluation: Evaluation = extensions["parleygraph-evaluation"]
        self._budgets: Budgets = extensions["parleygraph-budgets"]
        self._largest = min(LARGEST_QUERY, extensions["parleygraph-settings"].max_body)
        self._whole = {
            form: _Headers.of(app, whole(Answer("", form, b"", None)))
            for form in (*SOLUTIONS.values(), *GRAPHS.values())
        }
        self._unchanged = _Headers.of(app, Response(status=304))

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a plain query, and leave all others to Flask."""
        asked = plain(environ, self._largest)
        if asked is None:
            return self._flask(environ, start)
        begun = self._answer(*asked, environ)
        if begun is not None:
            status, headers, body = begun
            start(status, headers)
            return body
        try:
            return self._flask(environ, start)
        finally:
            dropped(environ)

    def _answer(self, text: str, wanted: str | None, environ: WSGIEnvironment) -> Begun | None:
        """The response; None where Flask has to make it, of what is left in `environ` if anything is."""
        chosen = forms(environ.get("HTTP_ACCEPT"), wanted)
        client = self._budgets.client(environ)
        page = chosen.page and environ["REQUEST_METHOD"] == "GET"
        if page or self._budgets.seconds_to_wait(client):
            return None
        try:
            asked = self._evaluation.guarded(text)
        except ProblemError:
            return None
        if asked.changing:
            return None
        job = Job(asked.query, chosen.solutions, chosen.solutions, chosen.graph, guarded=asked)
        try:
            generation = self._evaluation.look()
            tag = entity_tag(generation, job)
            known = environ.get("HTTP_IF_NONE_MATCH")
            if known and parse_etags(known).contains_weak(tag):
                return "304 NOT MODIFIED", self._unchanged.filled(tag, 0), []
            found = self._evaluation.answer(job, watch(environ), generation.folder)
        except SaturatedError as error:
            self._budgets.settle(client)
            return self._refused(error)
        except Exception as error:
            leave(environ, error)
            return None
        finally:
            self._budgets.settle(client)
        headers = self._whole.get(found.media_type)
        if found.rest is not None or headers is None:
            leave(environ, found)
            return None
        return "200 OK", headers.filled(tag, len(found.begin)), [found.begin]

    def _refused(self, error: SaturatedError) -> Begun:
        """The refusal of a program, as Flask once made it: in a storm most answers are this one."""
        problem = of_evaluation(error)
        if problem.detail not in self._refusals:
            with self._app.test_request_context("/sparql", headers={"Accept": SOLUTIONS["json"]}):
                made = self._app.process_response(response(problem))
                headers = list(made.get_wsgi_headers(request.environ))
                self._refusals[problem.detail] = made.status, headers, [made.get_data()]
                made.close()
        status, headers, body = self._refusals[problem.detail]
        return status, headers.copy(), body


@dataclass(frozen=True, slots=True)
class _Headers:
    """The headers of a response, and where among them are its entity tag and its length."""

    pairs: Pairs
    tag: int
    length: int

    @classmethod
    def of(cls, app: Flask, answer: Response) -> "_Headers":
        """The headers that the application gives to an answer of /sparql."""
        with app.test_request_context("/sparql"):
            made = app.process_response(with_validators(answer, "0"))
            pairs = list(made.get_wsgi_headers(request.environ))
            made.close()
        names = [name for name, _ in pairs]
        return cls(pairs, names.index(_TAG), names.index(_LENGTH) if _LENGTH in names else -1)

    def filled(self, tag: str, length: int) -> Pairs:
        """The headers of one response."""
        pairs = self.pairs.copy()
        pairs[self.tag] = (_TAG, f'"{tag}"')
        if self.length >= 0:
            pairs[self.length] = (_LENGTH, str(length))
        return pairs


def plain(environ: WSGIEnvironment, largest: int) -> Asked | None:
    """The query of a plain request and its `format`; None for any other request.

    The body of a POST, of `largest` bytes at most, can be read again afterwards.
    """
    if environ["PATH_INFO"] != "/sparql" or environ.get("SCRIPT_NAME"):
        return None
    if environ["REQUEST_METHOD"] == "GET":
        return _unquoted(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] != "POST" or environ.get("QUERY_STRING"):
        return None
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = environ.get("CONTENT_LENGTH", "")
    known = length.isascii() and length.isdigit() and "HTTP_TRANSFER_ENCODING" not in environ
    if kind not in (FORM, QUERY) or not known or not 0 < int(length) <= largest:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    if len(body) < int(length):
        return None
    try:
        return _unquoted(body.decode("ascii")) if kind == FORM else (body.decode(), None)
    except UnicodeDecodeError:
        return None


def _unquoted(parameters: str) -> Asked | None:
    """Query and `format` of parameters that hold nothing else."""
    matched = _PLAIN.fullmatch(parameters)
    if matched is None or not matched[1]:
        return None
    written, wanted = matched.groups()
    if wanted is not None and not known_format(wanted):
        return None
    # As quoted-printable, whose mark is another: in C, where urllib.parse takes a tenth of the request.
    quoted = written.replace("=", "%3D").replace("+", " ").replace("%", "=")
    try:
        return a2b_qp(quoted).decode(), wanted
    except UnicodeDecodeError:
        return None
