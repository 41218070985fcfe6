"""Which queries the replica gets, and that it understands them as the engine does."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
)

from graph.store.columns import making
from graph.store.columns.answering import Replica
from server.question.reading import read
from server.syntax.tokens import tokens

XSD = "http://www.w3.org/2001/XMLSchema#"
PROLOGUE = f"PREFIX : <http://e/> PREFIX xsd: <{XSD}> "
VARIABLES = ("?a", "?b", "?c")
Value = NamedNode | Literal | BlankNode
VALUES: tuple[Value, ...] = (
    Literal("a"),
    Literal('à "b"\n'),
    Literal("a", language="en"),
    Literal("b", language="it"),
    Literal(3),
    Literal(-12),
    Literal(1.5),
    Literal("2025-02-01", datatype=NamedNode(f"{XSD}date")),
    Literal("2024-12-31", datatype=NamedNode(f"{XSD}date")),
    Literal("2025", datatype=NamedNode(f"{XSD}gYear")),
    BlankNode("x"),
)
WRITTEN = ('"a"', '"a"@en', "3", '"2025-02-01"^^xsd:date', "1.5")

things = st.integers(0, 5).map(lambda number: f":t{number}")
verbs = st.integers(0, 3).map(lambda number: f":p{number}")
variables = st.sampled_from(VARIABLES)


@st.composite
def stores(draw: st.DrawFn) -> Store:
    things = st.integers(0, 5).map(lambda number: NamedNode(f"http://e/t{number}"))
    literals = draw(st.lists(st.sampled_from(VALUES), min_size=1, unique=True))
    values: st.SearchStrategy[Value] = st.one_of(things, things, st.sampled_from(literals))
    store = Store()
    for subject, verb, value in draw(
        st.lists(st.tuples(things, st.integers(0, 3), values), min_size=1, max_size=40)
    ):
        store.add(Quad(subject, NamedNode(f"http://e/p{verb}"), value))
    return store


@st.composite
def filters(draw: st.DrawFn, found: tuple[str, ...]) -> str:
    one = draw(st.sampled_from(found))
    other = draw(st.one_of(st.sampled_from(found), things, st.sampled_from(WRITTEN)))
    sign = draw(st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
    text = draw(st.sampled_from((one, f"STR({one})", f"LCASE({one})", f"LCASE(STR({one}))")))
    test = draw(
        st.sampled_from(
            (
                f"{one} {sign} {other}",
                f'LANG({one}) = "it"',
                f"{one} IN (:t1, :t2)",
                f"{one} IN (:p1, :p2)",
                f"YEAR({one}) {sign} 2025",
                f'CONTAINS({text}, "b")',
                f'STRSTARTS({text}, "a")',
                f'REGEX({text}, "A", "i")',
            )
        )
    )
    return f"FILTER({test})"


@st.composite
def bodies(draw: st.DrawFn) -> str:
    subjects = st.one_of(variables, variables, things)
    paths = st.one_of(
        verbs,
        verbs,
        variables,
        verbs.map("^{}".format),
        st.tuples(verbs, verbs).map("/".join),
        st.tuples(verbs, verbs).map("/^".join),
    )
    objects = st.one_of(variables, variables, things, st.sampled_from(WRITTEN))
    patterns = draw(st.lists(st.tuples(subjects, paths, objects).map(" ".join), min_size=1, max_size=4))
    found = [each for each in VARIABLES if each in " ".join(patterns)]
    if draw(st.booleans()) and found:
        patterns.append(draw(filters(tuple(found))))
    if draw(st.booleans()) and found:
        shared = draw(st.sampled_from(found))
        patterns.append(f"OPTIONAL {{ {shared} {draw(verbs)} {draw(st.sampled_from(('?d', '?c', ':t1')))} }}")
    if draw(st.booleans()) and found:
        named = draw(st.lists(things, min_size=1, max_size=3, unique=True))
        patterns.append(f"VALUES {draw(st.sampled_from(found))} {{ {' '.join(named)} }}")
    return " . ".join(patterns)


@st.composite
def queries(draw: st.DrawFn) -> str:
    body = draw(bodies())
    found = [each for each in (*VARIABLES, "?d") if each in body.partition("FILTER")[0]]
    if not found:
        return f"ASK {{ {body} }}"
    shown = draw(st.lists(st.sampled_from(found), min_size=1, unique=True))
    if draw(st.booleans()):
        distinct = draw(st.sampled_from(("", "DISTINCT ")))
        text, keys = f"SELECT {distinct}{' '.join(shown)} {{ {body} }}", shown
    else:
        groups = draw(st.lists(st.sampled_from(found), unique=True, max_size=2))
        counts = ("COUNT(*)", f"COUNT({shown[0]})", f"COUNT(DISTINCT {shown[0]})")
        count = draw(st.sampled_from((*counts, f"MIN({shown[0]})", f"MAX({shown[0]})")))
        by = f" GROUP BY {' '.join(groups)}" if groups else ""
        text, keys = f"SELECT {' '.join(groups)} ({count} AS ?n) {{ {body} }}{by}", [*groups, "?n"]
    if draw(st.booleans()):
        # By all that is shown: then the rows have one order only.
        signs = st.sampled_from(("ASC", "DESC"))
        text += " ORDER BY " + " ".join(f"{draw(signs)}({each})" for each in keys)
        if draw(st.booleans()):
            text += f" LIMIT {draw(st.integers(0, 5))} OFFSET {draw(st.integers(0, 3))}"
    return text


def content(body: bytes | None, *, ordered: bool) -> object:
    found = json.loads(body or b"")
    if "boolean" in found:
        return found
    rows = [json.dumps(row, sort_keys=True) for row in found["results"]["bindings"]]
    return found["head"], rows if ordered else sorted(rows)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stores(), st.lists(queries(), min_size=8, max_size=8))
def test_whatever_is_read_is_answered_as_the_engine_answers_it(store: Store, asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        making.make(store, Path(folder))
        replica = Replica(Path(folder))
        for text in asked:
            question = read(list(tokens(PROLOGUE + text)))
            found = None if question is None else replica.answer(question, 10_000)
            if found is None:
                continue
            expected = store.query(PROLOGUE + text)
            assert isinstance(expected, QuerySolutions | QueryBoolean)
            ordered = "ORDER BY" in text
            body = expected.serialize(format=QueryResultsFormat.JSON)
            assert content(found, ordered=ordered) == content(body, ordered=ordered), text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?o { <http://e/t1> ?p ?o }",
        "SELECT * WHERE { ?a :p1 ?b ; :p2 ?c , :t1 ; . ?b a :K . }",
        "ask { ?a :p1/^:p2 ?b filter(?a != ?b && ?b = :t1) }",
        "SELECT ?a (COUNT(DISTINCT ?b) AS ?n) { ?a :p1 ?b } GROUP BY ?a ORDER BY DESC(?n) ?a LIMIT 5",
        "SELECT ?a { ?a :p1 ?b OPTIONAL { ?b :p2 ?c . ?c :p3 ?d } OPTIONAL { ?a :p2 ?e } }",
        "SELECT ?a { ?a :p1 ?b FILTER(YEAR(?b) < 2025 && ?a IN (:t1, :t2)) }",
        "SELECT (MIN(?b) AS ?m) { ?a :p1 ?b . VALUES ?a { :t1 :t2 } FILTER REGEX(?b, 'a') }",
        "SELECT DISTINCT $a { $a :p1 'x'@it FILTER('2025'^^xsd:gYear < ?a) FILTER(LANG(?a) = 'en') }",
    ],
)
def test_plain_queries_are_read(query: str) -> None:
    assert read(list(tokens(PROLOGUE + query))) is not None


def beyond() -> Iterator[str]:
    yield "SELECT ?a { ?a :p1 ?b OPTIONAL { ?b :p2 ?c } ?c :p3 ?d }"
    yield "SELECT ?a { ?a :p1 ?b OPTIONAL { ?b :p2 ?c } OPTIONAL { ?b :p3 ?c } }"
    yield "SELECT ?a { ?a :p1 ?b OPTIONAL { ?b :p2 ?c FILTER(?c = 1) } }"
    yield "SELECT ?a { ?a :p1 ?b OPTIONAL { ?b :p2 ?c } FILTER(?c = 1) }"
    yield "SELECT ?a { OPTIONAL { ?b :p2 ?c } ?a :p1 ?b }"
    yield "SELECT ?a { ?a :p1 ?b OPTIONAL { ?c :p2 ?d } }"
    yield "SELECT ?a { ?a :p1 ?b VALUES ?a { :t1 :t1 } }"
    yield "SELECT ?a { ?a :p1 ?b VALUES ?z { :t1 } }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(CONTAINS(STR(LCASE(?b)), 'a')) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(REGEX(?b, '^a')) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(REGEX(?b, 'a', 'is')) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(CONTAINS(LCASE(?b), 'A')) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(?b IN (1, 2)) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(?b NOT IN (:t1)) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(YEAR(?b) != 2025) }"
    yield "ASK { ?a :p1 ?b FILTER(?z = 1) }"
    yield "SELECT ?a { { ?a :p1 ?b } UNION { ?a :p2 ?b } }"
    yield "SELECT ?a { GRAPH ?g { ?a :p1 ?b } }"
    yield "SELECT ?a FROM :g { ?a :p1 ?b }"
    yield "SELECT ?a { ?a :p1* ?b }"
    yield "SELECT ?a { ?a :p1|:p2 ?b }"
    yield "SELECT ?a { ?a !:p1 ?b }"
    yield "SELECT ?a { ?a :p1 [] }"
    yield "SELECT ?a { ?a :p1 _:b }"
    yield "SELECT ?a { ?a :p1 01.0 }"
    yield "SELECT ?a { ?a :p1 '1'^^xsd:integer }"
    yield "SELECT ?a { ?a :p1 '2025-02-30'^^xsd:date }"
    yield "SELECT ?a { ?a :p1 'a\\n' }"
    yield "SELECT ?a { ?a :p1 <relative> }"
    yield "SELECT ?a { ?a unknown:p1 ?b }"
    yield "SELECT ?a { 'a' :p1 ?a }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(?b + 1 = 2) }"
    yield "SELECT ?a { ?a :p1 ?b FILTER(?b = 1 || ?b = 2) }"
    yield "SELECT ?z { ?a :p1 ?b }"
    yield "SELECT ?a ?a { ?a :p1 ?b }"
    yield "SELECT (COUNT(*) AS ?a) { ?a :p1 ?b }"
    yield "SELECT ?a (COUNT(*) AS ?n) { ?a :p1 ?b }"
    yield "SELECT ?b (COUNT(*) AS ?n) { ?a :p1 ?b } GROUP BY ?a"
    yield "SELECT ?a (SUM(?b) AS ?n) { ?a :p1 ?b } GROUP BY ?a"
    yield "SELECT ?a { ?a :p1 ?b } GROUP BY ?a HAVING (COUNT(*) > 1)"
    yield "SELECT DISTINCT ?a { ?a :p1 ?b } ORDER BY ?b"
    yield "SELECT ?a { ?a :p1 ?b } ORDER BY ?z"
    yield "SELECT ?a { ?a :p1 ?b } VALUES ?a { :t1 }"
    yield "SELECT ?a { ?a :p1 ?b ?c }"
    yield "SELECT ?a { ?a :p1 ?b . . }"
    yield "SELECT ?a { ?a :p1 ?b } LIMIT 1 LIMIT 2"
    yield "SELECT ?a { ?a :p1 ?b"
    yield "SELECT { ?a :p1 ?b }"
    yield "CONSTRUCT { ?a :p1 ?b } WHERE { ?a :p1 ?b }"
    yield "DESCRIBE :t1"
    yield "ASK { }"
    yield ""


@pytest.mark.parametrize("query", list(beyond()))
def test_everything_else_is_left_to_the_engine(query: str) -> None:
    assert read(list(tokens(PROLOGUE + query))) is None
