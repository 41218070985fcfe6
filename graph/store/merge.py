"""The default graph as the merge of the named graphs, each triple once, whatever is written or withdrawn.

The engine's own "union of named graphs" does not merge: a triple that stands in two graphs counts twice. So
each quad is written a second time without its graph, and a triple leaves the default graph only when the
last graph that holds it is gone. The graph of the run, which has a clock in it, stays out, and so do the
graphs of claims that somebody has withdrawn.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

DEFAULT = DefaultGraph()
UNMERGED = "/graph/run"
"""How the IRI of the build's own graph ends."""

WITHDRAWN = "/graph/withdrawn/"
"""What the IRIs of the graphs have in them that keep the record of a withdrawn claim."""


def is_merged(quad: Quad) -> bool:
    """Whether the quad's triple belongs to the default graph as well."""
    graph = quad.graph_name
    return not (isinstance(graph, NamedNode) and (graph.value.endswith(UNMERGED) or WITHDRAWN in graph.value))


def with_merge(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads, each followed by its triple in the default graph."""
    for quad in quads:
        yield quad
        if quad.graph_name != DEFAULT and is_merged(quad):
            yield Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def add(store: Store, quads: Iterable[Quad]) -> None:
    """Adds a few quads in one transaction; for many, `bulk_add`."""
    store.extend(with_merge(quads))


def bulk_add(store: Store, quads: Iterable[Quad]) -> None:
    """Adds any number of quads, streaming; not a transaction: for a generation not yet published."""
    store.bulk_extend(with_merge(quads))


def remove(store: Store, quads: Iterable[Quad]) -> None:
    """Removes quads from their graphs, and their triples from the default graph where none holds them now."""
    for quad in quads:
        store.remove(quad)
        if quad.graph_name == DEFAULT or not is_merged(quad):
            continue
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(other.graph_name != DEFAULT and is_merged(other) for other in others):
            store.remove(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))


def remove_graph(store: Store, graph: NamedNode) -> None:
    """Removes a named graph whole."""
    remove(store, list(store.quads_for_pattern(None, None, None, graph)))
    store.remove_graph(graph)


def differences(store: Store) -> Iterator[Quad]:
    """Where the invariant does not hold: default triples that no graph holds, and merged ones it lacks."""
    merged: set[Quad] = set()
    for quad in store.quads_for_pattern(None, None, None, None):
        if quad.graph_name != DEFAULT and is_merged(quad):
            merged.add(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    present = set(store.quads_for_pattern(None, None, None, DEFAULT))
    return chain(present - merged, merged - present)
