"""What is to be said of a query that is slow, or finds nothing, as it is written: rules over its algebra.

Each rule was measured on the engine (a filter that lists properties: 194 ms, as VALUES 0.5 ms).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, URIRef, Variable

from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import terms

MANY = 10_000
"""Rows from which an answer counts as large."""

MULTIPLIED = "Some patterns share no variable with the others: their matches are multiplied."

Pattern = tuple[Any, Any, Any]
"""A triple pattern of rdflib's terms; the property may be a path."""


def of_patterns(patterns: Iterable[tuple[Pattern, str]], nothing: Iterable[str]) -> Iterator[str]:
    """What is to be said of patterns, each with its text; `nothing` are those without a match."""
    listed = list(patterns)
    domains = _domains(pattern for pattern, _ in listed)
    for pattern, text in listed:
        subject, property_, value = pattern
        if all(isinstance(term, Variable) for term in pattern):
            yield f"“{text}” names nothing and so matches every triple: name its property, or a thing."
        ends = isinstance(subject, Variable) and isinstance(value, Variable)
        if ends and is_endless(property_):
            yield f"“{text}” follows a path of any length from everywhere: bind one of its ends."
        if str(property_) == PREFIXES["rdf"] + "type" and str(value) in domains.get(subject, ()):
            yield f"“{text}” follows from another property of the same thing: leave it out."
        for term in pattern:
            if isinstance(term, URIRef) and not _may_be_known(str(term)):
                yield f"<{term}> is no term of the vocabulary; see /ns."
    for text in nothing:
        yield f"Nothing matches “{text}” at all: check its names."


def is_endless(property_: Any) -> bool:
    """Whether it is a path of any length."""
    return isinstance(property_, PropertyPath) and any(sign in property_.n3() for sign in "*+")


def _domains(patterns: Iterable[Pattern]) -> dict[Any, set[str]]:
    """Subject → the classes that its properties imply."""
    known = {term.iri.value: term for term in terms().values()}
    found: dict[Any, set[str]] = {}
    for subject, property_, _ in patterns:
        term = known.get(str(property_))
        if term is not None and len(term.domain) == 1:
            found.setdefault(subject, set()).add(term.domain[0].value)
    return found


def _may_be_known(iri: str) -> bool:
    """Whether an IRI is a term of ours, a concept of a scheme, or none of our business."""
    local = iri.removeprefix(NAMESPACE)
    is_concept = local[:1].islower() and not local.startswith("has")
    return local == iri or local in terms() or is_concept


def of_filter(expression: Any) -> Iterator[str]:
    """What is to be said of a filter."""
    for part in _parts(expression):
        if part.name in ("Builtin_REGEX", "Builtin_CONTAINS"):
            yield 'A filter reads every text: ?thing pg:matches "words" asks the full-text index instead.'
        if part.name != "RelationalExpression":
            continue
        kinds = {type(part.expr), type(part.other)}
        if part.op == "=" and kinds == {Variable, URIRef}:
            yield "A filter compares a variable with one IRI: write the IRI into the pattern."
        if part.op == "IN" and isinstance(part.expr, Variable):
            yield f"A filter lists what ?{part.expr} may be: VALUES lets the engine begin there."


def of_answer(rows: int, query: str) -> Iterator[str]:
    """What is to be said of the whole."""
    written = query.upper()
    if rows > MANY and "LIMIT" not in written:
        yield f"The answer has {rows:,} rows: add LIMIT if some are enough."
        if "ORDER BY" in written:
            yield "All rows are sorted before the first is sent: with LIMIT only the best are kept."


def names_of(expression: Any) -> Iterator[str]:
    """The functions and operators of an expression."""
    for part in _parts(expression):
        if part.name.startswith("Builtin_"):
            yield part.name.removeprefix("Builtin_")
        elif part.name == "RelationalExpression":
            yield str(part.op)


def _parts(expression: Any) -> Iterator[CompValue]:
    """The expression and those inside it."""
    if isinstance(expression, CompValue):
        yield expression
        for value in expression.values():
            yield from _parts(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from _parts(value)


def _variables(node: Any) -> set[Variable]:
    """The variables of a part of the algebra, of whichever use."""
    if isinstance(node, Variable):
        return {node}
    inside = node.values() if isinstance(node, CompValue) else node
    if isinstance(node, CompValue | list | tuple | set | frozenset):
        return set().union(*(_variables(value) for value in inside))
    return set()


def apart(one: Any, other: Any) -> bool:
    """Whether two parts of an algebra both have variables, and none together."""
    mine, yours = _variables(one), _variables(other)
    return bool(mine and yours) and not mine & yours


def connected(patterns: Iterable[Pattern]) -> list[set[Node]]:
    """The variables and blank nodes of patterns, in groups that some pattern connects."""
    groups: list[set[Node]] = []
    for pattern in patterns:
        linked = {term for term in pattern if isinstance(term, Node) and term.n3()[:1] in ("?", "_")}
        if linked:
            meeting = [group for group in groups if group & linked]
            groups = [group for group in groups if not group & linked]
            groups.append(linked.union(*meeting))
    return groups
