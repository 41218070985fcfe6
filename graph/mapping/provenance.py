"""The article's own graph: what it is, who says each of its claims, through whom, in which words.

A claim has one source: an agent, several who speak as one, or the article itself. Where an article quotes an
agency that quotes a speaker, the speaker's claim holds the graph, the agency's relays it, and the article's
relays the agency's; a relay repeats its origin and so has no graph of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from graph.mapping import claims, literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Iris, term
from graph.mapping.spans import Spans
from graph.model import Article, Claim, Event, EventType, Medium, Quotation, Source
from ontology import terms as pg

MEDIA = {
    Medium.AGENCY: pg.agencyMedium,
    Medium.INTERVIEW: pg.interviewMedium,
    Medium.CALL: pg.callMedium,
}
"""The media whose concept has another name than the medium: the short name is a class or a role."""

RELAYING = frozenset({Medium.AGENCY, Medium.NEWSPAPER, Medium.BROADCAST})
"""The media that pass on what others say."""

SAYINGS = frozenset({EventType.STATEMENT, EventType.INTERVIEW, EventType.COMMUNICATION})
"""Events in which something is said, so that a claim can have been made in them."""


def medium(value: Medium) -> NamedNode:
    """The concept of a medium."""
    return MEDIA.get(value) or term(value.value)


def media(source: Source) -> tuple[NamedNode | None, NamedNode]:
    """The medium of the origin, and the one of those who pass it on (an agency where nothing else is said).

    A newspaper or an agency that somebody is quoted from is the relay's medium, not the speaker's own.
    """
    if source.medium is None:
        return None, pg.agencyMedium
    if source.via and source.medium in RELAYING:
        return None, medium(source.medium)
    return medium(source.medium), pg.agencyMedium


@dataclass(frozen=True, slots=True)
class Link:
    """One member of the chain of a claim: who says so, which member it is (the origin: ""), through what."""

    agents: tuple[NamedNode, ...]
    part: str
    medium: NamedNode | None


def chain(source: Source, iris: Iris) -> tuple[Link, ...]:
    """From the origin outward: the speakers (or the article itself), the relays, the article if it relays."""
    origin = tuple(iris.entity(key) for key in source.speakers) or (iris.article,)
    own, relayed = media(source)
    links = [Link(origin, "", own)]
    for distance, relay in enumerate(source.via):
        links.append(Link((iris.entity(relay),), f"via {distance}", relayed))
    if source.via:
        links.append(Link((iris.article,), "via article", None))
    return tuple(links)


def claim_quads(
    claim: Claim, index: int, events: tuple[Event, ...], iris: Iris, spans: Spans
) -> Iterator[Quad]:
    """All that is said about a claim, and the graph of its origin."""
    graph = iris.article_graph
    words = claims.evidence(claim, iris, spans)
    attribution = claim.source.span or claim.trigger
    relaying = {iris.span(claim.trigger), iris.span(attribution)}
    yield from claims.participation_evidence(claim, graph, iris, spans)
    inner: NamedNode | None = None
    for link in chain(claim.source, iris):
        node = iris.claim(claim, index, link.part)
        yield from _claim_node(claim, node, link, relaying if link.part else words, iris)
        if inner is None:
            yield from claims.quads(claim, node, iris)
            yield from _origin_only(claim, node, events, iris)
        else:
            yield Quad(node, pg.relays, inner, graph)
        inner = node


def _claim_node(
    claim: Claim, node: NamedNode, link: Link, words: set[NamedNode], iris: Iris
) -> Iterator[Quad]:
    """What origin and relays have in common."""
    graph = iris.article_graph
    yield Quad(node, v.RDF_TYPE, pg.Claim, graph)
    yield Quad(node, pg.about, iris.event(claim.event), graph)
    yield Quad(node, pg.modality, term(claim.modality.value), graph)
    for agent in link.agents:
        yield Quad(node, pg.attributedTo, agent, graph)
    if link.medium is not None:
        yield Quad(node, pg.medium, link.medium, graph)
    for span in words:
        yield Quad(node, pg.evidence, span, graph)


def _origin_only(claim: Claim, node: NamedNode, events: tuple[Event, ...], iris: Iris) -> Iterator[Quad]:
    """What is true of the claim where it comes from, and not of its relays."""
    graph = iris.article_graph
    for local in _not_stated(claim, events):
        yield Quad(node, pg.notStated, term(local), graph)
    if claim.rule:
        yield Quad(node, pg.rule, literals.text(claim.rule), graph)
    yield Quad(node, pg.confidence, literals.decimal(claim.confidence), graph)
    if claim.source.platform is not None:
        yield Quad(node, v.PUBLISHER, iris.entity(claim.source.platform), graph)
    for saying in _sayings(claim, events):
        yield Quad(node, pg.madeIn, iris.event(saying), graph)


def _not_stated(claim: Claim, events: tuple[Event, ...]) -> set[str]:
    """What the claim leaves open; of a call of which all claims together name one party, the other too."""
    open_ones = set(claim.not_stated)
    for event in events:
        if event.key == claim.event and event.type is EventType.CALL:
            parties = {each.entity for other in event.claims for each in other.participations}
            if len(parties) < 2:
                open_ones.add("hasParticipant")
    return open_ones


def _sayings(claim: Claim, events: tuple[Event, ...]) -> list[str]:
    """The events of saying that the words of the claim's attribution name."""
    said = claim.source.span
    if said is None:
        return []
    return sorted(
        event.key
        for event in events
        if event.type in SAYINGS
        and event.key != claim.event
        and any(said.overlaps(other.trigger) for other in event.claims)
    )


