"""The constraints of SHACL core that the shapes use, on the merge of an article's graphs.

Each is a function of the value nodes; what it means is SHACL's section 4. Comparisons are of the lexical
forms that the mapping writes, which are canonical: dates compare as text and numbers as numbers.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.mapping.conformance.shapes import SH, Constraint, Shape, Value
from graph.mapping.vocabulary import RDF_TYPE
from ontology.prefixes import PREFIXES
from ontology.schema import ancestors

MERGE = DefaultGraph()
LEXICAL = {
    "boolean": re.compile(r"true|false|0|1"),
    "date": re.compile(r"-?\d{4,}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?"),
    "duration": re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    "integer": re.compile(r"[+-]?\d+"),
}
"""The lexical spaces of the datatypes that the shapes ask for: an ill-typed literal has not that datatype."""


class Facts:
    """The merge of the graphs, for looking up."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def values(self, node: Value, path: NamedNode, *, inverse: bool = False) -> list[Value]:
        """The value nodes of `node` along the path."""
        if inverse:
            found = self.store.quads_for_pattern(None, path, node, MERGE)
            return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]
        if isinstance(node, Literal):
            return []
        found = self.store.quads_for_pattern(node, path, None, MERGE)
        return [quad.object for quad in found if isinstance(quad.object, NamedNode | Literal)]

    def classes(self, node: Value) -> set[Value]:
        """The classes of the node with all those above them."""
        stated = self.values(node, RDF_TYPE)
        return {above for each in stated if isinstance(each, NamedNode) for above in ancestors(each)}


def failures(facts: Facts, node: Value, shape: Shape) -> Iterator[str]:
    """The message of each constraint of `shape` that `node` violates; queries apart."""
    if isinstance(node, Literal):
        values: list[Value] = [node]
    else:
        values = [node] if shape.path is None else facts.values(node, shape.path, inverse=shape.is_inverse)
    for constraint in shape.constraints:
        if not _holds(facts, node, values, constraint, shape.path):
            yield shape.message or f"violates {shape.name} ({constraint.name})"
            break
    for part in shape.properties:
        for value in [node] if shape.path is None else values:
            yield from failures(facts, value, part)


def _holds(facts: Facts, node: Value, values: list[Value], each: Constraint, path: NamedNode | None) -> bool:
    """Whether the value nodes satisfy one constraint; a literal as focus node has nothing to follow."""
    if each.name in NESTING:
        return NESTING[each.name](facts, values, each.shapes)
    if each.name in PAIRS:
        assert isinstance(each.value, NamedNode)
        others = facts.values(node, each.value)
        return all(PAIRS[each.name](one, other) for one in values for other in others)
    return (
        COUNTS[each.name](values, each.value)
        if each.name in COUNTS
        else all(_fits(facts, value, each) for value in values)
    )


def _fits(facts: Facts, value: Value, each: Constraint) -> bool:
    wanted = each.value
    match each.name:
        case "class":
            return wanted in facts.classes(value)
        case "nodeKind":
            return isinstance(value, NamedNode) and wanted == NamedNode(f"{SH}IRI")
        case "datatype":
            return isinstance(value, Literal) and value.datatype == wanted and _is_well_formed(value)
        case "minLength":
            return len(_text(value)) >= int(_text(wanted))
        case "pattern":
            return re.search(_text(wanted), _text(value)) is not None
        case "minInclusive":
            return _compare(wanted, value)
        case _:
            assert each.name == "maxInclusive"
            return _compare(value, wanted)


def _is_well_formed(value: Literal) -> bool:
    form = LEXICAL.get(value.datatype.value.removeprefix(PREFIXES["xsd"]))
    return form is None or form.fullmatch(value.value) is not None


def _compare(smaller: Value | None, larger: Value | None, *, strict: bool = False) -> bool:
    """Whether the two can be compared and stand in that order."""
    if not isinstance(smaller, Literal) or not isinstance(larger, Literal):
        return False
    try:
        one, other = Decimal(smaller.value), Decimal(larger.value)
    except InvalidOperation:
        if smaller.datatype != larger.datatype:
            return False
        return smaller.value < larger.value if strict else smaller.value <= larger.value
    return one < other if strict else one <= other


def _text(value: Value | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _not(facts: Facts, values: list[Value], shapes: tuple[Shape, ...]) -> bool:
    return all(any(failures(facts, value, shape)) for value in values for shape in shapes)


def _or(facts: Facts, values: list[Value], shapes: tuple[Shape, ...]) -> bool:
    return all(any(not any(failures(facts, value, shape)) for shape in shapes) for value in values)


def _node(facts: Facts, values: list[Value], shapes: tuple[Shape, ...]) -> bool:
    return not any(any(failures(facts, value, shape)) for value in values for shape in shapes)


NESTING: dict[str, Callable[[Facts, list[Value], tuple[Shape, ...]], bool]] = {
    "not": _not,
    "or": _or,
    "node": _node,
}
PAIRS: dict[str, Callable[[Value, Value], bool]] = {
    "lessThan": lambda one, other: _compare(one, other, strict=True),
    "lessThanOrEquals": _compare,
}
COUNTS: dict[str, Callable[[list[Value], Value | None], bool]] = {
    "minCount": lambda values, wanted: len(values) >= int(_text(wanted)),
    "maxCount": lambda values, wanted: len(values) <= int(_text(wanted)),
    "hasValue": lambda values, wanted: wanted in values,
}
