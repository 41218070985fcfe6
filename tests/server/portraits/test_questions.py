"""Our own queries: every term comes back as it went in, and questions asked together answer as alone."""

from collections.abc import Sequence

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
)

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.evaluator.jobs import Job
from server.evaluator.jobs import iri as iri_term
from server.portraits.questions import Answers, Question, Value, ask, rows, union
from tests.server.answering import Graph

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (NamedNode("http://example.org/é#x"), Value("uri", "http://example.org/é#x")),
        (BlankNode("b1"), Value("bnode", "b1")),
        (Literal(""), Value("literal", "", "", f"{XSD}string")),
        (Literal('a\tb\nc\r"q"\\n'), Value("literal", 'a\tb\nc\r"q"\\n', "", f"{XSD}string")),
        (Literal("\u0085\u2028\x0b."), Value("literal", "\u0085\u2028\x0b.", "", f"{XSD}string")),
        (Literal("ciao", language="it"), Value("literal", "ciao", "it")),
        (Literal('"@en'), Value("literal", '"@en', "", f"{XSD}string")),
        (Literal(7), Value("literal", "7", "", f"{XSD}integer")),
        (
            Literal("-1.50", datatype=NamedNode(f"{XSD}decimal")),
            Value("literal", "-1.5", "", f"{XSD}decimal"),
        ),
        (Literal("2", datatype=NamedNode(f"{XSD}decimal")), Value("literal", "2", "", f"{XSD}decimal")),
        (Literal("1e0", datatype=NamedNode(f"{XSD}double")), Value("literal", "1", "", f"{XSD}double")),
        (Literal(True), Value("literal", "true", "", f"{XSD}boolean")),
        (
            Literal("2025-02-28", datatype=NamedNode(f"{XSD}date")),
            Value("literal", "2025-02-28", "", f"{XSD}date"),
        ),
    ],
)
def test_a_term_comes_back_as_it_went_in(term: NamedNode | BlankNode | Literal, value: Value) -> None:
    graph = Graph([Quad(S, P, term)])
    body = graph.answers([Job("SELECT ?none ?o { ?s ?p ?o }", solutions="text/tab-separated-values")])[0]
    (row,) = rows(body)
    got = row["o"]
    if value.datatype == f"{XSD}string":
        got = got._replace(datatype=f"{XSD}string")  # a plain literal may go without saying so
    if value.kind == "bnode":
        got = got._replace(text="b1")
    assert got == value
    assert "none" not in row


def test_an_answer_without_rows_has_none() -> None:
    assert rows(b"?a\t?b\n") == []
    assert rows(b"?a\n\n") == [{}]


def test_questions_about_one_thing_go_as_one_query_and_answer_as_alone() -> None:
    label = NamedNode(f"{PREFIXES['rdfs']}label")
    graph = Graph(
        [
            Quad(P, pg.hasParticipant, S),
            Quad(P, pg.hasParticipant, P),
            Quad(P, pg.attributedTo, S),
            Quad(P, label, Literal("p", language="en")),
        ]
    )
    bound = {"this": iri_term(S.value)}
    names = ("takings", "takings_others", "sayings", "offices", "happenings")
    alone = [ask(graph, [Question(name, bound)])[0] for name in names]
    assert graph.asked == len(names)
    together = ask(graph, [Question(name, bound) for name in names])
    assert graph.asked == len(names) + 1

    def told(found: Sequence[object]) -> list[str]:
        return sorted(
            str(sorted((k, v) for k, v in row.items() if k not in ("part", "this"))) for row in found
        )

    assert [told(found) for found in together] == [told(found) for found in alone]
    assert [len(found) for found in together] == [1, 2, 1, 0, 0]


def test_what_was_asked_is_not_asked_again() -> None:
    graph = Graph([Quad(P, pg.hasParticipant, S)])
    told = Answers(graph, {"this": iri_term(S.value), "graph": iri_term(P.value)})
    told.ask("takings", "offices")
    assert len(told["takings"]) == 1
    assert told["offices"] == []
    assert graph.asked == 1
    assert told["article_claims"] == []
    assert graph.asked == 2


def test_a_union_is_made_once() -> None:
    assert union(("offices", "takings")) is union(("offices", "takings"))
    assert union(("offices", "takings")).count("PREFIX rdfs:") == 1
