"""The service description: what a client can find out about the endpoint from a bare GET.

https://www.w3.org/TR/sparql11-service-description/
"""

from flask import Response, current_app, request
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.prefixes import NAMESPACE, PREFIXES
from server.matching import NAME as SEARCH
from server.negotiation import GRAPHS, SOLUTIONS, graph_form
from server.problems import ProblemError
from server.settings import Settings

_SD, _RDF, _DCT = PREFIXES["sd"], PREFIXES["rdf"], PREFIXES["dct"]
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_SYNTAXES = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
assert len(_FORMS) == len(SOLUTIONS)
assert len(_SYNTAXES) == len(GRAPHS)


def triples(settings: Settings) -> list[Triple]:
    """The description of the endpoint, as triples."""
    endpoint = NamedNode(f"{settings.base}sparql")
    a, dataset, graph = NamedNode(f"{_RDF}type"), BlankNode("dataset"), BlankNode("default")
    timeout = f"A query is stopped after {settings.limits.timeout:g} seconds."
    described = [
        Triple(endpoint, a, NamedNode(f"{_SD}Service")),
        Triple(endpoint, NamedNode(f"{_SD}endpoint"), endpoint),
        Triple(endpoint, NamedNode(f"{_SD}supportedLanguage"), NamedNode(f"{_SD}SPARQL11Query")),
        Triple(endpoint, NamedNode(f"{_SD}propertyFeature"), NamedNode(f"{NAMESPACE}{SEARCH}")),
        Triple(endpoint, NamedNode(f"{_SD}defaultDataset"), dataset),
        Triple(
            endpoint,
            NamedNode(f"{_DCT}title"),
            Literal("parleygraph: who says what about diplomacy", language="en"),
        ),
        Triple(endpoint, NamedNode(f"{_DCT}description"), Literal(timeout, language="en")),
        Triple(dataset, a, NamedNode(f"{_SD}Dataset")),
        Triple(dataset, NamedNode(f"{_SD}defaultGraph"), graph),
        Triple(graph, a, NamedNode(f"{_SD}Graph")),
    ]
    for name in (*_FORMS, *_SYNTAXES):
        described.append(Triple(endpoint, NamedNode(f"{_SD}resultFormat"), NamedNode(_FORMATS + name)))
    return described


def service_description(wanted: str | None) -> Response:
    """The description in the client's favourite syntax; `wanted` is the `format` parameter."""
    media_type = graph_form(request.accept_mimetypes, wanted)
    if not media_type:
        raise ProblemError(
            406,
            "None of the accepted forms is available",
            "Without a query this address gives its description, as RDF or as a page.",
            "Accept one of: " + ", ".join(GRAPHS.values()) + ", text/html.",
        )
    settings = current_app.extensions["parleygraph-settings"]
    rdf = RdfFormat.from_media_type(media_type)
    body = serialize(triples(settings), format=rdf, prefixes={name: PREFIXES[name] for name in ("sd", "dct")})
    answer = Response(body, mimetype=media_type)
    answer.vary.add("Accept")
    return answer
