"""A query that has passed the guards, with what they have learnt of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from server.syntax.tokens import Token, tokens


@dataclass(frozen=True)
class Guarded:
    """A query that may be evaluated.

    `query` is in the engine's words, each token where the client put it; `changing` says that its answer can
    be another one each time, `cheap` that it looks cheap (see cost.py). `shape` is None where it has none.
    """

    query: str
    shape: str | None
    changing: bool
    cheap: bool
    read: Sequence[Token] | None = field(default=None, repr=False, compare=False)
    """Its tokens, where the guards had to read them."""

    @cached_property
    def words(self) -> Sequence[Token]:
        """Its tokens; read when somebody asks, for most queries are known by their shape."""
        return tuple(tokens(self.query)) if self.read is None else self.read
