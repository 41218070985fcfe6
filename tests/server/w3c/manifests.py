"""The W3C test manifests as a list of tests, in the order of the suites.

https://www.w3.org/2009/sparql/docs/tests/README.html: a manifest includes others or lists entries; an entry
has an action (query or update, and data) and a result.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node, URIRef

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

SUITES = (
    "sparql10/manifest-syntax.ttl",
    "sparql10/manifest-evaluation.ttl",
    "sparql11/manifest-sparql11-query.ttl",
    "sparql11/manifest-sparql11-update.ttl",
    "sparql11/manifest-sparql11-results.ttl",
)
"""Query, update, syntax and result formats; federation needs other endpoints, entailment is no part of it."""

Files = tuple[tuple[str, Path], ...]
"""A dataset: the IRI of a graph, empty for the default one, and the file with its triples."""


@dataclass(frozen=True)
class Entry:
    """One test: `kind` is the local name of its class, `result` the file to compare with, if there is one."""

    iri: str
    kind: str
    action: Path
    data: Files
    result: Path | None
    result_data: Files
    lax: bool

    @property
    def name(self) -> str:
        """The test's IRI without what all have in common."""
        return self.iri.partition("/tests/")[2]


def entries(folder: Path) -> Iterator[Entry]:
    """All tests of the suites in `folder`."""
    for suite in SUITES:
        yield from _entries(folder / suite)


def _entries(manifest: Path) -> Iterator[Entry]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for head in graph.objects(None, MF.include):
        for included in Collection(graph, head):
            yield from _entries(path(included))
    for head in graph.objects(None, MF.entries):
        for test in Collection(graph, head):
            yield _entry(graph, test)


def _entry(graph: Graph, test: Node) -> Entry:
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    assert action is not None
    source = graph.value(action, QT.query) or graph.value(action, UT.request) or action
    return Entry(
        iri=str(test),
        kind=str(graph.value(test, RDF.type)).rpartition("#")[2],
        action=path(source),
        data=_files(graph, action),
        result=path(result) if isinstance(result, URIRef) else None,
        result_data=_files(graph, result) if result is not None else (),
        lax=graph.value(test, MF.resultCardinality) == MF.LaxCardinality,
    )


def _files(graph: Graph, node: Node) -> Files:
    found = [("", path(file)) for kind in (QT, UT) for file in graph.objects(node, kind.data)]
    for kind in (QT, UT):
        for named in graph.objects(node, kind.graphData):
            file = graph.value(named, kind.graph)
            if file is None:
                found.append((str(named), path(named)))
            else:
                found.append((str(graph.value(named, RDFS.label)), path(file)))
    return tuple(sorted(found))


def path(iri: Node) -> Path:
    """The file that a file IRI names."""
    return Path(unquote(urlsplit(str(iri)).path))
