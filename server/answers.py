"""What the routes ask of the application: its evaluation, and what the generation in force is made of."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request

from server.evaluation import Answer, Evaluation, taken, watch
from server.evaluator.guarded import Guarded
from server.evaluator.jobs import Job
from server.evaluator.pool import Pool
from server.federation.allowed import Allowed


def evaluation() -> Evaluation:
    """The evaluation of this application."""
    found = current_app.extensions["parleygraph-evaluation"]
    assert isinstance(found, Evaluation)
    return found


def pool() -> Pool:
    """The evaluator pool of this application."""
    return evaluation().pool


def allowed() -> Allowed:
    """What SERVICE and LOAD may reach."""
    return evaluation().allowed


def guarded(text: str) -> Guarded:
    """A client's query, as the guards have read it. Raises ProblemError when it is not tried at all."""
    return evaluation().guarded(text)


def evaluate(job: Job) -> Answer:
    """The answer to a guarded query, for the client of this request; see Evaluation.answer."""
    return taken(request.environ) or evaluation().answer(job, watch(request.environ))


T = TypeVar("T")


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` gave for the current generation, made once per web process: a generation never changes."""
    kept = current_app.extensions["parleygraph-remembered"]
    generation = pool().generation()
    if kept.get("generation") != generation:
        kept.clear()
        kept["generation"] = generation
    if name not in kept:
        kept[name] = make()
    found: T = kept[name]
    return found
