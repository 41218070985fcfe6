"""For those who run the server: measurements at /metrics, and what one client may take of it.

A client that has used its compute seconds gets 429 with Retry-After until enough of them have drained away.
Answers from the cache cost nothing and are always given.
"""

import math
from functools import partial
from wsgiref.types import WSGIEnvironment

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from server import metrics
from server.evaluation import is_answered
from server.evaluator import account
from server.front.clients import client
from server.front.ledger import PERIOD, Ledger, shared
from server.front.lines import Lines
from server.problems import ProblemError
from server.settings import Settings

blueprint = Blueprint("operations", __name__)

_FREE = ("/static/", "/metrics", "/healthz", "/robots.txt", "/limits")
"""How paths begin that take no compute and are always answered."""


@blueprint.route("/metrics")
def measurements() -> Response:
    """All measurements, in Prometheus's text format; those of requests before this one are among them."""
    lines: Lines | None = current_app.extensions.get("parleygraph-lines")
    if lines is not None:
        lines.flush(1.0)
    settings = _settings()
    answer = Response(metrics.text(settings.store), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Budgets:
    """What each client may still take."""

    def __init__(self, settings: Settings) -> None:
        self._budget = settings.client_budget
        self._trusted = settings.trusted_proxies
        self._ledger = Ledger(settings.client_budget, shared())

    def seconds_to_wait(self, asking: str) -> float:
        """Seconds until a client may ask again, 0.0 when it may now, and always for "", whom nobody charges.

        What this request takes counts from here.
        """
        account.settle()
        return self._ledger.wait(asking) if asking else 0.0

    def settle(self, asking: str) -> None:
        """Charge a client with what this thread has computed for it."""
        seconds = account.settle()
        if seconds:
            self._ledger.charge(asking, seconds)
            metrics.COMPUTE.inc(seconds)

    def client(self, environ: WSGIEnvironment) -> str:
        """Who is charged for a request."""
        return client(environ, self._trusted)

    def refusal(self, seconds: float) -> ProblemError:
        """What tells a client to wait."""
        metrics.OVER_BUDGET.inc()
        return ProblemError(
            429,
            "You have used your budget",
            f"Each client may use {self._budget:g} seconds of computing per {_period()}.",
            "Wait as long as Retry-After says, or run a copy of your own.",
            "/limits#budget",
            {"Retry-After": str(math.ceil(seconds))},
        )


def keep_budgets(app: Flask, settings: Settings) -> None:
    """Keep each client of `app` within its budget."""
    app.extensions["parleygraph-budgets"] = budgets = Budgets(settings)

    def check() -> None:
        if is_answered(request.environ):
            return
        free = request.path.startswith(_FREE)
        seconds = budgets.seconds_to_wait("" if free else budgets.client(request.environ))
        if seconds:
            raise budgets.refusal(seconds)

    def charge(answer: Response) -> Response:
        answer.call_on_close(partial(budgets.settle, budgets.client(request.environ)))
        return answer

    app.before_request(check)
    app.after_request(charge)


def _period() -> str:
    return "hour" if PERIOD == 3600 else f"{PERIOD:g} seconds"


def _settings() -> Settings:
    found = current_app.extensions["parleygraph-settings"]
    assert isinstance(found, Settings)
    return found
