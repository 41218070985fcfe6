"""What follows from the graph by the rules of the ontology, in a graph of its own and in the merge.

No OWL reasoner runs here: the ontology's own rules as SPARQL need seconds where general OWL RL engines need
minutes at a million triples. That they say what the reasoner says is tested with the ontology. After a
change only the things are judged anew of which something else may follow now: a graph of any size takes an
article in milliseconds.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store, Triple

from graph.store import merge
from ontology import terms as pg
from ontology.prefixes import PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")

BATCH = 50_000
"""Triples that are held in memory at a time while a whole graph is closed: some 30 megabytes."""

OWN = (
    TYPE, pg.participation, pg.evidence, pg.hasPlace, pg.hasParticipant, pg.hasCaller, pg.hasCallee,
    pg.hasNegotiator, pg.hasSpeaker, pg.hasAddressee, pg.hasHost, pg.hasVisitor,
)  # fmt: skip
"""Of a triple with one of these, something follows for its subject."""

BEHIND = {
    pg.role: pg.participation,
    pg.agent: pg.participation,
    pg.inDocument: pg.evidence,
}
"""Of a triple with this property, something follows for whatever points to its subject by that one."""

CHAINED = {
    pg.relays: (pg.relays, pg.tracesTo),
    pg.tracesTo: (pg.relays, pg.tracesTo),
    pg.locatedIn: (pg.locatedIn,),
    pg.subEventOf: (pg.subEventOf,),
}
"""Of a triple with one of these, something follows for all from which a chain of those leads to its
subject."""

NEEDED = {
    pg.participation: (pg.role, pg.agent),
    pg.evidence: (pg.inDocument,),
    pg.hasPlace: (pg.locatedIn,),
    pg.locatedIn: (pg.locatedIn,),
    pg.relays: (pg.relays, pg.tracesTo),
    pg.tracesTo: (pg.relays, pg.tracesTo),
    pg.subEventOf: (pg.subEventOf,),
}
"""Per property, those of its value's triples from which something can follow for its subject."""

READ = frozenset({*OWN, *BEHIND, *CHAINED, pg.about, pg.modality, pg.participatesIn})
"""All properties that the rules read, as a test holds: a change of others changes nothing that follows."""


def materialise(database: Store, graph: NamedNode, rules: Sequence[str]) -> int:
    """Adds to `graph` what follows by `rules`; how many triples.

    The rules are SPARQL CONSTRUCT over the default graph, each reading what those before it have added.
    """
    added = 0
    for rule in rules:
        triples = database.query(rule, prefixes=PREFIXES)
        assert isinstance(triples, QueryTriples)
        # The query goes on reading the database as it was when it began.
        while batch := set(islice(triples, BATCH)):
            new = [quad for each in batch if (quad := _in(graph, each)) and not _is_known(database, each)]
            merge.bulk_add(database, new)
            added += len(new)
    return added


def renew(database: Store, graph: NamedNode, rules: Sequence[str]) -> None:
    """Makes `graph` hold what follows now and nothing else, whatever was there before."""
    merge.remove_graph(database, graph)
    materialise(database, graph, rules)


def update(database: Store, graph: NamedNode, rules: Sequence[str], changed: Iterable[Triple]) -> None:
    """Makes `graph` hold what follows now, where it held what followed before `changed` came to the default
    graph or left it."""
    things = _concerned(database, changed)
    merge.remove(database, [quad for thing in things for quad in _followed(database, graph, thing)])
    around = Store()
    around.extend(_in(merge.DEFAULT, triple) for triple in _around(database, things))
    scratch = NamedNode("urn:x-parleygraph:entailed")
    materialise(around, scratch, rules)
    found = (quad.triple for quad in around.quads_for_pattern(None, None, None, scratch))
    merge.add(
        database,
        [_in(graph, each) for each in found if _thing(each) in things and not _is_known(database, each)],
    )


def _in(graph: NamedNode | DefaultGraph, triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _is_known(database: Store, triple: Triple) -> bool:
    return _in(merge.DEFAULT, triple) in database


def _thing(triple: Triple) -> object:
    """The thing for which a triple follows: its subject, but that somebody takes part follows for the
    event."""
    return triple.object if triple.predicate == pg.participatesIn else triple.subject


def _followed(database: Store, graph: NamedNode, thing: NamedNode) -> Iterable[Quad]:
    """What has followed for the thing."""
    for quad in database.quads_for_pattern(thing, None, None, graph):
        if quad.predicate != pg.participatesIn:
            yield quad
    yield from database.quads_for_pattern(None, pg.participatesIn, thing, graph)


def _concerned(database: Store, changed: Iterable[Triple]) -> set[NamedNode]:
    """The things for which something else may follow after the change."""
    found: set[object] = set()
    for triple in changed:
        subject, predicate = triple.subject, triple.predicate
        if not isinstance(subject, NamedNode):
            continue
        if predicate in OWN:
            found.add(subject)
        elif predicate in BEHIND:
            found |= _pointing(database, BEHIND[predicate], subject)
        elif predicate in CHAINED:
            leading = _leading(database, CHAINED[predicate], subject)
            found |= leading
            if predicate == pg.locatedIn:
                found.update(*(_pointing(database, pg.hasPlace, place) for place in leading))
        elif predicate == pg.about:
            found.add(triple.object)
        elif predicate == pg.modality:
            about = database.quads_for_pattern(subject, pg.about, None, merge.DEFAULT)
            found.update(quad.object for quad in about)
    return {each for each in found if isinstance(each, NamedNode)}


def _pointing(database: Store, predicate: NamedNode, value: NamedNode) -> set[object]:
    return {quad.subject for quad in database.quads_for_pattern(None, predicate, value, merge.DEFAULT)}


def _leading(database: Store, predicates: Iterable[NamedNode], value: NamedNode) -> set[NamedNode]:
    """The value, and all from which a chain of the properties leads to it."""
    found, open_ones = {value}, [value]
    while open_ones:
        thing = open_ones.pop()
        pointing = (_pointing(database, predicate, thing) for predicate in predicates)
        new = {each for each in chain.from_iterable(pointing) if isinstance(each, NamedNode)}
        open_ones += new - found
        found |= new
    return found


def _around(database: Store, things: Iterable[NamedNode]) -> set[Triple]:
    """The triples from which anything can follow for the things."""
    found: set[Triple] = set()
    open_ones: list[tuple[NamedNode, tuple[NamedNode, ...]]] = []
    for thing in things:
        own = (*OWN, *CHAINED)
        open_ones.append((thing, own))
        for claim in database.quads_for_pattern(None, pg.about, thing, merge.DEFAULT):
            found.add(claim.triple)
            if isinstance(claim.subject, NamedNode):
                open_ones.append((claim.subject, (pg.modality,)))
    seen = set(open_ones)
    while open_ones:
        node, properties = open_ones.pop()
        for each in properties:
            for quad in database.quads_for_pattern(node, each, None, merge.DEFAULT):
                found.add(quad.triple)
                if each in NEEDED and isinstance(quad.object, NamedNode):
                    further = (quad.object, NEEDED[each])
                    if further not in seen:
                        seen.add(further)
                        open_ones.append(further)
    return found
