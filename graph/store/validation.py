"""The report of pyshacl over a store, article by article, and its three forms: text, Turtle, JSON.

pyshacl takes a fifth of a second for one article and thirty times that for twenty at once, so each is checked
with the graphs that speak of it. The raw text is lent to the check as schema:text and never stored.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pyshacl
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, Variable
from pyshacl.graph_abstraction import DataGraph
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from graph.store import merge, texts
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from ontology.schema import EVENT, SCHEMES, SHAPES

TEXT = NamedNode(PREFIXES["schema"] + "text")
TYPE = NamedNode(PREFIXES["rdf"] + "type")
UNJUDGED = ("/graph/ontology", *merge.UNMERGED)
VOCABULARY = NamedNode("urn:x-parleygraph:vocabulary")
GRAPHS = """SELECT DISTINCT ?article ?graph WHERE {
  ?span pg:inDocument ?article . ?thing pg:evidence ?span .
  { GRAPH ?graph { ?thing pg:evidence ?span } } UNION
  { BIND(?thing AS ?graph) FILTER EXISTS { GRAPH ?thing { ?s ?p ?o } } } }"""
"""The graphs in which something rests on the article's words, and those that such a thing names."""


def report(folder: Path, database: Store) -> Graph:
    """The SHACL results of all articles in `database`, whose texts lie in the store `folder`."""
    shapes = Graph().parse(SHAPES)
    found = Graph()
    for article in _articles(database):
        data = DataGraph.from_oxigraph_store(_data(folder, database, article))
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True)
        found += results
    for prefix, iri in PREFIXES.items():
        found.bind(prefix, iri)
    return found


def facts(database: Store) -> Iterator[Triple]:
    """What a reasoner is to judge with the ontology: all published triples but the vocabulary's own."""
    for graph in database.named_graphs():
        if not isinstance(graph, NamedNode) or graph.value.endswith(UNJUDGED):
            continue
        if merge.WITHDRAWN not in graph.value:
            yield from (quad.triple for quad in database.quads_for_pattern(None, None, None, graph))


def conforms(results: Graph) -> bool:
    """Whether no result is a violation; warnings and remarks are none."""
    return (None, SH.resultSeverity, SH.Violation) not in results


def as_text(results: Graph) -> str:
    """One line per result: how grave, what, which node."""
    lines = [
        f"{row['severity']}: {row['message']}: <{row['value'] or row['focus']}>" for row in _rows(results)
    ]
    verdict = "conforms" if conforms(results) else "does not conform"
    return "\n".join([*lines, f"the graph {verdict} to the shapes ({len(lines)} results)"])


def as_turtle(results: Graph) -> str:
    """The validation report in the terms of SHACL."""
    return results.serialize(format="turtle")


def as_json(results: Graph) -> str:
    """`conforms`, and per result severity, message, focus, value, shape."""
    return json.dumps(
        {"conforms": conforms(results), "results": list(_rows(results))}, ensure_ascii=False, indent=1
    )


FORMS = {"text": as_text, "turtle": as_turtle, "json": as_json}


def _articles(database: Store) -> list[NamedNode]:
    found = database.quads_for_pattern(None, TYPE, pg.Article, None)
    return sorted({quad.subject for quad in found if isinstance(quad.subject, NamedNode)}, key=str)


def _data(folder: Path, database: Store, article: NamedNode) -> Store:
    """The article's graphs, the vocabulary, and the text where it is at hand."""
    data = Store()
    for path in (EVENT, SCHEMES):
        data.load(path=str(path), format=RdfFormat.TURTLE, to_graph=VOCABULARY)
    rows = database.query(GRAPHS, prefixes=PREFIXES, substitutions={Variable("article"): article})
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        data.extend(database.quads_for_pattern(None, None, None, row["graph"]))
    text = texts.read(folder, article.value.rpartition("/")[2])
    if text is not None:
        data.add(Quad(article, TEXT, Literal(text), VOCABULARY))
    return data


def _rows(results: Graph) -> Iterator[dict[str, str | None]]:
    """The results in a fixed order."""
    rows = []
    for report_node in results.subjects(RDF.type, SH.ValidationReport):
        for result in results.objects(report_node, SH.result):
            rows.append(
                {
                    "severity": _local(results.value(result, SH.resultSeverity)),
                    "message": _english(results, result),
                    "focus": _local(results.value(result, SH.focusNode), whole=True),
                    "value": _local(results.value(result, SH.value), whole=True),
                    "shape": _local(results.value(result, SH.sourceShape), whole=True),
                }
            )
    yield from sorted(rows, key=lambda row: [part or "" for part in row.values()])


def _local(node: Node | None, *, whole: bool = False) -> str | None:
    if node is None:
        return None
    return str(node) if whole else str(node).rpartition("#")[2]


def _english(results: Graph, result: Node) -> str:
    messages = sorted(
        results.objects(result, SH.resultMessage), key=lambda each: getattr(each, "language", "") or ""
    )
    return str(messages[0]) if messages else "it violates a shape"
