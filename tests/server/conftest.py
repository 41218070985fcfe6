"""A real store built from one article about invented people, and a server over it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.mapping import dataset
from graph.model import (
    Article,
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
from graph.store import generations, merge, texts
from ontology.prefixes import PREFIXES
from tests.server.running import Server, open_port

BASE = "http://127.0.0.1:8000/"
TEXT = (
    "date 2031-05 La premier di Valdoria Irene Falk ha telefonato giovedì "
    "al presidente di Ostmark, Milo Arend. "
    "La telefonata è durata circa due ore, ha detto il portavoce Teo Lunn, citato dall'agenzia Vento. "
    "Secondo Arend il colloquio è durato invece un'ora.\n\n"
    "Sui mercati la notizia non ha avuto alcun effetto e le borse hanno chiuso quasi invariate, "
    "mentre il prezzo "
    "del grano continua a scendere da tre settimane e gli analisti non si attendono una ripresa prima "
    "dell'autunno, quando i raccolti del sud saranno ormai nei silos e le navi avranno lasciato i porti.\n\n"
    'Falk visiterà Porto Grigio in estate. "Non abbiamo <fretta> & nessuno ce la mette", ha aggiunto Lunn.'
)
FALK, AREND, LUNN, VENTO, PORT = (
    "person:irene-falk",
    "person:milo-arend",
    "person:teo-lunn",
    "organization:vento",
    "place:porto-grigio",
)
PARTICIPANTS = (
    "CONSTRUCT { ?event pg:hasParticipant ?agent } WHERE { ?event pg:participation/pg:agent ?agent }"
)
PERIOD = Period("2031-05", date(2031, 5, 1), date(2031, 5, 31))


def span(words: str, occurrence: int = 0) -> Span:
    """The stretch of TEXT with these words."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def entities() -> tuple[Entity, ...]:
    person, place = EntityKind.PERSON, EntityKind.PLACE
    return (
        Entity(FALK, person, "Irene Falk", aliases=("Falk",)),
        Entity(AREND, person, "Milo Arend", aliases=("Arend",)),
        Entity(LUNN, person, "Teo Lunn", aliases=("Lunn",)),
        Entity(
            VENTO, EntityKind.ORGANIZATION, "Vento", labels=(("en", "Vento agency"), ("it", "agenzia Vento"))
        ),
        Entity(
            PORT,
            place,
            "Porto Grigio",
            labels=(("en", "Grey Harbour"), ("it", "Porto Grigio")),
            latitude=41.5,
            longitude=9.25,
        ),
    )


def parties() -> tuple[Participation, ...]:
    return (
        Participation(FALK, Role.CALLER, span("Irene Falk"), "premier di Valdoria"),
        Participation(AREND, Role.CALLEE, span("Milo Arend")),
    )


def call(source: Source, trigger: Span, length: Grounded[Duration], rule: str) -> Claim:
    return Claim(
        "call:1",
        EventType.CALL,
        trigger,
        Modality.OCCURRED,
        source,
        parties(),
        time=Grounded(PERIOD, span("2031-05")),
        duration=length,
        not_stated=("hasPlace",),
        rule=rule,
        confidence=0.9,
    )


def reading() -> Reading:
    """What an extraction might have found in TEXT."""
    lunn = Source((LUNN,), (VENTO,), Medium.PRESS_BRIEFING, span=span("Teo Lunn"))
    arend = Source((AREND,), span=span("Secondo Arend"))
    visit = Claim(
        "visit:1",
        EventType.VISIT,
        span("visiterà"),
        Modality.PLANNED,
        Source(),
        (Participation(FALK, Role.VISITOR, span("Falk", 1)),),
        place=Grounded(PORT, span("Porto Grigio")),
        not_stated=("edtf",),
        rule="visit/future",
        confidence=0.8,
    )
    events = (
        Event(
            "call:1",
            EventType.CALL,
            (
                call(
                    lunn,
                    span("telefonata"),
                    Grounded(Duration(120, True), span("circa due ore")),
                    "call/noun",
                ),
                call(arend, span("colloquio"), Grounded(Duration(60, False), span("un'ora")), "call/noun"),
            ),
        ),
        Event("visit:1", EventType.VISIT, (visit,)),
    )
    return Reading(
        Article("0123456789ab", TEXT, Span(13, len(TEXT)), "articolo.txt", PERIOD, "it"),
        "it",
        entities(),
        (Office(FALK, "premier di Valdoria", span("premier di Valdoria")),),
        events,
        (
            Quotation(
                span("Non abbiamo <fretta> & nessuno ce la mette"), Source((LUNN,), span=span("Lunn", 1))
            ),
        ),
    )


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the article's graph in it."""
    folder = tmp_path_factory.mktemp("served") / "store"
    odd = NamedNode(f"{BASE}id/organization/odd-00000000")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    extra = Quad(odd, label, Literal("line\rbreak <b>&", language="en"), NamedNode(f"{BASE}graph/entities"))
    with generations.writing(folder, fresh=True) as generation:
        database = Store(str(generation))
        merge.bulk_add(database, {*dataset.quads(reading(), BASE), extra})
        entailed = NamedNode(f"{BASE}graph/entailed")
        follows = list(database.query(PARTICIPANTS, prefixes=PREFIXES))
        merge.bulk_add(database, [Quad(*triple, entailed) for triple in follows])
        database.flush()
        del database
        texts.write(folder, "0123456789ab", TEXT)
    return folder


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Server]]:
    """Start a server on a store with settings of its own; all are stopped at the end."""
    running: list[Server] = []

    def start(folder: Path, **settings: str) -> Server:
        server = Server(folder, open_port(), **settings)
        running.append(server)
        server.wait()
        return server

    yield start
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def server(store: Path, launch: Callable[..., Server]) -> Server:
    """The server that most tests ask."""
    return launch(store, PARLEYGRAPH_QUERY_TIMEOUT="10")


@pytest.fixture(scope="session")
def http(server: Server) -> httpx.Client:
    """A client of that server."""
    return server.client
