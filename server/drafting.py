"""Adding an article in the browser: see what would be read from it, strike what is wrong, publish the rest.

The token goes as a header with each request and stays in the browser's session: no cookie could let another
site write in the reader's name. What is previewed is kept nowhere.
"""

from collections.abc import Sequence

from flask import Blueprint, Response, request
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
)

from server import bodies
from server.access import require_token
from server.articles import TYPES
from server.evaluator.jobs import Job, Term
from server.pages import namer, page, settings
from server.portraits import articles
from server.portraits.questions import Answers
from server.update import writer
from server.writer.orders import Order

blueprint = Blueprint("drafting", __name__)


@blueprint.route("/add")
def form() -> Response:
    """The form for an article."""
    return page("add.html")


@blueprint.route("/add", methods=["POST"])
def preview() -> Response:
    """What would be read from the article in the body, as a part of a page; nothing is stored."""
    require_token()
    bodies.allow_large()
    if request.mimetype not in TYPES:
        raise bodies.wrong_type("an article", TYPES)
    done = writer().send(Order("preview", bodies.body(), media_type=request.mimetype))
    names, iri = namer(), f"{settings().base}id/article/{done.more['article']}"
    draft = Answers(Draft(str(done.more["quads"])), {"graph": articles.graph_of(iri, names.base)})
    reading = articles.reading(draft, str(done.more["text"]), iri, names, licensed=True, followed="")
    answer = page("draft.html", reading=reading, base=settings().base)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Draft:
    """The quads of one article in memory, asked as the published graph is: by our own queries alone."""

    def __init__(self, quads: str) -> None:
        """`quads` are N-Quads."""
        self._store = Store()
        for quad in parse(quads, RdfFormat.N_QUADS):
            self._store.add(quad)
            self._store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        """The result of each job, in the form it names."""
        return [self._answer(job) for job in jobs]

    def _answer(self, job: Job) -> bytes:
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): _term(term) for name, term in job.substitutions.items()
        }
        found = self._store.query(job.query, substitutions=bound)
        assert isinstance(found, QuerySolutions)
        form = QueryResultsFormat.from_media_type(job.solutions)
        assert form, job.solutions
        return found.serialize(format=form) or b""


def _term(term: Term) -> NamedNode | Literal:
    kind, value, language, datatype = term
    if kind == "iri":
        return NamedNode(value)
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))
