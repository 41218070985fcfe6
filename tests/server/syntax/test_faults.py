"""Where typical errors are found: the place a person would point at, within one token.

Each query holds ⟦…⟧ around what that person points at; a fault at the end stands as ⟦⟧.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest

from server.syntax import grammar
from server.syntax.faults import Fault, locate
from server.syntax.tokens import place, tokens

PG = "PREFIX pg: <https://w3id.org/parleygraph/ns#>\n"
TYPICAL = {
    "a missing closing brace": PG + "SELECT * WHERE {\n  ?call a pg:Call .\n⟦⟧",
    "a missing opening brace": PG + "SELECT * WHERE\n  ⟦?call⟧ a pg:Call . }",
    "a missing dot": PG + "SELECT * {\n  ?call a pg:Call\n  ⟦?call⟧ pg:hasPlace ?place .\n}",
    "an undeclared prefix": PG + "SELECT * {\n  ?call a pg:Call ;\n    ⟦rdfs:label⟧ ?label .\n}",
    "a misspelt keyword at the start": "⟦SELCT⟧ ?s WHERE { ?s ?p ?o }",
    "a misspelt keyword inside": "SELECT ?s WHERE { ?s ?p ?o ⟦FILTRE⟧(?o > 3) }",
    "an unbalanced quotation mark": 'SELECT * {\n  ?s ?p ⟦"⟧Moscow .\n}',
    "an unknown function": "SELECT * { ?s ?p ?o FILTER(⟦LENGTH⟧(?o) > 3) }",
    "a trailing comma": PG + "SELECT * { ?call pg:topic ?one, ?two, ⟦.⟧ }",
    "an IRI with a space": "SELECT * { ?s ?p ⟦<http://example.org/a b>⟧ }",
    "a variable without its mark": "SELECT ⟦name⟧ WHERE { ?s ?p ?name }",
    "a mark without its variable": "SELECT ⟦?⟧ WHERE { ?s ?p ?o }",
    "FILTER without parentheses": "SELECT * { ?s ?p ?o . FILTER ⟦?o⟧ > 3 }",
    "a bad number": "SELECT * { ?s ?p ?o } LIMIT ⟦ten⟧",
    "a number with two points": "SELECT * { ?s ?p ?o FILTER(?o > 1.5⟦.2⟧) }",
    "a reserved word as a name": "SELECT * { ?s ⟦FILTER⟧ ?o }",
    "a missing closing parenthesis": "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, 'x') ⟦}⟧",
    "a closing brace too many": "SELECT * { ?s ?p ?o } ⟦}⟧",
    "AS without parentheses": "SELECT ⟦COUNT⟧(*) AS ?n { ?s ?p ?o }",
    "a triple without an object": "SELECT * {\n  ?s ?p ⟦.⟧\n  ?a ?b ?c\n}",
    "clauses in the wrong order": "SELECT * { ?s ?p ?o } LIMIT 5 ⟦ORDER⟧ BY ?s",
    "OPTIONAL without braces": PG + "SELECT * { ?s a pg:Call OPTIONAL ⟦?s⟧ pg:hasPlace ?p }",
    "a variable that is not grouped": "SELECT ⟦?s⟧ (COUNT(?o) AS ?n) { ?s ?p ?o }",
    "a variable assigned twice": "SELECT * { ?s ?p ?o BIND(1 AS ⟦?o⟧) }",
    "an assignment without AS": "SELECT * { ?s ?p ?o BIND(1 ⟦?n⟧) }",
    "a semicolon in a call": "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o⟦;⟧ 'x')) }",
    "a relative IRI": "SELECT * { ⟦<id/event>⟧ ?p ?o }",
    "an update": "⟦DELETE⟧ WHERE { ?s ?p ?o }",
    "nothing at all": "⟦⟧",
}


def refusal(query: str) -> str:
    """What the engine's parser says."""
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)
    return str(caught.value)


def fault_of(marked: str) -> tuple[str, int, int, Fault]:
    """The query without its marks, where they stood, and the fault found."""
    begin, end = marked.index("⟦"), marked.index("⟧") - 1
    query = marked.replace("⟦", "").replace("⟧", "")
    return query, begin, end, locate(query, refusal(query))


@pytest.mark.parametrize("marked", TYPICAL.values(), ids=TYPICAL)
def test_a_typical_error_is_found_within_one_token(marked: str) -> None:
    query, begin, end, fault = fault_of(marked)
    starts = [token.offset for token in tokens(query)] + [len(query)]
    pointed = max((number for number, start in enumerate(starts) if start <= begin), default=0)
    if begin == end:
        pointed = len(starts) - 1
    found = max((number for number, start in enumerate(starts) if start <= fault.offset), default=0)
    assert abs(found - pointed) <= 1, (fault, place(query, fault.offset), place(query, begin))


def test_most_errors_are_found_exactly_where_they_are() -> None:
    exact = sum(fault.offset == begin for _, begin, _, fault in map(fault_of, TYPICAL.values()))
    assert exact >= len(TYPICAL) - 3


