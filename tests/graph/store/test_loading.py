"""Files come into a database as they are, piece by piece, their graphs merged; or with one clear error."""

import gzip
import random
import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, Store, parse

from graph.errors import DataError
from graph.store import files, loading, merge

GRAPHS = ("urn:g", "urn:h", "http://127.0.0.1:8000/graph/run", "http://127.0.0.1:8000/graph/withdrawn/1", "")


VALUES = (
    ("integer", "007"),
    ("decimal", "1.50"),
    ("double", "1.0E-7"),
    ("float", "NaN"),
    ("boolean", "1"),
    ("dateTime", "2025-02-03T04:05:06.700+02:00"),
    ("date", "2025-02-03Z"),
    ("gYear", "2025"),
    ("duration", "P1Y2M3DT4H5M6.70S"),
    ("integer", "no number"),
)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PIECE", 2000)
    monkeypatch.setattr(loading, "SMALL", 0)


def lines(chance: random.Random, graphs: tuple[str, ...]) -> str:
    """Four hundred statements, many of them more than once."""
    said = []
    for _ in range(400):
        graph = chance.choice(graphs)
        triple = f'<urn:{chance.randrange(9)}> <urn:p> "{chance.randrange(9)}"@en'
        said.append(f"{triple} <{graph}> .\n" if graph else f"{triple} .\n")
    return "".join(said)


@pytest.mark.parametrize("seed", range(3))
def test_the_database_holds_the_quads_of_all_pieces_and_their_merge(tmp_path: Path, seed: int) -> None:
    text = lines(random.Random(seed), GRAPHS)
    (tmp_path / "x.nq").write_text(text)
    database = Store(str(tmp_path / "database"))
    loading.add(database, [tmp_path / "x.nq"])
    assert set(database) == set(merge.with_merge(parse(text.encode(), RdfFormat.N_QUADS)))


def test_values_are_the_same_in_their_graph_and_in_the_merge(tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [f'"{lexical}"^^<{xsd}{kind}>' for kind, lexical in VALUES]
    values += ['"a\\nb\\t\\"c\\\\ \\u0007 è 🌍"', '"x"@en-GB', '"x"^^<urn:type>', "<urn:é>"]
    (tmp_path / "x.nq").write_text("".join(f"<urn:a> <urn:p> {value} <urn:g> .\n" for value in values))
    database = Store(str(tmp_path / "database"))
    loading.add(database, [tmp_path / "x.nq"])
    assert list(merge.differences(database)) == []
    assert len(database) == 2 * len(values)


def test_files_of_all_kinds_add_to_what_is_there(tmp_path: Path) -> None:
    text = lines(random.Random(7), ("",))
    (tmp_path / "x.nt").write_text(text)
    (tmp_path / "y.ttl").write_text("<urn:1> <urn:p> <urn:y> .")
    (tmp_path / "z.trig").write_text("<urn:z> { <urn:1> <urn:p> <urn:z> . }")
    database = Store(str(tmp_path / "database"))
    loading.add(database, [tmp_path / "y.ttl"])
    loading.add(database, [tmp_path / "x.nt", tmp_path / "z.trig"])
    assert len(database) == len(set(text.splitlines())) + 3
    assert "<urn:1> <urn:p> <urn:z>" in {str(quad) for quad in database}


@pytest.mark.parametrize("ending", ["nt", "nq", "ttl"])
def test_a_blank_node_is_one_in_its_file_and_another_in_the_next(tmp_path: Path, ending: str) -> None:
    graph = " <urn:g>" if ending == "nq" else ""
    far = "".join(f"<urn:{number}> <urn:p> <urn:b>{graph} .\n" for number in range(90))
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{ending}"
        path.write_text(f"{far}_:x <urn:p> <urn:b>{graph} .\n{far}_:x <urn:q> <urn:b>{graph} .\n")
    database = Store(str(tmp_path / "database"))
    loading.add(database, [tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"])
    nodes = {quad.subject for quad in database if isinstance(quad.subject, BlankNode)}
    assert len(nodes) == 2
    assert all(len(list(database.quads_for_pattern(node, None, None, merge.DEFAULT))) == 2 for node in nodes)


@pytest.mark.parametrize("ending", ["nt", "nq", "ttl"])
def test_of_several_errors_the_first_in_the_file_is_told(tmp_path: Path, ending: str) -> None:
    good = "<urn:a> <urn:p> <urn:b> .\n"
    path = tmp_path / f"x.{ending}"
    path.write_text(f"{good * 50}<urn:a> <urn:p .\n{good * 50}<urn:a .\n" * 5)
    expected = f"^{re.escape(str(path))}, line 51, column 9: cannot be parsed: "
    with pytest.raises(DataError, match=expected):
        loading.add(Store(str(tmp_path / "database")), [path])


def test_small_files_are_added_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "SMALL", 1000)
    paths = [tmp_path / f"{number}.{'ttl' if number % 2 else 'nq'}" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(f"_:x <urn:p> <urn:{number}> .\n")
    database = Store(str(tmp_path / "database"))
    loading.add(database, paths)
    assert len({quad.subject for quad in database}) == 40
    assert len(list((tmp_path / "database").glob("*.sst"))) < 10


GZIP = gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 99, mtime=0)  # the same each time: it names tests


@pytest.mark.parametrize("ending", ["nt", "nq", "ttl", "trig"])
@pytest.mark.parametrize("data", [b"not gzip", GZIP[:-9], GZIP[:10] + b"\xff" * 50])
def test_a_compressed_file_that_is_damaged_is_named(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"x.{ending}.gz"
    path.write_bytes(data)
    with pytest.raises(DataError, match=f"^{re.escape(str(path))}: cannot be read: "):
        loading.add(Store(str(tmp_path / "database")), [path])


@pytest.mark.parametrize("ending", ["nt", "nq", "ttl", "trig"])
def test_a_database_that_cannot_be_written_is_not_blamed_on_the_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n")
    database = Store(str(tmp_path / "database"))
    shutil.rmtree(tmp_path / "database")
    with pytest.raises(OSError, match="IO error"):
        loading.add(database, [path])
