"""ontology/shapes.ttl as values: the part of SHACL (W3C, 2017) that it uses, and no more.

pyshacl needs about a second per article, so a build applies the shapes itself. They stay in one place: this
module reads them, and refuses a construct that it does not know rather than pass over it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from graph.errors import DataError
from ontology.prefixes import PREFIXES
from ontology.schema import SHAPES

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal
Statements = dict[Node, dict[str, list[Value]]]

SH = PREFIXES["sh"]
SHAPE = "https://w3id.org/parleygraph/shapes#"
LISTED = ("or",)
NESTED = ("not", "node", "or")
PLAIN = (
    "class", "datatype", "hasValue", "lessThan", "lessThanOrEquals", "maxCount", "maxInclusive", "minCount",
    "minInclusive", "minLength", "nodeKind", "pattern",
)  # fmt: skip
STRUCTURE = ("targetClass", "path", "inversePath", "property", "sparql", "message", "severity")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: its SHACL name, its parameter, and the shapes inside it (for not, or, node)."""

    name: str
    value: Value | None = None
    shapes: tuple["Shape", ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a path a property shape; `queries` are its SPARQL constraints with messages."""

    name: str
    message: str
    is_warning: bool
    targets: tuple[NamedNode, ...]
    path: NamedNode | None
    is_inverse: bool
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]
    queries: tuple[tuple[str, str], ...]


@cache
def targeted() -> tuple[Shape, ...]:
    """The shapes with a target, in the order of their names; raises DataError for an unknown construct."""
    statements: Statements = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(SHAPES), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode | BlankNode) and not _is_triple(quad.object):
            statements[quad.subject][quad.predicate.value].append(quad.object)
    roots = [node for node, facts in statements.items() if f"{SH}targetClass" in facts]
    return tuple(sorted((_shape(node, statements) for node in roots), key=lambda shape: shape.name))


def _is_triple(value: object) -> bool:
    return not isinstance(value, NamedNode | BlankNode | Literal)


def _shape(node: Node, statements: Statements) -> Shape:
    facts = {
        name.removeprefix(SH): values for name, values in statements[node].items() if name.startswith(SH)
    }
    unknown = set(facts) - {*PLAIN, *NESTED, *STRUCTURE}
    if unknown:
        raise DataError(
            f"a shape uses sh:{', sh:'.join(sorted(unknown))}",
            place=str(SHAPES),
            remedy="teach graph.mapping.conformance that constraint",
        )
    path, is_inverse = _path(facts, statements)
    return Shape(
        name=node.value.removeprefix(SHAPE),
        message=_english(facts.get("message", [])),
        is_warning=NamedNode(f"{SH}Warning") in facts.get("severity", []),
        targets=tuple(each for each in facts.get("targetClass", []) if isinstance(each, NamedNode)),
        path=path,
        is_inverse=is_inverse,
        constraints=tuple(_constraints(facts, statements)),
        properties=tuple(_shape(each, statements) for each in _nodes(facts.get("property", []))),
        queries=tuple(_query(each, statements) for each in _nodes(facts.get("sparql", []))),
    )


def _constraints(facts: dict[str, list[Value]], statements: Statements) -> list[Constraint]:
    plain = [Constraint(name, value) for name in PLAIN for value in facts.get(name, [])]
    nested = []
    for name in NESTED:
        for node in _nodes(facts.get(name, [])):
            members = _list(node, statements) if name in LISTED else [node]
            nested.append(Constraint(name, None, tuple(_shape(each, statements) for each in members)))
    return plain + nested


def _path(facts: dict[str, list[Value]], statements: Statements) -> tuple[NamedNode | None, bool]:
    """The property and whether it is followed backwards; the shapes use no longer paths."""
    for value in facts.get("path", []):
        if isinstance(value, NamedNode):
            return value, False
        if isinstance(value, BlankNode):
            (inverse,) = statements[value][f"{SH}inversePath"]
            if isinstance(inverse, NamedNode):
                return inverse, True
    return None, False


def _query(node: Node, statements: Statements) -> tuple[str, str]:
    """The query and the message for each of its rows."""
    facts = statements[node]
    (select,) = facts[f"{SH}select"]
    assert isinstance(select, Literal)
    return select.value, _english(facts[f"{SH}message"])


def _list(node: Node, statements: Statements) -> list[Node]:
    members: list[Node] = []
    first, rest = PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"
    while first in statements[node]:
        members += _nodes(statements[node][first])
        (node,) = _nodes(statements[node][rest])
    return members


def _nodes(values: list[Value]) -> list[Node]:
    return [value for value in values if not isinstance(value, Literal)]


def _english(messages: list[Value]) -> str:
    texts = {each.language: each.value for each in messages if isinstance(each, Literal)}
    return texts.get("en") or next(iter(texts.values()), "")
