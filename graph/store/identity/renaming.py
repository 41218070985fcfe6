"""One IRI for the event that several articles tell of: quads renamed, and the way from the old IRI kept.

An article's quads are made with an IRI of its own for each event. Where the event bears another's IRI, the
article's graph says `<own> dct:isReplacedBy <other>`, and the label stays with the own one, hidden, for an
event has one; from the two a store knows what the article alone would say, so that every renaming can be
undone.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.store.identity.tellings import REPLACED_BY, Telling
from ontology.prefixes import PREFIXES

LABEL = NamedNode(PREFIXES["rdfs"] + "label")
HIDDEN = NamedNode(PREFIXES["skos"] + "hiddenLabel")

Term = NamedNode | BlankNode | Literal | Triple


def renamed(quads: Iterable[Quad], names: Mapping[str, str]) -> Iterator[Quad]:
    """An article's quads with its events, and the participations below them, under other IRIs."""
    for quad in quads:
        yield of_event(quad, names)


def of_event(quad: Quad, names: Mapping[str, str]) -> Quad:
    """The quad with the events that `names` gives another name; the quad itself where it has none of them."""
    if quad.predicate == REPLACED_BY:
        return quad
    if quad.predicate == LABEL and isinstance(quad.subject, NamedNode) and quad.subject.value in names:
        return Quad(quad.subject, HIDDEN, quad.object, quad.graph_name)
    subject, value = _named(quad.subject, names), _named(quad.object, names)
    if subject is None and value is None:
        return quad
    return Quad(subject or quad.subject, quad.predicate, value or quad.object, quad.graph_name)


def _named(term: Term, names: Mapping[str, str]) -> NamedNode | None:
    """The new name of an event or of a part of it (`event#p-…`)."""
    if not isinstance(term, NamedNode):
        return None
    event, hash_sign, part = term.value.partition("#")
    name = names.get(event)
    return NamedNode(name + hash_sign + part) if name is not None else None


def leading_on(telling: Telling, name: str) -> Quad:
    """The statement that the article's own IRI is replaced by `name`."""
    return Quad(NamedNode(telling.own), REPLACED_BY, NamedNode(name), NamedNode(telling.article))
