"""Withdrawn and superseded claims: out of the merge, and still on record.

A claim is superseded by one that dct:replaces it, withdrawn where it prov:wasInvalidatedBy something; so is
all that relays it. What it stated moves, with who said it, to a graph `{base}graph/withdrawn/…`, which the
merge leaves out; the article's graph keeps its IRI, its words and the mark.
"""

from pyoxigraph import NamedNode, Quad

from graph.mapping import vocabulary as v
from graph.mapping.iris import Minter
from ontology import terms as pg


def without(mapped: set[Quad], own: set[Quad], article_id: str, base: str) -> set[Quad]:
    """The article's quads `mapped` after what the annotation `own` supersedes or withdraws."""
    marks = _marks(own)
    gone = _with_relays(set(marks), mapped)
    if not gone:
        return mapped
    minter = Minter(base)
    article = minter.article_graph(article_id)
    abandoned = _abandoned(gone, mapped, own)
    kept: set[Quad] = set()
    for quad in mapped:
        subject, holder = quad.subject, quad.graph_name
        claim = holder if holder in gone else subject if subject in gone else abandoned.get(subject)
        if not isinstance(claim, NamedNode) or (holder == article and quad.predicate == pg.evidence):
            kept.add(quad)
        else:
            kept.add(Quad(subject, quad.predicate, quad.object, withdrawn_graph(claim, minter)))
    for claim in gone:
        kept.add(Quad(claim, v.RDF_TYPE, v.PROV_ENTITY, article))
    for claim, mark in marks.items():
        kept.add(Quad(claim, mark.predicate, mark.object, article))
    return kept


def withdrawn_graph(claim: NamedNode, minter: Minter) -> NamedNode:
    """Where the record of a claim that is no longer published stands."""
    return minter.graph(f"withdrawn/{claim.value.rpartition('/')[2]}")


def _marks(own: set[Quad]) -> dict[NamedNode, Quad]:
    """Per claim that goes, the statement that says so, the claim as its subject."""
    found: dict[NamedNode, Quad] = {}
    for quad in sorted(own, key=str):
        if quad.predicate == v.REPLACES and isinstance(quad.object, NamedNode):
            found[quad.object] = Quad(quad.object, v.REPLACED_BY, quad.subject)
        elif quad.predicate == v.INVALIDATED_BY and isinstance(quad.subject, NamedNode):
            found[quad.subject] = quad
    return found


def _with_relays(gone: set[NamedNode], mapped: set[Quad]) -> set[NamedNode]:
    relays = {(q.subject, q.object) for q in mapped if q.predicate == pg.relays}
    while True:
        further = {outer for outer, inner in relays if inner in gone and isinstance(outer, NamedNode)} - gone
        if not further:
            return gone
        gone = gone | further


def _abandoned(gone: set[NamedNode], mapped: set[Quad], own: set[Quad]) -> dict[object, NamedNode]:
    """The events of which no claim speaks any more, each with one of those that did."""
    about = [(q.subject, q.object) for q in mapped | own if q.predicate == pg.about]
    spoken_of = {event for claim, event in about if claim not in gone}
    return {
        event: claim
        for claim, event in sorted(about, key=str)
        if event not in spoken_of and isinstance(claim, NamedNode)
    }
