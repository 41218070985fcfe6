"""Claims: each filled trigger becomes what one clause says of one event, with its source, modality and words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.extraction.arguments import Argument, Filled, is_place
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.clauses import Clauses
from graph.extraction.clusters import Clusters
from graph.extraction.discourse import Discourse
from graph.extraction.factuality import Factuality, Judgement
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.times import TimeExpression
from graph.extraction.topics import Topic
from graph.extraction.words import Word, span
from graph.model import (
    Claim,
    Duration,
    EntityKind,
    EventType,
    Grounded,
    Medium,
    Modality,
    Participation,
    Period,
    Role,
    Source,
)

# Organisations that take part in an event only as the outlet of an interview or the author of a statement.
_OUTLETS = frozenset(
    {"news_agency", "newspaper", "broadcaster", "online_media", "magazine", "social_network"}
)

# Events that somebody and the one spoken with do together: "abbiamo concordato" includes both.
_JOINT = frozenset({"agreement"})

# What a text may leave open, by type of event: local names of properties of the ontology.
_OPEN = {
    EventType.CALL: ("hasCaller", "hasCallee", "hasPlace", "duration"),
    EventType.MEETING: ("hasPlace",),
    EventType.NEGOTIATION: ("hasNegotiator", "hasPlace"),
    EventType.VISIT: ("hasPlace", "hasHost"),
}


@dataclass(slots=True)
class Draft:
    """A claim in the making, still with words and clusters; `event` is its number, local to the article."""

    filled: Filled
    event: str
    attribution: Attribution | None
    participants: list[tuple[str, int, Mention | None]] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    concerns: str | None = None
    guessed: bool = False

    @property
    def type(self) -> EventType:
        """The event type that its frame evokes."""
        return EventType(self.filled.trigger.frame.type)

    @property
    def agents(self) -> tuple[int, ...]:
        """The clusters that take part, each once."""
        return tuple(dict.fromkeys(cluster for _, cluster, _ in self.participants))


class Drafter:
    """Turns filled triggers into drafts, resolving who is meant as the text goes on."""

    def __init__(
        self, clauses: Clauses, clusters: Clusters, attributions: Attributions, goals: frozenset[str]
    ) -> None:
        self.clauses = clauses
        self.clusters = clusters
        self.attributions = attributions
        self.goals = goals
        self.discourse = Discourse(clauses)
        self.drafts: list[Draft] = []

    def draft(self, filled: Filled) -> Draft | None:
        """The draft of one trigger, or None when too few agents take part and nothing told before supplies them."""
        trigger = filled.trigger
        draft = Draft(filled, f"e{len(self.drafts)}", self.attributions.of(trigger.first))
        for argument in filled.arguments:
            self._take_part(draft, argument)
        for role, country, index in filled.states:
            state = self.clusters.state(country)
            if state is not None:
                at = Mention(index, index, EntityKind.STATE, "name", cluster=state.number, inside=True)
                self._add(draft, role, state.number, at)
        if filled.place is not None and not is_place(filled.place):
            filled.place = None
        if not self._enough(draft) and not self._recall(draft):
            return None
        self.discourse.tell(trigger.first, draft.agents)
        self.drafts.append(draft)
        return draft

    def _enough(self, draft: Draft) -> bool:
        frame = draft.filled.trigger.frame
        if frame.type == "visit":
            people = any(self.clusters.agents[c].kind is EntityKind.PERSON for c in draft.agents)
            return (
                bool(draft.agents)
                and (people or draft.filled.trigger.predicate is None)
                and self._goes_somewhere(draft)
            )
        if frame.type == "appointment" and all(role != "appointee" for role, _, _ in draft.participants):
            return False
        return len(draft.agents) >= max(frame.least, 1) and not self._parenthetical(draft)

    def _parenthetical(self, draft: Draft) -> bool:
        """ "Come abbiamo concordato" reminds of an event and tells no other."""
        predicate = draft.filled.trigger.predicate
        if predicate is None:
            return False
        before = self.clauses.words[max(0, predicate.first - 2) : predicate.first + 1]
        return any(word.value == "as" for word in before)

    def _goes_somewhere(self, draft: Draft) -> bool:
        """A journey needs its goal: a place, or "their countries"."""
        if draft.filled.place is not None:
            return True
        last = draft.filled.trigger.last
        following = self.clauses.words[last + 1 : last + 6]
        return any(
            (word.cls == "poss" and word.value == "3p") or word.lower in self.goals for word in following
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
            state = (
                self.clusters.state(agent.entry.country)
                if agent.entry and agent.entry.subkind == "capital"
                else None
            )
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
        """A definite noun without agents ("la telefonata è durata un'ora") is the last event of its type told of."""
        trigger = draft.filled.trigger
        if trigger.predicate is not None or draft.agents:
            return False
        before = self.clauses.words[trigger.first - 1] if trigger.first else None
        nearby = self.clauses.words[max(0, trigger.first - 3) : trigger.first]
        if before is None or not any(
            w.value in ("def", "dem") or (w.cls == "prep" and len(w.lower) > 2) for w in nearby
        ):
            return False
        sentence = self.clauses.words[trigger.first].sentence
        for earlier in reversed(self.drafts):
            distance = sentence - self.clauses.words[earlier.filled.trigger.first].sentence
            if distance > 4:
                return False
            if earlier.type.value in _same(trigger.frame.type):
                draft.event = earlier.event
                draft.participants = [(role, cluster, None) for role, cluster, _ in earlier.participants]
                draft.guessed = True
                return True
        return False


def _same(kind: str) -> tuple[str, ...]:
    """The types that a noun of one type may take up: "il colloquio" can be the call told of before."""
    return {"meeting": ("meeting", "call"), "communication": ("call", "communication", "meeting")}.get(
        kind, (kind,)
    )


class ClaimWriter:
    """Writes drafts as claims over the raw article: spans for words, local keys for clusters."""

    def __init__(self, clauses: Clauses, clusters: Clusters, factuality: Factuality) -> None:
        self.words = clauses.words
        self.clusters = clusters
        self.factuality = factuality

    def write(self, draft: Draft, by_event: dict[str, Draft]) -> Claim:
        """The claim of one draft; `by_event` gives the draft that an event number belongs to (for types taken up)."""
        trigger = draft.filled.trigger
        judgement = self._overruled(draft, self.factuality.judge(draft.filled))
        kind = by_event[draft.event].type
        claim = Claim(
            event=draft.event,
            type=kind,
            trigger=span(self.words, trigger.first, trigger.last),
            modality=judgement.modality,
            source=self.source(draft.attribution),
            participations=tuple(self._participations(draft)),
            place=self._place(draft),
            time=_time(self.words, draft.times),
            duration=_duration(self.words, draft.times),
            topics=tuple(self._topics(draft)),
            concerns=draft.concerns,
            modality_span=span(self.words, *judgement.words) if judgement.words else None,
            rule=f"{trigger.frame.rule}+{judgement.rule}",
            confidence=self._confidence(draft),
        )
        return replace(claim, not_stated=_not_stated(claim))

    def _overruled(self, draft: Draft, judgement: Judgement) -> Judgement:
        """What somebody denies in a clause of its own ("smentisce di aver telefonato", "nega che si siano visti") is denied."""
        attribution, predicate = draft.attribution, draft.filled.trigger.predicate or draft.filled.carrier
        if attribution is None or predicate is None or predicate is attribution.predicate:
            return judgement
        first = attribution.predicate.first
        dependent = predicate.link in ("that", "di") and predicate.first > first
        same = self.words[first].sentence == self.words[predicate.first].sentence
        if not (dependent and same and self.words[draft.filled.trigger.first].quote < 0):
            return judgement
        cue = (attribution.predicate.first, attribution.predicate.last)
        if attribution.kind == "deny":
            return Judgement(Modality.DENIED, "denial", cue)
        return Judgement(Modality.UNCONFIRMED, "neither-nor", cue) if attribution.kind == "doubt" else judgement

    def _confidence(self, draft: Draft) -> float:
        """More agents of an event make it surer; an agent supplied from the context less so."""
        base = 0.6 + 0.15 * min(len(draft.agents), 2) + (0.05 if draft.attribution else 0)
        return round(base - (0.15 if draft.guessed else 0), 2)

    def _participations(self, draft: Draft) -> Iterable[Participation]:
        trigger = draft.filled.trigger
        callee = any(role == "callee" for role, _, _ in draft.participants)
        for role, cluster, mention in draft.participants:
            settled = ("caller" if callee else "participant") if role == "caller?" else role
            if settled == "negotiator" and self.clusters.agents[cluster].kind is not EntityKind.PERSON:
                settled = "participant"
            words = (mention.first, mention.last) if mention else (trigger.first, trigger.last)
            title = span(self.words, *mention.role) if mention and mention.role else None
            office = title.of(self.clusters.raw) if title and mention and mention.title != "person" else None
            yield Participation(f"a{cluster}", Role(settled), span(self.words, *words), office)

    def _place(self, draft: Draft) -> Grounded[str] | None:
        mention = draft.filled.place
        if mention is None or mention.cluster < 0:
            return None
        agent = self.clusters.located(mention)
        return Grounded(f"a{agent.number}", span(self.words, mention.first, mention.last))

    def _topics(self, draft: Draft) -> Iterable[Grounded[str]]:
        for topic in draft.topics:
            key = f"a{topic.mention.cluster}" if topic.mention is not None else topic.key
            yield Grounded(key, span(self.words, topic.first, topic.last))

    def source(self, attribution: Attribution | None) -> Source:
        """The source of a claim or a quotation as local keys; the article itself when there is none."""
        if attribution is None:
            return Source()
        return Source(
            speakers=tuple(dict.fromkeys(f"a{m.cluster}" for m in attribution.speakers if m.cluster >= 0)),
            via=tuple(dict.fromkeys(f"a{m.cluster}" for m in attribution.via)),
            medium=attribution.medium or (Medium.AGENCY if attribution.via else None),
            platform=f"a{attribution.platform.cluster}" if attribution.platform else None,
            span=span(self.words, attribution.predicate.first, attribution.predicate.last),
        )


def _time(words: list[Word], times: list[TimeExpression]) -> Grounded[Period] | None:
    for expression in times:
        if expression.period is not None:
            return Grounded(expression.period, span(words, expression.first, expression.last))
    return None


def _duration(words: list[Word], times: list[TimeExpression]) -> Grounded[Duration] | None:
    for expression in times:
        if expression.duration is not None:
            return Grounded(expression.duration, span(words, expression.first, expression.last))
    return None


def _not_stated(claim: Claim) -> tuple[str, ...]:
    """The properties that readers would ask for and this clause leaves open."""
    roles = {participation.role for participation in claim.participations}
    given = {
        "hasCaller": Role.CALLER in roles,
        "hasCallee": Role.CALLEE in roles,
        "hasHost": Role.HOST in roles,
        "hasNegotiator": bool({Role.NEGOTIATOR, Role.LEAD_NEGOTIATOR} & roles),
        "hasPlace": claim.place is not None,
        "duration": claim.duration is not None,
    }
    return tuple(name for name in _OPEN.get(claim.type, ()) if not given[name])
