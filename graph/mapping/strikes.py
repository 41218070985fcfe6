"""Claims that whoever adds an article strikes: out of the graph, on record with who struck them."""

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from graph.errors import ArticleError
from graph.mapping import literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Minter
from graph.mapping.withdrawal import without
from ontology import terms as pg


def struck(quads: set[Quad], article: str, claims: Sequence[str], author: str, base: str) -> set[Quad]:
    """The quads of an article without some of its claims, and the annotation that says who struck them.

    What relays a struck claim goes with it. Raises ArticleError for a claim that the article does not make.
    """
    makers = (quad.subject for quad in quads if quad.predicate == pg.about)
    known = {maker.value for maker in makers if isinstance(maker, NamedNode)}
    graph = Minter(base).graph(f"annotation/struck-{article}")
    reason, who = NamedNode(f"{graph.value}#reason"), NamedNode(f"{graph.value}#author")
    own = {
        Quad(reason, v.PROV_ATTRIBUTED, who, graph),
        Quad(reason, v.LABEL, literals.text("struck by whoever added the article", "en"), graph),
        Quad(who, v.LABEL, literals.text(author, "en"), graph),
    }
    for claim in claims:
        if claim not in known:
            remedy = "read the article again, and strike what it shows"
            raise ArticleError(f"it makes no claim {claim}", remedy=remedy)
        own.add(Quad(NamedNode(claim), v.INVALIDATED_BY, reason, graph))
    return without(quads, own, article, base) | own if claims else quads
