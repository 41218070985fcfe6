"""Articles over HTTP: listed, taken in, withdrawn.

A POST answers when the article has been read, checked and published: 201 with its name, 200 where it was
there already, 422 with the reason where it cannot be read. A withdrawn article is 410, and in no generation.
"""

import re

from flask import Blueprint, Flask, Response, current_app, json, request

from graph.store import withdrawn
from server import bodies, problems
from server.access import require_token
from server.answers import pool
from server.negotiation import prefers_page
from server.pages import namer, page, settings
from server.portraits import agents
from server.portraits.questions import asked, by, packaged
from server.problems import ProblemError
from server.update import answered, writer
from server.writer.errors import MissingError
from server.writer.orders import Order

blueprint = Blueprint("articles", __name__)

TYPES = ("text/plain", "text/markdown", "application/json")
PAGE = 100
"""Articles that one page of the list holds; the query asks for one more."""

_OF_ARTICLE = re.compile(r"/(?:id|page|data|graph)/article/([0-9a-f]+)(?:\.\w+)?")


@blueprint.route("/articles", methods=["GET"], provide_automatic_options=False)
def listed() -> Response:
    """The articles that the graph rests on, as a page or as JSON."""
    number = _page_number()
    query = packaged("articles").replace("# offset", f"OFFSET {(number - 1) * PAGE}")
    told = by(asked(pool(), [query])[0], "article")
    shown, more = list(told)[:PAGE], len(told) > PAGE
    rows = [row for article in shown for row in told[article]]
    if prefers_page(request.accept_mimetypes) and request.args.get("format") != "json":
        return page(
            "articles.html", articles=agents.listed(rows, "article", namer()), number=number, more=more
        )
    content: dict[str, object] = {
        "articles": [{name: value.text for name, value in row.items()} for row in rows]
    }
    if more:
        content["next"] = f"/articles?format=json&page={number + 1}"
    answer = Response(json.dumps(content, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.vary.add("Accept")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _page_number() -> int:
    text = request.args.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,6}", text):
        raise ProblemError(400, "There is no such page", f"page={text} is given.", "Give a number from 1.")
    return int(text)


@blueprint.route("/articles", methods=["POST"], provide_automatic_options=False)
def take() -> Response:
    """Read an article and publish what it says."""
    require_token()
    bodies.allow_large()
    if request.mimetype not in TYPES or not bodies.is_utf8():
        raise bodies.wrong_type("an article", TYPES)
    order = Order("article", bodies.body(), media_type=request.mimetype, more=_strikes())
    done = writer().send(order)
    article = str(done.more["article"])
    iri, status = f"{settings().base}id/article/{article}", 201 if done.created else 200
    content = {"article": iri, "graph": done.more["graph"], "created": done.created}
    answer = answered(done, status)
    answer.set_data(json.dumps(content) + "\n")
    answer.mimetype = "application/json"
    answer.headers["Location" if done.created else "Content-Location"] = iri
    return answer


def _strikes() -> dict[str, str]:
    """The claims to leave out (`?strike=IRI`, repeated) and who strikes them (`?author=`)."""
    struck, author = request.args.getlist("strike"), request.args.get("author", "").strip()
    if struck and not author:
        raise ProblemError(
            400, "Nobody strikes these claims", "The parameter author= is missing.", "Say who you are."
        )
    if any(not text or " " in text for text in struck):
        raise ProblemError(400, "That is no claim", "strike= holds no IRI.", "Give the claim's IRI.")
    return {"struck": " ".join(struck), "author": author[:200]} if struck else {}


@blueprint.route("/articles", methods=["OPTIONS"])
def options() -> Response:
    """What may be asked here."""
    answer = Response(status=204)
    answer.headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    answer.headers["Accept-Post"] = ", ".join(TYPES)
    return answer


@blueprint.route("/id/article/<article>", methods=["DELETE"])
def withdraw(article: str) -> Response:
    """Withdraw an article with all that rests on it alone."""
    require_token()
    graph = f"{settings().base}graph/article/{article}"
    if not re.fullmatch(r"[0-9a-f]{12}", article):
        raise MissingError("there is no such article")
    try:
        return answered(writer().send(Order("withdraw", graph=graph, more={"article": article})))
    except MissingError as error:
        if withdrawn.is_marked(settings().store, article):
            raise _gone() from error
        raise


def register(app: Flask) -> None:
    """Have what was withdrawn answered with 410, wherever it would be 404."""
    app.register_blueprint(blueprint)
    app.after_request(_gone_for_missing)


def _gone_for_missing(answer: Response) -> Response:
    of_article = _OF_ARTICLE.fullmatch(request.path) if answer.status_code == 404 else None
    if of_article is None:
        return answer
    store = current_app.extensions["parleygraph-settings"].store
    return problems.response(_gone()) if withdrawn.is_marked(store, of_article[1]) else answer


def _gone() -> ProblemError:
    return ProblemError(410, "The article was withdrawn", "It is no longer in the graph, nor its text here.")
