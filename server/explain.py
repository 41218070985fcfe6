"""A query explained at /sparql?explain=: its plan, its time and advice, as a page or as JSON.

The explanation is made where queries are evaluated, under the same limits.
"""

from dataclasses import replace

from flask import Response, json

from server.answers import evaluate
from server.evaluator.jobs import Job
from server.pages import page
from server.reader import reader
from server.sentences import said


def explained(job: Job, *, as_page: bool) -> Response:
    """The explanation of a query that has passed the guards."""
    found = evaluate(replace(job, explain=True))
    content = b"".join(found.stream())
    if as_page:
        explanation = json.loads(content)
        advice = [said(each, reader().language) for each in explanation["advice"]]
        answer = page("explain.html", query=job.query, explanation=explanation, advice=advice)
    else:
        answer = Response(content + b"\n", mimetype="application/json")
        answer.vary.add("Accept")
    answer.headers["Cache-Control"] = "no-store"  # the time is another one each time
    return answer
