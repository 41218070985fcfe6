"""A reading as the JSON object that `parleygraph extract` writes, one per article.

Claims about one event are merged here: each value is the best supported one, by the sum of the confidences of
the claims that give it. What the claims say one by one is in the TriG.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from graph.mapping.iris import Iris
from graph.mapping.metonyms import resolved
from graph.model import (
    Claim,
    Entity,
    EntityKind,
    Event,
    EventType,
    Grounded,
    Period,
    Quotation,
    Reading,
    Role,
)

INITIATORS = frozenset({Role.CALLER, Role.SPEAKER, Role.APPOINTER})
ADDRESSEES = frozenset({Role.CALLEE, Role.ADDRESSEE, Role.APPOINTEE, Role.PATIENT})
NEGOTIATORS = frozenset({Role.LEAD_NEGOTIATOR, Role.NEGOTIATOR})
HANDLING = frozenset({EventType.RELEASE, EventType.TRANSFER})
"""Events done to somebody: the one who is no patient does it."""

Value = TypeVar("Value", bound=Hashable)
Record = dict[str, Any]


def record(reading: Reading, base: str) -> Record:
    """The article's actors, locations, events and quotations, with names and IRIs below `base`."""
    return _Names(resolved(reading), base).record()


class _Names:
    """One reading with what its records need: the IRIs, and the name of each key."""

    def __init__(self, reading: Reading, base: str) -> None:
        self._reading = reading
        self._iris = Iris(reading, base)

    def record(self) -> Record:
        reading, published = self._reading, self._reading.article.published
        return {
            "id": reading.article.id,
            "language": reading.language,
            "date": published.edtf if published else None,
            "actors": [
                self._actor(each)
                for each in reading.entities
                if each.kind is not EntityKind.PLACE and each.acts
            ],
            "locations": [self._location(each) for each in reading.entities if self._is_location(each)],
            "events": [self._event(each) for each in reading.events],
            "quotes": [self._quote(each) for each in reading.quotations],
        }

    def _is_location(self, entity: Entity) -> bool:
        return entity.located

    def _actor(self, entity: Entity) -> Record:
        offices = [office.title for office in self._reading.offices if office.holder == entity.key]
        return {
            "name": entity.name,
            "kind": entity.kind.value,
            "aliases": list(entity.aliases),
            "roles": list(dict.fromkeys(offices)),
            "iri": self._iris.entity(entity.key).value,
            "wikidata": entity.wikidata,
        }

    def _location(self, entity: Entity) -> Record:
        return {
            "name": entity.name,
            "aliases": list(entity.aliases),
            "iri": self._iris.entity(entity.key).value,
            "wikidata": entity.wikidata,
        }

    def _event(self, event: Event) -> Record:
        claims, text = event.claims, self._reading.article.text
        modality = best(claims, lambda claim: claim.modality)
        agreeing = [claim for claim in claims if claim.modality is modality]
        leading = max(agreeing, key=lambda claim: claim.confidence)
        duration = best(claims, lambda claim: _value(claim.duration))
        place = best(claims, lambda claim: _value(claim.place))
        triggers = sorted({claim.trigger for claim in claims})
        return {
            "type": event.type.value,
            "participants": self._participants(claims, frozenset(Role)),
            "initiator": self._initiator(event),
            "addressee": next(iter(self._participants(claims, ADDRESSEES)), None),
            "negotiators": self._participants(claims, NEGOTIATORS),
            "place": None if place is None else self._name(place),
            "time": _time(best(claims, lambda claim: _value(claim.time))),
            "duration_minutes": duration.minutes if duration else None,
            "duration_approximate": duration.approximate if duration else None,
            "topics": self._topics(claims),
            "modality": modality.value if modality else None,
            "trigger": leading.trigger.of(text),
            "evidence": [{"start": each.start, "end": each.end, "text": each.of(text)} for each in triggers],
            "attributed_to": self._unique(key for claim in agreeing for key in claim.source.speakers),
            "via": self._unique(key for claim in agreeing for key in claim.source.via),
            "rule": leading.rule,
            "confidence": round(leading.confidence, 2),
            "iri": self._iris.event(event.key).value,
        }

    def _quote(self, quotation: Quotation) -> Record:
        source, span = quotation.source, quotation.span
        return {
            "speaker": next(iter(self._unique(source.speakers)), None),
            "text": span.of(self._reading.article.text),
            "medium": source.medium.value if source.medium else None,
            "via": self._unique(source.via),
            "start": span.start,
            "end": span.end,
        }

    def _initiator(self, event: Event) -> str | None:
        named = self._participants(event.claims, INITIATORS)
        if not named and event.type in HANDLING and self._participants(event.claims, {Role.PATIENT}):
            named = self._participants(event.claims, {Role.PARTICIPANT})
        return named[0] if named else None

    def _participants(self, claims: Iterable[Claim], roles: Iterable[Role]) -> list[str]:
        """Names in the order of the claims, of those who take part in one of the `roles`."""
        wanted = frozenset(roles)
        return self._unique(
            each.entity for claim in claims for each in claim.participations if each.role in wanted
        )

    def _topics(self, claims: Iterable[Claim]) -> list[str]:
        keys = dict.fromkeys(topic.value for claim in claims for topic in claim.topics)
        return [self._topic(key) for key in keys]

    def _topic(self, key: str) -> str:
        """The topic's label in the article's language, or in any."""
        if self._iris.is_described(key):
            return self._name(key)
        labels = self._reading.topics.get(key, {})
        return labels.get(self._reading.language) or next(iter(labels.values()), key)

    def _name(self, key: str) -> str:
        return self._iris.described(key).name

    def _unique(self, keys: Iterable[str]) -> list[str]:
        return [self._name(key) for key in dict.fromkeys(keys)]


def best(claims: Iterable[Claim], value_of: Callable[[Claim], Value | None]) -> Value | None:
    """The value with the most confidence behind it, the first among equals; None where no claim has one."""
    support: dict[Value, float] = {}
    for claim in claims:
        value = value_of(claim)
        if value is not None:
            support[value] = support.get(value, 0.0) + claim.confidence
    return max(support, key=lambda value: support[value]) if support else None


def _value(grounded: Grounded[Value] | None) -> Value | None:
    return None if grounded is None else grounded.value


def _time(period: Period | None) -> Record | None:
    if period is None:
        return None
    return {
        "value": period.edtf,
        "earliest": period.earliest.isoformat(),
        "latest": period.latest.isoformat(),
    }
