"""An event at a glance: who, when, where, how long, about what, each value with those who say so.

What no source tells is a line too: "not stated" is an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ontology import terms as pg
from server.portraits.claims import Card
from server.portraits.contents import Statement
from server.portraits.names import Name

LINES = (
    ("who", pg.participation.value, ""),
    ("when", pg.edtf.value, pg.edtf.value),
    ("where", pg.hasPlace.value, pg.hasPlace.value),
    ("how-long", pg.duration.value, pg.duration.value),
    ("about", pg.topic.value, ""),
    ("concerns", pg.concerns.value, ""),
)
"""Key of the line's message, the property that answers it, the property whose silence is worth a line."""

_LASTING = {pg.Call, pg.Meeting, pg.Interview, pg.Negotiation, pg.Visit}
"""Types of events of which a reader asks how long they took."""


@dataclass(frozen=True)
class Told:
    """A value of a line: the statement, the claims that make it in order, and remarks on it, each once."""

    statement: Statement
    cards: list[Card] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def sources(self) -> list[Name]:
        """Who says so, each once."""
        named = {card.source.iri: card.source for card in self.cards if card.source is not None}
        return list(named.values())


@dataclass(frozen=True)
class Line:
    """One question about the event; no values mean that no source answers it."""

    key: str
    values: tuple[Told, ...]
    contested: bool
    """Whether sources answer differently, so that each value needs its source beside it."""


def glance(cards: Sequence[Card], types: Sequence[str]) -> list[Line]:
    """The lines of an event with these claims, in the order in which a reader asks."""
    lines = []
    for key, predicate, silent in LINES:
        values: dict[str, Told] = {}
        for card in cards:
            for statement in card.statements:
                if statement.predicate == predicate:
                    told = values.setdefault(_key(statement), Told(statement))
                    told.cards.append(card)
                    if statement.remark and statement.remark not in told.remarks:
                        told.remarks.append(statement.remark)
        if values or (silent and _asked(silent, types)):
            contested = key == "how-long" or (bool(silent) and len(values) > 1)
            lines.append(Line(key, tuple(values.values()), contested))
    return lines


def _key(statement: Statement) -> str:
    """What makes two claims say the same: the value, and of somebody also the role; not the office."""
    return f"{statement.label} {statement.value.iri if statement.value else statement.text}"


def _asked(predicate: str, types: Sequence[str]) -> bool:
    """Whether a reader expects an answer from an event of these types."""
    return predicate != pg.duration.value or any(each.value in types for each in _LASTING)
