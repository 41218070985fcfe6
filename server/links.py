"""Short permanent links to queries: /q/abcd2345 for a query and the generation that it was asked on.

They lie in the store's folder, in one SQLite file that all web processes write; the same query on the same
generation has the same link, so that asking again adds nothing.
"""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Blueprint, Response, json, redirect, request
from werkzeug.exceptions import NotFound

from graph.store import snapshots
from server.answers import guarded, pool
from server.evaluator.jobs import Job
from server.negotiation import prefers_page
from server.pages import settings
from server.problems import ProblemError
from server.results import results_page

blueprint = Blueprint("links", __name__)

FILE = snapshots.LINKS

MOST = 100_000
"""Links that are kept: at the longest query's 100 kB they cannot fill a disk, and they outlast years."""

LENGTH = 8
"""Signs of a link: 40 bits of a hash; of MOST links two meet once in two hundred installations."""

LONGEST = 20_000
"""Signs of a query that gets a link."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS link (name TEXT PRIMARY KEY, generation TEXT NOT NULL, query TEXT NOT NULL)"
)


@blueprint.route("/q", methods=["POST"])
def shorten() -> Response:
    """A link to the query in the form; a reader is led to it, a program is told it."""
    query = request.form.get("query", "")
    if not query.strip() or len(query) > LONGEST:
        detail = f"query= has {len(query):,} signs."
        raise ProblemError(400, "There is no query to link to", detail, f"Send at most {LONGEST:,} signs.")
    guarded(query)
    generation = pool().generation().name
    digest = hashlib.sha256(f"{generation}\n{query}".encode()).digest()
    name = base64.b32encode(digest)[:LENGTH].decode().lower()
    with _links() as links:
        held = links.execute("SELECT query FROM link WHERE name = ?", (name,)).fetchone()
        if held is None:
            number = links.execute("SELECT count(*) FROM link").fetchone()[0]
            if number >= MOST:
                raise ProblemError(507, "There is no room for another link", f"{MOST:,} are kept.")
            links.execute("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", (name, generation, query))
            links.commit()
    href = f"/q/{name}"
    if prefers_page(request.accept_mimetypes):
        return Response(redirect(href, 303).get_data(), 303, {"Location": href})
    answer = Response(json.dumps({"href": href, "generation": generation}) + "\n", 201, {"Location": href})
    answer.mimetype = "application/json"
    return answer


@blueprint.route("/q/<name>")
def follow(name: str) -> Response:
    """The query of a link, answered on the graph of today, with the generation that it was asked on."""
    with _links() as links:
        held = links.execute("SELECT generation, query FROM link WHERE name = ?", (name,)).fetchone()
    if held is None:
        raise NotFound(f"Nobody made the link /q/{name} here.")
    generation, query = held
    guarded(query)
    return results_page(Job(query), asked_on=generation, now=pool().generation().name)


@contextmanager
def _links() -> Iterator[sqlite3.Connection]:
    """The links, for one request."""
    with closing(sqlite3.connect(Path(settings().store) / FILE, timeout=10)) as found:
        found.execute(_TABLE)
        yield found
