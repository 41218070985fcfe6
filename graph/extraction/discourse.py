"""Discourse: who "lui", "i due leader" and "abbiamo" are, from what the article told before.

The memory keeps the agents of each event in the order of the text. A pair is the two of the last event between
two, or the last two people named; the speaker who reports is not one of them.
"""

from graph.extraction.attribution import Attribution
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.model import EntityKind


class Discourse:
    """What has been told so far; `told` holds, per event, the word of its trigger and its agents' cluster numbers."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.told: list[tuple[int, tuple[int, ...]]] = []

    def tell(self, index: int, agents: tuple[int, ...]) -> None:
        """Remember an event between `agents` at word `index`."""
        self.told.append((index, agents))

    def resolve(self, mention: Mention, attribution: Attribution | None) -> tuple[int, ...]:
        """The clusters that a mention stands for; empty when the text before leaves it open."""
        if mention.cluster >= 0:
            return (mention.cluster,)
        reporters = {m.cluster for m in attribution.speakers} if attribution else set()
        if mention.form == "pronoun":
            return self._pronoun(mention)
        if mention.form == "pair":
            return self._pair(mention, reporters)
        return ()

    def _people_before(self, index: int) -> list[Mention]:
        return [
            m for m in self.clauses.mentions
            if m.last < index and m.cluster >= 0 and m.kind is EntityKind.PERSON
        ]  # fmt: skip

    def _pronoun(self, mention: Mention) -> tuple[int, ...]:
        if mention.number == "p":
            return self._pair(mention, set())
        sentence = self.words[mention.first].sentence
        fellows = {m.cluster for m in self.clauses.group(mention)}
        people = [m for m in self._people_before(mention.first) if m.cluster not in fellows]
        here = [m for m in people if self.words[m.first].sentence == sentence and not m.prep]
        if here:
            return (here[0].cluster,)
        return (people[-1].cluster,) if people else ()

    def _pair(self, mention: Mention, reporters: set[int]) -> tuple[int, ...]:
        for _, agents in reversed([t for t in self.told if t[0] < mention.first]):
            pair = tuple(dict.fromkeys(agents))
            if len(pair) == 2 and not reporters & set(pair):
                return pair
        recent: list[int] = []
        for m in reversed(self._people_before(mention.first)):
            if m.cluster not in recent and m.cluster not in reporters:
                recent.append(m.cluster)
            if len(recent) == 2:
                return tuple(reversed(recent))
        return ()

    def partner(self, speaker: int, index: int) -> int | None:
        """With whom the speaker of "abbiamo concordato" agreed: the other of the last pair that includes him."""
        for _, agents in reversed([t for t in self.told if t[0] < index]):
            pair = tuple(dict.fromkeys(agents))
            if len(pair) == 2 and speaker in pair:
                return pair[0] if pair[1] == speaker else pair[1]
        group = [
            self.clauses.group(m) for m in self.clauses.mentions
            if m.last < index and len(self.clauses.group(m)) == 2
        ]  # fmt: skip
        for members in reversed(group):
            clusters = [c for m in members for c in self.resolve(m, None)]
            if speaker in clusters and len(set(clusters)) == 2:
                return next(c for c in clusters if c != speaker)
        return None
