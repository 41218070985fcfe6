"""The fast check and the shapes, run by pyshacl, find the same faults in the same graphs."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from graph.mapping import dataset
from graph.mapping.conformance import gate, shapes
from graph.mapping.iris import Iris
from graph.mapping.vocabulary import RDF_TYPE
from graph.model import Reading, Span
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from ontology.schema import EVENT, SCHEMES, SHAPES

BASE = "http://127.0.0.1:8000/"
TEXT = NamedNode(PREFIXES["schema"] + "text")
MUTANTS = 200
SEED = 20250612
NEVER_LITERAL = (RDF_TYPE, pg.role, pg.medium)
"""pyshacl asks an Oxigraph store for the properties of their values, which fails outright for a literal."""


@pytest.fixture
def quads(reading: Reading) -> list[Quad]:
    """Of the reading's call and visit, in a fixed order."""
    return sorted(dataset.quads(reading, BASE), key=str)


@pytest.fixture(scope="module")
def shape_graph() -> Graph:
    return Graph().parse(SHAPES)


def by_gate(quads: Iterable[Quad], reading: Reading) -> set[str]:
    texts = {reading.article.id: reading.article.text}
    return {violation.shape for violation in gate.violations(quads, texts)}


def by_pyshacl(quads: Iterable[Quad], reading: Reading, shape_graph: Graph) -> set[str]:
    """The names of the shapes that the quads violate; warnings are none."""
    store = Store()
    vocabulary = NamedNode(f"{BASE}graph/ontology")
    for path in (EVENT, SCHEMES):
        store.load(path=str(path), format=RdfFormat.TURTLE, to_graph=vocabulary)
    store.extend(quads)
    iris = Iris(reading, BASE)
    store.add(Quad(iris.article, TEXT, Literal(reading.article.text), iris.article_graph))
    _, report, _ = pyshacl.validate(store, shacl_graph=shape_graph)
    return {
        name(report.value(result, SH.sourceShape), shape_graph)
        for result in report.objects(None, SH.result)
        if report.value(result, SH.resultSeverity) == SH.Violation
    }


def name(shape: Node | None, shape_graph: Graph) -> str:
    while isinstance(shape, BNode):
        shape = next(shape_graph.subjects(SH.property, shape))
    return str(shape).removeprefix(shapes.SHAPE)


def mutant(quads: list[Quad], chance: random.Random) -> list[Quad]:
    """The quads after one change: a quad lost, doubled with another value, moved, or given another value."""
    changed = list(quads)
    place = chance.randrange(len(quads))
    quad = quads[place]
    match chance.choice(["lose", "value", "double", "move", "literal"]):
        case "lose":
            del changed[place]
        case "value" | "literal" if quad.predicate in NEVER_LITERAL:
            kinds = [other.object for other in quads if isinstance(other.object, NamedNode)]
            changed[place] = replaced(quad, chance.choice(kinds))
        case "value":
            changed[place] = replaced(quad, chance.choice(quads).object)
        case "double":
            alike = [other.object for other in quads if other.predicate == quad.predicate]
            changed.append(replaced(quad, chance.choice(alike)))
        case "move":
            graph = chance.choice(quads).graph_name
            changed[place] = Quad(quad.subject, quad.predicate, quad.object, graph)
        case _:
            changed[place] = replaced(quad, bent(quad.object, chance))
    return changed


def replaced(quad: Quad, value: object) -> Quad:
    assert isinstance(value, NamedNode | Literal)
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def bent(value: object, chance: random.Random) -> Literal | NamedNode:
    """Another literal of the same datatype, or of another; a node where there was none."""
    if not isinstance(value, Literal):
        return NamedNode(f"{BASE}id/nobody")
    if value.datatype.value.endswith("#integer"):
        return Literal(str(int(value.value) + chance.choice([-400, -1, 1, 400])), datatype=value.datatype)
    if value.datatype.value.endswith("#date"):
        return Literal(chance.choice(["1999-01-01", "2050-01-01"]), datatype=value.datatype)
    return chance.choice([Literal(value.value + "x", language="it"), Literal("")])


def test_a_sound_reading_conforms_to_both(quads: list[Quad], reading: Reading, shape_graph: Graph) -> None:
    assert by_gate(quads, reading) == set()
    assert by_pyshacl(quads, reading, shape_graph) == set()


@pytest.mark.parametrize("block", range(10))
def test_both_find_the_same_in_mutated_graphs(
    quads: list[Quad], reading: Reading, shape_graph: Graph, block: int
) -> None:
    chance = random.Random(SEED + block)
    faulty = 0
    for _ in range(MUTANTS // 10):
        changed = mutant(quads, chance)
        expected = by_pyshacl(changed, reading, shape_graph)
        assert by_gate(changed, reading) == expected, set(changed) ^ set(quads)
        faulty += bool(expected)
    assert faulty >= 5, "the mutations break too little to prove anything"


def test_a_violation_names_the_words_that_it_is_about(quads: list[Quad], reading: Reading) -> None:
    claim = next(quad.subject for quad in quads if quad.predicate == pg.duration)
    graph = next(quad.graph_name for quad in quads if quad.predicate == pg.duration)
    assert claim
    without = [quad for quad in quads if not (quad.subject == graph and quad.predicate == pg.modality)]
    (violation,) = gate.violations(without, {})
    assert violation.node == graph.value if isinstance(graph, NamedNode) else False
    assert "exactly one modality" in violation.reason
    assert violation.words in reading.article.text
    assert violation.words


def test_a_span_whose_words_the_article_does_not_have_is_named_with_both(reading: Reading) -> None:
    spoilt = replace(reading.article, text=reading.article.text.replace("telefonato", "telegrafat"))
    quads = dataset.quads(reading, BASE)
    found = gate.violations(quads, {reading.article.id: spoilt.text})
    assert [violation.shape for violation in found] == ["SpanText"]
    assert "telegrafat" in str(found[0])
    assert "telefonato" in str(found[0])


def test_a_mention_of_a_paragraph_is_refused(reading: Reading) -> None:
    call = reading.events[0]
    long = replace(call.claims[0], trigger=Span(20, 221))
    changed = replace(reading, events=(replace(call, claims=(long,)), *reading.events[1:]))
    assert by_gate(dataset.quads(changed, BASE), changed) == {"SpanIsMinimal"}
