"""What the stages hand to each other: frozen values, no behaviour beyond their own consistency.

Offsets are code points of the raw article, from 0, end exclusive, everywhere. An entity, an event or a
claim is named inside the pipeline by its `key`; IRIs are made from keys in `graph.mapping.iris` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class EntityKind(StrEnum):
    """What an entity is. A state acts ("Moscow refuses"); a place is where something happens."""

    PERSON = "person"
    ORGANIZATION = "organization"
    STATE = "state"
    PLACE = "place"


class EventType(StrEnum):
    """The event classes of the ontology, by their JSON names (the class name in lower case)."""

    EVENT = "event"
    COMMUNICATION = "communication"
    CALL = "call"
    MEETING = "meeting"
    INTERVIEW = "interview"
    NEGOTIATION = "negotiation"
    STATEMENT = "statement"
    INVITATION = "invitation"
    PROPOSAL = "proposal"
    REJECTION = "rejection"
    VISIT = "visit"
    AGREEMENT = "agreement"
    APPOINTMENT = "appointment"
    TRANSFER = "transfer"
    RELEASE = "release"
    CONFLICT = "conflict"


class Modality(StrEnum):
    """Whether a source says that the event happened; the concepts of the ontology's Modality scheme."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"
    COUNTERFACTUAL = "counterfactual"
    DENIED = "denied"
    UNCONFIRMED = "unconfirmed"


class Role(StrEnum):
    """The part an agent plays in an event; the concepts of the ontology's Role scheme."""

    PARTICIPANT = "participant"
    CALLER = "caller"
    CALLEE = "callee"
    LEAD_NEGOTIATOR = "leadNegotiator"
    NEGOTIATOR = "negotiator"
    SPEAKER = "speaker"
    ADDRESSEE = "addressee"
    HOST = "host"
    VISITOR = "visitor"
    APPOINTER = "appointer"
    APPOINTEE = "appointee"
    PATIENT = "patient"


class Medium(StrEnum):
    """The channel through which something was said; the concepts of the ontology's Medium scheme."""

    SOCIAL_POST = "socialPost"
    AGENCY = "agency"
    INTERVIEW = "interview"
    PRESS_BRIEFING = "pressBriefing"
    BROADCAST = "broadcast"
    NEWSPAPER = "newspaper"
    WRITTEN_STATEMENT = "writtenStatement"
    CALL = "call"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the raw article: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Period:
    """A date as precise as the source is: an EDTF expression and the days it certainly lies between."""

    edtf: str
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came: `text` is the raw file, decoded and otherwise untouched.

    `id` is the first 12 hex digits of the SHA-256 of `text` in UTF-8; `body` is the stretch of `text`
    that is prose (after a date header or front matter); `source` names the file, for messages only.
    """

    id: str
    text: str
    body: Span
    source: str
    published: Period | None = None
    language: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An agent or a place that the article names.

    `key` is the same in every article for the same entity, and starts with its kind ("person:Q7747",
    "person:maria-rossi"); `labels` are (language, label) pairs; `aliases` the spellings that this article
    uses beside `name`; `source` says which table `wikidata` and the coordinates come from. `acts` tells
    whether the article has it act or speak, `located` whether something is or happens there (a state can do
    both). `former` are names with the keys that they gave while the tables did not know it.
    """

    key: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    wikidata: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    located_in: str | None = None
    source: str | None = None
    mentions: tuple[Span, ...] = ()
    acts: bool = True
    located: bool = False
    former: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the article words it: who holds it, its title, the words; the key of its state."""

    holder: str
    title: str
    span: Span
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """One agent in one event: entity key, role, the words that name the agent there."""

    entity: str
    role: Role
    span: Span
    office: str | None = None


@dataclass(frozen=True)
class Grounded(Generic[T]):
    """A value with the words it was read from."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Duration:
    """How long an event took, in whole minutes."""

    minutes: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: the chain from the origin outward to the last that passes it on.

    `speakers` are the origin (entity keys; empty: the article itself); `via` the relays, nearest to the
    origin first ("the spokesman, quoted by an agency": speakers the spokesman, via the agency); `span` the
    words of the attribution.
    """

    speakers: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    medium: Medium | None = None
    platform: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause says about one event.

    `event` is the key of the event; `trigger` the word that names it; `concerns` the key of another event
    that this one is about (an invitation: the visit). `not_stated` lists local names of ontology properties
    that the text leaves open. `rule` names the table rows that fired, joined by "+"; `confidence` is in
    [0, 1].
    """

    event: str
    type: EventType
    trigger: Span
    modality: Modality
    source: Source
    participations: tuple[Participation, ...] = ()
    place: Grounded[str] | None = None
    time: Grounded[Period] | None = None
    duration: Grounded[Duration] | None = None
    topics: tuple[Grounded[str], ...] = ()
    concerns: str | None = None
    modality_span: Span | None = None
    not_stated: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """An event with all claims about it; `key` starts with its type."""

    key: str
    type: EventType
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, without their quotation marks, and who said them."""

    span: Span
    source: Source


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked about one article, and what became of its claims.

    `tokens` are those of the prompts and of the answers, as the server counts them; `recalled` answers were
    given before and took neither. `kept` claims are its
    own, `confirmed` ones of the rules that it tells, too; `dropped` gives for each reason how many claims,
    or parts of claims, are left out. `failure` says why the article, or a part of it, was not read.
    """

    model: str
    requests: int = 0
    tokens: tuple[int, int] = (0, 0)
    recalled: int = 0
    kept: int = 0
    confirmed: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the pipeline found in one article, entities linked and events merged."""

    article: Article
    language: str
    entities: tuple[Entity, ...] = ()
    offices: tuple[Office, ...] = ()
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Per topic key used by a claim, its labels by language."""
    usage: Usage | None = None
    """Of the language model, where one was asked."""
