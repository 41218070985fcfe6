"""The network: drawn alike each time, within its frame, names apart, what is not drawn in the table."""

from itertools import combinations

from ontology import terms as pg
from server.portraits.names import Namer
from server.portraits.questions import Row, Value
from server.views.network import HEIGHT, LINE, NODES, ROWS, STYLES, WIDTH, network
from server.views.selection import modalities

BASE = "http://data.example/"
NAMES = Namer(BASE, "en")


def row(one: str, other: str, events: int, modality: str = pg.occurred.value) -> Row:
    return {
        "one": Value("uri", f"{BASE}id/person/{one}"),
        "oneLabel": Value("literal", one.title(), "en"),
        "other": Value("uri", f"{BASE}id/person/{other}"),
        "otherLabel": Value("literal", other.title(), "en"),
        "modality": Value("uri", modality),
        "events": Value("literal", str(events)),
    }


def test_a_planned_call_is_drawn_otherwise_than_one_that_occurred() -> None:
    found = network(
        [row("a", "b", 3), row("a", "b", 1, pg.planned.value), row("a", "c", 1, pg.denied.value)], NAMES
    )
    assert {(edge.other.label, edge.style, edge.events) for edge in found.edges} == {
        ("B", "real", 3),
        ("B", "planned", 1),
        ("C", "denied", 1),
    }
    paths = [edge.path for edge in found.edges if edge.other.label == "B"]
    assert paths[0] != paths[1]


def test_every_modality_has_a_style() -> None:
    assert set(STYLES) == set(modalities())


def test_the_same_graph_is_drawn_alike_and_inside_the_frame() -> None:
    rows = [row(f"p{n}", f"p{n * 7 % 40}", n % 5 + 1) for n in range(40) if n != n * 7 % 40]
    first, again = network(rows, NAMES), network(list(rows), NAMES)
    assert first == again
    assert all(0 <= node.x <= WIDTH and 0 <= node.y <= HEIGHT for node in first.nodes)
    assert len({(node.x, node.y) for node in first.nodes}) == len(first.nodes)


def test_the_names_of_a_small_network_do_not_lie_on_one_another() -> None:
    rows = [row(f"person {n}", f"person {n + 1}", 1) for n in range(12)]
    for one, other in combinations(network(rows, NAMES).nodes, 2):
        wide = (len(one.actor.label) + len(other.actor.label)) * 7.6 / 2
        assert abs(one.x - other.x) >= wide or abs(one.y - other.y) >= LINE - 1


def test_of_very_many_those_in_most_events_are_drawn_and_all_are_in_the_table() -> None:
    rows = [row(f"a{n:03}", f"b{n:03}", 100 - n) for n in range(100)]
    found = network(rows, NAMES)
    assert len(found.nodes) == NODES
    assert found.left_out == 200 - NODES
    assert len(found.pairs) == 100
    joined = {name.iri for edge in found.edges for name in (edge.one, edge.other)}
    assert {node.actor.iri for node in found.nodes} == joined


def test_a_cut_is_told_and_nothing_is_nothing() -> None:
    assert network([row(f"a{n}", f"b{n}", 1) for n in range(ROWS + 1)], NAMES).more
    empty = network([], NAMES)
    assert (empty.nodes, empty.edges, empty.pairs, empty.more) == ((), (), (), False)
