"""RDF files of every syntax come in whole or with a message that says what and where."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from graph.errors import DataError
from graph.store import files

SUBJECT, PREDICATE = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
TRIPLE = Quad(SUBJECT, PREDICATE, Literal("però", language="it"))
NAMED = Quad(SUBJECT, PREDICATE, Literal("1"), NamedNode("http://example.org/g"))


@pytest.mark.parametrize("ending", sorted(files.SYNTAXES))
@pytest.mark.parametrize("compressed", [False, True])
def test_every_syntax_is_read_plain_and_compressed(tmp_path: Path, ending: str, compressed: bool) -> None:
    syntax = files.SYNTAXES[ending]
    quads = [TRIPLE, NAMED] if syntax.supports_datasets else [TRIPLE]
    data = serialize(quads if syntax.supports_datasets else [quad.triple for quad in quads], format=syntax)
    assert data is not None
    path = tmp_path / f"x.{ending}{'.gz' if compressed else ''}"
    path.write_bytes(gzip.compress(data) if compressed else data)
    assert set(files.quads(path)) == set(quads)


def test_relative_addresses_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<#me> <#knows> <other> .")
    (quad,) = files.quads(tmp_path / "x.ttl")
    assert quad.object == NamedNode((tmp_path / "other").as_uri())


def test_blank_nodes_of_two_files_are_two_nodes(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:x <http://example.org/p> _:x .")
    nodes = {quad.subject for quad in files.all_quads([tmp_path / "a.nt", tmp_path / "b.nt"])}
    assert len(nodes) == 2
    assert all(isinstance(node, BlankNode) for node in nodes)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.ttl", b"<a> <b> <c> .\n<a> <b .", "line 2"),
        ("x.nt", b"<http://a> <http://b> .", "line 1"),
        ("x.jsonld", b'{"@id": ', "cannot be parsed"),
        ("x.rdf", b"<rdf:RDF", "cannot be"),
        ("x.docx", b"", "names no RDF syntax"),
        ("x.nt.gz", b"not gzip", "cannot be read"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=said) as caught:
        list(files.quads(tmp_path / name))
    assert name in str(caught.value)
    assert caught.value.remedy


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        list(files.quads(tmp_path / "none.ttl"))


@pytest.mark.parametrize("start", ["<!DOCTYPE", "<!doctype"])
@pytest.mark.parametrize("padding", [0, 5000, 8190, 70_000])
def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path, padding: int, start: str) -> None:
    bomb = start + ' r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = f'<?xml version="1.0"?><!--{"x" * padding}-->{bomb}<rdf:RDF xmlns:rdf="urn:x">&b;</rdf:RDF>'
    (tmp_path / "x.rdf").write_text(text)
    with pytest.raises(DataError, match="document type"):
        list(files.quads(tmp_path / "x.rdf"))


def test_the_endings_cover_all_syntaxes_of_the_engine() -> None:
    known = {RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.N3}
    assert set(files.SYNTAXES.values()) == known | {RdfFormat.RDF_XML, RdfFormat.JSON_LD}
    assert TRIPLE.graph_name == DefaultGraph()
