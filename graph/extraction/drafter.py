"""The drafter: turns filled triggers into drafts, resolving who is meant as the text goes on."""

from dataclasses import replace

from graph.extraction.clauses import Clauses
from graph.extraction.clusters import Agent, Clusters
from graph.extraction.discourse import Discourse
from graph.extraction.drafts import Draft
from graph.extraction.mentions import Mention
from graph.extraction.places import is_place
from graph.extraction.predicates import Predicate
from graph.extraction.salience import carried, fellows, guessable
from graph.extraction.slots import Argument, Filled
from graph.extraction.sources import Sources
from graph.extraction.words import Word
from graph.model import EntityKind, EventType

# "Nel corso di una lunga telefonata": the words that make a setting of it stand among the four before.
_SETTING = 4

# Kinds of organisation that wage war.
_ARMED = frozenset({"armed_group", "military", "military_alliance", "government"})

# Organisations that take part in an event only as the outlet of an interview or the author of a statement.
_OUTLETS = frozenset(
    {"news_agency", "newspaper", "broadcaster", "online_media", "magazine", "social_network"}
)

# Events that somebody and the one spoken with do together: "abbiamo concordato" includes both.
_JOINT = frozenset({"agreement"})

# The types that a noun of one type may take up: "il colloquio" can be the call told of before.
_TAKEN_UP = {"meeting": ("meeting", "call"), "communication": ("call", "communication", "meeting")}

# "La telefonata" takes up an event told at most this many sentences before.
_RECALLED = 4

# The goal of a journey is named among the next words, the article among the last, "come" right before the
# verb.
_GOAL, _ARTICLE, _REMINDER = 5, 3, 2


