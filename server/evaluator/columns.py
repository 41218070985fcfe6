"""Answers from the analytic replica of a generation, see graph.store.columns; the engine gives all others.

A web process answers small questions itself: that costs less than to ask a query process, and cannot run on,
for it gives up before it has some thousand solutions. Query processes answer what is larger.
"""

import logging
import time
from pathlib import Path

from graph.store.columns import replicas
from graph.store.columns.answering import Replica
from graph.store.columns.question import Question, Text
from server.evaluator.jobs import Heading, Job
from server.question import reading, template
from server.syntax.tokens import tokens

log = logging.getLogger(__name__)

JSON = "application/sparql-results+json"

SMALL = 20_000
"""Solutions that a web process holds at a time for one query: some milliseconds at most."""

ROWS = 2000
"""Rows of an answer that a web process gives, and solutions whose text it looks into: two milliseconds."""

SHORT = 16
"""Patterns of a question that a web process answers."""

UNREAD = 4096
"""Shapes of queries that are no questions, of which so many are remembered."""

LARGE = 20_000_000
"""Solutions that a query process holds at a time: some columns of them fit into its memory."""

_SOLUTIONS, _BOOLEAN = Heading("solutions", JSON), Heading("boolean", JSON)

GLANCE = 1.0
"""Seconds between two looks at whether the replica is there."""


class Columns:
    """The replica of the generation that was asked for last; one of these for each process."""

    def __init__(self) -> None:
        self._generation: Path | None = None
        self._replica: Replica | None = None
        self._looked = 0.0
        self._unread: set[str] = set()
        self.just_opened = False
        """Whether the last answer had to open a replica."""

    def answer_small(self, generation: Path, job: Job) -> tuple[Heading, bytes] | None:
        """The answer of a job that a web process gives; None where a query process has to give it."""
        guarded = job.guarded
        if guarded is None or guarded.shape is None or guarded.shape in self._unread or not _is_plain(job):
            return None
        replica = self._of(generation)
        if replica is None:
            return None
        asked = _asked(job)
        if asked is None or len(asked.patterns) + sum(map(len, asked.optionals)) > SHORT:
            if len(self._unread) >= UNREAD:
                self._unread.clear()
            self._unread.add(guarded.shape)
            return None
        most = ROWS if any(isinstance(each, Text) for each in asked.filters) else SMALL
        return self._answered(replica, asked, most, ROWS)

    def answer(self, generation: Path, job: Job, most: int) -> tuple[Heading, bytes] | None:
        """The answer of a job on a generation; None where the engine has to give it."""
        self.just_opened = False
        if not _is_plain(job):
            return None
        replica = self._of(generation)
        asked = None if replica is None else _asked(job)
        if replica is None or asked is None:
            return None
        return self._answered(replica, asked, most)

    def _answered(
        self, replica: Replica, asked: Question, most: int, rows: int | None = None
    ) -> tuple[Heading, bytes] | None:
        try:
            body = replica.answer(asked, most, rows)
        except Exception:  # a fault of the columns must not cost anybody an answer that the engine has
            log.exception("the replica of %s failed", self._generation)
            body = None
        return None if body is None else (_BOOLEAN if asked.ask else _SOLUTIONS, body)

    def _of(self, generation: Path) -> Replica | None:
        if generation == self._generation and self._replica is not None:
            return self._replica
        now = time.monotonic()
        if generation == self._generation and now < self._looked + GLANCE:
            return None
        self._replica = None  # before the next is opened: both might not fit into the memory it may have
        found = replicas.opened(generation)
        self._generation, self._replica, self._looked = generation, found, now
        self.just_opened = found is not None
        return found


def _asked(job: Job) -> Question | None:
    guarded = job.guarded
    if guarded is None:
        return reading.read(list(tokens(job.query)))
    known = None if guarded.shape is None else template.read(job.query, guarded.shape)
    return known or reading.read(guarded.words)


def _is_plain(job: Job) -> bool:
    """Whether a job asks for JSON from the default graph, and for nothing else."""
    dataset = job.default_graphs is not None or job.named_graphs is not None
    other = dataset or job.substitutions or job.explain or job.dump is not None
    return not other and job.solutions == JSON and job.boolean == JSON
