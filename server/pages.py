"""Whether the server is up."""

from flask import Blueprint, Response

from server.answers import pool

blueprint = Blueprint("pages", __name__)


@blueprint.route("/healthz")
def healthz() -> Response:
    """Alive, and with a graph to query."""
    pool().generation()
    return Response("ok\n", mimetype="text/plain")
