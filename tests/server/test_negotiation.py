"""The choice of a form by the Accept header, as RFC 9110 has it."""

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from server.negotiation import GRAPHS, SOLUTIONS, graph_form, solutions_form


def accept(header: str) -> MIMEAccept:
    return parse_accept_header(header, MIMEAccept)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv; charset=utf-8", "csv"),
        ("application/sparql-results+xml; charset=utf-8, text/csv;q=0.9", "xml"),
        ("text/*", "csv"),
        ("text/*, text/csv;q=0", "tsv"),
        ("*/*;q=0.1, text/tab-separated-values;q=0.2", "tsv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("TEXT/CSV", "csv"),
        ("application/xml", "xml"),
    ],
)
def test_a_table_comes_in_the_form_that_is_liked_best(header: str, form: str) -> None:
    assert solutions_form(accept(header), None) == SOLUTIONS[form]


@pytest.mark.parametrize("header", ["image/png", "text/csv;q=0", "text/turtle"])
def test_no_form_is_chosen_against_the_header(header: str) -> None:
    assert solutions_form(accept(header), None) == ""


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("application/json", "jsonld"),
        ("application/rdf+xml;q=0.5, text/turtle;q=0.4", "rdf"),
        ("text/*", "ttl"),
    ],
)
def test_a_graph_comes_in_the_syntax_that_is_liked_best(header: str, form: str) -> None:
    assert graph_form(accept(header), None) == GRAPHS[form]
