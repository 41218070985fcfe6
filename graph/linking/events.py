"""Events: which mentions inside an article tell of the same event.

Two do when their types, participants, times, places and modalities can be the same and nothing sets them
apart. A denied or unconfirmed event is the same as one that another source reports; a planned one is not
the one that took place before.
"""

from dataclasses import dataclass, field, replace

from graph.model import Claim, Event, EventType, Modality, Role

# Types of which one can be told in the words of the other, the more telling type first.
_KIN = (
    (EventType.CALL, EventType.COMMUNICATION),
    (EventType.MEETING, EventType.COMMUNICATION),
)

_REAL = frozenset({Modality.OCCURRED, Modality.ONGOING})
_OPEN = frozenset({Modality.DENIED, Modality.UNCONFIRMED})


@dataclass(slots=True)
class Group:
    """The claims of one event in the making; `local` are the event numbers that extraction gave them."""

    type: EventType
    claims: list[Claim] = field(default_factory=list)
    local: set[str] = field(default_factory=set)

    @property
    def agents(self) -> frozenset[str]:
        """The entities that take part by any of its claims."""
        return frozenset(p.entity for claim in self.claims for p in claim.participations)


def merge(claims: list[Claim], article: str) -> tuple[Event, ...]:
    """The events that `claims` tell of, in the order of the text, with keys that start with the type."""
    groups: list[Group] = []
    for claim in claims:
        group = next((g for g in groups if claim.event in g.local), None) or next(
            (g for g in groups if _same(g, claim)), None
        )
        if group is None:
            group = Group(claim.type)
            groups.append(group)
        group.type = _telling(group.type, claim.type)
        group.claims.append(claim)
        group.local.add(claim.event)
    keys = {local: _key(group, article) for group in groups for local in group.local}
    return tuple(
        Event(
            key=_key(group, article),
            type=group.type,
            claims=tuple(
                replace(c, event=keys[c.event], type=group.type, concerns=keys.get(c.concerns or ""))
                for c in group.claims
            ),
        )
        for group in groups
    )


def _key(group: Group, article: str) -> str:
    return f"{group.type}:{article}:{group.claims[0].trigger.start}"


def _telling(one: EventType, other: EventType) -> EventType:
    return next((kin[0] for kin in _KIN if {one, other} == set(kin)), one)


def _same(group: Group, claim: Claim) -> bool:
    if group.type is not claim.type and not any({group.type, claim.type} == set(kin) for kin in _KIN):
        return False
    agents = frozenset(p.entity for p in claim.participations)
    if claim.type is EventType.AGREEMENT and ("verb" in claim.rule or "verb" in group.claims[0].rule):
        return False  # "hanno concordato di …", "hanno concordato che …": what is agreed sets them apart
    if claim.type is EventType.NEGOTIATION and _led(group, claim):
        return all(_compatible(claim, other) for other in group.claims)
    if not (agents and (agents <= group.agents or group.agents <= agents)):
        return False
    if claim.type is EventType.STATEMENT and agents != group.agents:
        return False
    return all(_compatible(claim, other) for other in group.claims)


def _led(group: Group, claim: Claim) -> bool:
    """Whether one tells who leads a negotiation and the other between whom it is: then they are one."""
    led = any(p.role is Role.LEAD_NEGOTIATOR for p in claim.participations)
    return led != any(p.role is Role.LEAD_NEGOTIATOR for c in group.claims for p in c.participations)


def _compatible(one: Claim, other: Claim) -> bool:
    if one.place and other.place and one.place.value != other.place.value:
        return False
    if one.time and other.time:
        first, second = one.time.value, other.time.value
        if first.latest < second.earliest or second.latest < first.earliest:
            return False
    if not _modalities(one.modality, other.modality):
        return False
    callers = [{p.entity for p in claim.participations if p.role is Role.CALLER} for claim in (one, other)]
    return not (all(callers) and callers[0] != callers[1])


def _modalities(one: Modality, other: Modality) -> bool:
    if one is other or one in _OPEN or other in _OPEN:
        return True
    return one in _REAL and other in _REAL
