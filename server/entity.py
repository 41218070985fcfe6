"""The page of one thing: an event, a claim, an article, somebody, some place, or whatever has an IRI."""

import re
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from graph.store import texts
from ontology.prefixes import PREFIXES
from server.answers import pool
from server.evaluator.jobs import iri as iri_term
from server.negotiation import GRAPHS, NAMES
from server.pages import named, namer, page, settings
from server.portraits import agents, articles, citations, claims, things
from server.portraits.glance import glance
from server.portraits.names import Namer, labels_of, with_words
from server.portraits.questions import Question, Value, ask
from server.portraits.words import context, kinds_of, words_of
from server.views import places

blueprint = Blueprint("entity", __name__)

AGENTS = ("Person", "Organization", "Country", "Place")

SHOWN = 40
"""Events of somebody that a page shows at once; the others are folded away."""

_LICENCE = "http://purl.org/dc/terms/license"
_LANGUAGE = "http://purl.org/dc/terms/language"
_LATITUDE, _LONGITUDE = f"{PREFIXES['wgs84']}lat", f"{PREFIXES['wgs84']}long"


@blueprint.route("/page/<path:path>")
def thing(path: str) -> Response:
    """The page of one thing."""
    names, iri = namer(), named("id", path)
    found = things.thing(pool(), iri, names, _number("page"))
    if found is None:
        raise NotFound(f"This graph knows nothing of {iri}")
    template, more = _portrait(found, iri, names)
    generation = pool().generation().name
    answer = page(
        template,
        thing=found,
        path=path,
        forms=[(name, NAMES[name]) for name in GRAPHS],
        generation=generation,
        bibtex=citations.bibtex(found.name, generation),
        queries=citations.queries(found.kind, iri),
        **more,
    )
    quoted = quote(path)
    links = [f'<{iri}>; rel="cite-as"', f'<{iri}>; rel="describes"']
    links += [f'</data/{quoted}.{name}>; rel="describedby"; type="{media}"' for name, media in GRAPHS.items()]
    answer.headers["Link"] = ", ".join(links)
    return answer


def _number(parameter: str) -> int:
    """A parameter of the address that counts from 1; 1 for what is no such number."""
    text = request.args.get(parameter, "1")
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 1


def _portrait(found: things.Thing, iri: str, names: Namer) -> tuple[str, dict[str, object]]:
    """The template for a thing of this kind, and what it shows beside the general."""
    if found.kind == "Event":
        return "event.html", _event(found, iri, names)
    if found.kind == "Claim":
        return "claim.html", _claim(iri, names)
    if found.kind == "Article":
        return "article.html", _article(found, iri, names)
    if found.kind == "Quotation":
        return "quotation.html", _quotation(iri, names)
    if found.kind in AGENTS:
        portrait = {"agent": agents.agent(pool(), iri, names), "shown": SHOWN, "chart": _chart(found)}
        return "agent.html", portrait
    return "thing.html", {}


def _chart(found: things.Thing) -> places.Chart | None:
    """The map of a place whose coordinates are known."""
    try:
        return places.spot(found.name, float(found.first(_LATITUDE)), float(found.first(_LONGITUDE)))
    except ValueError:
        return None


def _event(found: things.Thing, iri: str, names: Namer) -> dict[str, object]:
    cards = claims.cards(pool(), iri, names)
    modalities = {card.modality.iri: card.modality for card in cards if card.modality is not None}
    related = ask(pool(), [Question("concerning", {"event": iri_term(iri)})])[0]
    return {
        "cards": cards,
        "contexts": {card.local: context(card.words) for card in cards},
        "differences": claims.differences(cards),
        "modalities": list(modalities.values()),
        "glance": glance(cards, [value.text for value in found.values(things.TYPE)]),
        "plain_role": names.word(claims.PLAIN_ROLE),
        "related": agents.listed(related, "other", names),
    }


def _claim(iri: str, names: Namer) -> dict[str, object]:
    """The card of a claim, or of the one that it passes on."""
    events = ask(pool(), [Question("event_of", {"claim": iri_term(iri)})])[0]
    cards = claims.cards(pool(), events[0]["event"].text, names) if events else []
    own = [card for card in cards if iri in (card.claim.iri, *(relay.claim.iri for relay in card.relays))]
    every = [each for card in own for each in (card, *card.relays)]
    source = next((each.source.label for each in every if each.claim.iri == iri and each.source), "")
    contexts = {card.local: context(card.words) for card in own}
    return {"cards": own, "contexts": contexts, "iri": iri, "source": source}


def _article(found: things.Thing, iri: str, names: Namer) -> dict[str, object]:
    followed = request.args.get("claim", "")
    licensed = bool(found.first(_LICENCE))
    reading = articles.reading(
        pool(),
        texts.read(Path(settings().store), iri.rpartition("/")[2]),
        iri,
        names,
        licensed,
        followed,
        _number("part"),
    )
    return {
        "reading": reading,
        "follow": articles.followable(reading, iri, names),
        "written": found.first(_LANGUAGE),
    }


def _quotation(iri: str, names: Namer) -> dict[str, object]:
    bound = {"quotation": iri_term(iri)}
    rows, sources = ask(pool(), [Question("quotation", bound), Question("speakers", bound)])
    speakers, relays = labels_of(sources, "speaker", "label"), labels_of(sources, "relay", "relayLabel")
    words = words_of(rows, "quotation").get(iri, ())
    article = names.href(words[0].article) if words else ""
    quoted = next((each for each in words if "quotation" in kinds_of(each.supports)), None)
    shortened = with_words({}, {"": [Value("literal", quoted.exact)]} if quoted else {})
    return {
        "quoted": shortened[""][0].text if quoted else names.speech.plain("quotation.unnamed"),
        "speakers": [names.name(iri, labels) for iri, labels in speakers.items()],
        "relays": [names.name(iri, labels) for iri, labels in relays.items()],
        "words": words,
        "context": context(words),
        "article": article,
        "local": iri.rpartition("/")[2],
    }