class Drafter:
    """Turns filled triggers into drafts, resolving who is meant as the text goes on."""

    def __init__(self, clauses: Clauses, clusters: Clusters, sources: Sources) -> None:
        self.clauses = clauses
        self.clusters = clusters
        self.sources = sources
        self.discourse = Discourse(clauses)
        self.drafts: list[Draft] = []
        self._bare: list[Draft] = []

    def draft(self, filled: Filled) -> Draft | None:
        """The draft of one trigger, or None when too few agents take part and nothing told before supplies
        them; that of a negotiation may wait for its negotiators."""
        trigger = filled.trigger
        draft = Draft(filled, f"e{len(self.drafts)}", self.sources.of(trigger.first))
        for argument in filled.arguments:
            self._take_part(draft, argument)
        for role, country, index in filled.states:
            state = self.clusters.state(country)
            if state is not None:
                at = Mention(index, index, EntityKind.STATE, "name", cluster=state.number, inside=True)
                self._add(draft, role, state.number, at)
        if filled.place is not None and not is_place(filled.place):
            filled.place = None
        self._between_bodies(draft)
        if not self._enough(draft) and not self._recall(draft) and not self._guess(draft):
            return self._await(draft)
        self._join_awaited(draft)
        self.discourse.tell(trigger.first, draft.agents)
        self.drafts.append(draft)
        return draft

    def _between_bodies(self, draft: Draft) -> None:
        """Talks in which states and bodies alone take part are a negotiation."""
        frame = draft.filled.trigger.frame
        people = any(self.clusters.agents[c].kind is EntityKind.PERSON for c in draft.agents)
        if frame.bodies and draft.agents and not people:
            draft.filled.trigger.frame = replace(frame, type=frame.bodies)

    def _join_awaited(self, draft: Draft) -> None:
        """Give the bare mentions before the event of `draft` ("i negoziati … di guidare i negoziati")."""
        if draft.type is not EventType.NEGOTIATION:
            return
        last = self.clauses.words[draft.filled.trigger.first].sentence
        found = [
            bare
            for bare in self._bare
            if last - self.clauses.words[bare.filled.trigger.first].sentence <= _RECALLED
            and _voices(bare) == _voices(draft)
        ]
        self._bare.clear()
        for bare in found:
            bare.event = draft.event

    def _await(self, draft: Draft) -> Draft | None:
        """Keep a negotiation that nobody is named in: what follows may tell who leads it."""
        talks = draft.type is EventType.NEGOTIATION or draft.filled.trigger.frame.bodies
        if not talks or draft.agents:
            return None
        if draft.filled.carrier is not None and draft.filled.trigger.predicate is None:
            self._bare.append(draft)
        self.drafts.append(draft)
        return draft

    def _enough(self, draft: Draft) -> bool:
        frame = draft.filled.trigger.frame
        if frame.type == "visit":
            people = any(self.clusters.agents[c].kind is EntityKind.PERSON for c in draft.agents)
            travels = people or (draft.filled.trigger.predicate is None and bool(draft.agents))
            return travels and self._goes_somewhere(draft)
        if frame.type == "conflict" and not any(self._fights(cluster) for cluster in draft.agents):
            return False
        if frame.type == "appointment" and all(role != "appointee" for role, _, _ in draft.participants):
            return False
        return len(draft.agents) >= max(frame.least, 1) and not self._parenthetical(draft)

    def _fights(self, cluster: int) -> bool:
        """Whether an agent can attack or be at war; a spokesman's "attacks" are words."""
        agent = self.clusters.agents[cluster]
        armed = agent.entry is not None and agent.entry.subkind in _ARMED
        return agent.kind is EntityKind.STATE or armed

    def _parenthetical(self, draft: Draft) -> bool:
        """ "Come abbiamo concordato" reminds of an event and tells no other."""
        predicate = draft.filled.trigger.predicate
        if predicate is None:
            return False
        before = self.clauses.words[max(0, predicate.first - _REMINDER) : predicate.first + 1]
        return any(word.value == "as" for word in before)

    def _goes_somewhere(self, draft: Draft) -> bool:
        """A journey needs its goal: a place, or "their countries"."""
        if draft.filled.place is not None:
            return True
        last = draft.filled.trigger.last
        following = self.clauses.words[last + 1 : last + 1 + _GOAL]
        nouns = self.clauses.vocabulary.nouns
        return any(
            (word.cls == "poss" and word.value == "3p") or nouns.get(word.lower) == "goal"
            for word in following
        )

    def _take_part(self, draft: Draft, argument: Argument) -> None:
        if argument.speaker:
            self._speaker(draft, argument.role)
            return
        mention = argument.mention
        if mention is None:
            return
        for cluster in self.discourse.resolve(mention, draft.attribution):
            self._add(draft, argument.role, cluster, mention)
        draft.guessed = draft.guessed or argument.dropped

    def _speaker(self, draft: Draft, role: str) -> None:
        """First person: the speaker, and in what two do together the one spoken with, too."""
        attribution = draft.attribution
        if attribution is None or len(attribution.speakers) != 1:
            return
        speaker = attribution.speakers[0]
        for cluster in self.discourse.resolve(speaker, None):
            self._add(draft, role, cluster, None)
            predicate = draft.filled.trigger.predicate or draft.filled.carrier
            plural = predicate is not None and self.person(predicate) == "1p"
            if plural and draft.filled.trigger.frame.type in _JOINT:
                partner = self.discourse.partner(cluster, draft.filled.trigger.first)
                if partner is not None:
                    self._add(draft, role, partner, None)

    def person(self, predicate: Predicate) -> str:
        """The person of a predicate, or of the one that it depends on."""
        governor = self.clauses.governor(predicate.first) if not predicate.person else None
        return governor.person if governor else predicate.person

    def _add(self, draft: Draft, role: str, cluster: int, mention: Mention | None) -> None:
        agent = self.clusters.agents[cluster]
        if agent.kind is EntityKind.PLACE:
            state = self._ruled_from(agent)
            if state is None:
                return
            agent, cluster = state, state.number
            if mention is not None and all(known is not mention for known in agent.mentions):
                agent.mentions.append(replace(mention, inside=True))
        outlet = agent.entry is not None and agent.entry.subkind in _OUTLETS
        if outlet and draft.type not in (EventType.INTERVIEW, EventType.STATEMENT):
            return
        if all(known != cluster for _, known, _ in draft.participants):
            draft.participants.append((role, cluster, mention))

    def _recall(self, draft: Draft) -> bool:
        """A definite noun without agents ("la telefonata è durata un'ora") is the last event of its type
        told of."""
        trigger = draft.filled.trigger
        if trigger.predicate is not None or draft.agents or self._named(trigger.last):
            return False
        nearby = self.clauses.words[max(0, trigger.first - _ARTICLE) : trigger.first]
        if not any(self._definite(word) for word in nearby):
            return False
        sentence = self.clauses.words[trigger.first].sentence
        for earlier in reversed(self.drafts):
            distance = sentence - self.clauses.words[earlier.filled.trigger.first].sentence
            if distance > _RECALLED:
                return False
            if earlier.type.value in _TAKEN_UP.get(trigger.frame.type, (trigger.frame.type,)):
                draft.event = earlier.event
                trigger.frame = replace(trigger.frame, type=earlier.type.value)
                draft.participants = [(role, cluster, None) for role, cluster, _ in earlier.participants]
                draft.guessed = True
                draft.attribution = None if self._circumstance(trigger.first) else draft.attribution
                return True
        return False

    def _guess(self, draft: Draft) -> bool:
        """Let the agents of the clause take part when the frame found too few."""
        filled = draft.filled
        if not guessable(filled, self.clauses):
            return False
        for role, mention in filled.parsed:
            self._take_part(draft, Argument(role, mention))
        if self._enough(draft):
            draft.way = "parse"
            return True
        found = fellows(filled, self.clauses, draft.attribution)
        own = filled.trigger.frame.roles.get("subj", "participant")
        for mention in found:
            first = not draft.participants and not mention.prep and own != "negotiator"
            self._take_part(draft, Argument(own if first else "participant", mention))
        if not draft.agents and draft.type in _JOINT and carried(filled, self.clauses):
            pair = self.discourse.last_pair(filled.trigger.first)
            draft.participants = [("participant", cluster, None) for cluster in pair]
        draft.guessed, draft.way = bool(draft.agents), "clause"
        return bool(draft.agents) and self._enough(draft)

    def _circumstance(self, first: int) -> bool:
        """ "Durante il colloquio", "nel corso della telefonata": the setting of something else."""
        before = self.clauses.words[max(0, first - _SETTING) : first]
        past = self.clauses.vocabulary.lists.past_nouns
        return any(word.value in ("durante", "dopo") or word.lower in past for word in before)

    def _named(self, last: int) -> bool:
        """ "Il vertice di Salisburgo" is told by its name from the summit before."""
        following = self.clauses.words[last + 1 : last + 3]
        return len(following) > 1 and following[0].value == "di" and following[1].capital

    def _definite(self, word: Word) -> bool:
        """An article, or a preposition with one in it."""
        simple = self.clauses.vocabulary.lists.simple_prepositions
        return word.value in ("def", "dem") or (word.cls == "prep" and word.lower not in simple)

    def _ruled_from(self, place: Agent) -> Agent | None:
        """The state that a capital stands for when it acts ("Parigi rifiuta")."""
        if place.entry is None or place.entry.subkind != "capital":
            return None
        return self.clusters.state(place.entry.country)


def _voices(draft: Draft) -> set[int]:
    """Who tells of it, as cluster numbers."""
    return {mention.cluster for mention in draft.attribution.speakers} if draft.attribution else set()
