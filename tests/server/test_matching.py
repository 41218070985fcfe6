"""Search patterns in a query: what becomes of them, and what is refused where."""

from collections.abc import Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import QueryError
from graph.store.search.finding import Hit
from ontology.prefixes import NAMESPACE
from server.matching import DEFAULT_LIMIT, PatternError, expanded

PREFIX = f"PREFIX pg: <{NAMESPACE}> "
A, B = "http://example.org/a", "http://example.org/b"
PROPERTY = NamedNode("http://example.org/p")


def found(words: str, limit: int) -> Sequence[Hit]:
    hits = (
        Hit(A, "person", "A", "label", "it", 0, 2.5, (("dice ", False), ('"sì"', True))),
        Hit(B, "place", "B", "label", "", 0, 1.0, ((words, True),)),
    )
    return hits[:limit]


def answers(query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.add(Quad(NamedNode(A), PROPERTY, Literal("x")))
    store.add(Quad(NamedNode("http://example.org/c"), PROPERTY, Literal("y")))
    rows = store.query(expanded(PREFIX + query, found))
    return sorted(tuple(str(row[each]) for each in rows.variables) for row in rows)


@pytest.mark.parametrize(
    "pattern",
    [
        '?x pg:matches "w" . ?x <http://example.org/p> ?y',
        '?x <http://example.org/p> ?y . ?x pg:matches "w"',
        '?x pg:matches "w" ; <http://example.org/p> ?y',
        '?x <http://example.org/p> ?y ; pg:matches "w" .',
        '?x <http://example.org/p> ?y ; pg:matches "w" ; <http://example.org/p> ?y .',
        'FILTER (isIRI(?x)) ?x <http://example.org/p> ?y ; pg:matches """w"""',
        '(?x ?score) pg:matches ("w" 10) . ?x <http://example.org/p> ?y',
        f'?x <{NAMESPACE}matches> "w" . ?x <http://example.org/p> ?y',
        '{ SELECT ?x { ?x pg:matches "w" } } ?x <http://example.org/p> ?y',
    ],
)
def test_a_pattern_keeps_what_the_index_finds(pattern: str) -> None:
    assert answers(f"SELECT ?x ?y {{ {pattern} }}") == [(f"<{A}>", '"x"')]


def test_score_and_words_come_with_the_thing() -> None:
    ((thing, score, words),) = answers('SELECT ?x ?s ?w { (?x ?s ?w) pg:matches ("w" 1) }')
    assert (thing, words) == (f"<{A}>", '"dice \\"sì\\""@it')
    assert score.startswith('"2.5"')


def test_words_with_escapes_are_what_the_engine_reads() -> None:
    asked: list[tuple[str, int]] = []

    def find(words: str, limit: int) -> Sequence[Hit]:
        asked.append((words, limit))
        return ()

    query = expanded(PREFIX + r"""SELECT * { ?x pg:matches 'citt\u00E0 \'Жуков\' è' }""", find)
    assert asked == [("città 'Жуков' è", DEFAULT_LIMIT)]
    assert list(Store().query(query)) == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?x <http://example.org/p> "matches" }',
        'CONSTRUCT { ?x pg:matches "w" } WHERE { ?x <http://example.org/p> ?y }',
        'PREFIX pg: <http://example.org/other#> SELECT * { ?x pg:matches "w" }',
        'SELECT * { ?x pg:matches "w" ',
    ],
)
def test_what_is_no_search_stays_as_it_is(query: str) -> None:
    whole = query if query.startswith("PREFIX") else PREFIX + query
    assert expanded(whole, found) == whole


@pytest.mark.parametrize(
    ("pattern", "culprit"),
    [
        ("?x pg:matches ?words", "?words"),
        ('?x pg:matches "w"@it', "@it"),
        ('?x pg:matches ("w" 0)', "0"),
        ('?x pg:matches ("w" 10 20)', "20"),
        ('?x pg:matches "w", "v"', ","),
        (f'<{A}> pg:matches "w"', f"<{A}>"),
        ('(?x ?x) pg:matches "w"', "("),
        ('(?x ?s) pg:matches "w" ; a ?c', ";"),
    ],
)
def test_a_wrong_pattern_is_refused_at_its_place(pattern: str, culprit: str) -> None:
    query = f"{PREFIX}SELECT * {{ {pattern} }}"
    with pytest.raises(PatternError) as refused:
        expanded(query, found)
    assert query[refused.value.offset : refused.value.offset + refused.value.length] == culprit
    assert refused.value.remedy


def test_words_that_cannot_be_looked_for_are_told_at_the_pattern() -> None:
    def refuse(words: str, limit: int) -> Sequence[Hit]:
        raise QueryError("no word", remedy="give one")

    with pytest.raises(PatternError, match="no word"):
        expanded(PREFIX + 'SELECT * { ?x pg:matches "" }', refuse)
