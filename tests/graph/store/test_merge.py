"""The default graph is the merge of the named graphs, each triple once, after every kind of write."""

import random

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.store import merge

RUN = NamedNode("http://127.0.0.1:8000/graph/run")
GRAPHS = [NamedNode(f"http://127.0.0.1:8000/graph/{number}") for number in range(3)]


def node(number: int) -> NamedNode:
    return NamedNode(f"http://example.org/{number}")


def quad(number: int, graph: NamedNode = GRAPHS[0]) -> Quad:
    return Quad(node(number), node(0), node(number), graph)


def default(store: Store) -> list[Quad]:
    return list(store.quads_for_pattern(None, None, None, DefaultGraph()))


@pytest.mark.parametrize("add", [merge.add, merge.bulk_add])
def test_a_triple_of_two_graphs_is_once_in_the_default_graph(add: object) -> None:
    store = Store()
    assert callable(add)
    add(store, [quad(1), quad(1, GRAPHS[1])])
    assert len(default(store)) == 1
    assert list(merge.differences(store)) == []


def test_a_triple_leaves_the_default_graph_with_its_last_graph() -> None:
    store = Store()
    merge.add(store, [quad(1), quad(1, GRAPHS[1]), quad(2)])
    merge.remove(store, [quad(1)])
    assert len(default(store)) == 2
    merge.remove_graph(store, GRAPHS[1])
    assert [each.subject for each in default(store)] == [node(2)]
    assert list(merge.differences(store)) == []


def test_the_run_is_no_part_of_the_merge() -> None:
    store = Store()
    merge.add(store, [quad(1, RUN), quad(2, RUN), quad(2)])
    assert [each.subject for each in default(store)] == [node(2)]
    merge.remove(store, [quad(2)])
    assert default(store) == []
    assert list(merge.differences(store)) == []


def test_a_difference_is_found_either_way() -> None:
    store = Store()
    merge.add(store, [quad(1)])
    stray = Quad(node(9), node(0), node(9), DefaultGraph())
    store.add(stray)
    store.add(quad(3))
    missing = Quad(node(3), node(0), node(3), DefaultGraph())
    assert set(merge.differences(store)) == {stray, missing}


def test_the_merge_holds_after_any_order_of_adding_and_removing() -> None:
    chance = random.Random(7)
    store = Store()
    for _ in range(300):
        some = [quad(chance.randrange(6), chance.choice([*GRAPHS, RUN])) for _ in range(chance.randrange(4))]
        match chance.randrange(4):
            case 0:
                merge.remove(store, some)
            case 1:
                merge.remove_graph(store, chance.choice([*GRAPHS, RUN]))
            case 2:
                merge.bulk_add(store, some)
            case _:
                merge.add(store, some)
        assert list(merge.differences(store)) == []
