"""A reading made by hand, about invented people, for the stages behind linking."""

from datetime import date

import pytest

from graph.corpus import formats
from graph.model import (
    Claim,
    Duration,
    Entity,
    EntityKind,
    Event,
    EventType,
    Grounded,
    Medium,
    Modality,
    Office,
    Participation,
    Period,
    Quotation,
    Reading,
    Role,
    Source,
    Span,
)

TEXT = """ date 2031-05 Il presidente Anna Verdi ha telefonato a Piero Bruni, ha detto Carla Neri
all'agenzia Orbe. La telefonata è durata circa un'ora e mezza: hanno discusso di energia e di Lestovia.
Per Bruni è durata due ore. Verdi ha invitato Bruni a Portalba. "Ci andrò presto", ha risposto Bruni.
"""
VERDI, BRUNI, NERI = "person:anna-verdi", "person:Q9001", "person:carla-neri"
ORBE, LESTOVIA, PORTALBA = "organization:orbe", "state:Q9002", "place:Q9003"


def words(text: str, nth: int = 0) -> Span:
    """The nth stretch of TEXT with these words."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Span(start, start + len(text))


ENTITIES = (
    Entity(VERDI, EntityKind.PERSON, "Anna Verdi", aliases=("Verdi",), mentions=(words("Anna Verdi"),)),
    Entity(
        BRUNI,
        EntityKind.PERSON,
        "Piero Bruni",
        aliases=("Bruni",),
        labels=(("it", "Piero Bruni"), ("en", "Peter Bruni")),
        wikidata="Q9001",
        source="invented",
    ),
    Entity(NERI, EntityKind.PERSON, "Carla Neri"),
    Entity(ORBE, EntityKind.ORGANIZATION, "Orbe"),
    Entity(LESTOVIA, EntityKind.STATE, "Lestovia", labels=(("it", "Lestovia"),), wikidata="Q9002"),
    Entity(
        PORTALBA,
        EntityKind.PLACE,
        "Portalba",
        labels=(("en", "Portalba"),),
        wikidata="Q9003",
        latitude=45.5,
        longitude=-9.25,
        located_in=LESTOVIA,
        located=True,
    ),
)
PARTIES = (
    Participation(VERDI, Role.CALLER, words("Anna Verdi"), office="presidente"),
    Participation(BRUNI, Role.CALLEE, words("Piero Bruni")),
)
CALL = Event(
    "call:1",
    EventType.CALL,
    (
        Claim(
            event="call:1",
            type=EventType.CALL,
            trigger=words("telefonato"),
            modality=Modality.OCCURRED,
            source=Source((NERI,), (ORBE,), Medium.AGENCY, span=words("ha detto Carla Neri")),
            participations=PARTIES,
            time=Grounded(Period("2031-05", date(2031, 5, 1), date(2031, 5, 31)), words("2031-05")),
            duration=Grounded(Duration(90, True), words("circa un'ora e mezza")),
            topics=(
                Grounded("topic-energy", words("energia")),
                Grounded(LESTOVIA, words("Lestovia")),
            ),
            not_stated=("hasPlace",),
            rule="call-verb",
            confidence=0.9,
        ),
        Claim(
            event="call:1",
            type=EventType.CALL,
            trigger=words("durata", 1),
            modality=Modality.OCCURRED,
            source=Source((BRUNI,), span=words("Per Bruni")),
            duration=Grounded(Duration(120, False), words("due ore")),
            confidence=0.5,
        ),
    ),
)
INVITATION = Event(
    "invitation:2",
    EventType.INVITATION,
    (
        Claim(
            event="invitation:2",
            type=EventType.INVITATION,
            trigger=words("invitato"),
            modality=Modality.OCCURRED,
            source=Source(),
            participations=(
                Participation(VERDI, Role.SPEAKER, words("Verdi", 1)),
                Participation(BRUNI, Role.ADDRESSEE, words("Bruni", 2)),
            ),
            concerns="visit:3",
            confidence=0.8,
        ),
    ),
)
VISIT = Event(
    "visit:3",
    EventType.VISIT,
    (
        Claim(
            event="visit:3",
            type=EventType.VISIT,
            trigger=words("invitato"),
            modality=Modality.HYPOTHETICAL,
            source=Source(),
            participations=(Participation(BRUNI, Role.VISITOR, words("Bruni", 2)),),
            place=Grounded(PORTALBA, words("Portalba")),
            confidence=0.8,
        ),
    ),
)


@pytest.fixture
def reading() -> Reading:
    """A call by relay, told with two durations; an invitation and the visit it is about; a quotation."""
    return Reading(
        article=formats.article(TEXT, "invented.txt"),
        language="it",
        entities=ENTITIES,
        offices=(Office(VERDI, "presidente", words("presidente")),),
        events=(CALL, INVITATION, VISIT),
        quotations=(
            Quotation(words("Ci andrò presto"), Source((BRUNI,), (ORBE,), span=words("ha risposto Bruni"))),
        ),
        topics={"topic-energy": {"it": "energia", "en": "energy"}},
    )
