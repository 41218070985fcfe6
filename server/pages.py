"""The pages for people: home, one page per thing, the example queries, and what a crawler may read."""

import re
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from server import examples
from server.answers import pool, remembered
from server.evaluator.errors import StoreUnavailableError
from server.evaluator.jobs import iri as iri_term
from server.evaluator.limits import MAX_LENGTH, MAX_NESTING, MAX_UNBOUND_PATTERNS, MAX_UNIONS
from server.negotiation import GRAPHS, NAMES
from server.portraits import agents, articles, claims, things
from server.portraits.names import LANGUAGES, Name, Namer, labels_of, with_words
from server.portraits.questions import Question, Value, ask
from server.portraits.words import context, kinds_of, words_of
from server.settings import Settings

blueprint = Blueprint("pages", __name__)

NEWEST = 12
"""Events on the home page."""

AGENTS = ("Person", "Organization", "Country", "Place")
_LICENCE = "http://purl.org/dc/terms/license"


def settings() -> Settings:
    """The settings of this application."""
    found = current_app.extensions["parleygraph-settings"]
    assert isinstance(found, Settings)
    return found


def namer() -> Namer:
    """Names things for the reader who asks: in Italian or English, by the browser's languages."""
    asked = (tag.replace("_", "-").partition("-")[0].lower() for tag in request.accept_languages.values())
    return Namer(settings().base, next((tag for tag in asked if tag in LANGUAGES), "en"))


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
    questions = [Question(name, {}) for name in ("counts", "newest", "entries", "articles")]
    counts, newest, entries, texts = remembered("home", lambda: ask(pool(), questions))
    return page(
        "home.html",
        counts={name: int(value.text) for name, value in (counts[0] if counts else {}).items()},
        events=agents.involvements(newest, names)[:NEWEST],
        entries=agents.entries(entries, names),
        articles=agents.listed(texts, "article", names),
        example=examples.first(),
        base=settings().base,
    )


@blueprint.route("/page/<path:path>")
def thing(path: str) -> Response:
    """The page of one thing."""
    names, iri = namer(), named("id", path)
    number = request.args.get("page", "1")
    found = things.thing(pool(), iri, names, int(number) if re.fullmatch(r"\d{1,6}", number) else 1)
    if found is None:
        raise NotFound(f"This graph knows nothing of {iri}")
    more: dict[str, object] = {}
    template = "thing.html"
    if found.kind in ("Event", "Claim"):
        template, more = f"{found.kind.lower()}.html", _claims_of(found, iri, names)
    elif found.kind == "Article":
        followed = request.args.get("claim", "")
        licensed = bool(found.first(_LICENCE))
        text = articles.reading(pool(), Path(settings().store), iri, names, licensed, followed)
        template, more = "article.html", {"reading": text, "follow": _follow_links(text, iri, names)}
    elif found.kind == "Quotation":
        template, more = "quotation.html", _words_of(iri, names)
    elif found.kind in AGENTS:
        template, more = "agent.html", {"agent": agents.agent(pool(), iri, names)}
    answer = page(template, thing=found, path=path, forms=[(name, NAMES[name]) for name in GRAPHS], **more)
    quoted = quote(path)
    links = [f'<{iri}>; rel="cite-as"', f'<{iri}>; rel="describes"']
    links += [f'</data/{quoted}.{name}>; rel="describedby"; type="{media}"' for name, media in GRAPHS.items()]
    answer.headers["Link"] = ", ".join(links)
    return answer


def _claims_of(found: things.Thing, iri: str, names: Namer) -> dict[str, object]:
    """The cards of an event, or the one card of a claim."""
    if found.kind == "Event":
        cards = claims.cards(pool(), iri, names)
        modalities = {card.modality.iri: card.modality for card in cards if card.modality is not None}
        return {
            "cards": cards,
            "contexts": {card.local: context(card.words) for card in cards},
            "differences": claims.differences(cards),
            "modalities": list(modalities.values()),
        }
    events = ask(pool(), [Question("event_of", {"claim": iri_term(iri)})])[0]
    cards = claims.cards(pool(), events[0]["event"].text, names) if events else []
    own = [card for card in cards if iri in (card.claim.iri, *(relay.claim.iri for relay in card.relays))]
    source = next((each.source.label for each in _all_of(own) if each.claim.iri == iri and each.source), "")
    contexts = {card.local: context(card.words) for card in own}
    return {"cards": own, "contexts": contexts, "iri": iri, "source": source}


def _all_of(cards: list[claims.Card]) -> list[claims.Card]:
    """The cards and those of their relays."""
    return [each for card in cards for each in (card, *card.relays)]


def _words_of(iri: str, names: Namer) -> dict[str, object]:
    bound = {"quotation": iri_term(iri)}
    rows, sources = ask(pool(), [Question("quotation", bound), Question("speakers", bound)])
    speakers, relays = labels_of(sources, "speaker", "label"), labels_of(sources, "relay", "relayLabel")
    words = words_of(rows, "quotation").get(iri, ())
    article = names.href(words[0].article) if words else ""
    quoted = next((each for each in words if "quotation" in kinds_of(each.supports)), None)
    named = with_words({}, {"": [Value("literal", quoted.exact)]} if quoted else {})
    return {
        "quoted": named[""][0].text if quoted else "a quotation",
        "speakers": [names.name(iri, labels) for iri, labels in speakers.items()],
        "relays": [names.name(iri, labels) for iri, labels in relays.items()],
        "words": words,
        "context": context(words),
        "article": article,
        "local": iri.rpartition("/")[2],
    }


def _follow_links(text: articles.Reading, iri: str, names: Namer) -> dict[str, Name]:
    """Claim or quotation IRI → where a marked word of it leads: the article again, following it."""
    found = {claim for passage in text.passages for segment in passage.segments for claim in segment.claims}
    own = names.href(iri)
    return {
        claim: Name(
            claim,
            "",
            "",
            names.href(claim) if "/quotation/" in claim else f"{own}?claim={claim.rpartition('/')[2]}",
        )
        for claim in found
    }


@blueprint.route("/queries")
def queries() -> Response:
    """The example queries, each with its question and a link that runs it."""
    return page("queries.html", examples=examples.all_examples())


@blueprint.route("/limits")
def limits() -> Response:
    """What a query may take."""
    guards = {
        "length": MAX_LENGTH,
        "nesting": MAX_NESTING,
        "unbound": MAX_UNBOUND_PATTERNS,
        "unions": MAX_UNIONS,
    }
    return page("limits.html", limits=settings().limits, guards=guards)


@blueprint.route("/healthz")
def healthz() -> Response:
    """Alive, and with a graph to query."""
    pool().generation()
    if not pool().ready():
        raise StoreUnavailableError("the store is being opened")
    return Response("ok\n", mimetype="text/plain")


@blueprint.route("/robots.txt")
def robots() -> Response:
    """Crawlers may read pages; queries are for those who ask them."""
    return Response("User-agent: *\nDisallow: /sparql\nDisallow: /data/\nAllow: /\n", mimetype="text/plain")


def page(template: str, **values: object) -> Response:
    """A page from a template, which differs by the reader's language."""
    answer = Response(render_template(template, **values), mimetype="text/html")
    answer.vary.update(("Accept", "Accept-Language"))
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
