"""Linking: an article's extraction becomes a reading, in which every key is the same in every article."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.findings import Cluster, Extraction
from graph.lexicon.names import fold
from graph.linking.entities import entities_of, state_of_office, states_of
from graph.linking.events import merge
from graph.model import Claim, Entity, Grounded, Office, Quotation, Reading, Source


def link(extraction: Extraction) -> Reading:
    """The reading of one article: entities with global keys, claims grouped into events."""
    entities, keys = entities_of(extraction)
    offices = tuple(_offices(extraction.clusters, keys))
    entities += states_of(offices, entities)
    claims = [_claim(claim, keys) for claim in extraction.claims]
    quotations = tuple(Quotation(q.span, _source(q.source, keys)) for q in extraction.quotations)
    events = merge(claims, extraction.article.id)
    return Reading(
        article=extraction.article,
        language=extraction.language,
        entities=_used(entities, claims, quotations),
        offices=offices,
        events=events,
        quotations=quotations,
        topics={key: dict(labels) for key, labels in extraction.topics},
        usage=extraction.usage,
    )


def _claim(claim: Claim, keys: Mapping[str, str]) -> Claim:
    return replace(
        claim,
        source=_source(claim.source, keys),
        participations=tuple(replace(p, entity=keys[p.entity]) for p in claim.participations),
        place=Grounded(keys[claim.place.value], claim.place.span) if claim.place else None,
        topics=tuple(Grounded(keys.get(topic.value, topic.value), topic.span) for topic in claim.topics),
    )


def _source(source: Source, keys: Mapping[str, str]) -> Source:
    return replace(
        source,
        speakers=tuple(dict.fromkeys(keys[speaker] for speaker in source.speakers)),
        via=tuple(dict.fromkeys(keys[relay] for relay in source.via)),
        platform=keys[source.platform] if source.platform else None,
    )


def _used(
    entities: list[Entity], claims: list[Claim], quotations: tuple[Quotation, ...]
) -> tuple[Entity, ...]:
    """The entities with `acts` and `located` as the claims use them; a state that is only spoken of is
    located."""
    acting = {p.entity for claim in claims for p in claim.participations}
    for source in [*(claim.source for claim in claims), *(quotation.source for quotation in quotations)]:
        acting |= {*source.speakers, *source.via}
    places = {claim.place.value for claim in claims if claim.place}
    return tuple(
        replace(entity, acts=_acts(entity, acting), located=entity.key in places or entity.located)
        for entity in entities
    )


def _acts(entity: Entity, acting: set[str]) -> bool:
    return entity.key in acting or entity.kind.value in ("person", "organization")


def _offices(clusters: Iterable[Cluster], keys: Mapping[str, str]) -> Iterable[Office]:
    seen: set[tuple[str, str]] = set()
    for cluster in clusters:
        for title in cluster.titles:
            known = (keys[cluster.key], fold(title.text))
            if known not in seen:
                seen.add(known)
                yield Office(keys[cluster.key], title.text, title.span, state_of_office(title.text, cluster))
