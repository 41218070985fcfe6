"""What follows from the graph by the rules of the ontology, in a graph of its own and in the merge.

No OWL reasoner runs here: the ontology's own rules as SPARQL need seconds where general OWL RL engines need
minutes at a million triples. That they say what the reasoner says is tested with the ontology.
"""

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from graph.store import merge
from ontology.prefixes import PREFIXES


def materialise(database: Store, graph: NamedNode, rules: Sequence[str]) -> int:
    """Adds to `graph` what follows by `rules`; how many triples.

    The rules are SPARQL CONSTRUCT over the default graph, each reading what those before it have added.
    """
    added = 0
    for rule in rules:
        new = _consequences(database, graph, rule)
        merge.bulk_add(database, new)
        added += len(new)
    return added


def renew(database: Store, graph: NamedNode, rules: Sequence[str]) -> None:
    """Makes `graph` hold what follows now and nothing else, after triples were added or removed."""
    merge.remove_graph(database, graph)
    materialise(database, graph, rules)


def _consequences(database: Store, graph: NamedNode, rule: str) -> set[Quad]:
    """The triples of one rule that the default graph does not hold yet."""
    triples = database.query(rule, prefixes=PREFIXES)
    assert isinstance(triples, QueryTriples)
    return {
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in triples
        if Quad(triple.subject, triple.predicate, triple.object, merge.DEFAULT) not in database
    }
