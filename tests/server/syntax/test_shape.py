"""Queries of one shape have the same tokens but for what stands inside IRIs and strings."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.evaluator.cost import are_cheap
from server.syntax.shape import LONGEST, shape
from server.syntax.tokens import tokens

PIECES = (
    "SELECT ?s { ?s ?p ?o } ASK <x:a> <x:b#c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> a . ; , "
    "\"s\" 's' \"\" '' \"\"\" ''' \"it's\" '<x:a>' \"<x:a>\" \\ \\' # < > << >> <= ?a<?b >?c @en ^^ x:p\\'q "
    "{ } ( ) [ ] * + | ! FILTER UNION SERVICE RAND() TRUE true _:b 1 1.5 é \n \x00 <a\\u0041> <a'b> <a\"b>"
).split(" ")
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " "))), max_size=12).map(
    lambda pieces: "".join(piece + gap for piece, gap in pieces)
)
FILLED = ("IRIREF", "STRING")


def outline(query: str) -> list[tuple[str, str]]:
    """The tokens, with the first sign alone of IRIs and strings."""
    return [(word.kind, word.text[:1] if word.kind in FILLED else word.text) for word in tokens(query)]


@settings(max_examples=2000, deadline=None)
@given(TEXTS)
def test_a_shape_read_as_a_query_tells_the_tokens(query: str) -> None:
    """Filled again, with anything, it has the tokens of the query that it comes from."""
    form = shape(query)
    if form is None:
        return
    filled = re.sub("""[<"']""", lambda sign: f"{sign[0]}x:other{sign[0].replace('<', '>')}", form)
    assert outline(filled) == outline(query)
    assert are_cheap(list(tokens(filled))) == are_cheap(list(tokens(query)))
    assert shape(filled) == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { <x:a> ?p 'one' }",
        'SELECT * { <x:a> ?p "<one>" . <x:b> ?q "it\'s" }',
        "ASK { ?s <http://example.org/a#b> '#' FILTER (?s > 1) }",
    ],
)
def test_a_plain_query_has_a_shape(query: str) -> None:
    assert shape(query) is not None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o } # a comment <x:a>",
        "ASK { ?s ?p '''long''' }",
        'ASK { ?s ?p "" . ?s ?q """""" }',
        "ASK { ?s ?p 'it\\'s' }",
        "ASK { <<<x:a> ?p ?o>> ?q ?r }",
        "ASK { ?s ?p ?o FILTER (?s < ?o) }",
        "ASK { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <x:c> }",
        "ASK { ?s ?p 'open }",
        "ASK { " + "?s ?p ?o . " * LONGEST + " }",
    ],
)
def test_what_could_be_misread_has_none(query: str) -> None:
    assert shape(query) is None
