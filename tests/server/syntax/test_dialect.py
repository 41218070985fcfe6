"""What the engine does not read is said in words that it reads, and nothing else is touched."""

from server.syntax.dialect import as_the_engine_reads
from server.syntax.tokens import tokens


def test_truth_values_are_written_small_and_nothing_else() -> None:
    query = "SELECT ?TRUE (True AS ?a) { ?s <x:TRUE> 'FALSE', FALSE . TRUE:x ?p false }"
    expected = "SELECT ?TRUE (true AS ?a) { ?s <x:TRUE> 'FALSE', false . TRUE:x ?p false }"
    assert as_the_engine_reads(query, list(tokens(query))) == expected
