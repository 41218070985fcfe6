"""Quads as TriG or Turtle for people to read: sorted, under the prefixes that are used."""

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from ontology.prefixes import PREFIXES


def trig(quads: Iterable[Quad]) -> bytes:
    """The named graphs, each once, in the order of their names."""
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), *_key(quad)))
    return _serialised(ordered, RdfFormat.TRIG)


def turtle(quads: Iterable[Quad]) -> bytes:
    """The merge of the graphs, each triple once."""
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    return _serialised(sorted(triples, key=_key), RdfFormat.TURTLE)


def _serialised(statements: list[Quad] | list[Triple], syntax: RdfFormat) -> bytes:
    written = "\n".join(str(statement) for statement in statements)
    used = {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in written}
    serialised = serialize(statements, format=syntax, prefixes=used)
    assert serialised is not None
    return serialised


def _key(statement: Quad | Triple) -> tuple[str, str, str]:
    return str(statement.subject), str(statement.predicate), str(statement.object)
