"""Names of things and their descriptions: 303 from the thing to its page or data, the data in every syntax.

"Cool URIs for the Semantic Web", section 4.2: https://www.w3.org/TR/cooluris/
"""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from werkzeug.exceptions import NotFound

from server.answers import pool
from server.evaluator.graphs import used_prefixes
from server.evaluator.jobs import iri as iri_term
from server.negotiation import GRAPHS, HTML, NAMES, choose, prefers_page
from server.opened import lookups
from server.pages import named, namer, page, settings
from server.portraits.names import labels_of
from server.portraits.questions import Question, Row, ask, term
from server.portraits.subject import Subject
from server.problems import ProblemError

blueprint = Blueprint("resources", __name__)

WITH_GRAPHS = ("trig", "nq")

SHOWN = 200
"""Statements of a named graph that its page shows."""


@blueprint.route("/id/<path:path>")
def name(path: str) -> Response:
    """303 from a thing to its page or its data, by Accept; 301 to what bears another name since."""
    iri = named("id", path)
    subject = Subject(lookups(), iri)
    if subject.successor:
        return moved(subject.successor)
    if not subject.is_known:
        raise NotFound(f"This graph knows nothing of {iri}")
    if prefers_page(request.accept_mimetypes) or not request.accept_mimetypes:
        target = f"/page/{quote(path)}"
    else:
        target = f"/data/{quote(path)}.{_suffix()}"
    answer = redirect(target, 303)
    answer.vary.add("Accept")
    return Response(answer.get_data(), 303, answer.headers)


def moved(successor: str, part: str = "id") -> Response:
    """301 to the thing that has replaced another; asked again each time, for articles come and go.

    `part` is "page" to lead from page to page.
    """
    base = settings().base
    path = successor.removeprefix(base)
    if path == successor:
        answer = redirect(successor, 301)
    else:
        answer = redirect(
            f"/{quote(part + path.removeprefix('id') if path.startswith('id/') else path)}", 301
        )
    answer.headers["Cache-Control"] = "public, no-cache"
    return Response(answer.get_data(), 301, answer.headers)


def _suffix() -> str:
    """The file suffix of the RDF syntax that the client likes best."""
    media_type = choose(request.accept_mimetypes, tuple(GRAPHS.values()))
    if not media_type:
        offered = ", ".join((HTML, *GRAPHS.values()))
        raise ProblemError(
            406, "None of the accepted forms is available", remedy=f"Accept one of: {offered}."
        )
    return next(suffix for suffix, known in GRAPHS.items() if known == media_type)


@blueprint.route("/data/<path:path>.<suffix>")
def data(path: str, suffix: str) -> Response:
    """All that the graph says about a thing, in one syntax; with the named graphs in TriG and N-Quads."""
    if suffix not in GRAPHS:
        raise NotFound(f"There is no syntax with the suffix .{suffix}")
    iri = named("id", path)
    rows = ask(pool(), [Question("data", {"subject": iri_term(iri)})])[0]
    return _document(rows, suffix, canonical=f"/id/{quote(path)}", about=iri)


@blueprint.route("/graph/<path:path>")
def graph(path: str) -> Response:
    """A named graph whole, by Accept or by the suffix of its path."""
    stem, _, suffix = path.rpartition(".")
    if suffix not in GRAPHS:
        if prefers_page(request.accept_mimetypes):
            return _graph_page(path)
        stem, suffix = path, _suffix()
    iri = named("graph", stem)
    rows = ask(pool(), [Question("graph", {"g": iri_term(iri)})])[0]
    return _document(rows, suffix, canonical=f"/graph/{quote(stem)}", about=iri)


def _graph_page(path: str) -> Response:
    """What a named graph holds, as far as a page has room for it."""
    iri, names = named("graph", path), namer()
    rows = ask(pool(), [Question("graph_begin", {"g": iri_term(iri)})])[0]
    if not rows:
        raise NotFound(f"This graph knows nothing of {iri}")
    lines = [
        (
            names.name(row["s"].text, labels_of([row], "s", "label").get(row["s"].text, ())),
            names.name(row["p"].text),
            names.name(row["o"].text) if row["o"].is_iri else None,
            row["o"],
        )
        for row in rows[:SHOWN]
    ]
    forms = [(name, NAMES[name]) for name in GRAPHS]
    cut = len(rows) > SHOWN
    return page("graph.html", iri=iri, path=path, lines=lines, cut=cut, forms=forms)


def _document(rows: Iterable[Row], suffix: str, canonical: str, about: str) -> Response:
    quads = list(_quads(rows))
    if not quads:
        raise NotFound(f"This graph knows nothing of {about}")
    media_type = GRAPHS[suffix]
    rdf = RdfFormat.from_media_type(media_type)
    once: dict[Quad, None] | dict[Triple, None] = (
        dict.fromkeys(quads) if suffix in WITH_GRAPHS else dict.fromkeys(quad.triple for quad in quads)
    )
    prefixes = used_prefixes(quad.triple for quad in quads)
    answer = Response(serialize(once, format=rdf, prefixes=prefixes), mimetype=media_type)
    answer.headers["Link"] = f'<{canonical}>; rel="canonical", <{about}>; rel="describes"'
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.vary.add("Accept")
    return answer


def _quads(rows: Iterable[Row]) -> Iterable[Quad]:
    for row in rows:
        subject, predicate, value = (term(row[name]) for name in ("s", "p", "o"))
        graph = term(row["g"]) if "g" in row else DefaultGraph()
        assert not isinstance(subject, Literal)
        assert isinstance(predicate, NamedNode)
        assert not isinstance(graph, Literal)
        yield Quad(subject, predicate, value, graph)
