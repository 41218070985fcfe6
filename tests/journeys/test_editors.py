"""What query editors look for in the graph that the real build makes."""

from graph.store import examples
from ontology.prefixes import PREFIXES
from tests.journeys.conftest import BASE
from tests.server.running import Server


def test_prefixes_and_examples_are_in_the_graph_as_in_its_description(site: Server) -> None:
    """So that an editor which asks the endpoint itself finds them (SHACL, sections 5.2.1 and 8.1)."""
    query = (
        "PREFIX sh: <http://www.w3.org/ns/shacl#> "
        "SELECT ?x ?y { { ?x sh:prefix ?y } UNION "
        "{ ?x a sh:SPARQLExecutable ; sh:select|sh:ask|sh:construct ?y } FILTER(isIRI(?x)) }"
    )
    answer = site.client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/json"}
    ).json()
    found = {row["x"]["value"]: row["y"]["value"] for row in answer["results"]["bindings"]}
    told = {f"{BASE}queries#prefix-{prefix}": prefix for prefix in PREFIXES}
    told |= {f"{BASE}queries#{each.name}": each.query for each in examples.all_examples()}
    assert found == told
