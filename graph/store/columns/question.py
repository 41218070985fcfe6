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


Operator = Literal["=", "!=", "<", "<=", ">", ">=", "lang"]


class Filter(NamedTuple):
    """A comparison of a variable with a term or with another variable; "lang": of its language."""

    variable: Variable
    operator: Operator
    other: Node


class Count(NamedTuple):
    """`(COUNT(…) AS ?alias)`; over all solutions where `of` is None."""

    alias: Variable
    of: Variable | None
    distinct: bool


class Order(NamedTuple):
    """One of the keys that solutions are ordered by."""

    by: Variable
    descending: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A query that the replica understands; `shown` are variables and counts in the order of the head."""

    patterns: Sequence[Pattern]
    filters: Sequence[Filter] = ()
    shown: Sequence[Variable | Count] = ()
    ask: bool = False
    groups: Sequence[Variable] | None = None
    distinct: bool = False
    order: Sequence[Order] = ()
    limit: int | None = None
    offset: int = 0
