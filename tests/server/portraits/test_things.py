"""Things that try a page: very many links, no label, markup, another script, loops."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.store import generations
from ontology import terms as pg
from server.evaluator.current import Look
from server.evaluator.jobs import iri as iri_term
from server.evaluator.limits import Limits
from server.evaluator.pool import Pool
from server.opened import Opened
from server.portraits import agents, claims, things
from server.portraits.names import Namer
from server.portraits.questions import Answers
from server.portraits.subject import Subject

BASE = "http://data.example/"
HUB, BARE, LOOP, FREE = (NamedNode(f"{BASE}id/person/{name}") for name in ("hub", "bare-1", "loop", "free"))
LABEL, TYPE = (
    NamedNode(iri)
    for iri in (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    )
)
LINKS = 3000
FEW = 60


def quads() -> Iterator[Quad]:
    yield Quad(HUB, TYPE, pg.Person)
    yield Quad(HUB, LABEL, Literal("السلام <b>&", language="ar"))
    yield Quad(HUB, LABEL, Literal("Hub", language="en-GB"))
    for number in range(LINKS):
        node = NamedNode(f"{BASE}id/event/e{number}#p")
        yield Quad(node, pg.agent, HUB)
        yield Quad(NamedNode(f"{BASE}id/event/e{number}"), pg.participation, node)
        yield Quad(NamedNode(f"{BASE}id/event/e{number}"), pg.hasParticipant, HUB)
    for number in range(120):
        yield Quad(NamedNode(f"{BASE}id/event/f{number:03}"), pg.reportedIn, LOOP)
    for number in range(FEW):
        yield Quad(NamedNode(f"{BASE}id/event/g{number:03}"), pg.hasParticipant, FREE)
    yield Quad(BARE, TYPE, pg.Person)
    one, two = (NamedNode(f"{BASE}id/claim/{name}") for name in ("one", "two"))
    for claim, other in ((one, two), (two, one)):
        yield Quad(claim, pg.about, NamedNode(f"{BASE}id/event/loop"))
        yield Quad(claim, pg.relays, other)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    folder: Path = tmp_path_factory.mktemp("things")
    with generations.writing(folder, fresh=True) as generation:
        database = Store(str(generation))
        database.bulk_extend(quads())
        database.flush()
        del database
    found = Pool(lambda: generations.current(folder), Limits())
    yield found
    found.close()


def told(pool: Pool, iri: str) -> Answers:
    return Answers(pool, {"this": iri_term(iri)})


def subject(pool: Pool, iri: str) -> Subject:
    return Subject(Opened(lambda: Look.at(pool.generation())).lookups(), iri)


@pytest.fixture
def namer() -> Namer:
    return Namer(BASE, "en")


def test_links_are_counted_exactly_up_to_a_thousand_and_no_further(pool: Pool, namer: Namer) -> None:
    hub = things.thing(subject(pool, HUB.value), namer)
    assert hub is not None
    assert (hub.incoming.total, hub.incoming.more) == (things.COUNTED, True)
    loop = things.thing(subject(pool, LOOP.value), namer)
    assert loop is not None
    assert (loop.incoming.total, loop.incoming.more, loop.incoming.pages) == (120, False, 3)


def test_every_page_of_links_shows_others_and_all_together_show_all(pool: Pool, namer: Namer) -> None:
    seen: list[str] = []
    for number in (1, 2, 3):
        page = things.thing(subject(pool, LOOP.value), namer, number)
        assert page is not None
        assert page.incoming.page == number
        seen += [name.iri for _, names in page.incoming.groups for name in names]
    assert len(seen) == len(set(seen)) == 120
    last = things.thing(subject(pool, LOOP.value), namer, 99)
    assert last is not None
    assert last.incoming.page == 3


def test_a_thing_without_a_label_is_called_by_its_address(pool: Pool, namer: Namer) -> None:
    bare = things.thing(subject(pool, BARE.value), namer)
    assert bare is not None
    assert bare.name.label == "bare-1"


def test_the_label_is_the_readers_whatever_the_region(pool: Pool, namer: Namer) -> None:
    hub = things.thing(subject(pool, HUB.value), namer)
    assert hub is not None
    assert (hub.name.label, hub.name.language.lower()) == ("Hub", "en-gb")
    assert [value.text for value in hub.aliases] == ["السلام <b>&"]
    assert hub.json_ld["@id"] == HUB.value


def test_what_the_graph_does_not_know_is_nothing(pool: Pool, namer: Namer) -> None:
    nobody = f"{BASE}id/person/nobody"
    assert things.thing(subject(pool, nobody), namer) is None


def test_an_agent_in_very_many_events_has_a_bounded_list(pool: Pool, namer: Namer) -> None:
    found = agents.agent(told(pool, HUB.value), "Person", HUB.value, namer)
    assert (len(found.involvements), found.more) == (agents.MOST, True)
    free = agents.agent(told(pool, FREE.value), "Person", FREE.value, namer)
    assert (len(free.involvements), free.more) == (FEW, False)


def test_claims_that_relay_each_other_do_not_hang(pool: Pool, namer: Namer) -> None:
    for path in ("event/loop", "claim/one"):
        assert len(claims.cards(subject(pool, f"{BASE}id/{path}"), namer)) <= 2


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (f"{BASE}id/event/é x#p", "/page/event/%C3%A9%20x#p"),
        (f"{BASE}graph/entities", "/graph/entities"),
        ("https://w3id.org/parleygraph/ns#Call", "/ns#Call"),
        ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q1"),
        ("javascript:alert(1)", ""),
        ("urn:x", ""),
    ],
)
def test_a_thing_links_by_path_and_never_to_a_script(namer: Namer, iri: str, href: str) -> None:
    assert namer.href(iri) == href
