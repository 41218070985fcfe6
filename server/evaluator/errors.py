"""How a query can fail once it has reached the pool.

EvaluationError
├── QueryRejectedError      it cannot be evaluated as it stands; trying again will not help
│   └── SyntaxRejectedError     the engine's parser refused it
├── AbandonedError          nobody waits for its answer any more
├── NotAcceptableError      its kind of result has no form that the client accepts
├── NoSuchGraphError        the graph that it asks for is not there
└── TemporaryError   worth another try later
    ├── QueryTimeoutError       it ran to its deadline
    ├── EngineFailedError       the engine broke on it
    ├── QueryTooLargeError      it ended by taking more memory or stack than it may
    ├── SaturatedError          there was no place for it
    └── StoreUnavailableError   there is no store, or it does not open
"""


class EvaluationError(Exception):
    """A query without an answer; its text is for the user."""


class QueryRejectedError(EvaluationError):
    """The query cannot be evaluated as it stands."""


class SyntaxRejectedError(QueryRejectedError):
    """The engine's parser refused the query; the text is the parser's."""


class NotAcceptableError(EvaluationError):
    """The client accepts no form of this kind of result; the text is the kind."""


class AbandonedError(EvaluationError):
    """Whoever asked has gone away."""


class NoSuchGraphError(EvaluationError):
    """The graph that is asked for is not there; the text is its IRI."""


class TemporaryError(EvaluationError):
    """The query may have an answer at another time, or in a simpler form."""


class QueryTimeoutError(TemporaryError):
    """The query ran to its deadline."""


class QueryTooLargeError(TemporaryError):
    """The query process ended under the query."""


class EngineFailedError(TemporaryError):
    """The engine broke on the query; its process is not to be used again."""


class SaturatedError(TemporaryError):
    """Every place is taken."""


class StoreUnavailableError(TemporaryError):
    """There is no graph to query."""
