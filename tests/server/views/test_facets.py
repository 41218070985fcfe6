"""Views over more claims than a view looks at: they say so, and everything they show comes from that many."""

import re
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad
from werkzeug.datastructures import MultiDict

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.portraits.questions import asked
from server.views.facets import CLAIMS, is_large
from server.views.pages import VIEWS
from server.views.selection import packaged, read
from tests.server.answering import Graph

BASE = "http://data.example/"
SOMEBODY = NamedNode(f"{BASE}id/person/somebody")


def claims(number: int) -> Iterator[Quad]:
    """So many claims, each about an event of its own in which somebody takes part."""
    for each in range(number):
        claim, event = (NamedNode(f"{BASE}id/{kind}/{each}") for kind in ("claim", "event"))
        yield Quad(claim, pg.about, event)
        yield Quad(claim, pg.modality, NamedNode(f"{PREFIXES['pg']}occurred"))
        yield Quad(event, pg.hasParticipant, SOMEBODY)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(claims(CLAIMS + 1))


@pytest.mark.parametrize("name", [*VIEWS, "facet", "size"])
def test_every_query_of_a_view_looks_at_as_many_claims(name: str) -> None:
    limits = {int(found) for found in re.findall(r"LIMIT (\d+)", packaged(name))}
    assert (CLAIMS + 1 if name == "size" else CLAIMS) in limits
    assert max(limits) <= CLAIMS + 1


def test_more_claims_than_that_are_told(graph: Graph) -> None:
    chosen = read(MultiDict({"actor": "person/somebody"}), BASE)
    assert is_large(graph, chosen)
    assert not is_large(graph, read(MultiDict({"actor": "person/nobody"}), BASE))
    assert not is_large(Graph(claims(1)), chosen)


def test_a_facet_counts_as_many(graph: Graph) -> None:
    query = read(MultiDict({"actor": "person/somebody"}), BASE).query("facet")
    (row,) = asked(graph, [query.replace("# value", "BIND(?modality AS ?value)")])[0]
    assert int(row["events"].text) == CLAIMS
