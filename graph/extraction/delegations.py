"""Delegations: who negotiates for whom.

"La delegazione mongola sarà guidata da X", "the team includes X and Y", "il capo negoziatore X", "X, per la
Colombia, e Y, per il Venezuela": those named take part in the negotiation that the text tells of nearby.
"""

from collections.abc import Iterator
from dataclasses import replace

from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft
from graph.extraction.mentions import Mention
from graph.extraction.subjects import subject_of
from graph.extraction.words import Word
from graph.model import EntityKind, EventType, Role

# Who sits at the table is told within so many sentences of the negotiation.
_NEAR = 4

# "La delegazione di Khartoum è guidata": the noun stands at most this many words before or behind its verb.
_LED = 9

# "Per la Colombia, il senatore X": between the preposition and the name stand the side and a comma.
_SIDE = 5


def attach_delegates(drafts: list[Draft], clauses: Clauses) -> None:
    """Let those who negotiate take part in the negotiation told nearest to them."""
    talks = [draft for draft in drafts if _negotiates(draft)]
    if not talks:
        return
    for mention, role in _Delegates(clauses, talks).found():
        talk = _nearest(talks, mention, clauses)
        if talk is None or mention.cluster < 0:
            continue
        frame = talk.filled.trigger.frame
        if frame.bodies:
            talk.filled.trigger.frame = replace(frame, type=frame.bodies)
        for place, (held, cluster, at) in enumerate(talk.participants):
            if cluster == mention.cluster and held == Role.PARTICIPANT:
                talk.participants[place] = (role, cluster, at)
        if mention.cluster not in talk.agents:
            talk.participants.append((role, mention.cluster, mention))


def _negotiates(draft: Draft) -> bool:
    """Whether a draft tells of a negotiation, or of talks that are one when negotiators hold them."""
    return draft.type is EventType.NEGOTIATION or bool(draft.filled.trigger.frame.bodies)


def _nearest(talks: list[Draft], mention: Mention, clauses: Clauses) -> Draft | None:
    """The negotiation told at the fewest sentences' distance, the one before first, before mere talks."""
    sentence = clauses.words[mention.first].sentence

    def distance(talk: Draft) -> tuple[bool, int, bool]:
        gap = clauses.words[talk.filled.trigger.first].sentence - sentence
        return talk.type is not EventType.NEGOTIATION, abs(gap), gap > 0

    nearest = min(talks, key=distance)
    return nearest if distance(nearest)[1] <= _NEAR else None


