"""A build applies the annotations of the articles that are in it, and reports those that it cannot use."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph import build
from graph.corpus import articles
from graph.store import articles as stored
from graph.store import merge, reader
from ontology.rules import RULES

BASE = "http://127.0.0.1:8000/"
TEXT = "date 2031-05-06\nIl ministro Anna Verdi ha telefonato al ministro Piero Bruni.\n"
ANNOTATION = """
PREFIX pg: <https://w3id.org/parleygraph/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<#call> owl:sameAs [ a pg:Call ; pg:evidence <id/article/ID#char=42,52> ] .
<id/claim/mine> a pg:Claim ; pg:about <#call> ; pg:modality pg:denied ; pg:attributedTo <id/article/ID> ;
  pg:evidence <id/article/ID#char=42,52> ;
  prov:wasAttributedTo <#me> ; prov:generatedAtTime "2031-06-01T10:00:00Z"^^xsd:dateTime .
<id/claim/mine> { <#call> a pg:Call }
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def annotate(folder: Path, content: str, article: Path) -> Path:
    (found,) = articles.read([article])
    folder.mkdir()
    (folder / "notes.trig").write_text(content.replace("ID", found.id), encoding="utf-8")
    return folder


def modalities(store: Path) -> set[str]:
    rows = reader.open_current(store).query(
        "PREFIX pg: <https://w3id.org/parleygraph/ns#> SELECT ?m { ?e a pg:Call ; pg:reportedModality ?m }"
    )
    return {row["m"].value.partition("#")[2] for row in rows}


def test_an_annotation_joins_the_article_it_is_about(tmp_path: Path, article: Path) -> None:
    notes = annotate(tmp_path / "notes", ANNOTATION, article)
    report = build.build([article], tmp_path / "store", BASE, annotated=notes)
    assert report.rejected == []
    assert modalities(tmp_path / "store") == {"occurred", "denied"}
    assert list(merge.differences(reader.open_current(tmp_path / "store"))) == []


def test_an_annotation_of_an_absent_article_is_left_alone(tmp_path: Path, article: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("Bruni", "Brunetti"), encoding="utf-8")
    notes = annotate(tmp_path / "notes", ANNOTATION, article)
    report = build.build([other], tmp_path / "store", BASE, annotated=notes)
    assert report.rejected == []
    assert modalities(tmp_path / "store") == {"occurred"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("owl:sameAs [", "owl:sameAs [[", "cannot be read"),
        ("a pg:Call ; pg:evidence", "a pg:Visit ; pg:evidence", "could be 0 things"),
        ("pg:modality pg:denied", "pg:modality pg:denied, pg:planned", "exactly one modality"),
    ],
)
def test_an_annotation_that_cannot_be_used_is_reported_and_the_article_published(
    tmp_path: Path, article: Path, old: str, new: str, reason: str
) -> None:
    notes = annotate(tmp_path / "notes", ANNOTATION.replace(old, new), article)
    report = build.build([article], tmp_path / "store", BASE, annotated=notes)
    assert [str(notes / "notes.trig") in str(error) for error in report.rejected] == [True]
    assert reason in str(report.rejected[0])
    assert modalities(tmp_path / "store") == {"occurred"}


def test_an_article_withdrawn_takes_what_people_said_of_it_along(tmp_path: Path, article: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("Bruni", "Brunetti"), encoding="utf-8")
    replacing = """<#old> owl:sameAs [ a pg:Claim ; pg:about <#call> ; pg:attributedTo <id/article/ID> ] .
    <id/claim/mine> <http://purl.org/dc/terms/replaces> <#old> ; pg:notStated pg:hasParticipant ."""
    notes = annotate(tmp_path / "notes", ANNOTATION + replacing, article)
    both = build.build([article, other], tmp_path / "both", BASE, annotated=notes)
    assert both.rejected == []
    build.build([other], tmp_path / "alone", BASE, annotated=notes)
    database = Store()
    database.extend(reader.open_current(tmp_path / "both"))
    assert any(merge.WITHDRAWN in str(graph) for graph in database.named_graphs())
    entities, entailed = NamedNode(f"{BASE}graph/entities"), NamedNode(f"{BASE}graph/entailed")
    shared = stored.Shared(entities, entailed, [rule.construct for rule in RULES])
    stored.withdraw(database, NamedNode(f"{BASE}graph/article/{both.accepted[0]}"), shared)
    assert published(database) == published(reader.open_current(tmp_path / "alone"))


def published(database: Store) -> set[str]:
    """All quads but those with a clock."""
    return {
        str(quad)
        for quad in database
        if quad.graph_name == DefaultGraph() or not quad.graph_name.value.endswith("/graph/run")
    }
