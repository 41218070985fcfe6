"""Articles added to a database or withdrawn from it: the merge, what follows, and the events kept right.

The result is the database that a build of the remaining articles would have made, whatever the order in which
they came and went; beside it only the graph `{base}graph/superseded`, which remembers what replaced the
IRIs of withdrawn articles' events. It is for a generation that is not yet published, see
graph.store.generations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode, Quad, Store, Triple

from graph.store import closure, merge
from graph.store.identity import changes, ledger, tellings
from graph.store.identity.ledger import Ledger
from graph.store.identity.tellings import ARTICLES, Telling
from ontology import terms as pg
from ontology.prefixes import PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")
RECORD = NamedNode(PREFIXES["prov"] + "Entity")
STRUCK = NamedNode(PREFIXES["prov"] + "wasInvalidatedBy")
ANNOTATION = "/graph/annotation/"
"""What the IRIs of the graphs have in them that hold what people say of an article."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The graphs that all articles share, and the rules by which the second follows from the rest."""

    entities: NamedNode
    entailed: NamedNode
    rules: Sequence[str]


def add(database: Store, quads: Iterable[Quad], shared: Shared) -> set[str]:
    """Adds the quads of an article or of several, as they were mapped, and what follows from them and the
    others.

    Their events that other articles tell of as well get one IRI. An article that is there already is
    replaced. Returns the IRIs of the things of which something else is stated now.
    """
    given = list(quads)
    changed: set[Triple] = set()
    for graph in _articles(given):
        if next(database.quads_for_pattern(None, None, None, graph), None) is not None:
            changed |= _remove(database, graph, shared)
    told = list(tellings.read(given))
    changed |= merge.add(database, chain(given, *map(ledger.index, told)))
    changes.forget(database, told)
    changed |= changes.relink(database, Ledger(database).region(told))
    closure.update(database, shared.entailed, shared.rules, changed)
    return _things(changed)


def withdraw(database: Store, graph: NamedNode, shared: Shared) -> set[str]:
    """Removes the article whose own graph is `graph`, its claims, and descriptions that no other gives.

    What people have said of it goes with it: their claims, and the record of those that they withdrew. An
    event that bore its IRI and that others tell of gets another; the graph of superseded IRIs says which.
    Returns the IRIs of the things of which something else is stated now.
    """
    changed = _remove(database, graph, shared)
    closure.update(database, shared.entailed, shared.rules, changed)
    return _things(changed)


def _things(changed: Iterable[Triple]) -> set[str]:
    """The IRIs of which something else is stated now: what a full-text index has to look at again."""
    return {each.subject.value for each in changed if isinstance(each.subject, NamedNode)}


def _articles(quads: Iterable[Quad]) -> list[NamedNode]:
    """The own graphs of the articles that the quads are of."""
    found = {quad.graph_name for quad in quads if quad.predicate == TYPE and quad.object == pg.Article}
    named = (graph for graph in found if isinstance(graph, NamedNode) and ARTICLES in graph.value)
    return sorted(named, key=str)


def _remove(database: Store, graph: NamedNode, shared: Shared) -> set[Triple]:
    """Removes an article, the others' events named anew; the triples of the merge that changed."""
    known = Ledger(database)
    told = known.of_article(graph)
    others = [each for each in known.region(told) if each.article != graph.value]
    gone = [(each, known.name(each.own)) for each in told]
    staying = [(each, known.name(each.own)) for each in others]
    changed = _removed(database, graph, shared, told)
    changed |= changes.relink(database, others)
    changes.remember(database, gone, staying)
    return changed


def _removed(database: Store, graph: NamedNode, shared: Shared, told: Iterable[Telling]) -> set[Triple]:
    """Removes an article's graphs and those of its claims; the triples of the merge that changed."""
    own = list(database.quads_for_pattern(None, None, None, graph))
    changed: set[Triple] = set()
    for part in (graph, *_annotations(database, own)):
        for quad in list(database.quads_for_pattern(None, TYPE, None, part)):
            if quad.object == pg.Claim and isinstance(quad.subject, NamedNode):
                changed |= merge.remove_graph(database, quad.subject)
            elif quad.object == RECORD and isinstance(quad.subject, NamedNode):
                name = quad.subject.value.rpartition("/")[2]
                changed |= merge.remove_graph(database, ledger.beside(graph.value, merge.WITHDRAWN + name))
        changed |= merge.remove_graph(database, part)
    for telling in told:
        merge.remove(database, list(ledger.indexed(database, telling)))
    described = [_in(shared.entities, quad) for quad in own if not _is_described(database, quad, shared)]
    return changed | merge.remove(database, described)


def _annotations(database: Store, own: Sequence[Quad]) -> set[NamedNode]:
    """The graphs of claims whose words lie in the article of `own`, or which strike some of its claims."""
    articles = {quad.subject for quad in own if quad.predicate == TYPE and quad.object == pg.Article}
    spans = (
        quad
        for article in articles
        for quad in database.quads_for_pattern(None, pg.inDocument, article, None)
    )
    strikes = (
        other
        for quad in own
        if quad.predicate == STRUCK
        for other in database.quads_for_pattern(quad.subject, STRUCK, quad.object, None)
    )
    graphs = (quad.graph_name for quad in chain(spans, strikes))
    return {each for each in graphs if isinstance(each, NamedNode) and ANNOTATION in each.value}


def _is_described(database: Store, quad: Quad, shared: Shared) -> bool:
    """Whether another article's graph says the same of an entity."""
    found = database.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    derived = (merge.DEFAULT, shared.entities, shared.entailed)
    return any(other.graph_name not in derived for other in found)


def _in(graph: NamedNode, quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)
