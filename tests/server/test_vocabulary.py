"""The vocabulary's documentation and its files, both from the same Turtle."""

import hashlib
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from ontology import schema
from server import vocabulary

READER = {"Accept": "text/html"}
FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("path", ["/ns", "/ns/1.0.0"])
@pytest.mark.parametrize("media_type", FORMS)
def test_every_syntax_holds_the_same_ontology(http: httpx.Client, path: str, media_type: str) -> None:
    answer = http.get(path, headers={"Accept": media_type})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    subjects = {str(quad.subject) for quad in parse(answer.content, FORMS[media_type])}
    assert {str(term.iri) for term in schema.terms().values()} <= subjects


def test_every_term_and_concept_has_its_anchor(http: httpx.Client) -> None:
    html = http.get("/ns", headers=READER).text
    names = {term.name for term in schema.terms().values()}
    for scheme in vocabulary.SCHEMES:
        names |= {concept.name for concept in schema.concepts(scheme)}
    anchors = re.findall(r'\sid="([^"]+)"', html)
    assert names <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_a_term_shows_labels_definitions_and_surroundings(http: httpx.Client) -> None:
    html = unescape(http.get("/ns", headers=READER).text)
    for term in schema.terms().values():
        part = html[html.index(f'id="{term.name}"') :].partition("</article>")[0]
        assert f'<span lang="it">{term.labels["it"]}</span>' in part
        for iri in (*term.domain, *term.range):
            assert iri.value.rpartition("#")[2] in part


def test_the_diagrams_arrows_are_those_of_the_ontology() -> None:
    for arrow in vocabulary.ARROWS:
        term = schema.terms()[arrow.name]
        for end, allowed in ((arrow.start, term.domain), (arrow.end, term.range)):
            above = {iri.value for iri in schema.ancestors(schema.terms()[end].iri)}
            assert not allowed or above & {iri.value for iri in allowed}, (arrow, end)


def test_the_diagrams_labels_lie_in_the_picture() -> None:
    boxes = vocabulary.BY_NAME
    for arrow in vocabulary.ARROWS:
        start, end = boxes[arrow.start], boxes[arrow.end]
        assert 0 < (start.x + end.x) / 2 + arrow.dx < 900
        assert 0 < (start.y + end.y) / 2 + arrow.dy < 380


def test_a_term_knows_its_alignments_and_who_uses_it() -> None:
    entries = {entry.term.name: entry for entry in vocabulary.all_entries()}
    assert any(link.label == "foaf:Person" for _, links in entries["Person"].alignments for link in links)
    assert "hasPlace" in {link.label for link in entries["Place"].used_by}


def test_an_unknown_form_is_refused(http: httpx.Client) -> None:
    assert http.get("/ns", headers={"Accept": "image/png"}).status_code == 406
    assert http.get("/ns.pdf").status_code == 404


def test_vendored_files_are_those_of_the_table() -> None:
    folder = Path(vocabulary.__file__).parent / "static" / "vendor"
    table = (folder / "README.md").read_text(encoding="utf-8")
    for file in folder.iterdir():
        if file.name != "README.md":
            assert f"| {file.name} |" in table
            assert hashlib.sha256(file.read_bytes()).hexdigest() in table
