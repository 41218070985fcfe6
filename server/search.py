"""Search by words: the page at /search, the same as JSON, and suggestions while one types.

JSON goes to who does not prefer a page, or asks for `format=json`. `kind` keeps things of one kind, `page`
counts from 1.
"""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, json, request

from graph.store.search.documents import KINDS
from graph.store.search.finding import Found, Hit
from server.indexes import indexes
from server.negotiation import prefers_page
from server.pages import namer, page
from server.portraits.names import Namer
from server.portraits.questions import Value
from server.problems import ProblemError

blueprint = Blueprint("search", __name__)

PAGE = 20
"""Things on one page of results."""

LAST = 250
"""The last page: as many things as a search ranks."""

SUGGESTED = 8
"""Suggestions: what fits under a field without covering the page."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for a search: the words, the kind wanted or none, the number of the page from 1."""

    words: str
    kind: str
    page: int


@blueprint.route("/search")
def search() -> Response:
    """What some words find, as a page or as JSON."""
    asked, as_page = _asked(), _wants_page()
    found = None
    if asked.words.strip():
        with indexes().lent() as index:
            offset = (asked.page - 1) * PAGE
            found = index.find(asked.words, asked.kind, offset, PAGE, namer().language)
    elif not as_page:
        raise ProblemError(
            400, "There is nothing to search for", "The parameter q= is missing or empty.", "Give q=words."
        )
    if as_page:
        names = namer()
        hits = [(hit, _label(hit, names), names.href(hit.iri)) for hit in found.hits] if found else []
        pages = min(-(-found.total // PAGE), LAST) if found else 0
        kinds = (*KINDS, "thing", "term")
        return page("search.html", asked=asked, found=found, hits=hits, pages=pages, kinds=kinds)
    assert found is not None
    return _json(_content(asked, found))


@blueprint.route("/suggest")
def suggest() -> Response:
    """The names that go on from what is typed, as JSON: the words, and for each thing its name and kind."""
    words = request.args.get("q", "")[:100]
    with indexes().lent() as index:
        hits = index.suggest(words, SUGGESTED, namer().language)
    return _json({"query": words, "suggestions": [_named(hit) for hit in hits]})


def _asked() -> _Asked:
    number, kind = request.args.get("page", "1"), request.args.get("kind", "")
    if not re.fullmatch(r"[1-9]\d{0,3}", number) or int(number) > LAST:
        raise ProblemError(400, "There is no such page", f"page={number} is given.", f"Give 1 to {LAST}.")
    if kind and kind not in (*KINDS, "thing", "term"):
        offered = ", ".join((*KINDS, "thing", "term"))
        raise ProblemError(400, "There is no such kind", f"kind={kind} is given.", f"Use one of {offered}.")
    return _Asked(request.args.get("q", ""), kind, int(number))


def _wants_page() -> bool:
    wanted = request.args.get("format")
    if wanted not in (None, "json", "html"):
        raise ProblemError(400, "There is no such format", f"format={wanted} is given.", "Use json or html.")
    return wanted == "html" or (wanted is None and prefers_page(request.accept_mimetypes))


def _content(asked: _Asked, found: Found) -> dict[str, object]:
    """The answer as JSON has it."""
    return {
        "query": asked.words,
        "asked_instead": found.asked or None,
        "total": found.total,
        "more": found.more,
        "page": asked.page,
        "pages": min(-(-found.total // PAGE), LAST),
        "kinds": found.kinds,
        "results": [
            {
                **_named(hit),
                "field": hit.field,
                "language": hit.language or None,
                "start": hit.start if hit.field in ("text", "quotation") else None,
                "score": hit.score,
                "words": [{"text": text, "found": wanted} for text, wanted in hit.words],
            }
            for hit in found.hits
        ],
    }


def _label(hit: Hit, names: Namer) -> str:
    """What the hit is called in the reader's language: an event's kind is a word of it."""
    return names.name(hit.iri, [Value("literal", hit.label, hit.language)]).label if hit.label else ""


def _named(hit: Hit) -> dict[str, object]:
    return {"iri": hit.iri, "kind": hit.kind, "label": hit.label or None, "href": namer().href(hit.iri)}


def _json(content: dict[str, object]) -> Response:
    answer = Response(json.dumps(content, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.vary.update(("Accept", "Accept-Language"))
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
