"""The page of one thing: an event, a claim, an article, somebody, some place, or whatever has an IRI."""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from graph.store import texts
from ontology.prefixes import PREFIXES
from server.answers import pool
from server.evaluator import account
from server.evaluator.jobs import iri as iri_term
from server.negotiation import GRAPHS, NAMES
from server.opened import lookups
from server.pages import named, namer, page, settings
from server.portraits import agents, articles, citations, claims, things
from server.portraits.glance import glance
from server.portraits.names import Namer, labels_of, shortened
from server.portraits.questions import Answers, Value
from server.portraits.subject import Subject
from server.portraits.words import context, kinds_of, words_of
from server.resources import moved
from server.views import places

blueprint = Blueprint("entity", __name__)

SHOWN = 40
"""Events of somebody that a page shows at once; the others are folded away."""

_LICENCE = "http://purl.org/dc/terms/license"
_LANGUAGE = "http://purl.org/dc/terms/language"
_LATITUDE, _LONGITUDE = f"{PREFIXES['wgs84']}lat", f"{PREFIXES['wgs84']}long"


@blueprint.route("/page/<path:path>")
def thing(path: str) -> Response:
    """The page of one thing; what bears another name since leads there."""
    names, iri = namer(), named("id", path)
    begin = time.monotonic()
    subject = Subject(lookups(), iri)
    found = things.thing(subject, names, _number("page"))
    if (found is None or not found.types) and subject.successor:
        return moved(subject.successor, "page")
    if found is None:
        raise NotFound(f"This graph knows nothing of {iri}")
    template, more = _portrait(found, subject, names)
    account.add(time.monotonic() - begin)
    return _page(path, found, template, more)


def _page(path: str, found: things.Thing, template: str, more: Mapping[str, object]) -> Response:
    iri, generation = found.name.iri, pool().generation().name
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


def _portrait(found: things.Thing, subject: Subject, names: Namer) -> tuple[str, dict[str, object]]:
    """The template for a thing of this kind, and what it shows beside the general."""
    iri = found.name.iri
    if found.kind == "Event":
        return "event.html", _event(found, subject, names)
    if found.kind == "Claim":
        return "claim.html", _claim(subject, names)
    if found.kind == "Quotation":
        return "quotation.html", _quotation(subject, names)
    told = Answers(pool(), {"this": iri_term(iri), "graph": articles.graph_of(iri, names.base)})
    if found.kind == "Article":
        return "article.html", _article(found, told, names)
    if found.kind in agents.QUESTIONS:
        told.ask(*agents.QUESTIONS[found.kind])
        agent = agents.agent(told, found.kind, found.name.iri, names)
        return "agent.html", {"agent": agent, "shown": SHOWN, "most": agents.MOST, "chart": _chart(found)}
    return "thing.html", {}


def _chart(found: things.Thing) -> places.Chart | None:
    """The map of a place whose coordinates are known."""
    try:
        return places.spot(found.name, float(found.first(_LATITUDE)), float(found.first(_LONGITUDE)))
    except ValueError:
        return None


def _event(found: things.Thing, subject: Subject, names: Namer) -> dict[str, object]:
    cards = claims.cards(subject, names)
    modalities = {card.modality.iri: card.modality for card in cards if card.modality is not None}
    return {
        "cards": cards,
        "contexts": {card.local: context(card.words) for card in cards},
        "differences": claims.differences(cards),
        "modalities": list(modalities.values()),
        "glance": glance(cards, [value.text for value in found.values(things.TYPE)]),
        "plain_role": names.word(claims.PLAIN_ROLE),
        "related": agents.listed(subject.concerning, "other", names),
    }


def _claim(subject: Subject, names: Namer) -> dict[str, object]:
    """The card of a claim, or of the one that it passes on."""
    iri, cards = subject.iri, claims.cards(subject, names)
    own = [card for card in cards if iri in (card.claim.iri, *(relay.claim.iri for relay in card.relays))]
    every = [each for card in own for each in (card, *card.relays)]
    source = next((each.source.label for each in every if each.claim.iri == iri and each.source), "")
    contexts = {card.local: context(card.words) for card in own}
    return {"cards": own, "contexts": contexts, "iri": iri, "source": source}


def _article(found: things.Thing, told: Answers, names: Namer) -> dict[str, object]:
    followed, iri = request.args.get("claim", ""), found.name.iri
    licensed = bool(found.first(_LICENCE))
    reading = articles.reading(
        told,
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


def _quotation(subject: Subject, names: Namer) -> dict[str, object]:
    speakers, relays = (
        labels_of(subject.speakers, "speaker", "label"),
        labels_of(subject.relays, "relay", "label"),
    )
    by_span = words_of(subject.words, "span")
    words = tuple(sorted((each for found in by_span.values() for each in found), key=lambda each: each.start))
    article = names.href(words[0].article) if words else ""
    quoted = next((each for each in words if "quotation" in kinds_of(each.supports)), None)
    unnamed = names.speech.plain("quotation.unnamed")
    return {
        "quoted": shortened(Value("literal", quoted.exact)).text if quoted else unnamed,
        "speakers": [names.name(iri, labels) for iri, labels in speakers.items()],
        "relays": [names.name(iri, labels) for iri, labels in relays.items()],
        "words": words,
        "context": context(words),
        "article": article,
        "local": subject.iri.rpartition("/")[2],
    }