def quotation_quads(quotation: Quotation, iris: Iris, spans: Spans) -> Iterator[Quad]:
    """A quotation with its speaker, or the statement that it has none; relays as of a claim."""
    graph, source = iris.article_graph, quotation.source
    words = [spans.add(quotation.span, pg.exact)]
    if source.span is not None:
        words.append(spans.add(source.span, pg.attributedTo))
    node = iris.quotation(quotation.span)
    yield Quad(node, v.RDF_TYPE, pg.Quotation, graph)
    for span in words:
        yield Quad(node, pg.evidence, span, graph)
    if not source.speakers:
        yield Quad(node, pg.notStated, pg.attributedTo, graph)
    for speaker in source.speakers:
        yield Quad(node, pg.attributedTo, iris.entity(speaker), graph)
    own, relayed = media(source)
    if own is not None:
        yield Quad(node, pg.medium, own, graph)
    if source.platform is not None:
        yield Quad(node, v.PUBLISHER, iris.entity(source.platform), graph)
    yield from _quotation_relays(quotation, node, words[-1], relayed, iris)


def _quotation_relays(
    quotation: Quotation, node: NamedNode, words: NamedNode, through: NamedNode, iris: Iris
) -> Iterator[Quad]:
    """Each relay claims that the words were said; it is no quotation, so that a quotation counts once."""
    graph, inner = iris.article_graph, node
    for distance, relay in enumerate(quotation.source.via):
        outer = iris.quotation(quotation.span, f"via {distance}")
        yield Quad(outer, v.RDF_TYPE, pg.Claim, graph)
        yield Quad(outer, pg.modality, pg.occurred, graph)
        yield Quad(outer, pg.attributedTo, iris.entity(relay), graph)
        yield Quad(outer, pg.medium, through, graph)
        yield Quad(outer, pg.evidence, words, graph)
        yield Quad(outer, pg.relays, inner, graph)
        inner = outer


def article_quads(article: Article, language: str, iris: Iris) -> Iterator[Quad]:
    """The article's metadata: no clock, no file name, nothing that differs between two builds."""
    node, graph = iris.article, iris.article_graph
    yield Quad(node, v.RDF_TYPE, pg.Article, graph)
    yield Quad(node, v.LANGUAGE, literals.text(language), graph)
    yield Quad(node, v.LABEL, literals.text(_heading(article), language), graph)
    if article.published is not None:
        yield Quad(node, pg.edtf, literals.text(article.published.edtf), graph)
        yield Quad(node, pg.earliest, literals.day(article.published.earliest), graph)
        yield Quad(node, pg.latest, literals.day(article.published.latest), graph)
    if article.title:
        yield Quad(node, v.TITLE, literals.text(article.title, language), graph)
    if article.url:
        yield Quad(node, v.SOURCE, NamedNode(article.url), graph)
    for predicate, value in (
        (v.PUBLISHER, article.publisher),
        (v.CREATOR, article.author),
    ):
        if value:
            yield Quad(node, predicate, literals.text(value), graph)
    if article.licence:
        is_address = ADDRESS.fullmatch(article.licence)
        licence = NamedNode(article.licence) if is_address else literals.text(article.licence)
        yield Quad(node, v.LICENCE, licence, graph)


ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
"""A licence given by its address, as the licences of Creative Commons are; otherwise it is a name."""

HEADING_WORDS = 10
"""Words of the prose that stand for a title where there is none."""


def _heading(article: Article) -> str:
    if article.title:
        return article.title
    words = article.body.of(article.text).split(maxsplit=HEADING_WORDS)
    return " ".join(words[:HEADING_WORDS]) + (" …" if len(words) > HEADING_WORDS else "")
