"""For those who run the server: measurements at /metrics, and what one client may take of it.

A client that has used its compute seconds gets 429 with Retry-After until enough of them have drained away.
Answers from the cache cost nothing and are always given.
"""

import math

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from server import metrics
from server.evaluator import account
from server.front.clients import client
from server.front.ledger import PERIOD, Ledger, shared
from server.problems import ProblemError
from server.settings import Settings

blueprint = Blueprint("operations", __name__)

_FREE = ("/static/", "/metrics", "/healthz", "/robots.txt", "/limits")
"""How paths begin that take no compute and are always answered."""


@blueprint.route("/metrics")
def measurements() -> Response:
    """All measurements, in Prometheus's text format."""
    settings = _settings()
    answer = Response(metrics.text(settings.store), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def keep_budgets(app: Flask, settings: Settings) -> None:
    """Keep each client of `app` within its budget."""
    ledger = Ledger(settings.client_budget, shared())

    def check() -> None:
        account.settle()
        seconds = 0.0 if request.path.startswith(_FREE) else ledger.wait(_client())
        if seconds:
            metrics.OVER_BUDGET.inc()
            raise ProblemError(
                429,
                "You have used your budget",
                f"Each client may use {settings.client_budget:g} seconds of computing per {_period()}.",
                "Wait as long as Retry-After says, or run a copy of your own.",
                "/limits#budget",
                {"Retry-After": str(math.ceil(seconds))},
            )

    def charge(answer: Response) -> Response:
        asking = _client()

        def settle() -> None:
            seconds = account.settle()
            if seconds:
                ledger.charge(asking, seconds)
                metrics.COMPUTE.inc(seconds)

        answer.call_on_close(settle)
        return answer

    app.before_request(check)
    app.after_request(charge)


def _period() -> str:
    return "hour" if PERIOD == 3600 else f"{PERIOD:g} seconds"


def _settings() -> Settings:
    found = current_app.extensions["parleygraph-settings"]
    assert isinstance(found, Settings)
    return found


def _client() -> str:
    return client(request.environ, _settings().trusted_proxies)
