"""Whether two articles can tell of the same event: a table of what each type needs, and the comparison.

Alike are tellings of the same type whose participants largely agree, in no opposite roles, whose days can
be the same, whose places lie in one another, and whose modalities do not exclude each other. Durations may
differ: that is what sources disagree about. Where an article does not say when, the days before its
publication stand in, for comparison only; what cannot be narrowed to about a month is like nothing.
"""

from dataclasses import dataclass
from datetime import date

from graph.store.identity.tellings import Days, Telling

RECENT = 2
"""Days before its publication in which an article's undated event was: news is of today, yesterday, the day
before. Half a week, so that two weekly calls of a pair never share a day."""

LONGEST = 37
"""Days, both ends counted, within which an event must lie to be compared: a month, by an article whose own
date is a month, and a few days before it. In a year the same people meet more often than articles tell."""

ALWAYS = (date.min.toordinal(), date.max.toordinal())

REAL = frozenset({"occurred", "ongoing"})
OPEN = frozenset({"denied", "unconfirmed"})
AHEAD = frozenset({"planned", "predicted"})

OPPOSITES = {
    "caller": "callee",
    "speaker": "addressee",
    "host": "visitor",
    "appointer": "appointee",
}
"""Roles that tell two events apart when an agent has the one here and the other there."""
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}


@dataclass(frozen=True, slots=True)
class Needs:
    """What two tellings of a type must share to be alike.

    `agents`: how many participants at least, of those who have one of the roles `by` where the type is about
    them. `day`: the same stated day, equal participants and a common topic, for types of which the same
    people have several in a day. `lasting`: whether an undated one may be of any time.
    """

    agents: int = 2
    by: frozenset[str] = frozenset()
    day: bool = False
    lasting: bool = False


_PARTIES = Needs()
_WORDS = Needs(agents=1, day=True)
NEEDS = {
    "Call": _PARTIES,
    "Meeting": _PARTIES,
    "Communication": _PARTIES,
    "Interview": _PARTIES,
    "Negotiation": _PARTIES,
    "Invitation": _PARTIES,
    "Visit": Needs(agents=1, by=frozenset({"visitor"})),
    "Release": Needs(agents=1, by=frozenset({"patient"})),
    "Transfer": Needs(agents=1, by=frozenset({"patient"})),
    "Appointment": Needs(agents=1, by=frozenset({"appointee"})),
    "Conflict": Needs(lasting=True),
    "Agreement": _WORDS,
    "Statement": _WORDS,
    "Proposal": _WORDS,
    "Rejection": _WORDS,
    "Event": _WORDS,
}
"""Per class of the ontology what its events need; a class that is not here is never linked."""

VAGUE = "Communication"
KIN = frozenset({"Call", "Meeting"})
"""The types that can be told in the words of the vague one ("they spoke")."""


def family(kind: str) -> str:
    """The name under which tellings of this type and those of its kin are looked for."""
    return VAGUE if kind in KIN else kind


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A telling that can be like others, with what they are compared by.

    `kind` is its type, `known_by` the agents that an event of the type is known by, `days` those on which it
    can have been, `is_exact` tells whether the article names one day.
    """

    telling: Telling
    kind: str
    agents: frozenset[str]
    known_by: frozenset[str]
    days: Days
    is_exact: bool

    @property
    def said(self) -> tuple[object, ...]:
        """All that decides what it is compatible with."""
        told = self.telling
        return self.kind, told.roles, told.places, told.modalities, told.topics, self.days, self.is_exact


def candidate(telling: Telling) -> Candidate | None:
    """The telling made ready for comparison; None where it is like no other."""
    kind = _kind(telling)
    if kind is None:
        return None
    needs, agents = NEEDS[kind], telling.agents
    known_by = frozenset(agent for agent, role in telling.roles if role in needs.by) or agents
    window = _days(telling, needs)
    if len(known_by) < needs.agents or window is None:
        return None
    is_exact = telling.stated is not None and window[0] == window[1]
    return Candidate(telling, kind, agents, known_by, window, is_exact)


def _kind(telling: Telling) -> str | None:
    """The one type of the event, the vague one only where there is no other."""
    told = telling.kinds - {VAGUE} if telling.kinds & KIN else telling.kinds
    return next(iter(told)) if len(told) == 1 and told <= NEEDS.keys() else None


def _days(telling: Telling, needs: Needs) -> Days | None:
    """The days on which the event can have been, for comparison."""
    if telling.stated is not None:
        window = telling.stated
    elif needs.lasting and telling.modalities & REAL:
        return ALWAYS
    elif telling.published is None or needs.day:
        return None
    else:
        first, last = telling.published
        ahead = bool(telling.modalities & AHEAD)
        window = (first, min(last + RECENT, ALWAYS[1])) if ahead else (max(first - RECENT, ALWAYS[0]), last)
    return window if 0 <= window[1] - window[0] < LONGEST else None


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether the two can tell of the same event; never two of one article, which tells them apart itself."""
    return one.telling.article != other.telling.article and compatible(one, other)


def compatible(one: Candidate, other: Candidate) -> bool:
    """Whether what the two say can be of one event."""
    return (
        one.days[0] <= other.days[1]
        and other.days[0] <= one.days[1]
        and _same_kind(one.kind, other.kind)
        and _same_people(one, other)
        and not _opposed(one.telling.roles, other.telling.roles)
        and _can_agree(one, other)
        and _can_meet(one.telling, other.telling)
    )


def _same_kind(one: str, other: str) -> bool:
    return one == other or (VAGUE in (one, other) and family(one) == family(other))


def _same_people(one: Candidate, other: Candidate) -> bool:
    needs = NEEDS[one.kind]
    if needs.day:
        same = one.is_exact and other.is_exact and one.agents == other.agents
        return same and bool(one.telling.topics & other.telling.topics)
    shared = len(one.known_by & other.known_by)
    # Half of all: three of a call of four, and not the two who also met apart from a summit of twenty.
    return shared >= needs.agents and 2 * shared >= len(one.known_by | other.known_by)


def _opposed(here: frozenset[tuple[str, str]], there: frozenset[tuple[str, str]]) -> bool:
    """Whether somebody has one role here and its opposite there, and neither in both."""
    return any((agent, OPPOSITES[role]) in there - here for agent, role in here - there if role in OPPOSITES)


def _can_meet(one: Telling, other: Telling) -> bool:
    """Whether each place of the one lies in each of the other, or the other way round.

    A place stands with all that it lies in: where one lies in the other, its set holds the other's.
    """
    return all(mine <= yours or yours <= mine for mine in one.places for yours in other.places)


def _can_agree(one: Candidate, other: Candidate) -> bool:
    """Whether what is said to happen is the same, or is left open or denied by one of the two.

    A plan that names the day is of what took place then.
    """
    mine, yours = one.telling.modalities - OPEN, other.telling.modalities - OPEN
    if not mine or not yours or mine == yours or (mine <= REAL and yours <= REAL):
        return True
    foreseen = mine | yours <= REAL | AHEAD
    return foreseen and (one.is_exact or not mine <= AHEAD) and (other.is_exact or not yours <= AHEAD)
