"""What follows after a change is what follows from the whole."""

import re
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.store import closure, merge
from ontology import terms as pg
from ontology.prefixes import NAMESPACE
from ontology.rules import RULES, role_properties

ENTAILED = NamedNode("http://x.example/graph/entailed")
GRAPHS = [NamedNode(f"http://x.example/graph/{name}") for name in "ab"]
CONSTRUCTS = [rule.construct for rule in RULES]
THINGS = [NamedNode(f"http://x.example/{name}") for name in "stuvw"]
READ = sorted(closure.READ - {pg.participatesIn}, key=str)
CLASSES = [pg.Call, pg.Release, pg.Country]
ROLES = sorted(role_properties(), key=str)


@st.composite
def quads(draw: st.DrawFn) -> Quad:
    """Any triple that a rule reads, between few things, so that chains and rings come about."""
    predicate = draw(st.sampled_from(READ))
    values = {closure.TYPE: CLASSES, pg.role: ROLES, pg.modality: [pg.occurred, pg.denied]}
    value = draw(st.sampled_from(values.get(predicate, THINGS)))
    return Quad(draw(st.sampled_from(THINGS)), predicate, value, draw(st.sampled_from(GRAPHS)))


def closed(stated: set[Quad]) -> set[Quad]:
    """The dataset closed from nothing."""
    database = Store()
    merge.add(database, stated)
    closure.materialise(database, ENTAILED, CONSTRUCTS)
    return set(database)


@settings(deadline=None, max_examples=300, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=st.sets(quads(), max_size=25),
    gone=st.randoms(use_true_random=False),
    new=st.sets(quads(), max_size=6),
)
def test_a_change_leaves_what_a_whole_closure_gives(before: set[Quad], gone: Random, new: set[Quad]) -> None:
    database = Store()
    merge.add(database, before)
    closure.materialise(database, ENTAILED, CONSTRUCTS)
    leaving = {quad for quad in before if gone.random() < 0.3}
    changed = merge.remove(database, leaving) | merge.add(database, new)
    closure.update(database, ENTAILED, CONSTRUCTS, changed)
    assert set(database) == closed((before - leaving) | new)


def test_the_properties_that_rules_read_are_all_known() -> None:
    """Else a change of one would be passed over."""
    names = {name for rule in CONSTRUCTS for name in re.findall(r"pg:(\w+)", rule)}
    full = {iri for rule in CONSTRUCTS for iri in re.findall(rf"<{re.escape(NAMESPACE)}(\w+)>", rule)}
    properties = {NamedNode(NAMESPACE + name) for name in names | full if name[0].islower()}
    derived = {pg.reportedModality, pg.reportedIn, pg.takesPlaceWithin}
    concepts = set(ROLES)
    assert properties - derived - concepts == closure.READ - {closure.TYPE}


def test_renewing_removes_what_no_longer_follows() -> None:
    database = Store()
    call, graph = THINGS[0], GRAPHS[0]
    merge.add(database, [Quad(call, closure.TYPE, pg.Call, graph)])
    closure.materialise(database, ENTAILED, CONSTRUCTS)
    assert Quad(call, closure.TYPE, pg.Event, DefaultGraph()) in database
    merge.remove_graph(database, graph)
    closure.renew(database, ENTAILED, CONSTRUCTS)
    assert set(database) == set()


def test_a_chain_of_relays_and_traces_is_followed_back_through_both() -> None:
    source, report = THINGS[:2]
    relay, trace = Quad(report, pg.relays, source, GRAPHS[0]), Quad(source, pg.tracesTo, report, GRAPHS[0])
    database = Store()
    merge.add(database, [relay, trace])
    closure.materialise(database, ENTAILED, CONSTRUCTS)
    closure.update(database, ENTAILED, CONSTRUCTS, merge.remove(database, [relay]))
    assert set(database) == closed({trace})
