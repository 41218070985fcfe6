"""Views over more claims than a view looks at: they say so, and everything they show comes from that many."""

import re
from collections.abc import Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from werkzeug.datastructures import MultiDict

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.evaluator.jobs import Job
from server.portraits.questions import asked
from server.views.facets import CLAIMS, is_large
from server.views.pages import VIEWS
from server.views.selection import packaged, read

BASE = "http://data.example/"
SOMEBODY = NamedNode(f"{BASE}id/person/somebody")
DAY = Literal("2025-02-28", datatype=NamedNode(f"{PREFIXES['xsd']}date"))


class Graph:
    """Very many claims, answered as the pool answers."""

    def __init__(self, claims: int) -> None:
        self._store = Store()
        for number in range(claims):
            claim, event = (NamedNode(f"{BASE}id/{kind}/{number}") for kind in ("claim", "event"))
            self._store.extend(
                (
                    Quad(claim, pg.about, event),
                    Quad(claim, pg.modality, NamedNode(f"{PREFIXES['pg']}occurred")),
                    Quad(event, pg.hasParticipant, SOMEBODY),
                    Quad(event, pg.earliest, DAY, claim),
                    Quad(event, pg.latest, DAY, claim),
                )
            )

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        found = []
        for job in jobs:
            solutions = self._store.query(job.query)
            assert isinstance(solutions, QuerySolutions)
            form = QueryResultsFormat.from_media_type(job.solutions)
            assert form
            found.append(solutions.serialize(format=form) or b"")
        return found


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(CLAIMS + 1)


@pytest.mark.parametrize("name", [*VIEWS, "facet", "size"])
def test_every_query_of_a_view_looks_at_as_many_claims(name: str) -> None:
    limits = {int(found) for found in re.findall(r"LIMIT (\d+)", packaged(name))}
    assert (CLAIMS + 1 if name == "size" else CLAIMS) in limits
    assert max(limits) <= CLAIMS + 1


def test_more_claims_than_that_are_told(graph: Graph) -> None:
    chosen = read(MultiDict({"actor": "person/somebody"}), BASE)
    assert is_large(graph, chosen)
    assert not is_large(graph, read(MultiDict({"actor": "person/nobody"}), BASE))
    assert not is_large(Graph(1), chosen)


def test_a_facet_counts_as_many(graph: Graph) -> None:
    query = read(MultiDict({"actor": "person/somebody"}), BASE).query("facet")
    (row,) = asked(graph, [query.replace("# value", "BIND(?modality AS ?value)")])[0]
    assert int(row["events"].text) == CLAIMS
