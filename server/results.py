"""The endpoint for people: the query editor, and a query's answer as a page that needs no script."""

from dataclasses import replace

from flask import Response, json, render_template, request

from server.answers import evaluate
from server.evaluator.jobs import Job
from server.negotiation import GRAPHS, NAMES, SOLUTIONS

ROWS = 1000
"""Rows that the page shows; the downloads beside it give all."""


def editor_page() -> Response:
    """The query editor."""
    return _page("editor.html", query=request.args.get("q", ""))


def results_page(job: Job) -> Response:
    """The answer to a query as a page, with the query above and downloads beside it."""
    found = evaluate(
        replace(job, solutions=SOLUTIONS["json"], boolean=SOLUTIONS["json"], graph=GRAPHS["ttl"])
    )
    try:
        body = found.begin if found.rest is None else b"".join(found.stream())
    finally:
        if found.rest is not None:
            found.rest.close()
    forms = GRAPHS if found.kind == "graph" else SOLUTIONS
    downloads = [(name, NAMES[name]) for name in forms]
    if found.kind == "graph":
        return _page("results.html", query=job.query, turtle=body.decode(), downloads=downloads)
    result = json.loads(body)
    if found.kind == "boolean":
        return _page("results.html", query=job.query, boolean=result["boolean"], downloads=downloads)
    rows = result["results"]["bindings"]
    return _page(
        "results.html",
        query=job.query,
        columns=result["head"]["vars"],
        rows=rows[:ROWS],
        total=len(rows),
        downloads=downloads,
    )


def _page(template: str, **values: object) -> Response:
    answer = Response(render_template(template, **values), mimetype="text/html")
    answer.vary.add("Accept")
    return answer
