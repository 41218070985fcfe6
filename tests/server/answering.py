"""A graph in memory that answers our own queries as the pool of query processes does."""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store, Variable

from server.evaluator.jobs import Job


class Graph:
    """The graph, and how many jobs it was asked."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.asked = 0
        self._store = Store()
        self._store.extend(quads)

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        """The whole result of each job; only IRIs can be bound."""
        self.asked += len(jobs)
        return [self._answer(job) for job in jobs]

    def _answer(self, job: Job) -> bytes:
        bound = {Variable(name): NamedNode(term[1]) for name, term in job.substitutions.items()}
        solutions = self._store.query(job.query, substitutions=dict(bound))
        assert isinstance(solutions, QuerySolutions)
        form = QueryResultsFormat.from_media_type(job.solutions)
        assert form
        return solutions.serialize(format=form) or b""
