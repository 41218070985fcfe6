"""The site's own pages: home, the example queries, the limits."""

from flask import Blueprint, Response, current_app, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from graph.store import examples
from ontology import terms as pg
from server.answers import pool, remembered
from server.discovery.figures import figures
from server.evaluator.errors import StoreUnavailableError
from server.evaluator.limits import MAX_LENGTH, MAX_NESTING, MAX_UNBOUND_PATTERNS, MAX_UNIONS
from server.portraits import agents
from server.portraits.names import Namer
from server.portraits.questions import Question, Row, ask, asked, by, counted, packaged, term
from server.reader import reader
from server.settings import Settings

blueprint = Blueprint("pages", __name__)

COUNTED = {"articles": pg.Article, "quotations": pg.Quotation, "people": pg.Person, "places": pg.Place}
"""What the home page counts → the class of it."""

NEWEST = 12
"""Events on the home page."""

ARTICLES = 12
"""Articles on the home page."""


def settings() -> Settings:
    """The settings of this application."""
    found = current_app.extensions["parleygraph-settings"]
    assert isinstance(found, Settings)
    return found


def namer() -> Namer:
    """Names things in the language of the reader who asks."""
    return Namer(settings().base, reader().language)


def named(part: str, path: str) -> str:
    """The IRI of a path below "id" or "graph". Raises NotFound for what can be no IRI."""
    iri = f"{settings().base}{part}/{path}"
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise NotFound("That is not the name of anything: it holds a sign that no IRI may hold.") from error


@blueprint.route("/")
def home() -> Response:
    """What this graph holds, its newest events, and ways in."""
    names = namer()
    newest, entries, texts = remembered("home", _told)
    counts = remembered("counts", _counts)
    return page(
        "home.html",
        counts=counts,
        events=agents.involvements(newest, names)[:NEWEST],
        entries=agents.entries(entries, names),
        articles=agents.listed(texts, "article", names)[:ARTICLES],
        example=examples.first(),
        base=settings().base,
    )


def _told() -> list[list[Row]]:
    """The rows that the home page shows; events without a date where there are too few with one."""
    entries, texts = ask(pool(), [Question(name, {}) for name in ("entries", "articles")])
    dated = (
        f"({term(row['event'])} {term(row['latest'])})"
        for row in counted(pool(), ["newest_dates"])[0]
        if row["event"].is_iri
    )
    newest = asked(pool(), [packaged("newest").replace("# dated", " ".join(dated))])[0]
    if len(by(newest, "event")) < NEWEST:
        newest = [*newest, *ask(pool(), [Question("undated", {})])[0]]
    return [newest, entries, texts]


def _counts() -> dict[str, int]:
    """How many things of the kinds that readers look for there are."""
    told = next(iter(counted(pool(), ["told"])[0]), {})
    classes = figures().classes
    return {
        **{name: int(value.text) for name, value in told.items()},
        **{name: classes.get(kind.value, 0) for name, kind in COUNTED.items()},
    }


@blueprint.route("/limits")
def limits() -> Response:
    """What a query may take."""
    guards = {
        "length": MAX_LENGTH,
        "nesting": MAX_NESTING,
        "unbound": MAX_UNBOUND_PATTERNS,
        "unions": MAX_UNIONS,
    }
    return page("limits.html", limits=settings().limits, guards=guards, budget=settings().client_budget)


@blueprint.route("/healthz")
def healthz() -> Response:
    """Alive, and with a graph to query."""
    pool().generation()
    if not pool().ready():
        raise StoreUnavailableError("the store is being opened")
    return Response("ok\n", mimetype="text/plain")


def page(template: str, **values: object) -> Response:
    """A page from a template, which differs by the reader's language and theme."""
    answer = Response(render_template(template, **values), mimetype="text/html")
    answer.vary.update(("Accept", "Accept-Language", "Cookie"))
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
