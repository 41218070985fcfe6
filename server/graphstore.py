"""The SPARQL 1.1 Graph Store HTTP Protocol at /graphs, for one graph or for the whole dataset.

https://www.w3.org/TR/sparql11-http-rdf-update/. Beyond it: without ?default or ?graph= the address is the
dataset, in the syntaxes that hold quads; a POST of triples there makes a new graph.
"""

import json
import re
import uuid
from dataclasses import replace

from flask import Blueprint, Response, current_app, request

from server import bodies
from server.access import require_token
from server.answers import evaluate, evaluation
from server.evaluation import entity_tag, problem_at
from server.evaluator.errors import StoreUnavailableError
from server.evaluator.jobs import Job
from server.negotiation import GRAPHS, choose, graph_form, known_format
from server.problems import ProblemError
from server.sparql import require_iri, whole, with_validators
from server.syntax.faults import locate_update
from server.update import UPDATE, answered, writer
from server.writer.errors import UnparsableError
from server.writer.orders import DEFAULT, Done, Order

blueprint = Blueprint("graphstore", __name__)

METHODS = "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS"
QUADS = tuple(GRAPHS[name] for name in ("trig", "nq", "jsonld"))
"""Syntaxes that hold a dataset, the preferred first."""

PARTS = "multipart/form-data"
DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
DATASET = "*"


@blueprint.route("/graphs", methods=["GET"], provide_automatic_options=False)
def read() -> Response:
    """The graph, or the dataset."""
    job = _job(_target())
    tag = entity_tag(evaluation().look(), job)
    if request.if_none_match.contains_weak(tag):
        return with_validators(Response(status=304), tag)
    return with_validators(whole(evaluate(job)), tag)


@blueprint.route("/graphs", methods=["PUT"], provide_automatic_options=False)
def put() -> Response:
    """Replace the graph, or the dataset; 201 where there was none."""
    target = _writing()
    done = _sent(_with_condition(_order("put", target)))
    return answered(done, 201 if done.created else 204)


@blueprint.route("/graphs", methods=["POST"], provide_automatic_options=False)
def post() -> Response:
    """Add to the graph, or to the dataset; triples without a graph to go to make a new one."""
    target = _writing()
    order = _order("post", target)
    new = target is None and order.media_type not in QUADS
    if new:
        iri = f"{current_app.extensions['parleygraph-settings'].base}graph/{uuid.uuid4()}"
        order = replace(order, graph=iri, more=order.more | {"base": iri})
    done = _sent(_with_condition(order))
    answer = answered(done, 201 if done.created else 204)
    if new:
        answer.headers["Location"] = order.graph or ""
    return answer


@blueprint.route("/graphs", methods=["DELETE"], provide_automatic_options=False)
def delete() -> Response:
    """Remove the graph; of the default graph, and of the dataset, the content."""
    return answered(_sent(_with_condition(Order("delete", graph=_writing()))))


@blueprint.route("/graphs", methods=["PATCH"], provide_automatic_options=False)
def patch() -> Response:
    """Change the graph by an update that reaches no other."""
    target = _writing()
    if target is None:
        raise ProblemError(400, "Which graph?", "PATCH is for one graph.", "Add ?default or ?graph=IRI.")
    if request.mimetype != UPDATE or not bodies.is_utf8():
        problem = bodies.wrong_type("a change", (UPDATE,))
        problem.headers["Accept-Patch"] = UPDATE
        raise problem
    return answered(_sent(_with_condition(Order("patch", bodies.body(), target))))


@blueprint.route("/graphs", methods=["OPTIONS"])
def options() -> Response:
    """What may be asked here."""
    answer = Response(status=204)
    answer.headers["Allow"] = METHODS
    answer.headers["Accept-Post"] = ", ".join((*GRAPHS.values(), PARTS))
    answer.headers["Accept-Patch"] = UPDATE
    return answer


def _target() -> str | None:
    """The graph that the address names: its IRI, DEFAULT, or None for the dataset."""
    named, default = request.args.getlist("graph"), "default" in request.args
    if len(named) + default > 1:
        raise ProblemError(400, "Which graph?", "The address names more than one.", "Name one graph.")
    if default:
        return DEFAULT
    if not named:
        return None
    require_iri(named[0], "graph")
    return named[0]


def _writing() -> str | None:
    """The graph that a write is about, once it may write."""
    require_token()
    bodies.allow_large()
    return _target()


