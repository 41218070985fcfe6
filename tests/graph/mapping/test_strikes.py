"""Claims struck by whoever adds an article: gone from the claims, kept on record, the others untouched."""

import pytest
from pyoxigraph import NamedNode, Quad

from graph.errors import ArticleError
from graph.mapping.strikes import struck
from ontology import terms as pg

BASE = "http://data.example/"
OWN = NamedNode(f"{BASE}graph/article/0123456789ab")


def claim(name: str) -> set[Quad]:
    made, event = NamedNode(f"{BASE}id/claim/{name}"), NamedNode(f"{BASE}id/event/{name}")
    return {
        Quad(made, pg.about, event, OWN),
        Quad(made, pg.modality, pg.denied, OWN),
        Quad(event, pg.hasPlace, NamedNode(f"{BASE}id/place/x"), made),
    }


def test_nothing_struck_changes_nothing() -> None:
    quads = claim("one") | claim("two")
    assert struck(quads, "0123456789ab", [], "", BASE) == quads


def test_a_struck_claim_moves_to_the_record_and_the_others_stay() -> None:
    one = f"{BASE}id/claim/one"
    found = struck(claim("one") | claim("two"), "0123456789ab", [one], "Ada", BASE)
    assert claim("two") <= found
    graphs = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, NamedNode)}
    assert one not in graphs
    assert f"{BASE}graph/withdrawn/one" in graphs
    record = f"{BASE}graph/annotation/struck-0123456789ab"
    assert any(quad.graph_name == NamedNode(record) and "Ada" in str(quad.object) for quad in found)


def test_a_claim_that_the_article_does_not_make_is_refused() -> None:
    with pytest.raises(ArticleError, match="makes no claim"):
        struck(claim("one"), "0123456789ab", [f"{BASE}id/claim/other"], "Ada", BASE)
