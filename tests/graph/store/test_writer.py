"""Building and loading publish a whole generation in which the default graph is the merge."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat

from graph.errors import DataError
from graph.mapping import dataset
from graph.model import Reading
from graph.store import closure, fingerprint, generations, merge, reader, texts, writer
from graph.store.search import finding
from ontology import terms as pg
from ontology.rules import RULES

BASE = "http://127.0.0.1:8000/"
ENTAILED = NamedNode(f"{BASE}graph/entailed")
CONSTRUCTS = [rule.construct for rule in RULES]


@pytest.fixture
def quads(reading: Reading) -> set[Quad]:
    return dataset.quads(reading, BASE)


@pytest.fixture
def store(tmp_path: Path, quads: set[Quad]) -> Path:
    writer.build(tmp_path / "store", quads, ENTAILED, CONSTRUCTS)
    return tmp_path / "store"


def test_a_build_holds_the_quads_and_their_merge(store: Path, quads: set[Quad]) -> None:
    database = reader.open_current(store)
    assert quads <= set(database)
    assert list(merge.differences(database)) == []


def test_what_follows_has_a_graph_of_its_own_and_is_nowhere_else(store: Path) -> None:
    database = reader.open_current(store)
    entailed = {quad.triple for quad in database.quads_for_pattern(None, None, None, ENTAILED)}
    stated = {
        quad.triple
        for quad in database
        if quad.graph_name not in (ENTAILED, merge.DEFAULT) and merge.is_merged(quad)
    }
    assert any(triple.predicate == pg.hasCaller for triple in entailed)
    assert any(triple.predicate == pg.reportedModality for triple in entailed)
    assert not entailed & stated


def test_the_rules_add_nothing_the_second_time(store: Path) -> None:
    with generations.writing(store, fresh=False) as folder:
        assert closure.materialise(writer.open_database(folder), ENTAILED, CONSTRUCTS) == 0


def test_a_second_build_replaces_the_first(store: Path, quads: set[Quad]) -> None:
    few = {quad for quad in quads if quad.predicate == pg.exact}
    writer.build(store, few, ENTAILED, CONSTRUCTS)
    assert {quad for quad in reader.open_current(store) if quad.graph_name != merge.DEFAULT} == few


def test_building_twice_gives_the_same_quads_in_any_order(tmp_path: Path, quads: set[Quad]) -> None:
    for name, listed in (("a", sorted(quads, key=str)), ("b", sorted(quads, key=str, reverse=True))):
        writer.build(tmp_path / name, listed, ENTAILED, CONSTRUCTS)
    assert set(reader.open_current(tmp_path / "a")) == set(reader.open_current(tmp_path / "b"))


@pytest.mark.parametrize(("ending", "syntax"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_a_dump_loads_into_the_same_dataset(
    store: Path, tmp_path: Path, ending: str, syntax: RdfFormat
) -> None:
    path = tmp_path / f"dump.{ending}"
    with path.open("wb") as output:
        reader.dump(reader.open_current(store), output, syntax)
    copy = tmp_path / "copy"
    writer.load(copy, [path])
    assert set(reader.open_current(copy)) == set(reader.open_current(store))


def test_loading_adds_and_keeps_the_merge(store: Path, tmp_path: Path) -> None:
    before = set(reader.open_current(store))
    (tmp_path / "x.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:c> <urn:h> .\n")
    (tmp_path / "y.ttl").write_text("<urn:d> <urn:b> <urn:e> .")
    writer.load(store, [tmp_path / "x.nq", tmp_path / "y.ttl"])
    new = set(reader.open_current(store)) - before
    default = [quad for quad in new if quad.graph_name == merge.DEFAULT]
    assert sorted(quad.subject.value for quad in default if isinstance(quad.subject, NamedNode)) == [
        "urn:a",
        "urn:d",
    ]
    assert len(new) == 4


def test_what_is_loaded_is_counted_and_can_be_searched_at_once(store: Path, tmp_path: Path) -> None:
    before = reader.count(reader.open_current(store))
    name = '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Zorinskyy" .\n'
    (tmp_path / "x.nt").write_text(name * 2)
    assert writer.load(store, [tmp_path / "x.nt"]) == before + 1
    (hit,) = finding.find(generations.current(store), "zorinskyy").hits
    assert hit.iri == "urn:a"


def test_the_triples_counted_are_those_of_the_default_graph_with_or_without_others(tmp_path: Path) -> None:
    (tmp_path / "x.nt").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n" * 2)
    assert writer.load(tmp_path / "store", [tmp_path / "x.nt"]) == 2
    (tmp_path / "y.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:e> <urn:g> .\n")
    assert writer.load(tmp_path / "store", [tmp_path / "y.nq"]) == 3


def test_loading_a_broken_file_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = set(reader.open_current(store))
    (tmp_path / "x.nq").write_text("<urn:a> <urn:b> <urn:c> .\n")
    (tmp_path / "y.ttl").write_text("<urn:d> <urn:b")
    with pytest.raises(DataError, match=r"y\.ttl"):
        writer.load(store, [tmp_path / "x.nq", tmp_path / "y.ttl"])
    assert set(reader.open_current(store)) == before
    assert generations.numbers(store) == [1]


def test_counts_are_of_distinct_things(store: Path, quads: set[Quad]) -> None:
    counts = reader.counts(reader.open_current(store))
    assert (counts["articles"], counts["events"]) == (1, 3)
    assert counts["claims"] == len({quad.subject for quad in quads if quad.predicate == pg.about})
    assert counts["triples"] > len({quad.triple for quad in quads})


def test_a_text_is_kept_as_it_came(tmp_path: Path) -> None:
    text = "\ufeffuno\r\ndue\rtre 🌍\n"
    texts.write(tmp_path, "abc123", text)
    assert texts.read(tmp_path, "abc123") == text
    assert texts.read(tmp_path, "nowhere") is None
    assert texts.read(tmp_path, "../abc123") is None
    texts.write(tmp_path, "def456", "x")
    texts.keep_only(tmp_path, {"def456"})
    assert texts.read(tmp_path, "abc123") is None
    texts.remove(tmp_path, "def456")
    assert texts.read(tmp_path, "def456") is None


def test_the_fingerprint_changes_with_names_contents_and_values_and_not_with_caches(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("1")
    first = fingerprint.of([tmp_path], "base")
    assert fingerprint.of([tmp_path], "base") == first
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_text("1")
    (tmp_path / ".hidden").write_text("1")
    assert fingerprint.of([tmp_path], "base") == first
    seen = {first, fingerprint.of([tmp_path], "other")}
    (tmp_path / "a" / "x.txt").write_text("2")
    seen.add(fingerprint.of([tmp_path], "base"))
    (tmp_path / "a" / "x.txt").rename(tmp_path / "a" / "y.txt")
    seen.add(fingerprint.of([tmp_path], "base"))
    (tmp_path / "a" / "z.txt").write_text("")
    seen.add(fingerprint.of([tmp_path], "base"))
    assert len(seen) == 5
