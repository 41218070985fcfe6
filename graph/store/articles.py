"""One article added to a database or withdrawn from it, the merge and what follows kept right.

The result is the database that a build of the remaining articles would have made, whatever the order in which
they came and went. It is for a generation that is not yet published, see graph.store.generations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from graph.store import closure, merge
from ontology import terms as pg
from ontology.prefixes import PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")
RECORD = NamedNode(PREFIXES["prov"] + "Entity")
ANNOTATION = "/graph/annotation/"
"""What the IRIs of the graphs have in them that hold what people say of an article."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The graphs that all articles share, and the rules by which the second follows from the rest."""

    entities: NamedNode
    entailed: NamedNode
    rules: Sequence[str]


def add(database: Store, quads: Iterable[Quad], shared: Shared) -> None:
    """Adds an article's quads, and what follows from them and the others."""
    merge.add(database, quads)
    closure.renew(database, shared.entailed, shared.rules)


def withdraw(database: Store, graph: NamedNode, shared: Shared) -> None:
    """Removes the article whose own graph is `graph`, its claims, and descriptions that no other gives.

    What people have said of it goes with it: their claims, and the record of those that they withdrew.
    """
    own = list(database.quads_for_pattern(None, None, None, graph))
    for part in (graph, *_annotations(database, own)):
        for quad in list(database.quads_for_pattern(None, TYPE, None, part)):
            if quad.object == pg.Claim and isinstance(quad.subject, NamedNode):
                merge.remove_graph(database, quad.subject)
            elif quad.object == RECORD and isinstance(quad.subject, NamedNode):
                name = quad.subject.value.rpartition("/")[2]
                base = graph.value.partition("/graph/article/")[0]
                merge.remove_graph(database, NamedNode(f"{base}{merge.WITHDRAWN}{name}"))
        merge.remove_graph(database, part)
    merge.remove(
        database, [_in(shared.entities, quad) for quad in own if not _is_described(database, quad, shared)]
    )
    closure.renew(database, shared.entailed, shared.rules)


def _annotations(database: Store, own: Iterable[Quad]) -> set[NamedNode]:
    """The graphs of people's claims whose words lie in the article that `own` describes."""
    articles = {quad.subject for quad in own if quad.predicate == TYPE and quad.object == pg.Article}
    spans = (
        quad
        for article in articles
        for quad in database.quads_for_pattern(None, pg.inDocument, article, None)
    )
    graphs = (quad.graph_name for quad in spans)
    return {each for each in graphs if isinstance(each, NamedNode) and ANNOTATION in each.value}


def _is_described(database: Store, quad: Quad, shared: Shared) -> bool:
    """Whether another article's graph says the same of an entity."""
    found = database.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    derived = (merge.DEFAULT, shared.entities, shared.entailed)
    return any(other.graph_name not in derived for other in found)


def _in(graph: NamedNode, quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)
