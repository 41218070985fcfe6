"""Slots: what a trigger's frame asks for, filled with mentions."""

from dataclasses import dataclass, field

from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.subjects import Subject
from graph.extraction.triggers import Trigger


@dataclass(slots=True)
class Argument:
    """One filled slot: the role, and the mention; `speaker` when it is whoever speaks the quotation around
    it."""

    role: str
    mention: Mention | None = None
    speaker: bool = False
    dropped: bool = False


@dataclass(slots=True)
class Filled:
    """A trigger with its arguments; `carrier` is the verb that carries a noun, `place` the mention of where.

    `after` tells that the carrier stands behind the noun, which is its subject; `states` are (role, ISO
    country, word) of the adjectives that name a state; `parsed` are (role, mention) by the parse, if any.
    """

    trigger: Trigger
    arguments: list[Argument] = field(default_factory=list)
    place: Mention | None = None
    carrier: Predicate | None = None
    after: bool = False
    states: list[tuple[str, str, int]] = field(default_factory=list)
    parsed: list[tuple[str, Mention]] = field(default_factory=list)

    def add(self, role: str, mentions: tuple[Mention, ...], dropped: bool = False) -> None:
        """Put mentions into a role, each mention once."""
        for mention in mentions:
            if all(argument.mention is not mention for argument in self.arguments):
                self.arguments.append(Argument(role, mention, dropped=dropped))

    def add_subject(self, role: str, subject: Subject) -> None:
        """Put a subject into a role: its mentions, or the speaker."""
        if subject.speaker:
            self.arguments.append(Argument(role, speaker=True))
        self.add(role, subject.mentions, subject.dropped)

    def has(self, role: str) -> bool:
        """Whether a role is filled."""
        return any(argument.role == role for argument in self.arguments)
