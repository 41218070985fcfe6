"""Results and their comparison: terms by kind, lexical form, datatype, language; blank nodes by their place.

Numbers, truth values and time zones are compared by datatype and value: the engine keeps values, so that
"1.0" comes back as "1". What depends on the lexical form (STR, sameTerm, DISTINCT) fails, and is listed.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse,
    parse_query_results,
)

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

XSD = "http://www.w3.org/2001/XMLSchema#"
EXACT = tuple(f"{XSD}{name}" for name in ("integer", "decimal"))
APPROXIMATE = tuple(f"{XSD}{name}" for name in ("double", "float"))
TIMES = tuple(f"{XSD}{name}" for name in ("date", "time", "dateTime"))

Term = NamedNode | BlankNode | Literal | Triple | str
Row = Mapping[str, Term]


@dataclass
class Table:
    """Solutions, with their order where it counts; `variables` is None where the form does not tell them."""

    variables: frozenset[str]
    rows: list[Row]
    ordered: bool = False


Expected = bool | Table | Dataset


def of_file(path: Path) -> Expected:
    """What a result file says: solutions, a truth value, or a graph."""
    syntax = QueryResultsFormat.from_extension(path.suffix.lstrip("."))
    if path.suffix == ".csv":
        return of_csv(path.read_text(encoding="utf-8"))
    if syntax is not None and path.suffix in (".srx", ".srj", ".tsv"):
        return of_bytes(path.read_bytes(), syntax)
    quads = list(parse(path=str(path), base_iri=path.as_uri()))
    if any(quad.object == NamedNode(f"{RS}ResultSet") for quad in quads):
        return _of_result_set(quads)
    return graph(quads)


def of_bytes(data: bytes, syntax: QueryResultsFormat) -> bool | Table:
    """What an answer in a results format says."""
    found = parse_query_results(data, syntax)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [{name: plain(row[name]) for name in names if row[name] is not None} for row in found]
    return Table(frozenset(names), rows)


def of_csv(text: str) -> Table:
    """What a CSV table says: strings, blank nodes among them."""
    first, *others = list(csv.reader(io.StringIO(text)))
    rows = [
        {
            name: BlankNode(cell[2:]) if cell.startswith("_:") else cell
            for name, cell in zip(first, row, strict=True)
        }
        for row in others
    ]
    return Table(frozenset(first), rows)


def graph(quads: Iterable[Quad]) -> Dataset:
    """Quads with their blank nodes named by their content, so that equal graphs compare equal."""
    dataset = Dataset(Quad(q.subject, q.predicate, plain(q.object), q.graph_name) for q in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def equal(found: Expected, expected: Expected, lax: bool) -> bool:
    """Whether an answer is the one expected; `lax` leaves open how often a solution comes."""
    if not isinstance(found, Table) or not isinstance(expected, Table):
        return type(found) is type(expected) and found == expected
    if found.variables != expected.variables:
        return False
    if lax:
        return _distinct(found.rows) == _distinct(expected.rows)
    if len(found.rows) != len(expected.rows):
        return False
    return _match(found.rows, list(expected.rows), {}, expected.ordered)


def _distinct(rows: Iterable[Row]) -> set[frozenset[tuple[str, Term]]]:
    return {frozenset(row.items()) for row in rows}


def plain(term: Term) -> Term:
    """The term with the usual form of its number, truth value or time zone, if it has one."""
    if isinstance(term, Literal) and term.datatype.value in EXACT + APPROXIMATE:
        try:
            exact = term.datatype.value in EXACT
            form = f"{Decimal(term.value).normalize():f}" if exact else repr(float(term.value))
        except (ArithmeticError, ValueError):
            return term
        return Literal(form, datatype=term.datatype)
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}boolean":
        return Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    if isinstance(term, Literal) and term.datatype.value in TIMES:
        return Literal(re.sub(r"[+-]00:00$", "Z", term.value), datatype=term.datatype)
    return term


def _match(
    rows: Sequence[Row], others: list[Row], renamed: dict[BlankNode, BlankNode], ordered: bool
) -> bool:
    """Whether the rows are the others under one renaming of blank nodes that is one to one."""
    if not rows:
        return True
    if not ordered and not any(_is_blank(term) for row in rows for term in row.values()):
        return Counter(map(_key, rows)) == Counter(map(_key, others))
    for number, other in enumerate(others[:1] if ordered else others):
        extended = _renaming(rows[0], other, renamed)
        rest = others[:number] + others[number + 1 :]
        if extended is not None and _match(rows[1:], rest, extended, ordered):
            return True
    return False


def _renaming(row: Row, other: Row, renamed: dict[BlankNode, BlankNode]) -> dict[BlankNode, BlankNode] | None:
    """The renaming, extended so that the rows agree; None where they cannot."""
    if row.keys() != other.keys():
        return None
    extended = dict(renamed)
    for name, term in row.items():
        wanted = other[name]
        if isinstance(term, BlankNode) and isinstance(wanted, BlankNode):
            if extended.get(term, wanted) != wanted:
                return None
            if term not in extended and wanted in extended.values():
                return None
            extended[term] = wanted
        elif term != wanted:
            return None
    return extended


def _is_blank(term: Term) -> bool:
    return isinstance(term, BlankNode)


def _key(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset(row.items())


def _text(term: Term) -> str:
    assert isinstance(term, Literal)
    return term.value


def _of_result_set(quads: Sequence[Quad]) -> bool | Table:
    """A result in the vocabulary of the first test suite."""

    def values(subject: object, name: str) -> list[Term]:
        return [q.object for q in quads if q.subject == subject and q.predicate.value == RS + name]

    top = next(quad.subject for quad in quads if quad.object == NamedNode(f"{RS}ResultSet"))
    for value in values(top, "boolean"):
        assert isinstance(value, Literal)
        return json.loads(value.value) is True
    indexed: list[tuple[int, Row]] = []
    for solution in values(top, "solution"):
        row: dict[str, Term] = {}
        for binding in values(solution, "binding"):
            (variable,), (value,) = values(binding, "variable"), values(binding, "value")
            row[_text(variable)] = plain(value)
        index = values(solution, "index")
        indexed.append((int(_text(index[0])) if index else 0, row))
    names = frozenset(_text(variable) for variable in values(top, "resultVariable"))
    ordered = any(index for index, _ in indexed)
    return Table(names, [row for _, row in sorted(indexed, key=lambda pair: pair[0])], ordered)
