"""A place that speaks or acts stands for its state: "Oslo refuses" is Norway's refusal.

The ontology knows no place that acts. Where the reading describes the state in which such a place lies, the
state takes its part; where it does not, who says so or takes part is not known, and the place is left out.
"""

from dataclasses import replace

from graph.model import Claim, Entity, EntityKind, Event, Participation, Quotation, Reading, Source


def resolved(reading: Reading) -> Reading:
    """The reading with states in the parts that places play; the same object where none plays any."""
    described = {entity.key: entity for entity in reading.entities}
    acting = {key for key in _acting(reading) if key in described and described[key].kind is EntityKind.PLACE}
    if not acting:
        return reading
    states = {key: _state(described[key], described) for key in acting}
    return replace(
        reading,
        entities=tuple(
            replace(entity, acts=True) if entity.key in states.values() else entity
            for entity in reading.entities
        ),
        events=tuple(
            Event(event.key, event.type, tuple(_claim(claim, states) for claim in event.claims))
            for event in reading.events
        ),
        quotations=tuple(
            Quotation(quotation.span, _source(quotation.source, states)) for quotation in reading.quotations
        ),
    )


def _acting(reading: Reading) -> set[str]:
    """The keys of all that speak, pass on or take part."""
    claims = [claim for event in reading.events for claim in event.claims]
    sources = [claim.source for claim in claims] + [quotation.source for quotation in reading.quotations]
    speaking = {key for source in sources for key in (*source.speakers, *source.via)}
    return speaking | {each.entity for claim in claims for each in claim.participations}


def _state(place: Entity, described: dict[str, Entity]) -> str | None:
    """The key of the state that the place lies in, however many places lie between."""
    passed = {place.key}
    key = place.located_in
    while key is not None and key in described and key not in passed:
        if described[key].kind is EntityKind.STATE:
            return key
        passed.add(key)
        key = described[key].located_in
    return None


def _claim(claim: Claim, states: dict[str, str | None]) -> Claim:
    return replace(
        claim,
        source=_source(claim.source, states),
        participations=_participations(claim.participations, states),
    )


def _participations(
    found: tuple[Participation, ...], states: dict[str, str | None]
) -> tuple[Participation, ...]:
    """Each role of an agent once: the state may take part under its own name already."""
    kept: dict[tuple[str, str], Participation] = {}
    for each in found:
        key = states.get(each.entity, each.entity)
        if key is not None:
            kept.setdefault((key, each.role), replace(each, entity=key))
    return tuple(kept.values())


def _source(source: Source, states: dict[str, str | None]) -> Source:
    def agents(keys: tuple[str, ...]) -> tuple[str, ...]:
        known = (states.get(key, key) for key in keys)
        return tuple(dict.fromkeys(key for key in known if key is not None))

    return replace(source, speakers=agents(source.speakers), via=agents(source.via))
