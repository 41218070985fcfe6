"""What follows from the graph by the rules of the ontology, in a graph of its own and in the merge.

No OWL reasoner runs here: the ontology's own rules as SPARQL need seconds where general OWL RL engines need
minutes at a million triples. That they say what the reasoner says is tested with the ontology.
"""

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from graph.store import merge
from ontology.prefixes import PREFIXES


def materialise(database: Store, graph: NamedNode, rules: Sequence[str]) -> int:
    """Adds to `graph` what follows by `rules` (SPARQL CONSTRUCT), to the fixed point; how many triples."""
    added = 0
    while True:
        new = _consequences(database, graph, rules)
        if not new:
            return added
        merge.bulk_add(database, new)
        added += len(new)


def _consequences(database: Store, graph: NamedNode, rules: Sequence[str]) -> list[Quad]:
    """The triples of one pass of all rules that the default graph does not hold yet."""
    new: set[Quad] = set()
    for rule in rules:
        triples = database.query(rule, prefixes=PREFIXES)
        assert isinstance(triples, QueryTriples)
        new.update(
            Quad(triple.subject, triple.predicate, triple.object, graph)
            for triple in triples
            if Quad(triple.subject, triple.predicate, triple.object, merge.DEFAULT) not in database
        )
    return list(new)
