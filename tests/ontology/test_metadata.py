"""The checks of FOOPS! (https://w3id.org/foops/) that can be made without the network, by their names there.

The others are listed with their reasons in ontology/README.md; the last test holds the two lists together.
"""

from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN, Graph, Namespace, URIRef

from ontology.prefixes import NAMESPACE, ONTOLOGY_IRI, PREFIXES, VERSION_IRI
from ontology.schema import EVENT, FOLDER

ONTOLOGY = URIRef(ONTOLOGY_IRI)
BIBO = Namespace("http://purl.org/ontology/bibo/")
METADATA = {
    "OM1": (
        DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator, DCTERMS.created,
        VANN.preferredNamespaceUri,
    ),
    "OM2": (
        VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.contributor, DCTERMS.created,
        DCTERMS.bibliographicCitation,
    ),
    "OM4.1": (DCTERMS.license,),
    "OM5_1": (DCTERMS.creator, DCTERMS.created),
    "OM5_2": (DCTERMS.issued, DCTERMS.publisher),
    "FIND_1": (VANN.preferredNamespacePrefix,),
    "VER1": (OWL.versionIRI,),
}  # fmt: skip
OFFLINE = {*METADATA, "HTTP_1", "PURL1", "URI2", "VOC_1", "VOC_2", "VOC3", "VOC4"}
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def event() -> Graph:
    return Graph().parse(EVENT)


@pytest.mark.parametrize("check", sorted(METADATA))
def test_metadata_is_present(check: str, event: Graph) -> None:
    assert [str(each) for each in METADATA[check] if event.value(ONTOLOGY, each) is None] == []


def test_purl1_and_http1_the_address_is_persistent_and_open() -> None:
    assert ONTOLOGY_IRI.startswith("https://w3id.org/")
    assert VERSION_IRI.startswith(ONTOLOGY_IRI)


def test_uri2_the_ontology_is_named_by_its_address(event: Graph) -> None:
    assert list(event.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert str(event.value(ONTOLOGY, VANN.preferredNamespaceUri)) == NAMESPACE


def test_voc1_and_voc2_other_vocabularies_are_reused(event: Graph) -> None:
    described_with = {each for each in event.predicates(ONTOLOGY) if each.startswith(str(DCTERMS))}
    assert len(described_with) >= 10
    assert (None, None, SKOS.Concept) in event
    assert (None, RDF.type, FOAF.Group) in event


@pytest.mark.parametrize(("check", "wanted"), [("VOC3", RDFS.label), ("VOC4", SKOS.definition)])
def test_every_term_has_a_label_and_a_description(check: str, wanted: URIRef, event: Graph) -> None:
    terms = {term for kind in TERM_KINDS for term in event.subjects(RDF.type, kind)}
    own = {term for term in terms if str(term).startswith(NAMESPACE)}
    assert {term for term in own if event.value(term, wanted) is None} == set()


def test_om3_lacks_what_does_not_exist_yet_and_nothing_else(event: Graph) -> None:
    wanted = (DCTERMS.publisher, BIBO.status, DCTERMS.modified, DCTERMS.source, DCTERMS.issued)
    assert [str(each) for each in wanted if event.value(ONTOLOGY, each) is None] == []
    assert event.value(ONTOLOGY, BIBO.doi) is None


def test_the_preferred_prefix_is_that_of_the_table(event: Graph) -> None:
    assert PREFIXES[str(event.value(ONTOLOGY, VANN.preferredNamespacePrefix))] == NAMESPACE


def test_every_foops_check_is_tested_here_or_listed_with_its_reason() -> None:
    rows = [
        line.split("|") for line in Path(FOLDER, "README.md").read_text("utf-8").splitlines() if "|" in line
    ]
    listed = {
        cell[1].strip(): cell[2].strip() for cell in rows if len(cell) > 3 and cell[1].strip().isupper()
    }
    assert set(listed) & OFFLINE == set()
    assert all(listed.values())
    assert len(listed) + len(OFFLINE) == 24
