"""From a guarded job to its answer: the one way of Flask's routes and of the short way in front of them."""

import hashlib
import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from wsgiref.types import WSGIEnvironment

from graph.errors import StoreError
from graph.store.search.finding import Hit
from server.evaluator import account, guards
from server.evaluator.columns import Columns
from server.evaluator.current import Current, Look
from server.evaluator.errors import StoreUnavailableError, SyntaxRejectedError
from server.evaluator.guarded import Guarded
from server.evaluator.jobs import Job
from server.evaluator.pool import Pool
from server.evaluator.run import Gone, Run
from server.federation.allowed import Allowed
from server.federation.services import FederationError, federated
from server.indexes import Indexes
from server.matching import PatternError, expanded
from server.problems import ProblemError
from server.syntax.faults import Fault, locate
from server.syntax.tokens import place

SHOWN = 300
"""Code points of a faulty line that are shown; lines made by programs can be very long."""


@dataclass(frozen=True, slots=True)
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


class Evaluation:
    """Guards, other endpoints, search patterns, pool; and the problems that tell what went wrong."""

    def __init__(self, current: Current, pool: Pool, indexes: Indexes, allowed: Allowed) -> None:
        """`current` looks the generation in force up, `allowed` is what SERVICE and LOAD may reach."""
        self._current = current
        self.pool = pool
        self.allowed = allowed
        self._indexes = indexes
        self._columns = Columns()

    def look(self) -> Look:
        """The generation in force. Raises StoreUnavailableError."""
        try:
            return self._current.look()
        except StoreError as error:
            raise StoreUnavailableError(str(error)) from error

    def guarded(self, text: str) -> Guarded:
        """A client's query, as the guards have read it. Raises ProblemError when it is not tried at all."""
        try:
            return guards.check(text, outside=bool(self.allowed.addresses))
        except guards.RefusedError as error:
            fault = Fault(error.offset, 1, str(error), error.remedy)
            raise problem_at(text, fault, "The query is refused") from error

    def answer(self, job: Job, gone: Gone | None, generation: Path | None = None) -> Answer:
        """The answer to a job whose query has passed the guards.

        `generation` is the one in force, where it has just been looked up.
        Raises ProblemError for a syntax error, EvaluationError for other failures.
        """
        known = self._looked_up(job, generation or self.pool.generation())
        if known is not None:
            return known
        try:
            run = self.pool.start(self._prepared(job), gone=gone)
        except FederationError as error:
            raise unreached(job.query, error) from error
        except PatternError as error:
            fault = Fault(error.offset, error.length, str(error), error.remedy)
            raise problem_at(job.query, fault, "The search in the query cannot be made") from error
        try:
            heading = run.header()
            begin, whole = run.beginning(self.pool.limits.buffered)
        except SyntaxRejectedError as error:
            run.close()
            raise problem_at(
                job.query, locate(job.query, str(error)), "The query has a syntax error"
            ) from error
        except BaseException:
            run.close()
            raise
        if whole:
            run.close()
        return Answer(heading.kind, heading.media_type, begin, None if whole else run)

    def _looked_up(self, job: Job, generation: Path) -> Answer | None:
        """The answer of a small question, from the replica; it is not worth the way to a query process."""
        begin = time.monotonic()
        found = self._columns.answer_small(generation, job)
        account.add(time.monotonic() - begin)
        if found is None:
            return None
        heading, body = found
        return Answer(heading.kind, heading.media_type, body, None)

    def _prepared(self, job: Job) -> Job:
        """The job with what other endpoints and the index say in the place of SERVICE and search patterns."""

        def find(words: str, limit: int) -> tuple[Hit, ...]:
            with self._indexes.lent() as index:
                return index.find(words, limit=limit).hits

        query = expanded(federated(job.query, self.allowed), find)
        return job if query == job.query else replace(job, query=query, guarded=None)


_FOUND = "parleygraph.found"


def leave(environ: WSGIEnvironment, found: Answer | Exception) -> None:
    """Leave the answer to a request, or why there is none, for who makes the response of it."""
    environ[_FOUND] = found


def is_answered(environ: WSGIEnvironment) -> bool:
    """Whether a request comes with its answer."""
    return _FOUND in environ


def taken(environ: WSGIEnvironment) -> Answer | None:
    """The answer that was left with a request. Raises what was left in its place."""
    found = environ.pop(_FOUND, None)
    if isinstance(found, Exception):
        raise found
    assert found is None or isinstance(found, Answer)
    return found


def dropped(environ: WSGIEnvironment) -> None:
    """Free what was left with a request and nobody took."""
    found = environ.pop(_FOUND, None)
    if isinstance(found, Answer) and found.rest is not None:
        found.rest.close()


def watch(environ: WSGIEnvironment) -> Callable[[], bool] | None:
    """Tells whether the client of a request has closed its connection; None where nobody can know."""
    connection = environ.get("gunicorn.socket")
    if connection is None:
        return None

    def gone() -> bool:
        watched = select.poll()
        watched.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
        return bool(watched.poll(0))

    return gone


def unreached(text: str, error: FederationError) -> ProblemError:
    """The problem of a text that needs another endpoint which gave nothing."""
    line, column = place(text, error.offset)
    reason = f"Line {line}, column {column}: {error}."
    return ProblemError(502, "Another endpoint gave nothing", reason, "Write SILENT to go on without it.")


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


def entity_tag(generation: Look, job: Job) -> str:
    """A strong tag of the answer: the generation, the query with its dataset, and the forms."""
    named = b"%s %d " % (os.fsencode(generation.folder.name), generation.born)
    return hashlib.sha256(named + job.to_bytes()).hexdigest()[:32]
