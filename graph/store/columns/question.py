"""What the replica is asked: patterns, what to do with their solutions, and in which order.

A part of SPARQL 1.1's algebra (section 18.2): one basic graph pattern with simple filters, projected,
grouped and counted, made distinct, ordered, cut. Whatever a query has beyond that is the engine's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Variable(str):
    """A variable, by its name."""

    __slots__ = ()


class Constant(NamedTuple):
    """A term: its lexical form, and what tells its kind, as in graph.store.columns.terms."""

    kind: str
    lexical: str


Node = Variable | Constant


class Pattern(NamedTuple):
    """One triple pattern."""

    subject: Node
    predicate: Node
    object: Node

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Its variables in their places' order; one that stands twice comes twice."""
        return tuple(each for each in self if isinstance(each, Variable))


Operator = Literal["=", "!=", "<", "<=", ">", ">="]


class Comparison(NamedTuple):
    """`?variable operator other`."""

    variable: Variable
    operator: Operator
    other: Node


class Language(NamedTuple):
    """`LANG(?variable) = "language"`, in small letters."""

    variable: Variable
    language: str


class Member(NamedTuple):
    """`?variable IN (…)`, or VALUES, each once; terms that are equal to themselves alone."""

    variable: Variable
    constants: tuple[Constant, ...]


class Text(NamedTuple):
    """Whether a text begins with some words or has them somewhere in it.

    `any_term` says that the text is STR of the variable, `folded` that the case of letters does not count;
    the words are ASCII, and small letters then.
    """

    variable: Variable
    words: str
    begins: bool
    any_term: bool
    folded: bool


Filter = Comparison | Language | Member | Text


class Count(NamedTuple):
    """`(COUNT(…) AS ?alias)`; over all solutions where `of` is None."""

    alias: Variable
    of: Variable | None
    distinct: bool


class Extreme(NamedTuple):
    """`(MIN(?of) AS ?alias)`, or MAX."""

    alias: Variable
    of: Variable
    largest: bool


class Order(NamedTuple):
    """One of the keys that solutions are ordered by."""

    by: Variable
    descending: bool


Shown = Variable | Count | Extreme


@dataclass(frozen=True, slots=True)
class Question:
    """A query that the replica understands; `shown` are variables and aggregates in the order of the head.

    Each of `optionals` shares variables with `patterns` alone.
    """

    patterns: Sequence[Pattern]
    optionals: Sequence[Sequence[Pattern]] = ()
    filters: Sequence[Filter] = ()
    shown: Sequence[Shown] = ()
    ask: bool = False
    groups: Sequence[Variable] | None = None
    distinct: bool = False
    order: Sequence[Order] = ()
    limit: int | None = None
    offset: int = 0
