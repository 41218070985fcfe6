"""Discourse: who "lui", "i due leader" and "abbiamo" are, from what the article told before.

The memory keeps the agents of each event in the order of the text. A pair is the two of the last event
between two, or the last two people named; the speaker who reports is not one of them.
"""

from collections import deque
from collections.abc import Iterator

from graph.extraction.attribution import Attribution
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.model import EntityKind

# Events further back than this are out of a reader's mind (a long article tells of thirty in all).
_REMEMBERED = 60


class Discourse:
    """What has been told so far; `told` holds per event the word of its trigger and its agents' clusters."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self._told_of: dict[int, tuple[int, ...]] = {}
        self.told: deque[tuple[int, tuple[int, ...]]] = deque(maxlen=_REMEMBERED)

    def tell(self, index: int, agents: tuple[int, ...]) -> None:
        """Remember an event between `agents` at word `index`."""
        self.told.append((index, tuple(dict.fromkeys(agents))))

    def resolve(self, mention: Mention, attribution: Attribution | None) -> tuple[int, ...]:
        """The clusters that a mention stands for; empty when the text before leaves it open."""
        if mention.cluster >= 0:
            return (mention.cluster,)
        if mention.form == "pronoun":
            found = self._told_of.get(mention.first) or self._pronoun(mention)
            self._told_of[mention.first] = found
            return found
        reporters = {m.cluster for m in attribution.speakers} if attribution else set()
        return self._pair(mention, reporters) if mention.form == "pair" else ()

    def _people_before(self, index: int) -> Iterator[Mention]:
        """People before a word, the nearest first."""
        known = (mention for mention in self.clauses.before(index) if mention.cluster >= 0)
        return (mention for mention in known if mention.kind is EntityKind.PERSON)

    def _pairs_before(self, index: int) -> Iterator[tuple[int, ...]]:
        """The agents of events between two that were told before a word, the last first."""
        return (agents for told, agents in reversed(self.told) if told < index and len(agents) == 2)

    def _pronoun(self, mention: Mention) -> tuple[int, ...]:
        """A subject: the first person of the sentence that no preposition governs, else that of the sentence
        before, else the last one named; what is no subject is somebody else than the subject of its
        sentence."""
        if mention.number == "p":
            return self._pair(mention, set())
        sentence = self.words[mention.first].sentence
        fellows = {m.cluster for m in self.clauses.group(mention)}
        people = [m for m in self._people_before(mention.first) if m.cluster not in fellows]
        here = [m for m in people if self.words[m.first].sentence == sentence and not m.prep]
        if mention.prep or self.words[mention.first].lower in self.clauses.vocabulary.lists.object_pronouns:
            subjects = {m.cluster for m in here[-1:]}
            people = [m for m in people if m.cluster not in subjects]
        elif here:
            return (here[-1].cluster,)
        topic = self._topic(sentence - 1, mention)
        if topic and topic[0] not in {m.cluster for m in here[-1:]} | fellows:
            return topic
        if not people:
            return ()
        last = self.words[people[0].first].sentence
        free = [m for m in people if self.words[m.first].sentence == last and not m.prep]
        return ((free[-1] if free else people[0]).cluster,)

    def _topic(self, sentence: int, mention: Mention) -> tuple[int, ...]:
        """Whom a subject pronoun of the sentence before stands for, when nobody free comes before it."""
        first = None
        for m in self.clauses.before(mention.first):
            if self.words[m.first].sentence < sentence:
                break
            if self.words[m.first].sentence == sentence and m.kind is EntityKind.PERSON and not m.prep:
                first = m
        if first is None or first.form != "pronoun" or first.number == "p":
            return ()
        return self._told_of.get(first.first, ())

    def _pair(self, mention: Mention, reporters: set[int]) -> tuple[int, ...]:
        for pair in self._pairs_before(mention.first):
            if reporters.isdisjoint(pair):
                return pair
        recent: list[int] = []
        for m in self._people_before(mention.first):
            if m.cluster not in recent and m.cluster not in reporters:
                recent.append(m.cluster)
            if len(recent) == 2:  # a pair
                return recent[1], recent[0]
        return ()

    def last_pair(self, index: int) -> tuple[int, ...]:
        """The two of the last event between two before word `index` ("le parti hanno concordato"), if any."""
        return next(self._pairs_before(index), ())

    def partner(self, speaker: int, index: int) -> int | None:
        """With whom the speaker of "abbiamo concordato" agreed: the other of the last pair that includes
        him."""
        for pair in self._pairs_before(index):
            if speaker in pair:
                return pair[0] if pair[1] == speaker else pair[1]
        for mention in self.clauses.before(index):
            members = self.clauses.group(mention)
            if len(members) == 2:  # a pair
                clusters = {c for m in members for c in self.resolve(m, None)}
                if speaker in clusters and len(clusters) == 2:
                    return next(iter(clusters - {speaker}))
        return None
