"""The open graph, read triple by triple: what is asked of one thing needs no query, and so cannot run on.

A query of the engine costs half a millisecond before it looks at the first triple, and the way to a query
process as much again; a look-up here takes ten microseconds. All of them read the default graph, where
nothing else is said.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.portraits.names import shortened
from server.portraits.questions import Value

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

MERGE = DefaultGraph()
TYPE, LABEL = NamedNode(f"{PREFIXES['rdf']}type"), NamedNode(f"{PREFIXES['rdfs']}label")
STRING = f"{PREFIXES['xsd']}string"

REMEMBERED = 20_000
"""Things whose labels are kept: those of people and places come again on page after page."""


class Lookups:
    """One generation; safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        """`store` must not change: labels that were read are kept."""
        self._store = store
        self._labels: dict[str, Sequence[Value]] = {}

    def about(self, subject: Node, most: int) -> Iterator[Quad]:
        """What is said of a thing, so many statements at most."""
        return islice(self._store.quads_for_pattern(subject, None, None, MERGE), most)

    def pointing(self, value: Term, most: int) -> Iterator[Quad]:
        """The statements with this value, so many at most."""
        return islice(self._store.quads_for_pattern(None, None, value, MERGE), most)

    def values(self, subject: Node, predicate: NamedNode, most: int | None = None) -> list[Term]:
        """The values of one property."""
        found = self._store.quads_for_pattern(subject, predicate, None, MERGE)
        return [quad.object for quad in islice(found, most)]

    def subjects(self, predicate: NamedNode, value: Term, most: int | None = None) -> list[Node]:
        """The things with this value of a property."""
        found = islice(self._store.quads_for_pattern(None, predicate, value, MERGE), most)
        return [quad.subject for quad in found if not isinstance(quad.subject, Triple)]

    def graph(self, name: NamedNode, most: int) -> Iterator[Quad]:
        """What a named graph holds, so many statements at most."""
        return islice(self._store.quads_for_pattern(None, None, None, name), most)

    def anywhere(self, subject: Node, predicate: NamedNode) -> Iterator[Term]:
        """The values of a property in whichever graph."""
        return (quad.object for quad in self._store.quads_for_pattern(subject, predicate, None, None))

    def holds(self, subject: Node, predicate: NamedNode, value: Term) -> bool:
        """Whether this is said."""
        return Quad(subject, predicate, value, MERGE) in self._store

    def labels(self, thing: str) -> Sequence[Value]:
        """What the thing with this IRI is called: its labels, or the words that it quotes, shortened."""
        found = self._labels.get(thing)
        if found is None:
            node = NamedNode(thing)
            found = [value(term) for term in self.values(node, LABEL)]
            found = found or [shortened(value(term)) for term in self.values(node, pg.exact, 1)]
            if len(self._labels) >= REMEMBERED:
                self._labels.clear()
            self._labels[thing] = found
        return found


def value(term: Term) -> Value:
    """A term as pages take it; a plain string goes without its datatype, as in the answers of queries."""
    if isinstance(term, NamedNode):
        return Value("uri", term.value)
    if isinstance(term, Literal):
        if term.language:
            return Value("literal", term.value, term.language)
        datatype = term.datatype.value
        return Value("literal", term.value, "", "" if datatype == STRING else datatype)
    if isinstance(term, BlankNode):
        return Value("bnode", term.value)
    return Value("literal", str(term))
