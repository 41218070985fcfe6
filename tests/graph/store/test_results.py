"""Answers as a terminal shows them, and the errors of queries."""

import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from graph.errors import QueryError
from graph.store import results, writer
from ontology import terms as pg
from ontology.prefixes import PREFIXES

CALL = NamedNode("http://127.0.0.1:8000/id/event/call-1")
GRAPH = NamedNode("http://127.0.0.1:8000/graph/x")


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    buffer = io.BytesIO()

    def isatty(self) -> bool:
        return True


@pytest.fixture
def store(tmp_path: Path) -> Path:
    kind = NamedNode(PREFIXES["rdf"] + "type")
    label = Quad(CALL, pg.rule, Literal("[bold] verb"), GRAPH)
    writer.build(
        tmp_path, [Quad(CALL, kind, pg.Call, GRAPH), label], NamedNode(f"{GRAPH.value}/entailed"), []
    )
    return tmp_path


def test_a_terminal_shows_a_table_with_short_names(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    results.show(
        results.local(store, "SELECT ?call ?kind ?rule ?none WHERE { ?call a ?kind ; pg:rule ?rule }"), None
    )
    assert "pg:Call" in terminal.getvalue()
    assert "[bold] verb" in terminal.getvalue()
    assert CALL.value in terminal.getvalue()
    assert "1 row" in terminal.getvalue()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "line 1, column 2"),
        ("SELEC ?s", "line 1"),
        ("SELECT ?s\nWHERE { ?s a foo:Bar }", "line 2"),
        ("", "line 1"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "line 1"),
    ],
)
def test_a_query_that_is_none_is_shown_with_its_place(store: Path, query: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        results.local(store, query)
    assert place in caught.value.place
    assert caught.value.remedy


def test_an_answer_is_written_only_in_a_syntax_that_can_hold_it(store: Path) -> None:
    graph = results.local(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="is a graph"):
        results.write(graph, "csv", io.BytesIO())
    rows = results.local(store, "SELECT * WHERE { ?s ?p ?o }")
    assert isinstance(rows, QuerySolutions)
    with pytest.raises(QueryError, match="is no graph"):
        results.write(rows, "turtle", io.BytesIO())


@pytest.mark.parametrize(("form", "expected"), [("csv", b"true\n"), ("json", b"true")])
def test_a_truth_value_is_written_in_every_syntax_of_tables(store: Path, form: str, expected: bytes) -> None:
    output = io.BytesIO()
    results.write(results.local(store, "ASK { ?s a pg:Call }"), form, output)
    assert expected in output.getvalue()
