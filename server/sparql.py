"""The SPARQL 1.1 Protocol's query operation at /sparql.

https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2.
"""

import re

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict

from server.answers import evaluate, evaluation, guarded
from server.description import service_description
from server.evaluation import Answer, entity_tag
from server.evaluator.guarded import Guarded
from server.evaluator.jobs import Job
from server.explain import explained
from server.negotiation import SOLUTIONS, Forms, forms, known_format
from server.problems import ProblemError
from server.results import editor_page, results_page

blueprint = Blueprint("sparql", __name__)

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_TEXT = (SOLUTIONS["csv"], SOLUTIONS["tsv"], "text/turtle")


@blueprint.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def query() -> Response:
    """Answer a query by the form in which it came; a bare GET gets the editor or the service description."""
    parameters, text = _read_request()
    accept = request.headers.get("Accept")
    reader = request.method != "POST" and forms(accept, parameters.get("format")).page
    if text is None:
        return editor_page() if reader else service_description(parameters.get("format"))
    asked = guarded(text)
    job = _job(asked, parameters, forms(accept, _format(parameters)))
    if "explain" in request.args or "explain" in parameters:
        return explained(job, as_page=reader)
    if reader:
        return results_page(job)
    tag = "" if asked.changing else entity_tag(evaluation().look(), job)
    if tag and request.if_none_match.contains_weak(tag):
        return with_validators(Response(status=304), tag)
    return with_validators(whole(evaluate(job)), tag)


@blueprint.route("/sparql", methods=["OPTIONS"])
def options() -> Response:
    """What may be asked here; the CORS headers are those of every answer."""
    answer = Response(status=204)
    answer.headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    answer.headers["Accept-Post"] = f"{FORM}, {QUERY}"
    return answer


def _read_request() -> tuple[MultiDict[str, str], str | None]:
    """The operation's parameters and its query; None for a bare GET."""
    if request.method != "POST":
        return request.args, _single(request.args, required=False)
    if request.mimetype == FORM:
        return request.form, _single(request.form, required=True)
    if request.mimetype == QUERY:
        if "query" in request.args:
            raise ProblemError(
                400, "Two queries in one request", "The query stands in the body and in the address."
            )
        try:
            return request.args, request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            detail = f"The body is not UTF-8: byte {error.start + 1} is wrong."
            raise ProblemError(400, "The query cannot be read", detail) from error
    raise ProblemError(
        415,
        "That is no way to send a query",
        f"The body's type is {request.mimetype or 'not given'}.",
        f"Send {FORM} with query=…, or the query itself as {QUERY}.",
        headers={"Accept-Post": f"{FORM}, {QUERY}"},
    )


def _single(parameters: MultiDict[str, str], *, required: bool) -> str | None:
    queries = parameters.getlist("query")
    if len(queries) > 1:
        raise ProblemError(
            400, "Two queries in one request", f"query= is given {len(queries)} times.", "Give it once."
        )
    if "update" in parameters:
        raise ProblemError(400, "This address only reads", "update= is given.", "Send a query as query=….")
    if not queries and (required or set(parameters) - {"format", "q", "lang", "theme"}):
        raise ProblemError(400, "There is no query", "The parameter query= is missing.", "Give it once.")
    return queries[0] if queries else None


def _format(parameters: MultiDict[str, str]) -> str | None:
    wanted = parameters.get("format", request.args.get("format"))
    if wanted is not None and not known_format(wanted):
        names = "json, xml, csv, tsv, ttl, nt, jsonld, rdf, trig, nq"
        raise ProblemError(
            400, "There is no such format", f"format={wanted} is given.", f"Use one of {names}."
        )
    return wanted


def _job(asked: Guarded, parameters: MultiDict[str, str], wanted: Forms) -> Job:
    default, named = (graph_names(parameters, name) for name in ("default-graph-uri", "named-graph-uri"))
    given = default is not None or named is not None
    return Job(
        query=asked.query,
        solutions=wanted.solutions,
        boolean=wanted.solutions,
        graph=wanted.graph,
        default_graphs=(default or ()) if given else None,
        named_graphs=(named or ()) if given else None,
        guarded=asked,
    )


def graph_names(parameters: MultiDict[str, str], name: str) -> tuple[str, ...] | None:
    """The IRIs that a parameter gives; None where it is not given. Raises ProblemError for what is none."""
    graphs = parameters.getlist(name)
    for graph in graphs:
        require_iri(graph, name)
    return tuple(graphs) if graphs else None


def require_iri(iri: str, name: str) -> None:
    """Raise ProblemError unless the parameter `name` is an absolute IRI."""
    try:
        valid = bool(_ABSOLUTE.fullmatch(iri)) and bool(NamedNode(iri))
    except ValueError:
        valid = False
    if not valid:
        raise ProblemError(400, "A graph has no valid name", f"{name}={iri} is no absolute IRI.")


def whole(found: Answer) -> Response:
    """An answer as a response, streamed where it is long."""
    if found.rest is None:
        answer = Response(found.begin)
    else:
        answer = Response(found.stream())
        answer.call_on_close(found.rest.close)
    form = found.media_type
    answer.headers["Content-Type"] = f"{form}; charset=utf-8" if form in _TEXT else form
    return answer


def with_validators(answer: Response, tag: str) -> Response:
    """The response with its entity tag; without one it is not to be kept."""
    answer.vary.add("Accept")
    if tag:
        answer.set_etag(tag)
        answer.headers["Cache-Control"] = "public, no-cache"
    else:
        answer.headers["Cache-Control"] = "no-store"
    return answer
