"""Where typical errors of updates are found, and that the grammar takes all that the engine takes."""

import pyoxigraph as ox
import pytest

from server.syntax import grammar
from server.syntax.faults import Fault, locate_update
from server.syntax.tokens import tokens

TYPICAL = {
    "a misspelt operation": "⟦INSRT⟧ DATA { <x:a> <x:b> 1 }",
    "a query": "⟦SELECT⟧ * { ?s ?p ?o }",
    "a missing closing brace": "INSERT DATA { <x:a> <x:b> 1⟦⟧",
    "a trailing comma": "INSERT DATA { <x:a> <x:b> 1 , ⟦}⟧",
    "a missing semicolon between operations": "CLEAR ALL ⟦INSERT⟧ DATA { <x:a> <x:b> 1 }",
    "an undeclared prefix": "INSERT DATA { <x:a> ⟦rdfs:label⟧ 'a' }",
    "a prefix declared too late": "CLEAR GRAPH ⟦y:b⟧ ; PREFIX y: <x:> CLEAR GRAPH y:b",
    "a variable among data": "INSERT DATA { <x:a> <x:b> ⟦?o⟧ }",
    "a blank node in what is deleted": "DELETE { ?s ?p ⟦_:b⟧ } WHERE { ?s ?p ?o }",
    "a blank node in deleted data": "DELETE DATA { ⟦[]⟧ <x:b> 1 }",
    "a missing WHERE": "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 }⟦⟧",
    "braces for LOAD": "LOAD ⟦{⟧ <x:a> }",
    "INTO without GRAPH": "LOAD <x:a> INTO ⟦<x:g>⟧",
    "a graph without GRAPH": "CLEAR ⟦<x:g>⟧",
    "a second operation that is wrong": "CREATE GRAPH <x:g> ;\nINSERT DATA { GRAPH <x:g> { <x:a> <x:b> ⟦}⟧ }",
    "a quotation mark that nothing closes": "INSERT DATA { <x:a> <x:b> ⟦'⟧Moscow }",
}
VALID = (
    "",
    "PREFIX : <x:> BASE <http://a/> INSERT DATA { :a :b <c> } ; DELETE DATA { :a :b 1 } ;",
    "INSERT DATA { <x:a> <x:b> 1 . GRAPH <x:g> { <x:a> <x:b> 'c'@it ; <x:d> 2 } . <x:e> <x:f> (1 2) }",
    "DELETE WHERE { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }",
    "WITH <x:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <x:h> USING NAMED <x:i> WHERE { ?s ?p ?o }",
    "INSERT { GRAPH <x:g> { ?s ?p [ <x:b> ?o ] } } WHERE { ?s ?p ?o FILTER(?o > 1) }",
    "LOAD SILENT <x:a> INTO GRAPH <x:g> ; CLEAR GRAPH <x:g> ; DROP SILENT NAMED ; CREATE GRAPH <x:g>",
    "ADD SILENT DEFAULT TO GRAPH <x:g> ; MOVE <x:a> TO <x:b> ; COPY GRAPH <x:b> TO DEFAULT",
    "insert data { } ; delete where { } ; clear all ; clear default",
)


def fault_of(marked: str) -> tuple[str, int, Fault]:
    """The update without its marks, where the first stood, and the fault found."""
    update = marked.replace("⟦", "").replace("⟧", "")
    with pytest.raises(SyntaxError) as caught:
        ox.Store().update(update)
    return update, marked.index("⟦"), locate_update(update, str(caught.value))


@pytest.mark.parametrize("marked", TYPICAL.values(), ids=TYPICAL)
def test_a_typical_error_is_found_where_it_is(marked: str) -> None:
    update, begin, fault = fault_of(marked)
    assert fault.offset == begin, (fault, update[fault.offset :])


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("⟦INSRT⟧ DATA { }", "Did you mean INSERT?"),
        ("INSERT DATA { <x:a> <x:b> ⟦?o⟧ }", "Write INSERT { … } WHERE { … }"),
        ("DELETE DATA { <x:a> <x:b> ⟦?o⟧ }", "Write DELETE { … } WHERE { … }"),
        ("INSERT DATA { <x:a> <x:b> 1⟦⟧", "the update ends too early"),
        ("CLEAR ⟦<x:g>⟧", "GRAPH"),
    ],
)
def test_it_is_told_what_to_do(marked: str, told: str) -> None:
    fault = fault_of(marked)[2]
    assert told in f"{fault.reason}: {fault.remedy}"


@pytest.mark.parametrize("update", VALID)
def test_what_the_engine_takes_the_grammar_takes(update: str) -> None:
    try:
        ox.Store().update(update)
    except SyntaxError:
        raise
    except (OSError, RuntimeError, ValueError):
        pass  # there is no such graph, or it cannot be loaded: it is an update all the same
    assert grammar.read(tokens(update), "update") is None
