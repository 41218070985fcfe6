"""HermiT finds ontology and data consistent, and finds each of a list of minimal faults inconsistent.

Every fault is added to the same sound article, so that undoing it restores consistency.
"""

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from ontology import reasoning
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from ontology.reasoning import ReasoningError, Verdict

Statements = Callable[..., list[Triple]]

ALL_DIFFERENT = NamedNode(PREFIXES["owl"] + "AllDifferent")
FAULTS = {
    "a claim has two modalities": "id:claim-talks pg:modality pg:occurred .",
    "a person is an organization": "id:varga a pg:Organization .",
    "a person is a country": "id:varga a pg:Country .",
    "an event is an agent": "id:call a pg:Agent .",
    "an organization has participants": "id:vesta pg:participation id:call-p1 .",
    "a span takes part in an event": "id:talks-p1 pg:agent id:quotation .",
    "a claim is about a place": "id:claim-call-vesta pg:about id:lakeside .",
    "a modality is a person": "id:claim-new a pg:Claim ; pg:modality id:varga .",
    "an organization holds an office": "id:oduya-minister pg:holder id:vesta .",
    "two people hold one office holding": (
        "id:oduya-minister pg:holder id:varga . id:varga owl:differentFrom id:oduya ."
    ),
    "a claim is a document": "id:claim-talks a pg:Document .",
    "an event happens in a person": "id:call pg:hasPlace id:varga .",
    "an event is attributed to somebody": "id:call pg:attributedTo id:varga .",
    "a claim is attributed to an event": "id:claim-talks pg:attributedTo id:call .",
    "a span starts twice": "id:span a pg:TextSpan ; pg:start 1, 2 .",
}


def axioms() -> list[Triple]:
    return [quad.triple for path in reasoning.AXIOMS for quad in parse(path=path, format=RdfFormat.TURTLE)]


def test_the_ontology_alone_is_consistent_and_every_class_can_have_members() -> None:
    assert reasoning.judge() == Verdict(consistent=True, unsatisfiable=())


def test_the_ontology_with_an_article_is_consistent(statements: Statements) -> None:
    assert reasoning.judge(statements()).sound


@pytest.mark.parametrize("fault", FAULTS)
def test_a_minimal_fault_is_inconsistent(fault: str, statements: Statements) -> None:
    assert reasoning.judge(statements(FAULTS[fault])) == Verdict(consistent=False)


def test_without_all_different_two_modalities_would_pass(statements: Statements) -> None:
    """What the axiom is for: HermiT would otherwise take the two for one."""
    fault = statements(FAULTS["a claim has two modalities"])
    strong = axioms()
    all_different = {each.subject for each in strong if each.object == ALL_DIFFERENT}
    assert len(all_different) == 1
    weaker = [triple for triple in strong if triple.subject not in all_different]
    assert reasoning.judge(fault, weaker).consistent


def test_two_sources_may_differ_about_an_event(statements: Statements) -> None:
    further = (
        "id:claim-denial a pg:Claim ; pg:about id:call ; pg:modality pg:denied ; pg:attributedTo id:varga ."
        "id:call a pg:Meeting ; pg:duration 'PT2H'^^xsd:duration ; pg:earliest '2026-03-01'^^xsd:date ."
    )
    assert reasoning.judge(statements(further)).sound


def test_a_class_that_can_have_no_member_is_named(statements: Statements) -> None:
    verdict = reasoning.judge(parse_turtle("pg:Visit rdfs:subClassOf pg:Agent ."))
    assert verdict == Verdict(consistent=True, unsatisfiable=(pg.Visit.value,))
    assert not verdict.sound


def test_an_ontology_that_did_not_arrive_is_an_error() -> None:
    with pytest.raises(ReasoningError, match="0 of 30 classes"):
        reasoning.judge(axioms=[])


def test_a_restriction_on_a_complex_property_stops_the_reasoner_with_its_reason() -> None:
    with pytest.raises(ReasoningError, match="HermiT gave up"):
        reasoning.judge(parse_turtle("pg:hasParticipant a owl:FunctionalProperty ."))


def test_nothing_is_entailed_by_an_inconsistency(statements: Statements) -> None:
    with pytest.raises(ReasoningError, match="inconsistent"):
        reasoning.entailments(statements(FAULTS["an event is an agent"]))


def parse_turtle(text: str) -> list[Triple]:
    store = Store()
    prologue = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    store.load(f"{prologue}\n{text}".encode(), format=RdfFormat.TURTLE)
    return [quad.triple for quad in store]
