"""Drafts: claims in the making, still with words and clusters."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.extraction.attribution import Attribution
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.slots import Filled
from graph.extraction.times import TimeExpression
from graph.extraction.topics import Topic
from graph.model import EventType


@dataclass(slots=True)
class Draft:
    """A claim in the making, still with words and clusters; `event` is its number, local to the article.

    `way` tells how its agents were found when not by the frame: parse, or clause (those named beside it).
    """

    filled: Filled
    event: str
    attribution: Attribution | None
    participants: list[tuple[str, int, Mention | None]] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    concerns: str | None = None
    guessed: bool = False
    way: str = ""

    @property
    def type(self) -> EventType:
        """The event type that its frame evokes."""
        return EventType(self.filled.trigger.frame.type)

    @property
    def agents(self) -> tuple[int, ...]:
        """The clusters that take part, each once."""
        return tuple(dict.fromkeys(cluster for _, cluster, _ in self.participants))


def with_agents(drafts: list[Draft]) -> list[Draft]:
    """The drafts of events in which somebody takes part."""
    events = {draft.event for draft in drafts if draft.agents}
    return [draft for draft in drafts if draft.event in events]


def by_sentence(drafts: Iterable[Draft], clauses: Clauses) -> dict[int, list[Draft]]:
    """The drafts by the number of the sentence that their trigger stands in."""
    found: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[clauses.words[draft.filled.trigger.first].sentence].append(draft)
    return found
