"""The stored entailments: each rule yields something, and together they yield what HermiT infers."""

from collections.abc import Callable, Iterable

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store, Triple

from ontology import reasoning
from ontology import terms as pg
from ontology.rules import RULES, Rule, role_properties

Statements = Callable[..., list[Triple]]
Comparable = Callable[[Iterable[Triple], str], set[Triple]]
DATA = "http://example.org/"


def apply(rule: Rule, store: Store) -> int:
    """Adds what the rule yields; how many triples were new."""
    triples = store.query(rule.construct)
    assert isinstance(triples, QueryTriples)
    before = len(store)
    store.extend([Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples])
    return len(store) - before


def stored(triples: list[Triple]) -> Store:
    store = Store()
    store.extend([Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples])
    return store


def closed(triples: list[Triple]) -> Store:
    store = stored(triples)
    for rule in RULES:
        apply(rule, store)
    return store


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_yields_something_that_nothing_else_states(rule: Rule, statements: Statements) -> None:
    assert apply(rule, stored([*statements(), *STATED_ALONE.get(rule.name, [])])) > 0


ROUND, SECRETARY = NamedNode(f"{DATA}id/round"), NamedNode(f"{DATA}id/secretary")
STATED_ALONE = {
    # These two read what an earlier rule gives; here it is given at once.
    "participant-inverse": [Triple(ROUND, pg.hasParticipant, SECRETARY)],
    "participant-subproperty": [Triple(ROUND, pg.hasNegotiator, SECRETARY)],
}


def test_one_pass_in_order_is_enough(statements: Statements) -> None:
    store = closed(statements())
    assert {rule.name: apply(rule, store) for rule in RULES} == {rule.name: 0 for rule in RULES}


def test_the_rules_yield_what_the_reasoner_infers(statements: Statements, comparable: Comparable) -> None:
    by_rules = comparable((quad.triple for quad in closed(statements())), DATA)
    assert by_rules == comparable(reasoning.entailments(statements()), DATA)


def test_no_rule_makes_a_planned_call_a_conversation_with_oneself(statements: Statements) -> None:
    """A chain through the event and back would have everyone take part with themselves."""
    store = closed(statements())
    looping = [quad for quad in store if quad.subject == quad.object]
    assert looping == []


def test_a_role_without_a_property_of_its_own_makes_a_participant_only(statements: Statements) -> None:
    assert pg.appointee not in role_properties()
    call, part = NamedNode(f"{DATA}id/call"), NamedNode(f"{DATA}id/call-p9")
    extra = [
        Triple(call, pg.participation, part),
        Triple(part, pg.agent, SECRETARY),
        Triple(part, pg.role, pg.appointee),
    ]
    store = closed([*statements(), *extra])
    found = {quad.predicate for quad in store.quads_for_pattern(call, None, SECRETARY)}
    assert found == {pg.hasParticipant}


def test_rule_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