@pytest.mark.parametrize(
    ("marked", "advice"),
    [
        ("⟦SELCT⟧ ?s { ?s ?p ?o }", "SELECT"),
        ("SELECT * { ?s ⟦rdfs:label⟧ ?o }", "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"),
        ("SELECT * { ?s ?p ?o FILTER ⟦?o⟧ > 3 }", "parentheses"),
        ("SELECT * { ?s ?p ?o⟦⟧", "}"),
        ("SELECT * { ?s ?p ?o ⟦?s⟧ ?q ?r }", "dot"),
        ("SELECT * { ?s ?p ⟦<http://a b>⟧ }", "%20"),
    ],
)
def test_the_remedy_says_what_to_do(marked: str, advice: str) -> None:
    fault = fault_of(marked)[3]
    assert advice in fault.remedy


def test_every_query_of_the_site_is_read_to_its_end() -> None:
    files = sorted((Path(grammar.__file__).parents[1]).glob("*/*.rq"))
    assert files
    for file in files:
        assert grammar.read(tokens(file.read_text(encoding="utf-8"))) is None, file.name


VALID = (
    "BASE <http://a/> PREFIX : <#> SELECT DISTINCT ?s (?o + 1 AS ?n) FROM <g> FROM NAMED :g { ?s :p ?o }",
    "SELECT REDUCED * WHERE { ?s a <x:a> ; <x:b> 1, -2.5, +3e4, 'x'@en-GB, \"y\"^^<x:t> ; . }",
    "ASK { [] <x:p> [ <x:q> (1 2 ()) ] . (1) <x:p> _:b . [ <x:p> 1 ] }",
    "CONSTRUCT { ?s ?p ?o . } FROM <x:g> WHERE { ?s ?p ?o } LIMIT 1 OFFSET 2",
    "CONSTRUCT WHERE { ?s ?p ?o . ?o ?q ?r } OFFSET 2 LIMIT 1",
    "DESCRIBE ?s <x:a> { ?s ?p ?o } ORDER BY DESC(?s) ?p (?o) STR(?o)",
    "DESCRIBE <x:a>",
    "SELECT * { ?s <x:a>/^<x:b>|(<x:c>|!<x:d>)*/!(a|^<x:e>)+/a? ?o }",
    "SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } UNION { } MINUS { ?s ?p 1 } OPTIONAL { ?s ?q ?r } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } SERVICE SILENT <x:a> { } GRAPH <x:g> { } }",
    "SELECT * { VALUES ?x { 1 UNDEF <x:a> true } VALUES (?a ?b) { (1 2) (UNDEF UNDEF) } VALUES () { () } }",
    "SELECT (COUNT(*) AS ?n) (SUM(DISTINCT ?o) AS ?m) { ?s ?p ?o } GROUP BY ?p (?s AS ?t) HAVING (?t > 1)",
    "SELECT (GROUP_CONCAT(DISTINCT ?o ; SEPARATOR = ', ') AS ?all) (SAMPLE(?o) AS ?one) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o IN (1, 2) && ?o NOT IN () || !BOUND(?s) && -?o <= +2 * (3 - ?o) / 4) }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { ?o ?p ?s } FILTER NOT EXISTS { ?s ?p 2 } FILTER(?o+1 > ?o -1) }",
    "SELECT * { ?s ?p ?o FILTER REGEX(?o, 'a', 'i') FILTER <x:f>(?o, ?s) }",
    "SELECT * { BIND(IF(SAMETERM(1, 2), COALESCE(), REPLACE('a', 'b', 'c')) AS ?x) BIND(UUID() AS ?y) }",
    "SELECT * { { SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o } GROUP BY ?s } } VALUES ?s { <x:a> }",
    'SELECT * { ?s ?p \'\'\'a\n\'\'b\'\'\' , """c"d"" """ . ?s <x:p> <x:y> }',
    "select * where { ?s ?p ?o . filter(lang(?o) = 'it' && langmatches(lang(?o), '*')) } order by asc(?o)",
    "SELECT * { ?s ?p ?o. # a comment with } and '\n FILTER(?o<?s && ?s>?o) }",
    "PREFIX é: <x:a#> SELECT ?città { ?città é:b.c 1.5 ; é:d%20e\\,f 2. }",
)


@pytest.mark.parametrize("query", VALID)
def test_what_the_engine_takes_the_grammar_takes(query: str) -> None:
    ox.Store().query(query, custom_functions={ox.NamedNode("x:f"): lambda *_: None})
    assert grammar.read(tokens(query)) is None


def test_tokens_respect_strings_iris_and_comments() -> None:
    query = "# { not a brace\nSELECT * { ?s <http://a/#b> '''a\n}'x''' , \"\\\"}\" } # }"
    kinds = [(token.kind, token.text) for token in tokens(query) if token.text in "{}"]
    assert kinds == [("MARK", "{"), ("MARK", "}")]
