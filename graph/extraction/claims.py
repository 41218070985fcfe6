"""Claims: each filled trigger becomes what one clause says of one event, with its source, modality and
words."""

from collections.abc import Iterable
from dataclasses import replace

from graph.extraction.assertions import Judgement
from graph.extraction.attribution import Attribution
from graph.extraction.clauses import Clauses
from graph.extraction.clusters import Clusters
from graph.extraction.drafts import Draft
from graph.extraction.factuality import Factuality
from graph.extraction.mentions import Mention
from graph.extraction.times import TimeExpression
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

# Confidence of a claim: what its trigger gives, each of at most two agents, a source; what a guessed agent
# takes. Set so that claims found in one way only stay below 0.8 and those with all their parts named reach
# 0.95.
_TRIGGER, _AGENT, _ATTRIBUTED, _GUESSED = 0.6, 0.15, 0.05, 0.15
_DENIED = 0.04
_PARTIES = 2

# What a text may leave open, by type of event: local names of properties of the ontology.
_OPEN = {
    EventType.CALL: ("hasCaller", "hasCallee", "hasPlace", "duration"),
    EventType.MEETING: ("hasPlace",),
    EventType.NEGOTIATION: ("hasNegotiator", "hasPlace"),
    EventType.VISIT: ("hasPlace", "hasHost"),
}


class ClaimWriter:
    """Writes drafts as claims over the raw article: spans for words, local keys for clusters."""

    def __init__(self, raw: str, clauses: Clauses, clusters: Clusters, factuality: Factuality) -> None:
        self.raw = raw
        self.words = clauses.words
        self.clusters = clusters
        self.factuality = factuality

    def write(self, draft: Draft, by_event: dict[str, Draft]) -> Claim:
        """The claim of one draft; `by_event` gives the draft that an event number belongs to (for types
        taken up)."""
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
            rule="+".join(filter(None, (trigger.frame.rule, judgement.rule, draft.way))),
            confidence=self._confidence(draft, judgement),
        )
        return replace(claim, not_stated=not_stated(claim))

    def _overruled(self, draft: Draft, judgement: Judgement) -> Judgement:
        """What somebody denies in a clause of its own ("smentisce di aver telefonato", "nega che si siano
        visti") is denied."""
        attribution, predicate = draft.attribution, draft.filled.trigger.predicate or draft.filled.carrier
        if attribution is None or predicate is None or predicate is attribution.predicate:
            return judgement
        first = attribution.predicate.first
        behind = self.words[attribution.predicate.last + 1 : attribution.predicate.last + 2]
        that = predicate.finite and any(word.value == "that" for word in behind)
        dependent = (that or predicate.link in ("that", "di")) and predicate.first > first
        same = self.words[first].sentence == self.words[predicate.first].sentence
        if not (dependent and same and self.words[draft.filled.trigger.first].quote < 0):
            return judgement
        cue = (attribution.predicate.first, attribution.predicate.last)
        if attribution.kind == "deny":
            return Judgement(Modality.DENIED, "denial", cue)
        return (
            Judgement(Modality.UNCONFIRMED, "neither-nor", cue) if attribution.kind == "doubt" else judgement
        )

    def _confidence(self, draft: Draft, judgement: Judgement) -> float:
        """More agents of an event make it surer, and a source; an agent supplied from the context less so.

        A denial weighs more than a report of what it denies, whoever planned or told it.
        """
        agents = _AGENT * min(len(draft.agents), _PARTIES)
        named = _ATTRIBUTED if draft.attribution else 0
        denied = _DENIED if judgement.modality is Modality.DENIED else 0
        return round(_TRIGGER + agents + named + denied - (_GUESSED if draft.guessed else 0), 2)

    def _participations(self, draft: Draft) -> Iterable[Participation]:
        trigger = draft.filled.trigger
        callee = any(role == "callee" for role, _, _ in draft.participants)
        for role, cluster, mention in draft.participants:
            settled = ("caller" if callee else "participant") if role == "caller?" else role
            if settled == "negotiator" and self.clusters.agents[cluster].kind is not EntityKind.PERSON:
                settled = "participant"
            words = (mention.first, mention.last) if mention else (trigger.first, trigger.last)
            title = span(self.words, *mention.role) if mention and mention.role else None
            office = title.of(self.raw) if title and mention and mention.title != "person" else None
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

    def _acting(self, mention: Mention) -> int:
        """The cluster of who speaks: of a capital ("Mosca: «…»") its state."""
        agent = self.clusters.agents[mention.cluster]
        capital = agent.entry is not None and agent.entry.subkind == "capital"
        state = self.clusters.state(agent.entry.country) if agent.entry is not None and capital else None
        return state.number if state is not None else mention.cluster

    def source(self, attribution: Attribution | None) -> Source:
        """The source of a claim or a quotation as local keys; the article itself when there is none."""
        if attribution is None:
            return Source()
        channel = attribution.channel
        return Source(
            speakers=tuple(
                dict.fromkeys(f"a{self._acting(m)}" for m in attribution.speakers if m.cluster >= 0)
            ),
            via=tuple(dict.fromkeys(f"a{m.cluster}" for m in channel.via)),
            medium=channel.medium or (Medium.AGENCY if channel.via else None),
            platform=f"a{channel.platform.cluster}" if channel.platform else None,
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


def not_stated(claim: Claim) -> tuple[str, ...]:
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
