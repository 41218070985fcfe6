"""Every kind of page and how to get to one, for the tests that a browser makes."""

from playwright.sync_api import Page

from tests.server.running import ROOT, Server

PICTURES = ROOT / "data" / "build" / "screenshots"
"""Where a picture of each kind of page is kept after a run; not part of the repository."""

PREFIX = "PREFIX pg: <https://w3id.org/parleygraph/ns#>"
PAGES = {
    "home": "/",
    "event": "/page/{call}",
    "article": "/page/{article}",
    "person": "/page/{person}",
    "place": "/page/{place}",
    "claim": "/page/{claim}",
    "quotation": "/page/{quotation}",
    "examples": "/queries",
    "vocabulary": "/ns",
    "limits": "/limits",
    "search": "/search?q=Putin",
    "graph": "/graph/entities",
    "country": "/page/{country}",
    "organization": "/page/{organization}",
    "office": "/page/{office}",
    "timeline": "/timeline",
    "map": "/map",
    "network": "/network",
    "negotiators": "/negotiators",
    "statements": "/statements",
    "changes": "/changes",
    "add": "/add",
    "articles": "/articles",
    "dataset": "/dataset",
    "explanation": "/sparql?explain=1&query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
    "unknown": "/page/event/nothing-00000000",
    "editor": "/sparql",
    "answer": "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020",
    "error": "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo",
}
KINDS = {
    "call": "?x a pg:Call ; pg:duration ?d",
    "article": "?x a pg:Article",
    "person": "?x a pg:Person . ?q a pg:Quotation ; pg:attributedTo ?x",
    "place": "?x a pg:Place . ?e pg:hasPlace ?x",
    "claim": "GRAPH ?x { ?e pg:duration ?d }",
    "quotation": "?x a pg:Quotation",
    "country": "?x a pg:Country . ?e pg:hasParticipant ?x",
    "organization": "?x a pg:Organization . ?e pg:hasParticipant ?x",
    "office": "?x a pg:OfficeHolding",
}


def ask(server: Server, pattern: str, variable: str = "x") -> list[str]:
    """The values of one variable of a pattern, sorted."""
    query = f"{PREFIX} SELECT DISTINCT ?{variable} {{ {pattern} }} ORDER BY ?{variable}"
    answer = server.client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    return [row[variable]["value"] for row in rows]


def path_of(iri: str) -> str:
    """The part of a thing's IRI that its page's address holds."""
    return iri.partition("/id/")[2]


def complaints(page: Page, server: Server) -> list[str]:
    """What a browser complains of: errors on its console, scripts that fail, requests to other hosts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((server.url, "data:", "blob:")) else found.append(request.url)
        ),
    )
    return found
