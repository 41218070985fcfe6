"""The endpoint for people: the query editor, and a query's answer as a page that needs no script."""

from dataclasses import replace

from flask import Response, json, request

from ontology.prefixes import PREFIXES
from server import examples
from server.answers import evaluate
from server.evaluator.jobs import Job
from server.negotiation import GRAPHS, NAMES, SOLUTIONS
from server.pages import namer, page, settings

ROWS = 1000
"""Rows that the page shows; the downloads beside it give all."""

SHOWN = 200_000
"""Characters of Turtle that the page shows."""


START = """PREFIX pg: <https://w3id.org/parleygraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?event ?label ?modality WHERE {
  ?claim pg:about ?event ; pg:modality ?modality .
  ?event rdfs:label ?label
}
LIMIT 50
"""
"""The query that the editor begins with where there are no examples."""


def editor_page() -> Response:
    """The query editor."""
    shown = examples.first()
    query = request.args.get("q", "") or (shown.query if shown else START)
    return page(
        "editor.html",
        query=query,
        asked="q" in request.args,
        prefixes=dict(PREFIXES),
        examples=examples.all_examples(),
    )


def results_page(job: Job) -> Response:
    """The answer to a query as a page, with the query above and downloads beside it."""
    found = evaluate(
        replace(job, solutions=SOLUTIONS["json"], boolean=SOLUTIONS["json"], graph=GRAPHS["ttl"])
    )
    if found.rest is not None:
        found.rest.close()
    forms = GRAPHS if found.kind == "graph" else SOLUTIONS
    downloads = [(name, NAMES[name]) for name in forms]
    cut = found.rest is not None
    if found.kind == "graph":
        turtle = found.begin.decode(errors="ignore")[:SHOWN]
        return page("results.html", query=job.query, turtle=turtle, cut=cut, downloads=downloads)
    if cut:
        return page("results.html", query=job.query, cut=True, downloads=downloads)
    result = json.loads(found.begin)
    if found.kind == "boolean":
        return page("results.html", query=job.query, boolean=result["boolean"], downloads=downloads)
    rows = result["results"]["bindings"]
    return page(
        "results.html",
        href=namer().href,
        short=lambda iri: short(iri, settings().base),
        query=job.query,
        columns=result["head"]["vars"],
        rows=rows[:ROWS],
        total=len(rows),
        downloads=downloads,
    )


def short(iri: str, base: str = "") -> str:
    """An IRI with its prefix, where it has one that leaves a plain local name; under `base` its end."""
    if base and iri.startswith(f"{base}id/"):
        return iri.removeprefix(f"{base}id/")
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
