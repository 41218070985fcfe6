"""The default graph as the merge of the named graphs, each triple once, whatever is written or withdrawn.

The engine's own "union of named graphs" does not merge: a triple that stands in two graphs counts twice. So
each quad is written a second time without its graph, and a triple leaves the default graph only when the
last graph that holds it is gone. Out stay the graph of the run, which has a clock in it, those of claims that
somebody has withdrawn, the index of what articles tell, and the record of IRIs that were in use before.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

DEFAULT = DefaultGraph()
BATCH = 50_000
"""Quads handed to the engine at a time, some 100 megabytes. Left to itself it gathers millions first: on
2,000 articles that took 2.2 gigabytes, and no less time."""

RUN = "/graph/run"
"""How the IRI of the build's own graph ends."""

LINKING = "/graph/linking"
"""How the IRI of the index ends by which events are found that several articles tell of."""

ENTAILED = "/graph/entailed"
"""How the IRI of the graph ends that holds what follows from the others."""

SUPERSEDED = "/graph/superseded"
"""How the IRI of the graph ends that says what replaced the IRIs of events whose articles are gone."""

UNMERGED = (RUN, LINKING, SUPERSEDED)

WITHDRAWN = "/graph/withdrawn/"
"""What the IRIs of the graphs have in them that keep the record of a withdrawn claim."""


def is_merged(quad: Quad) -> bool:
    """Whether the quad's triple belongs to the default graph as well."""
    return _is_graph_merged(quad.graph_name)


def _is_graph_merged(graph: object) -> bool:
    return not (isinstance(graph, NamedNode) and (graph.value.endswith(UNMERGED) or WITHDRAWN in graph.value))


def with_merge(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads, each followed by its triple in the default graph."""
    for quad in quads:
        yield quad
        if _is_doubled(quad):
            yield _in_default(quad)


def add(store: Store, quads: Iterable[Quad]) -> set[Triple]:
    """Adds a few quads in one transaction; for many, `bulk_add`.

    Returns the triples that no graph has stated before; some may have followed from others.
    """
    added = list(quads)
    new = {quad.triple for quad in added if is_merged(quad) and not _is_stated(store, quad)}
    store.extend(with_merge(added))
    return new


def _is_stated(store: Store, quad: Quad) -> bool:
    """Whether a merged graph holds the triple that is not the one of what follows."""
    if _in_default(quad) not in store:
        return False
    holders = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    graphs = (holder.graph_name for holder in holders if _is_doubled(holder))
    return any(isinstance(graph, NamedNode) and not graph.value.endswith(ENTAILED) for graph in graphs)


def bulk_add(store: Store, quads: Iterable[Quad]) -> None:
    """Adds any number of quads, streaming; not a transaction: for a generation not yet published."""
    merged = with_merge(quads)
    while batch := list(islice(merged, BATCH)):
        store.bulk_extend(batch)


def bulk_load(store: Store, data: bytes, syntax: RdfFormat) -> None:
    """As `bulk_add`, for the text of quads without blank nodes; several threads may do it at a time.

    Raises SyntaxError where it cannot be parsed.
    """
    store.bulk_load(data, syntax)
    if syntax.supports_datasets:
        # In memory, to have the triples of each graph as text, which the engine then parses itself.
        apart = Store()
        apart.bulk_load(data, syntax)
        graphs = (graph for graph in apart.named_graphs() if _is_graph_merged(graph))
        triples = (apart.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) for graph in graphs)
        store.bulk_load(b"".join(filter(None, triples)), RdfFormat.N_TRIPLES)


def remove(store: Store, quads: Iterable[Quad]) -> set[Triple]:
    """Removes quads from their graphs, and their triples from the default graph where none holds them now.

    Returns the triples that the default graph lost.
    """
    gone: set[Triple] = set()
    for quad in quads:
        store.remove(quad)
        if not _is_doubled(quad):
            continue
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(_is_doubled(other) for other in others):
            store.remove(_in_default(quad))
            gone.add(quad.triple)
    return gone


def remove_graph(store: Store, graph: NamedNode) -> set[Triple]:
    """Removes a named graph whole; the triples that the default graph lost."""
    gone = remove(store, list(store.quads_for_pattern(None, None, None, graph)))
    store.remove_graph(graph)
    return gone


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def _is_doubled(quad: Quad) -> bool:
    graph = quad.graph_name
    return graph != DEFAULT and _is_graph_merged(graph)


def differences(store: Store) -> Iterator[Quad]:
    """Where the invariant does not hold: default triples that no graph holds, and merged ones it lacks."""
    merged: set[Quad] = set()
    for quad in store.quads_for_pattern(None, None, None, None):
        if _is_doubled(quad):
            merged.add(_in_default(quad))
    present = set(store.quads_for_pattern(None, None, None, DEFAULT))
    return chain(present - merged, merged - present)
