"""How a model's claims meet the rules': what both tell is surer, what the model alone tells is a claim of its
own, and where they differ on the same words the rules are believed.

Two are of one event when they evoke it by the same words, or in one sentence by the same type and a common
participant.
"""

from dataclasses import replace

from graph.llm.citations import Passages
from graph.model import Claim, EventType, Role

# Types of which one can be told in the words of the other.
_KIN = frozenset(
    {
        frozenset({EventType.CALL, EventType.COMMUNICATION}),
        frozenset({EventType.MEETING, EventType.COMMUNICATION}),
    }
)

# Events that are about another, which the same words may tell ("invitato a Oslo").
_ABOUT = frozenset(
    {
        EventType.INVITATION,
        EventType.PROPOSAL,
        EventType.REJECTION,
        EventType.APPOINTMENT,
        EventType.STATEMENT,
    }
)

# Nothing found by machines is certain.
_SUREST = 0.99


class Agreement:
    """The claims of an article, the rules' first, to which a model's are added one by one."""

    def __init__(self, claims: tuple[Claim, ...], passages: Passages) -> None:
        self._rules = list(claims)
        self._added: list[Claim] = []
        self._events: dict[str, str] = {}
        self._passages = passages
        self.confirmed: set[int] = set()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims in the order of their triggers, the rules' before the model's; events that the model
        shares with the rules have the rules' keys."""
        own = (
            replace(
                claim,
                event=self._events.get(claim.event, claim.event),
                concerns=self._events.get(claim.concerns or "", claim.concerns),
            )
            for claim in self._added
        )
        return tuple(sorted([*self._rules, *own], key=lambda claim: claim.trigger.start))

    @property
    def kept(self) -> int:
        """How many claims are the model's own."""
        return len(self._added)

    def add(self, claim: Claim) -> str:
        """Takes in a claim of the model; why it is dropped, empty when it is not."""
        if any(replace(known, event=claim.event) == claim for known in self._added):
            return "told twice"
        index = self._partner(claim)
        if index is None or _is_apart(self._rules[index], claim):
            self._added.append(claim)
            return ""
        known = self._rules[index]
        if known.type is not claim.type and {known.type, claim.type} not in _KIN:
            return "the rules read another type"
        if known.modality is not claim.modality:
            return "the rules read another modality"
        self._events[claim.event] = known.event
        if index not in self.confirmed:
            self.confirmed.add(index)
            self._rules[index] = _surer(known, claim)
        if not _is_part(claim, known):
            self._added.append(replace(claim, type=known.type))
        return ""

    def _partner(self, claim: Claim) -> int | None:
        """The rules' claim of the same event."""
        same_words = [i for i, known in enumerate(self._rules) if known.trigger.overlaps(claim.trigger)]
        same_type = [i for i in same_words if self._rules[i].type is claim.type]
        if same_words:
            return (same_type or same_words)[0]
        sentence, agents = self._passages.number(claim.trigger.start), _agents(claim)
        return next(
            (
                index
                for index, known in enumerate(self._rules)
                if known.type is claim.type
                and self._passages.number(known.trigger.start) == sentence
                and agents & _agents(known)
            ),
            None,
        )


def _is_apart(known: Claim, claim: Claim) -> bool:
    """Whether the same words can tell of both: an invitation, and the visit that it is about."""
    return (known.type in _ABOUT) != (claim.type in _ABOUT)


def _agents(claim: Claim) -> set[str]:
    return {part.entity for part in claim.participations}


def _surer(known: Claim, claim: Claim) -> Claim:
    """The rules' claim with the model's name and, as of two that err apart, a higher confidence."""
    confidence = 1 - (1 - known.confidence) * (1 - claim.confidence)
    together = max(known.confidence, min(_SUREST, round(confidence, 2)))
    return replace(known, rule=f"{known.rule}+{claim.rule}", confidence=together)


def _is_part(claim: Claim, known: Claim) -> bool:
    """Whether `known` says all that `claim` says."""
    parts = {(part.entity, part.role) for part in known.participations}
    parts |= {(part.entity, Role.PARTICIPANT) for part in known.participations}
    told = all((part.entity, part.role) in parts for part in claim.participations)
    topics = {topic.value for topic in known.topics}
    source = not claim.source.speakers or claim.source.speakers == known.source.speakers
    single = (
        (claim.place, known.place),
        (claim.time, known.time),
        (claim.duration, known.duration),
    )
    values = all(one is None or (other is not None and one.value == other.value) for one, other in single)
    return told and source and values and all(topic.value in topics for topic in claim.topics)
