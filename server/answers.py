"""From a query to its answer: guards, pool, and the problems that tell what went wrong and where."""

import hashlib
import select
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from flask import current_app, json, request

from graph.store.search.finding import Hit
from server.evaluator import guards
from server.evaluator.errors import SyntaxRejectedError
from server.evaluator.guarded import Guarded
from server.evaluator.jobs import Job
from server.evaluator.pool import Pool
from server.evaluator.run import Run
from server.federation.allowed import Allowed
from server.federation.services import FederationError, federated
from server.indexes import indexes
from server.matching import PatternError, expanded
from server.problems import ProblemError
from server.syntax.faults import Fault, locate
from server.syntax.tokens import place

SHOWN = 300
"""Code points of a faulty line that are shown; lines made by programs can be very long."""


def pool() -> Pool:
    """The evaluator pool of this application."""
    found = current_app.extensions["parleygraph-pool"]
    assert isinstance(found, Pool)
    return found


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


@dataclass(frozen=True)
class Answer:
    """A result: its kind ("solutions", "boolean", "graph"), media type and bytes.

    `rest` is None when `begin` is the whole; otherwise the run, to be closed, from which the rest comes.
    """

    kind: str
    media_type: str
    begin: bytes
    rest: Run | None

    def stream(self) -> Iterator[bytes]:
        """All bytes as they come. Raises when the query is stopped on the way."""
        yield self.begin
        if self.rest is not None:
            yield from self.rest.frames()


def guarded(text: str) -> Guarded:
    """A client's query, as the guards have read it. Raises ProblemError when it is not tried at all."""
    try:
        return guards.check(text, outside=bool(allowed().addresses))
    except guards.RefusedError as error:
        fault = Fault(error.offset, 1, str(error), error.remedy)
        raise problem_at(text, fault, "The query is refused") from error


def evaluate(job: Job) -> Answer:
    """The answer to a guarded query.

    Raises ProblemError for a syntax error, EvaluationError for other failures.
    """
    try:
        run = pool().start(_prepared(job), gone=_gone())
    except FederationError as error:
        raise unreached(job.query, error) from error
    except PatternError as error:
        fault = Fault(error.offset, error.length, str(error), error.remedy)
        raise problem_at(job.query, fault, "The search in the query cannot be made") from error
    try:
        heading = run.header()
        begin, whole = run.beginning(pool().limits.buffered)
    except SyntaxRejectedError as error:
        run.close()
        fault = locate(job.query, str(error))
        raise problem_at(job.query, fault, "The query has a syntax error") from error
    except BaseException:
        run.close()
        raise
    if whole:
        run.close()
    return Answer(heading.kind, heading.media_type, begin, None if whole else run)


def allowed() -> Allowed:
    """What SERVICE and LOAD may reach."""
    found = current_app.extensions["parleygraph-settings"].allowed
    assert isinstance(found, Allowed)
    return found


def unreached(text: str, error: FederationError) -> ProblemError:
    """The problem of a text that needs another endpoint which gave nothing."""
    line, column = place(text, error.offset)
    reason = f"Line {line}, column {column}: {error}."
    return ProblemError(502, "Another endpoint gave nothing", reason, "Write SILENT to go on without it.")


def _gone() -> Callable[[], bool]:
    """Whether the client of this request has closed its connection."""
    connection = request.environ.get("gunicorn.socket")
    if connection is None:
        return lambda: False
    watched = select.poll()
    watched.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
    return lambda: bool(watched.poll(0))


def _prepared(job: Job) -> Job:
    """The job with what other endpoints and the index say in the place of SERVICE and search patterns.

    Raises FederationError, PatternError.
    """

    def find(words: str, limit: int) -> tuple[Hit, ...]:
        with indexes().lent() as index:
            return index.find(words, limit=limit).hits

    query = expanded(federated(job.query, allowed()), find)
    return job if query == job.query else replace(job, query=query, guarded=None)


def problem_at(text: str, fault: Fault, title: str) -> ProblemError:
    """The problem that tells of a fault at a place of a query."""
    line, column = place(text, fault.offset)
    shown = text.split("\n")[line - 1]
    begin = max(0, column - 1 - SHOWN // 2)
    return ProblemError(
        400,
        title,
        f"Line {line}, column {column}: {fault.reason}.",
        fault.remedy,
        "/limits#syntax",
        more={
            "line": line,
            "column": column,
            "length": fault.length,
            "source": shown[begin : begin + SHOWN],
            "source_column": column - begin,
        },
    )


def entity_tag(generation: Path, job: Job) -> str:
    """A strong tag of the answer: the generation, the query with its dataset, and the forms."""
    try:
        born = (generation / "CURRENT").stat().st_mtime_ns
    except OSError:
        born = 0
    content = json.dumps([generation.name, born]).encode() + job.to_bytes()
    return hashlib.sha256(content).hexdigest()[:32]
