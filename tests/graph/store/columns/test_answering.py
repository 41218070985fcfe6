"""What the replica answers is what the engine answers; where it cannot, it says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
)

from graph.store.columns import making
from graph.store.columns.answering import Replica
from graph.store.columns.question import (
    Comparison,
    Constant,
    Count,
    Extreme,
    Language,
    Member,
    Order,
    Pattern,
    Question,
    Text,
    Variable,
)
from graph.store.columns.terms import INTEGER, IRI, XSD

A, B, C, N = Variable("a"), Variable("b"), Variable("c"), Variable("n")
DATE = f"^^{XSD}date"


def named(name: str) -> Constant:
    return Constant(IRI, f"http://e/{name}")


CALLS, NAME, DAY, TIMES = named("calls"), named("name"), named("day"), named("times")

TURTLE = """
PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:anna :calls :berta , :carla ; :name "Anna"@it , "Anne"@fr ; :day "2025-02-10"^^xsd:date ; :times 3 .
:berta :calls :anna , :berta ; :name "Berta"@it ; :day "2024-11-30"^^xsd:date ; :times 12 .
:carla :name "Carla \\"la grande\\"\\n"@it , "Carla" ; :day "2025-01-02"^^xsd:date ; :times -4 .
:carla :note 1.5 , _:x .
"""


@pytest.fixture(scope="module")
def database() -> Store:
    store = Store()
    store.load(TURTLE.encode(), RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def replica(database: Store, tmp_path_factory: pytest.TempPathFactory) -> Replica:
    folder = tmp_path_factory.mktemp("columns")
    making.make(database, folder)
    return Replica(folder)


def rows(body: bytes | None) -> list[dict[str, str]]:
    assert body is not None
    return [
        {name: term["value"] for name, term in row.items()} for row in json.loads(body)["results"]["bindings"]
    ]


def cases() -> Iterator[tuple[str, Question]]:
    one = [Pattern(A, CALLS, B)]
    yield "SELECT ?a ?b { ?a :calls ?b }", Question(one, shown=[A, B])
    yield "SELECT ?a { ?a :calls ?a }", Question([Pattern(A, CALLS, A)], shown=[A])
    yield (
        "SELECT ?a ?c { ?a :calls ?b . ?b :name ?c }",
        Question([*one, Pattern(B, NAME, C)], shown=[A, C]),
    )
    yield (
        "SELECT ?a ?b { ?a :calls ?b . ?b :calls ?a }",
        Question([*one, Pattern(B, CALLS, A)], shown=[A, B]),
    )
    yield "SELECT ?b ?c { :anna ?b ?c }", Question([Pattern(named("anna"), B, C)], shown=[B, C])
    yield "SELECT ?a ?b { ?a ?b :anna }", Question([Pattern(A, B, named("anna"))], shown=[A, B])
    yield "SELECT ?a ?b ?c { ?a ?b ?c }", Question([Pattern(A, B, C)], shown=[A, B, C])
    yield (
        "SELECT ?a ?c { ?a :times ?b . ?c :day ?n }",
        Question([Pattern(A, TIMES, B), Pattern(C, DAY, N)], shown=[A, C]),
    )
    yield (
        "SELECT ?b (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?b",
        Question([Pattern(A, B, C)], shown=[B, Count(N, None, False)], groups=[B]),
    )
    yield (
        "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a :calls ?b }",
        Question(one, shown=[Count(N, A, True)], groups=()),
    )
    yield (
        "SELECT ?a (COUNT(DISTINCT ?b) AS ?n) { ?a ?b ?c } GROUP BY ?a",
        Question([Pattern(A, B, C)], shown=[A, Count(N, B, True)], groups=[A]),
    )
    yield "SELECT DISTINCT ?a { ?a ?b ?c }", Question([Pattern(A, B, C)], shown=[A], distinct=True)
    yield (
        "SELECT ?a ?b { ?a :times ?b FILTER(?b >= 3) }",
        Question([Pattern(A, TIMES, B)], filters=[Comparison(B, ">=", Constant(INTEGER, "3"))], shown=[A, B]),
    )
    yield (
        "SELECT ?a { ?a :day ?b FILTER(?b > '2024-12-31'^^<http://www.w3.org/2001/XMLSchema#date>) }",
        Question([Pattern(A, DAY, B)], filters=[Comparison(B, ">", Constant(DATE, "2024-12-31"))], shown=[A]),
    )
    yield (
        "SELECT ?b { ?a :name ?b FILTER(LANG(?b) = 'it') }",
        Question([Pattern(A, NAME, B)], filters=[Language(B, "it")], shown=[B]),
    )
    yield (
        "SELECT ?a ?b { ?a :name ?c OPTIONAL { ?a :calls ?b } }",
        Question([Pattern(A, NAME, C)], [[Pattern(A, CALLS, B)]], shown=[A, B]),
    )
    yield (
        "SELECT ?a ?b { VALUES ?a { :anna :carla } ?a :name ?b }",
        Question([Pattern(A, NAME, B)], filters=[Member(A, (named("anna"), named("carla")))], shown=[A, B]),
    )
    yield (
        "SELECT ?b ?c { ?a ?b ?c FILTER(?b IN (:day, :times)) }",
        Question([Pattern(A, B, C)], filters=[Member(B, (DAY, TIMES))], shown=[B, C]),
    )
    yield (
        "SELECT ?c { ?a ?b ?c FILTER(CONTAINS(LCASE(?c), 'ann')) }",
        Question([Pattern(A, B, C)], filters=[Text(C, "ann", False, False, True)], shown=[C]),
    )
    yield (
        "SELECT ?c { ?a ?b ?c FILTER(STRSTARTS(STR(?c), '2')) }",
        Question([Pattern(A, B, C)], filters=[Text(C, "2", True, True, False)], shown=[C]),
    )
    yield (
        "SELECT (MIN(?b) AS ?n) (MAX(?b) AS ?c) { ?a :day ?b }",
        Question([Pattern(A, DAY, B)], shown=[Extreme(N, B, False), Extreme(C, B, True)], groups=()),
    )
    yield (
        "SELECT ?a (MAX(?c) AS ?n) { ?a :calls ?b . ?b :day ?c } GROUP BY ?a",
        Question([*one, Pattern(B, DAY, C)], shown=[A, Extreme(N, C, True)], groups=[A]),
    )
    yield (
        "SELECT ?a ?b { ?a :calls ?b FILTER(?a != ?b) }",
        Question(one, filters=[Comparison(A, "!=", B)], shown=[A, B]),
    )


@pytest.mark.parametrize(("query", "question"), list(cases()))
def test_the_answer_is_the_engines(database: Store, replica: Replica, query: str, question: Question) -> None:
    found = replica.answer(question, 1000)
    expected = database.query(query, prefixes={"": "http://e/"})
    assert isinstance(expected, QuerySolutions)
    body = expected.serialize(format=QueryResultsFormat.JSON)
    assert json.loads(found or b"{}")["head"] == json.loads(body or b"{}")["head"]
    ours, theirs = (sorted(sorted(row.items()) for row in rows(each)) for each in (found, body))
    assert theirs
    assert ours == theirs


def test_a_term_is_written_with_its_language_its_datatype_and_its_signs(replica: Replica) -> None:
    body = replica.answer(Question([Pattern(named("carla"), A, B)], shown=[B]), 100)
    terms = [row["b"] for row in json.loads(body or b"")["results"]["bindings"]]
    assert {"type": "literal", "value": 'Carla "la grande"\n', "xml:lang": "it"} in terms
    assert {"type": "literal", "value": "1.5", "datatype": f"{XSD}decimal"} in terms
    assert {"type": "literal", "value": "Carla"} in terms
    assert "bnode" in {term["type"] for term in terms}


def test_numbers_and_dates_are_ordered_by_value(replica: Replica) -> None:
    numbers = Question([Pattern(A, TIMES, B)], shown=[B], order=[Order(B, True)])
    assert [row["b"] for row in rows(replica.answer(numbers, 100))] == ["12", "3", "-4"]
    days = Question([Pattern(A, DAY, B)], shown=[B], order=[Order(B, False)], limit=1, offset=1)
    assert [row["b"] for row in rows(replica.answer(days, 100))] == ["2025-01-02"]


def test_an_order_of_terms_of_several_kinds_is_left_to_the_engine(replica: Replica) -> None:
    assert replica.answer(Question([Pattern(A, B, C)], shown=[C], order=[Order(C, False)]), 100) is None


def test_what_no_triple_has_is_left_to_the_engine(replica: Replica) -> None:
    assert replica.answer(Question([Pattern(A, named("unheard"), B)], shown=[A]), 100) is None


def test_a_count_of_nothing_is_a_row_and_a_group_of_nothing_is_none(replica: Replica) -> None:
    nothing = [Pattern(A, DAY, B), Pattern(B, NAME, C)]
    count = Count(N, None, False)
    assert rows(replica.answer(Question(nothing, shown=[count], groups=()), 100)) == [{"n": "0"}]
    assert rows(replica.answer(Question(nothing, shown=[A, count], groups=[A]), 100)) == []


def test_an_answer_that_would_take_more_than_it_may_is_left_to_the_engine(replica: Replica) -> None:
    everything = Question([Pattern(A, B, C)], shown=[A])
    assert replica.answer(everything, 5) is None
    pairs = Question([Pattern(A, CALLS, B), Pattern(C, TIMES, N)], shown=[A])
    assert replica.answer(pairs, 11) is None
    assert len(rows(replica.answer(pairs, 12))) == 12


def test_a_limit_without_an_order_joins_no_more_than_it_needs(tmp_path: Path) -> None:
    store = Store()
    store.bulk_extend(
        Quad(NamedNode(f"http://e/{number}"), NamedNode(CALLS.lexical), Literal(number % 7), DefaultGraph())
        for number in range(5000)
    )
    making.make(store, tmp_path)
    twice = [Pattern(A, CALLS, B), Pattern(C, CALLS, B)]
    body = Replica(tmp_path).answer(Question(twice, shown=[A, C], limit=3), 1_000_000)
    assert len(rows(body)) == 3  # all pairs would be three and a half million


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        ("<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> <http://e/c> )>> .", "triples as terms"),
        ('<http://e/a> <http://e/b> "a"@ar--rtl .', "direction"),
    ],
)
def test_a_graph_that_columns_cannot_hold_has_no_replica(tmp_path: Path, data: str, reason: str) -> None:
    store = Store()
    store.load(data.encode(), RdfFormat.TURTLE)
    with pytest.raises(making.UnsuitableError, match=reason):
        making.make(store, tmp_path)
