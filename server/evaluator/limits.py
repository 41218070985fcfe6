"""What a query may take: time, memory, size and depth, each with the reason for its value."""

from dataclasses import dataclass

MAX_NESTING = 200
"""Brackets inside brackets. The engine's parser overflows its stack from about 500 nested NOT EXISTS."""

MAX_LENGTH = 256 * 1024
"""Code points. Room for VALUES with some thousand IRIs; reading it into tokens stays under 0.2 s."""

MAX_UNBOUND_PATTERNS = 60
"""Patterns of three variables. The engine's planner needs minutes at 200 of them, under 0.1 s at 60."""

MAX_UNIONS = 500
"""The planner's time explodes at 2,000 alternatives."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the evaluator pool. Times in seconds, sizes in bytes."""

    timeout: float = 30.0
    """How long the pool waits for one query, altogether."""

    memory: int = 1 << 30
    """What evaluation may allocate beyond what the open store takes."""

    quick: float = 0.2
    """How long a query may hold a quick place; after that it needs one of the `slow` places or ends."""

    quick_places: int = 8
    """Queries that may run at once before they are known to be slow."""

    cheap_places: int = 8
    """Queries beside them that name what they are about, see cost.py: however many others wait."""

    slow_places: int = 8
    """Queries that may run on after `quick`; they get a lower priority, so that quick ones do not wait."""

    queue_wait: float = 0.15
    """How long a query waits for a quick place before 503; with `quick`, refused within half a second."""

    opening_wait: float = 10.0
    """How long a query waits for a process that is still opening the store, after a start or a crash."""

    buffered: int = 2 << 20
    """The size up to which a result is held back, so that an error can still be told with its status."""

    drain: float = 600.0
    """The longest a client may take to read one answer: a slow reader must not hold a place for ever."""
