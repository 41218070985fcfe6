"""RDF files of every syntax come in whole, in pieces or not, or with a message that says what and where."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph.errors import DataError
from graph.store import files

SUBJECT, PREDICATE = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
TRIPLE = Quad(SUBJECT, PREDICATE, Literal("però", language="it"))
NAMED = Quad(SUBJECT, PREDICATE, Literal("1"), NamedNode("http://example.org/g"))


def pieces(path: Path) -> list[files.Piece]:
    with files.opened(path) as file:
        return list(file.pieces())


def quads(path: Path) -> list[Quad]:
    """What is in the file, pieces and the rest."""
    found: list[Quad] = []
    with files.opened(path) as file:
        for piece in file.pieces():
            try:
                found += parse(piece.data, piece.syntax)
            except SyntaxError as error:
                raise piece.refused(error) from error
        return found + list(file.quads())


@pytest.mark.parametrize("ending", sorted(files.SYNTAXES))
@pytest.mark.parametrize("compressed", [False, True])
def test_every_syntax_is_read_plain_and_compressed(tmp_path: Path, ending: str, compressed: bool) -> None:
    syntax = files.SYNTAXES[ending]
    held = [TRIPLE, NAMED] if syntax.supports_datasets else [TRIPLE]
    data = serialize(held if syntax.supports_datasets else [quad.triple for quad in held], format=syntax)
    assert data is not None
    path = tmp_path / f"x.{ending}{'.gz' if compressed else ''}"
    path.write_bytes(gzip.compress(data) if compressed else data)
    assert set(quads(path)) == set(held)


def test_relative_addresses_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<#me> <#knows> <other> .")
    (quad,) = quads(tmp_path / "x.ttl")
    assert quad.object == NamedNode((tmp_path / "other").as_uri())


def test_blank_nodes_of_two_files_are_two_nodes(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:x <http://example.org/p> _:x .")
    nodes = {quad.subject for name in ("a.nt", "b.nt") for quad in quads(tmp_path / name)}
    assert len(nodes) == 2
    assert all(isinstance(node, BlankNode) for node in nodes)


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_pieces_are_whole_lines_and_know_how_many_precede_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compressed: bool, end: str
) -> None:
    monkeypatch.setattr(files, "PIECE", 100)
    lines = [f'<http://example.org/{number}> <http://example.org/p> "{number}" .' for number in range(9)]
    data = ((end or "\n").join(lines) + end).encode()
    path = tmp_path / ("x.nt.gz" if compressed else "x.nt")
    path.write_bytes(gzip.compress(data) if compressed else data)
    found = pieces(path)
    assert b"".join(piece.data for piece in found) == data
    assert [piece.before for piece in found] == [0, 2, 4, 6, 8]


@pytest.mark.parametrize(
    ("size", "readers", "expected"),
    [(2000, 2, 2), (2001, 2, 4), (5000, 2, 6), (900, 4, 4), (200, 4, 2), (0, 2, 0)],
)
def test_each_reader_gets_as_many_pieces_of_one_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, readers: int, expected: int
) -> None:
    monkeypatch.setattr(files, "PIECE", 1000)
    (tmp_path / "x.nt").write_bytes(b"\n" * size)
    with files.opened(tmp_path / "x.nt", readers) as file:
        assert len(list(file.pieces())) == expected


@pytest.mark.parametrize("compressed", [False, True])
def test_from_the_first_blank_node_on_lines_stay_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compressed: bool
) -> None:
    monkeypatch.setattr(files, "PIECE", 40)
    lines = [f"<urn:a:{number}> <urn:p> <urn:b> ." for number in range(20)]
    lines[7] = lines[17] = "_:x <urn:p> <urn:b> ."
    data = "\n".join(lines).encode()
    path = tmp_path / ("x.nt.gz" if compressed else "x.nt")
    path.write_bytes(gzip.compress(data) if compressed else data)
    assert 0 < sum(piece.data.count(b"\n") for piece in pieces(path)) <= 7
    subjects = [quad.subject for quad in quads(path)]
    assert len(subjects) == 20
    assert isinstance(subjects[7], BlankNode)
    assert subjects[7] == subjects[17]


def test_syntaxes_that_are_not_of_lines_have_no_pieces(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n")
    assert pieces(tmp_path / "x.ttl") == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.ttl", b"<a> <b> <c> .\n<a> <b .", "line 2"),
        ("x.jsonld", b'{"@id": ', "cannot be parsed"),
        ("x.rdf", b"<rdf:RDF", "cannot be"),
        ("x.docx", b"", "names no RDF syntax"),
        ("x.nt.gz", b"not gzip", "cannot be read"),
        ("x.nt.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 99, mtime=0)[:-9], "cannot be read"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=said) as caught:
        quads(tmp_path / name)
    assert name in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("before", ["", "_:x <urn:p> <urn:b> .\n"])
def test_an_error_is_told_once_with_its_line_in_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setattr(files, "PIECE", 100)
    good = "<urn:a> <urn:p> <urn:b> .\n"
    (tmp_path / "x.nt").write_text(f"{good * 20}{before}{good * 20}<urn:a> <urn:p .\n")
    line = 41 + len(before.splitlines())
    with pytest.raises(DataError) as caught:
        quads(tmp_path / "x.nt")
    assert str(caught.value).startswith(f"{tmp_path / 'x.nt'}, line {line}, column 9: cannot be parsed: ")
    assert str(caught.value).count("line") == 1


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        quads(tmp_path / "none.ttl")


@pytest.mark.parametrize("start", ["<!DOCTYPE", "<!doctype"])
@pytest.mark.parametrize("padding", [0, 5000, 8190, 70_000])
def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path, padding: int, start: str) -> None:
    bomb = start + ' r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = f'<?xml version="1.0"?><!--{"x" * padding}-->{bomb}<rdf:RDF xmlns:rdf="urn:x">&b;</rdf:RDF>'
    (tmp_path / "x.rdf").write_text(text)
    with pytest.raises(DataError, match="document type"):
        quads(tmp_path / "x.rdf")


def test_the_endings_cover_all_syntaxes_of_the_engine() -> None:
    known = {RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.N3}
    assert set(files.SYNTAXES.values()) == known | {RdfFormat.RDF_XML, RdfFormat.JSON_LD}
    assert TRIPLE.graph_name == DefaultGraph()