class _Delegates:
    """Walks an article's sentences for those who negotiate."""

    def __init__(self, clauses: Clauses, talks: list[Draft]) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.lists = clauses.vocabulary.lists
        triggers = {
            index for t in talks for index in range(t.filled.trigger.first, t.filled.trigger.last + 1)
        }
        self.nouns = {w.index for w in self.words if self._delegation(w)} | triggers
        self.about = {self.words[index].sentence for index in self.nouns}

    def found(self) -> Iterator[tuple[Mention, str]]:
        """Each delegate with the role: those who lead, those with a negotiator's title, members, sides."""
        yield from self._titled()
        for index in sorted(self.nouns):
            yield from self._led(index)
        yield from self._sides()

    def _delegation(self, word: Word) -> bool:
        return word.lower in self.lists.delegation_nouns

    def _people(self, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
        return (m for m in mentions if m.kind is EntityKind.PERSON and m.form == "name" and m.cluster >= 0)

    def _titled(self) -> Iterator[tuple[Mention, str]]:
        """ "Il capo negoziatore X", "i negoziatori X e Y"."""
        stems = self.lists.negotiator_stems
        for mention in self.clauses.mentions:
            first, last = mention.role or (mention.first, mention.first - 1)
            title = self.words[max(0, first - 1) : last + 1]
            if any(word.lower.startswith(stems) for word in title):
                for member in self._people(self.clauses.group(mention)):
                    yield member, Role.NEGOTIATOR

    def _led(self, noun: int) -> Iterator[tuple[Mention, str]]:
        """Whoever leads or forms what a noun names: "guidata da X", "X led the team", "made up of X, Y"."""
        if self.words[noun + 1 : noun + 2] and self.words[noun + 1].value == "a":
            return  # "a trade delegation to Oslo" pays a visit
        sentence = self.words[noun].sentence
        for word in self.words[max(0, noun - _LED) : noun + _LED + 1]:
            if word.sentence != sentence:
                continue
            if word.lower.startswith(self.lists.leading_stems) and word.forms:
                yield from self._leaders(word, noun)
            elif word.index < noun and word.lower in self.lists.membership:
                yield from ((member, Role.NEGOTIATOR) for member in self._before(word.index))
            elif word.index > noun and word.lower.startswith(self.lists.composing_stems):
                yield from ((member, Role.NEGOTIATOR) for member in self._rest(word.index))
        if self.words[noun].lower.startswith(self.lists.negotiator_stems) and self._equated(noun):
            yield from ((member, Role.NEGOTIATOR) for member in self._rest(noun + 1))

    def _equated(self, noun: int) -> bool:
        """ "I negoziatori sono X e Y"."""
        copula = self.clauses.predicate_at.get(noun + 1)
        return copula is not None and self.clauses.vocabulary.auxiliary(copula.lemma) == "be"

    def _before(self, index: int) -> Iterator[Mention]:
        """The people before word `index` in its sentence that no preposition governs."""
        sentence = self.words[index].sentence
        for mention in self.clauses.before(index):
            if self.words[mention.first].sentence != sentence:
                return
            if not self.clauses.group(mention)[0].prep:
                yield from self._people((mention,))

    def _leaders(self, word: Word, noun: int) -> Iterator[tuple[Mention, str]]:
        predicate = self.clauses.predicate_at.get(word.index)
        active = predicate is not None and not predicate.passive and predicate.mood != "participle"
        if predicate is not None and active:
            if word.index < noun or predicate.mood != "infinitive":
                for mention in self._people(subject_of(predicate, self.clauses).mentions):
                    yield mention, Role.LEAD_NEGOTIATOR
            return
        for mention in self._by(word.index):
            yield mention, Role.LEAD_NEGOTIATOR

    def _by(self, index: int) -> Iterator[Mention]:
        """Whoever stands under "da" behind a participle, or behind one left out ("quella russa da Y")."""
        for mention in self._rest(index):
            if self.clauses.group(mention)[0].prep == "da":
                yield mention

    def _rest(self, index: int) -> Iterator[Mention]:
        """The people named behind word `index`, up to the next verb with a tense."""
        sentence = self.words[index].sentence
        own = self.clauses.predicate_at.get(index)
        seen: set[int] = set()
        for word in self.words[index + 1 :]:
            blocker = self.clauses.predicate_at.get(word.index)
            if word.sentence != sentence or (blocker is not None and blocker.finite and blocker is not own):
                return
            mention = self.clauses.at.get(word.index)
            if mention is not None and id(mention) not in seen:
                seen.add(id(mention))
                yield from self._people((mention,))

    def _sides(self) -> Iterator[tuple[Mention, str]]:
        """ "Per la Colombia, il senatore X", "Y, per il Venezuela", "for the government: X, Y and Z"."""
        for mention in self.clauses.mentions:
            sentence = self.words[mention.first].sentence
            if self.about.isdisjoint((sentence, sentence - 1, sentence - 2)):
                continue
            group = self.clauses.group(mention)
            if group[0] is mention and (self._side_before(mention) or self._side_behind(group[-1])):
                yield from ((member, Role.NEGOTIATOR) for member in self._people(group))

    def _side_before(self, mention: Mention) -> bool:
        first = mention.first
        before = self.words[max(0, first - _SIDE) : first]
        closed = before and (before[-1].text in (",", ":") or before[-1].cls == "det")
        opening = next((w.index for w in reversed(before) if w.value == "per"), None)
        return bool(closed) and opening is not None and self._side(opening, first)

    def _side_behind(self, mention: Mention) -> bool:
        index = mention.last + 1
        if index < len(self.words) and self.words[index].text == ",":
            index += 1
        if index >= len(self.words) or self.words[index].value != "per":
            return False
        closing = next((w.index for w in self.words[index + 1 : index + _SIDE] if w.text in ".,;:"), index)
        return self._side(index, closing)

    def _side(self, first: int, last: int) -> bool:
        """Whether a party stands between two words: a state, a body, "us", "them", people as a whole."""
        for word in self.words[first + 1 : last]:
            mention = self.clauses.at.get(word.index)
            party = mention is not None and mention.kind in (EntityKind.STATE, EntityKind.ORGANIZATION)
            place = mention is not None and mention.kind is EntityKind.PLACE
            collective = self.clauses.vocabulary.nouns.get(word.lower) == "collective"
            if party or place or collective or word.lower in self.lists.sides:
                return True
        return False