def _job(target: str | None, media_type: str = "") -> Job:
    """The job that reads a graph, in the form that the client likes best, or in that one."""
    dump = DATASET if target is None else target
    if media_type:
        return Job("", graph=media_type, dump=dump)
    wanted = request.args.get("format")
    if wanted is not None and not known_format(wanted):
        raise ProblemError(400, "There is no such format", f"format={wanted} is given.")
    offered = QUADS if target is None else tuple(GRAPHS.values())
    form = graph_form(request.accept_mimetypes, wanted)
    if form not in offered:
        form = "" if wanted is not None else choose(request.accept_mimetypes, offered)
    if not form:
        listed = ", ".join(offered)
        raise ProblemError(
            406,
            "None of the accepted forms is available",
            "The dataset has named graphs." if target is None else "A graph comes in a syntax of RDF.",
            f"Accept one of: {listed}.",
            more={"available": list(offered)},
        )
    return Job("", graph=form, dump=dump)


def _order(kind: str, target: str | None) -> Order:
    """The order that puts or adds what the body holds."""
    base = target or request.base_url
    if request.mimetype == PARTS:
        return _parts(kind, target, base)
    data, media_type = bodies.body(), _media_type(request.mimetype, target, kind)
    _refuse_doctype(data, media_type)
    assert kind in ("put", "post")
    return Order("put" if kind == "put" else "post", data, target, media_type, more={"base": base})


def _parts(kind: str, target: str | None, base: str) -> Order:
    """The order that adds the files of a form, each in its own syntax."""
    if target is None:
        raise ProblemError(400, "Which graph?", "A form of files is for one graph.", "Add ?graph=IRI.")
    data, parts = b"", []
    for file in [file for _, file in request.files.items(multi=True)]:
        content, media_type = file.read(), _media_type(file.mimetype, target, kind)
        _refuse_doctype(content, media_type)
        data += content
        parts.append([media_type, len(content)])
    if not parts:
        raise ProblemError(400, "There is no file in the form", remedy="Send each graph as a file.")
    more = {"base": base, "parts": json.dumps(parts)}
    return Order("put" if kind == "put" else "post", data, target, "", more=more)


def _media_type(given: str, target: str | None, kind: str) -> str:
    known = {media: media for media in GRAPHS.values()} | {"application/x-turtle": GRAPHS["ttl"]}
    media_type = known.get(given.lower(), "")
    fits = target is not None or kind == "post" or media_type in QUADS
    if not media_type or not fits or not bodies.is_utf8():
        taken = GRAPHS.values() if target is not None or kind == "post" else QUADS
        raise bodies.wrong_type("a graph" if target is not None else "a dataset", (*taken, PARTS))
    return media_type


def _refuse_doctype(data: bytes, media_type: str) -> None:
    """An entity bomb in a document type hangs the parser; and only UTF-8 can be searched for one."""
    if media_type == GRAPHS["rdf"] and (DOCTYPE.search(data) or b"\0" in data):
        raise ProblemError(
            400,
            "A document type is not accepted",
            "The RDF/XML declares a document type, or is not UTF-8.",
            "Remove the DOCTYPE and write its entities out.",
        )


def _with_condition(order: Order) -> Order:
    """The order with the client's If-Match and If-None-Match. Raises ProblemError where they fail already."""
    if request.if_none_match.star_tag:
        order = replace(order, absent=True)
    if not request.if_match or request.if_match.star_tag:
        return replace(order, present=request.if_match.star_tag)
    try:
        generation = evaluation().look()
    except StoreUnavailableError:
        generation = None
    forms = QUADS if order.graph is None else GRAPHS.values()
    if generation is not None:
        for form in forms:
            if request.if_match.contains(entity_tag(generation, _job(order.graph, form))):
                return replace(order, generation=generation.folder.name)
    raise ProblemError(
        412, "The graph is not as you expect", "It has changed since.", "Get it again, and decide again."
    )


def _sent(order: Order) -> Done:
    """What became of an order; a body that cannot be parsed is told with its place."""
    try:
        return writer().send(order)
    except UnparsableError as error:
        if order.kind == "patch":
            text = order.body.decode("utf-8", "replace")
            fault = locate_update(text, str(error))
            raise problem_at(text, fault, "The update has a syntax error") from error
        raise ProblemError(400, "The graph cannot be parsed", str(error), "Mend it there.") from error
