"""The endpoint for people: the query editor, and a query's answer as a page that needs no script."""

import shlex
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, json, request

from graph.store import examples
from ontology.prefixes import PREFIXES
from server.answers import evaluate, pool
from server.evaluator.jobs import Job
from server.negotiation import GRAPHS, NAMES, SOLUTIONS
from server.pages import namer, page, settings
from server.portraits.questions import rows_of
from server.views.answers import DRAWN, drawn

ROWS = 1000
"""Rows that the page shows; the downloads beside it give all."""

SHOWN = 200_000
"""Characters of Turtle that the page shows."""


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What the editor's page may load: as every page, and the styles that Yasgui writes into its elements."""

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
    answer = page(
        "editor.html",
        query=query,
        asked="q" in request.args,
        prefixes=dict(PREFIXES),
        examples=examples.all_examples(),
    )
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def results_page(job: Job, asked_on: str = "", now: str = "") -> Response:
    """The answer to a query as a page, with the query above and downloads beside it.

    `view=timeline`, `map`, `network` or `raw` in the address draw it otherwise, `part=1` without the page
    around it. `asked_on` is the generation that a link was made on, `now` today's.
    """
    found = evaluate(
        replace(job, solutions=SOLUTIONS["json"], boolean=SOLUTIONS["json"], graph=GRAPHS["ttl"])
    )
    if found.rest is not None:
        found.rest.close()
    forms = GRAPHS if found.kind == "graph" else SOLUTIONS
    shown: dict[str, object] = {
        "query": job.query,
        "cut": found.rest is not None,
        "downloads": [(name, NAMES[name]) for name in forms],
        "snippets": snippets(job.query, settings().base, forms),
        "asked_on": asked_on,
        "now": now,
        "view": "",
        "asking": lambda view: _asking(job.query, view),
    }
    if found.kind == "graph":
        shown["turtle"] = found.begin.decode(errors="ignore")[:SHOWN]
    elif found.rest is None:
        shown |= _solutions(found.begin)
    template = "drawing.html" if request.args.get("part") else "results.html"
    return page(template, **shown)


def _asking(query: str, view: str) -> str:
    """The address that asks a query and shows the answer in one way."""
    return "/sparql?" + urlencode({"query": query} | ({"view": view} if view else {}))


def _solutions(body: bytes) -> dict[str, object]:
    """A table, or yes or no, as the template shows it."""
    result = json.loads(body)
    if "boolean" in result:
        return {"boolean": result["boolean"]}
    columns, table = result["head"]["vars"], result["results"]["bindings"]
    view = request.args.get("view", "")
    shown: dict[str, object] = {"columns": columns, "total": len(table), "views": DRAWN}
    if view == "raw":
        return {**shown, "view": view, "raw": json.dumps(result, indent=2, ensure_ascii=False)[:SHOWN]}
    if view in DRAWN:
        number = request.args.get("page", "1")
        at = int(number) if number.isdecimal() and len(number) < 6 else 1
        return {**shown, "view": view, **drawn(view, rows_of(table), columns, pool(), namer(), at)}
    return {
        **shown,
        "rows": table[:ROWS],
        "href": namer().href,
        "short": lambda iri: short(iri, settings().base),
    }


def snippets(query: str, base: str, forms: Mapping[str, str]) -> list[tuple[str, str]]:
    """How to ask the same from a shell and from Python, without anything to install but curl."""
    form = next(iter(forms.values()))
    address, accept, asked = map(shlex.quote, (f"{base}sparql", f"Accept: {form}", f"query={query}"))
    curl = f"curl {address} \\\n  -H {accept} \\\n  --data-urlencode {asked}"
    text = query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').rstrip("\n")
    python = f'''from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = """
{text}
"""
asked = Request("{base}sparql", urlencode({{"query": query}}).encode(), {{"Accept": "{form}"}})
print(urlopen(asked).read().decode())'''
    return [("curl", curl), ("Python", python)]


def short(iri: str, base: str = "") -> str:
    """An IRI with its prefix, where it has one that leaves a plain local name; under `base` its end."""
    if base and iri.startswith(f"{base}id/"):
        return iri.removeprefix(f"{base}id/")
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
