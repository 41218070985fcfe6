"""The views' pages: each asks one query, shows it, and gives its answer as data under the same address.

`/timeline` is the page for a reader; `/timeline.csv` (json, xml, tsv), `?format=csv` or an Accept header ask
for the query's own answer. The address keeps the facets, so that a view can be sent to somebody.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from server.answers import evaluate, pool
from server.evaluator.jobs import Job
from server.negotiation import NAMES, SOLUTIONS, choose, prefers_page
from server.pages import namer, page, settings
from server.portraits.names import Namer
from server.portraits.questions import Row, asked
from server.problems import ProblemError
from server.reader import address
from server.views import outline, places, tables
from server.views.facets import CLAIMS, facets, is_large
from server.views.network import Pair, network
from server.views.selection import Selection, read
from server.views.timeline import timeline

blueprint = Blueprint("views", __name__)

VIEWS = ("timeline", "map", "network", "negotiators", "statements")
USUAL = {"network": "Communication"}
"""The type that a view looks at where the address gives none: a network of who speaks with whom."""

LONG = 12
"""Values of a facet from which on a name can be typed instead of looked for in the list."""

SEARCHED = {
    "actor": ("person", "organization", "country"),
    "place": ("place", "country"),
    "source": ("person", "organization", "country"),
}
"""The facets whose values are found by name, and the kinds of things that they may be."""

KEPT = 24 * 3600
"""Seconds for which the world's outline may be kept; it changes with a release at most."""


@blueprint.route(f"/<any({', '.join(VIEWS)}):view>")
@blueprint.route(f"/<any({', '.join(VIEWS)}):view>.<suffix>")
def view(view: str, suffix: str = "") -> Response:
    """A view as a page, or its query's answer as data."""
    selection = read(request.args, settings().base, USUAL.get(view, ""))
    number = _number()
    query = selection.query(view).replace("# offset", f"OFFSET {(number - 1) * tables.PAGE}")
    form = _form(suffix)
    if form:
        found = evaluate(Job(query, solutions=form))
        answer = Response(found.stream(), content_type=form)
        answer.vary.add("Accept")
        return answer
    names = namer()
    return page(
        f"{view}.html",
        view=view,
        views=VIEWS,
        selection=selection,
        facets=facets(pool(), selection, names),
        large=CLAIMS if not (selection.since or selection.until) and is_large(pool(), selection) else 0,
        long=LONG,
        searched=SEARCHED,
        query=query,
        forms=[(name, NAMES[name]) for name in SOLUTIONS],
        without=_without,
        both=lambda pair: _both(pair, settings().base),
        **_content(view, asked(pool(), [query])[0], names, selection, number),
    )


@blueprint.route("/map/land.svg")
def land() -> Response:
    """The outline of the land, for maps to use."""
    drawn = f'<path id="land" d="{outline.path()}"/>'
    body = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180">{drawn}</svg>'
    answer = Response(body, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


def _content(
    view: str, found: Sequence[Row], names: Namer, selection: Selection, number: int
) -> dict[str, object]:
    """What a view's template shows of the rows."""
    if view == "timeline":
        return {"timeline": timeline(found, names, number)}
    if view == "map":
        return {"chart": places.chart(found, names, request.args.get("area") == "world")}
    if view == "network":
        return {"network": network(found, names)}
    if view == "negotiators":
        return {"lines": tables.negotiators(found, names)}
    return {"statements": tables.statements(found, names), "page": number}


def _without(facet: str, value: str) -> str:
    """The address of this page without one chosen value."""
    left = [text for text in request.args.getlist(facet) if text != value] if facet == "actor" else []
    taken = {facet: "Event" if facet == "type" else "", "page": ""}
    kept = address(**taken)
    more = urlencode([(facet, text) for text in left])
    return kept + (("&" if "?" in kept else "?") + more if more else "")


def _both(pair: Pair, base: str) -> str:
    """The parameters of the claims about what two take part in with one certainty."""
    certainty = pair.modality.iri.rpartition("#")[2] if pair.modality else ""
    parameters = [("actor", actor.iri.removeprefix(f"{base}id/")) for actor in (pair.one, pair.other)]
    kept = [
        (name, request.args[name])
        for name in ("type", "place", "source", "from", "to")
        if request.args.get(name)
    ]
    if not request.args.get("type"):
        kept.append(("type", USUAL["network"]))
    return urlencode([*parameters, ("modality", certainty), *kept])


def _number() -> int:
    text = request.args.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,4}", text):
        raise ProblemError(400, "There is no such page", f"page={text} is given.", "Give a number from 1.")
    return int(text)


def _form(suffix: str) -> str:
    """The media type of the data that is asked for; empty where a page is."""
    wanted = suffix or request.args.get("format", "")
    if wanted:
        if wanted not in SOLUTIONS:
            raise NotFound(f"There is no form {wanted} of this; there are {', '.join(SOLUTIONS)}.")
        return SOLUTIONS[wanted]
    accept = request.accept_mimetypes
    if not accept or prefers_page(accept) or "*/*" in accept.values():
        return ""
    also = {"application/json": SOLUTIONS["json"], "application/xml": SOLUTIONS["xml"]}
    return choose(accept, tuple(SOLUTIONS.values()), also)
