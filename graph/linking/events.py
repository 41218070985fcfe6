"""Events: which mentions inside an article tell of the same event.

Two do when their types, participants, times, places and modalities can be the same and nothing sets them
apart. A denied or unconfirmed event is the same as one that another source reports; a planned one is not
the one that took place before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.model import Claim, Event, EventType, Modality, Role

# Types of which one can be told in the words of the other, the more telling type first.
_KIN = (
    (EventType.CALL, EventType.COMMUNICATION),
    (EventType.MEETING, EventType.COMMUNICATION),
)

_REAL = frozenset({Modality.OCCURRED, Modality.ONGOING})
_OPEN = frozenset({Modality.DENIED, Modality.UNCONFIRMED})

# A claim takes up one of the last so many events; an article of a thousand words tells of about ten.
_REMEMBERED = 200


@dataclass(slots=True)
class Group:
    """The claims of one event in the making.

    `agents` are the entities that take part by any claim; `distinct` has one claim for each place, time,
    modality and caller that they name; `led` tells whether one says who leads (of a negotiation).
    """

    type: EventType
    claims: list[Claim] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    distinct: dict[object, Claim] = field(default_factory=dict)
    led: bool = False

    def add(self, claim: Claim) -> None:
        """Take a claim in, and the more telling of the two types."""
        self.type = _telling(self.type, claim.type)
        self.claims.append(claim)
        self.agents |= _agents(claim)
        self.led = self.led or _leads(claim)
        place, time = claim.place, claim.time
        told = (place and place.value, time and time.value, claim.modality, _callers(claim))
        self.distinct.setdefault(told, claim)


def merge(claims: list[Claim], article: str) -> tuple[Event, ...]:
    """The events that `claims` tell of, in the order of the text, with keys that start with the type."""
    groups: list[Group] = []
    by_local: dict[str, Group] = {}
    for claim in claims:
        group = by_local.get(claim.event) or next(
            (known for known in groups[-_REMEMBERED:] if _same(known, claim)), None
        )
        if group is None:
            group = Group(claim.type)
            groups.append(group)
        group.add(claim)
        by_local[claim.event] = group
    keys = dict(zip(map(id, groups), _keys(groups, article), strict=True))
    local = {event: keys[id(group)] for event, group in by_local.items()}
    return tuple(
        Event(
            key=keys[id(group)],
            type=group.type,
            claims=tuple(
                replace(c, event=keys[id(group)], type=group.type, concerns=local.get(c.concerns or ""))
                for c in group.claims
            ),
        )
        for group in groups
    )


def _keys(groups: list[Group], article: str) -> Iterator[str]:
    """A key of each group: its type and first word; events that share both are numbered."""
    used: dict[str, int] = {}
    for group in groups:
        key = f"{group.type}:{article}:{group.claims[0].trigger.start}"
        used[key] = used.get(key, 0) + 1
        yield key if used[key] == 1 else f"{key}.{used[key]}"


def _telling(one: EventType, other: EventType) -> EventType:
    return next((kin[0] for kin in _KIN if {one, other} == set(kin)), one)


def _agents(claim: Claim) -> frozenset[str]:
    return frozenset(part.entity for part in claim.participations)


def _callers(claim: Claim) -> frozenset[str]:
    return frozenset(part.entity for part in claim.participations if part.role is Role.CALLER)


def _leads(claim: Claim) -> bool:
    return any(part.role is Role.LEAD_NEGOTIATOR for part in claim.participations)


def _same(group: Group, claim: Claim) -> bool:
    if group.type is not claim.type and not any({group.type, claim.type} == set(kin) for kin in _KIN):
        return False
    agents = _agents(claim)
    if claim.type is EventType.AGREEMENT and ("verb" in claim.rule or "verb" in group.claims[0].rule):
        return False  # "hanno concordato di …", "hanno concordato che …": what is agreed sets them apart
    # One tells who leads a negotiation and the other between whom it is: then they are one.
    led = claim.type is EventType.NEGOTIATION and _leads(claim) != group.led
    shared = bool(agents) and (agents <= group.agents or group.agents <= agents)
    if not (led or shared) or (claim.type is EventType.STATEMENT and agents != group.agents):
        return False
    return all(_compatible(claim, other) for other in group.distinct.values())


def _compatible(one: Claim, other: Claim) -> bool:
    if one.place and other.place and one.place.value != other.place.value:
        return False
    if one.time and other.time:
        first, second = one.time.value, other.time.value
        if first.latest < second.earliest or second.latest < first.earliest:
            return False
    if not _modalities(one.modality, other.modality):
        return False
    callers, others = _callers(one), _callers(other)
    return not (callers and others and callers != others)


def _modalities(one: Modality, other: Modality) -> bool:
    if one is other or one in _OPEN or other in _OPEN:
        return True
    return one in _REAL and other in _REAL
