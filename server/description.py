"""The service description: what a client can find out about the endpoint from a bare GET.

https://www.w3.org/TR/sparql11-service-description/
"""

from flask import Response, current_app, request
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.prefixes import NAMESPACE, PREFIXES
from server.evaluator.limits import MAX_LENGTH, MAX_NESTING, MAX_UNIONS
from server.matching import NAME as SEARCH
from server.negotiation import GRAPHS, SOLUTIONS, graph_form
from server.problems import ProblemError
from server.settings import Settings

_SD, _DCT = PREFIXES["sd"], PREFIXES["dct"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_SYNTAXES = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
assert len(_FORMS) == len(SOLUTIONS)
assert len(_SYNTAXES) == len(GRAPHS)


_INPUTS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
_FEATURES = ("EmptyGraphs",)


def triples(settings: Settings) -> list[Triple]:
    """The description of the endpoints for queries and for updates, and of the dataset, as triples."""
    endpoint, change = (NamedNode(f"{settings.base}{name}") for name in ("sparql", "update"))
    dataset, default = BlankNode("dataset"), BlankNode("default")
    described = [
        *_service(endpoint, "SPARQL11Query", dataset, "parleygraph: who says what about diplomacy"),
        *_said(endpoint, "description", _limits(settings)),
        Triple(endpoint, _sd("propertyFeature"), NamedNode(f"{NAMESPACE}{SEARCH}")),
        Triple(dataset, _TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), default),
        Triple(default, _TYPE, _sd("Graph")),
        *_said(default, "description", "The merge of the named graphs: each triple of theirs, once."),
    ]
    described += [Triple(endpoint, _sd("resultFormat"), _format(name)) for name in (*_FORMS, *_SYNTAXES)]
    if settings.allowed.addresses:
        described.append(Triple(endpoint, _sd("feature"), _sd("BasicFederatedQuery")))
    if settings.token:
        described += _service(
            change, "SPARQL11Update", dataset, "parleygraph: updates, for who has the token"
        )
        described += [Triple(change, _sd("inputFormat"), _format(name)) for name in _INPUTS]
    for name in ("entities", "entailed", "ontology"):
        described += _named(dataset, NamedNode(f"{settings.base}graph/{name}"))
    return described


def _service(endpoint: NamedNode, language: str, dataset: BlankNode, title: str) -> list[Triple]:
    """What a service says of itself, whatever it does."""
    return [
        Triple(endpoint, _TYPE, _sd("Service")),
        Triple(endpoint, _sd("endpoint"), endpoint),
        Triple(endpoint, _sd("supportedLanguage"), _sd(language)),
        Triple(endpoint, _sd("defaultDataset"), dataset),
        *(Triple(endpoint, _sd("feature"), _sd(feature)) for feature in _FEATURES),
        *_said(endpoint, "title", title),
    ]


def _named(dataset: BlankNode, name: NamedNode) -> list[Triple]:
    """One of the graphs that every dataset has; those of claims and articles are found by a query."""
    graph = BlankNode(name.value.rpartition("/")[2])
    return [
        Triple(dataset, _sd("namedGraph"), graph),
        Triple(graph, _TYPE, _sd("NamedGraph")),
        Triple(graph, _sd("name"), name),
    ]


def _limits(settings: Settings) -> str:
    """The limits in a sentence for people."""
    limits = settings.limits
    return (
        f"A query is stopped after {limits.timeout:g} seconds, or when it takes more than "
        f"{limits.memory >> 20} MiB beyond the open graph: 503 before the first byte of its answer, a cut "
        f"connection after it. It may have {MAX_LENGTH:,} characters, {MAX_NESTING} levels of brackets and "
        f"{MAX_UNIONS} UNIONs. All limits stand at {settings.base}limits."
    )


def _said(thing: NamedNode | BlankNode, term: str, words: str) -> list[Triple]:
    return [Triple(thing, NamedNode(f"{_DCT}{term}"), Literal(words, language="en"))]


def _sd(name: str) -> NamedNode:
    return NamedNode(f"{_SD}{name}")


def _format(name: str) -> NamedNode:
    return NamedNode(f"{_FORMATS}{name}")


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
