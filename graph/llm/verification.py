"""From what a model tells to a claim, or to the reason why there is none.

A model points, the tables read: each span is looked up in the article, each name among its agents, each date
and duration in what the grammar of times found there. A value that no word of the article carries has no way
in.
"""

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from pyoxigraph import NamedNode

from graph.lexicon.names import fold, slug
from graph.llm.agents import Agents
from graph.llm.answers import Citation, Told
from graph.llm.citations import Passages
from graph.llm.material import Material
from graph.model import (
    Claim,
    EntityKind,
    EventType,
    Grounded,
    Modality,
    Participation,
    Role,
    Source,
    Span,
)
from ontology import schema
from ontology.prefixes import NAMESPACE
from ontology.rules import role_properties

Value = TypeVar("Value")

# What a claim of a model alone is worth: in the trials (extraction by three ways), events that one way alone
# found were right in .27 to .40 of the cases.
ALONE = 0.4

# A trigger is the word of an event, not its sentence.
_LONGEST_TRIGGER = 60

# An event of a clause cites no more than this (the fullest in the gold corpus has fifteen parts).
_MOST = 40

# A topic of more words than this is a clause.
_LONGEST_TOPIC = 7


class RefusedError(Exception):
    """A claim that is not borne out by the article."""


class Verifier:
    """Turns events of an answer into claims about one article."""

    def __init__(self, material: Material, passages: Passages, agents: Agents, rule: str) -> None:
        self._material = material
        self._article = material.findings.article
        self._passages = passages
        self._agents = agents
        self._rule = rule
        self.topics: dict[str, str] = {}
        self.passed_over: list[str] = []
        """Why parts of claims that were kept are left out."""

    def claim(self, told: Told, events: dict[str, str]) -> Claim:
        """The claim of one event; `events` gives the local key of each event of the answer.

        Raises CitationError or RefusedError.
        """
        find, trigger = self._passages.find, self._passages.find(told.trigger)
        if trigger.end - trigger.start > _LONGEST_TRIGGER:
            raise RefusedError("the trigger is a whole clause")
        if sum(1 for _ in _arguments(told)) > _MOST:
            raise RefusedError("more citations than a clause has words for")
        cited = {id(each): find(each, trigger) for each in _arguments(told)}
        participations = tuple(self._participations(told, cited))
        if not participations:
            raise RefusedError("nobody known takes part")
        return Claim(
            event=events[told.id],
            type=told.type,
            trigger=trigger,
            modality=told.modality,
            source=self._source(told, cited),
            participations=participations,
            place=self._place(told.place, cited),
            time=self._read(told.date, cited, self._material.periods, "a date that the grammar cannot read"),
            duration=self._read(
                told.duration, cited, self._material.durations, "a duration that the grammar cannot read"
            ),
            topics=tuple(self._topics(told.topics, cited)),
            concerns=events.get(told.concerns or "") if told.concerns != told.id else None,
            modality_span=self._modality_words(told, cited),
            rule=self._rule,
            confidence=ALONE,
        )

    def _participations(self, told: Told, cited: dict[int, Span]) -> Iterable[Participation]:
        seen: set[tuple[str, Role]] = set()
        for party in told.participants:
            span = cited[id(party.name)]
            key = self._agents.acting(span, party.kind)
            if key is None:
                self.passed_over.append("a participant without a name")
                continue
            role = self._role(told.type, party.role, key)
            if (key, role) not in seen:
                seen.add((key, role))
                yield Participation(key, role, span)

    def _role(self, type_: EventType, role: Role, key: str) -> Role:
        """The role, or the plain one where events of the type have none such, or only persons do."""
        negotiating = role in (Role.NEGOTIATOR, Role.LEAD_NEGOTIATOR)
        impersonal = negotiating and self._agents.kind(key) is not EntityKind.PERSON
        return role if _fits(role, type_) and not impersonal else Role.PARTICIPANT

    def _source(self, told: Told, cited: dict[int, Span]) -> Source:
        saying = told.source
        if saying is None or not (saying.speakers or saying.via):
            return Source()
        speakers, via = (
            tuple(dict.fromkeys(self._sayer(cited[id(each)]) for each in named))
            for named in (saying.speakers, saying.via)
        )
        words = saying.words or (saying.speakers or saying.via)[0]
        return Source(speakers, via, saying.medium, span=cited[id(words)])

    def _sayer(self, span: Span) -> str:
        """Who is named as a source; without it the claim would be the article's own, and so it is refused."""
        key = self._agents.acting(span, EntityKind.PERSON)
        if key is None:
            raise RefusedError("a source without a name")
        return key

    def _place(self, citation: Citation | None, cited: dict[int, Span]) -> Grounded[str] | None:
        if citation is None:
            return None
        span = cited[id(citation)]
        key = self._agents.located(span)
        if key is None:
            self.passed_over.append("a place without a name")
        return Grounded(key, span) if key else None

    def _read(
        self,
        citation: Citation | None,
        cited: dict[int, Span],
        expressions: tuple[Grounded[Value], ...],
        otherwise: str,
    ) -> Grounded[Value] | None:
        if citation is None:
            return None
        span = cited[id(citation)]
        found = next((each for each in expressions if each.span.overlaps(span)), None)
        if found is None:
            self.passed_over.append(otherwise)
        return found

    def _topics(self, citations: list[Citation], cited: dict[int, Span]) -> Iterable[Grounded[str]]:
        seen: set[str] = set()
        for citation in citations:
            span = cited[id(citation)]
            label = " ".join(span.of(self._article.text).split())
            key = self._topic(span, label)
            if key is None:
                self.passed_over.append("a topic that is a clause")
            elif key not in seen:
                seen.add(key)
                yield Grounded(key, span)

    def _topic(self, span: Span, label: str) -> str | None:
        """A concept, an agent or place of the article, or the words themselves."""
        concept = self._material.concepts.get(fold(label))
        if concept:
            return concept
        named = self._agents.topic(span)
        if named or len(label.split()) > _LONGEST_TOPIC:
            return named
        key = f"topic:{slug(label)}"
        self.topics[key] = label
        return key

    def _modality_words(self, told: Told, cited: dict[int, Span]) -> Span | None:
        """Evidence of the modality; what plainly occurred needs none."""
        plain = told.modality_words is None or told.modality is Modality.OCCURRED
        return None if plain else cited[id(told.modality_words)]


def _arguments(told: Told) -> Iterable[Citation]:
    """All that an event cites beside its trigger."""
    yield from (party.name for party in told.participants)
    yield from told.topics
    single = [told.place, told.date, told.duration, told.modality_words]
    if told.source is not None:
        yield from (*told.source.speakers, *told.source.via)
        single.append(told.source.words)
    yield from (citation for citation in single if citation is not None)


@cache
def _fits(role: Role, type_: EventType) -> bool:
    """Whether an event of this type can have the role: the domain of the property that it stands for."""
    stood_for = role_properties().get(NamedNode(NAMESPACE + role.value))
    if stood_for is None:
        return True
    domain = schema.terms()[stood_for.value.removeprefix(NAMESPACE)].domain
    above = schema.ancestors(NamedNode(NAMESPACE + type_.value.capitalize()))
    return any(each in above for each in domain)
