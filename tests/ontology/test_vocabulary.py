"""The vocabulary is small, whole and documented: no term without label, definition, example, alignment."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Store
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from graph.model import EventType, Medium, Modality, Role
from ontology import schema
from ontology import terms as pg
from ontology.prefixes import NAMESPACE, ONTOLOGY_IRI, PREFIXES, VERSION_IRI
from ontology.rules import role_properties

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CONSTANTS = {name: value for name, value in vars(pg).items() if isinstance(value, NamedNode)}
NAMED_SCHEMES = ("Role", "Modality", "Medium")


@pytest.fixture(scope="module")
def event() -> Graph:
    return Graph().parse(schema.EVENT)


@pytest.fixture(scope="module")
def schemes() -> Graph:
    return Graph().parse(schema.SCHEMES)


@pytest.fixture(scope="module")
def alignment() -> Graph:
    return Graph().parse(schema.ALIGNMENT)


def own(nodes: Iterator[object]) -> set[str]:
    return {str(node).removeprefix(NAMESPACE) for node in nodes if str(node).startswith(NAMESPACE)}


def declared(event: Graph) -> set[str]:
    """The local names of the classes and properties that the file declares, as rdflib reads it."""
    return {name for kind in KINDS for name in own(event.subjects(RDF.type, kind))}


def test_every_constant_is_its_own_name() -> None:
    assert [name for name, value in CONSTANTS.items() if value.value != NAMESPACE + name] == []


def test_constants_and_files_have_the_same_terms(event: Graph, schemes: Graph) -> None:
    named = {concept.name for scheme in NAMED_SCHEMES for concept in schema.concepts(scheme)}
    in_files = declared(event) | own(schemes.subjects(RDF.type, SKOS.ConceptScheme)) | named
    assert set(CONSTANTS) == in_files


def test_the_schema_reads_what_rdflib_reads(event: Graph) -> None:
    assert set(schema.terms()) == declared(event)


def test_the_vocabulary_stays_small(event: Graph) -> None:
    classes = own(event.subjects(RDF.type, OWL.Class))
    assert len(classes) <= 30
    assert len(declared(event) - classes) <= 45


@pytest.mark.parametrize("name", sorted(schema.terms()))
def test_a_term_is_documented_in_both_languages(name: str) -> None:
    term = schema.terms()[name]
    assert set(term.labels) == set(term.definitions) == set(schema.LANGUAGES)
    assert all(text.strip().endswith(".") for text in term.definitions.values())
    assert term.examples
    assert term.source.startswith(("http://", "https://"))


@pytest.mark.parametrize("name", sorted(schema.terms()))
def test_a_term_is_aligned_or_says_why_not(name: str, alignment: Graph) -> None:
    term = URIRef(NAMESPACE + name)
    mappings = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty}
    mappings |= {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    aligned = [value for mapping in mappings for value in alignment.objects(term, mapping)]
    exempt = [note for note in alignment.objects(term, SKOS.editorialNote) if note.startswith("No alignment")]
    assert bool(aligned) != bool(exempt)


def test_the_alignment_speaks_of_no_term_that_does_not_exist(alignment: Graph) -> None:
    codes = {concept.name for concept in schema.concepts("EventCode")}
    nodes = {*alignment.subjects(), *alignment.objects()}
    assert own(iter(nodes)) - codes <= set(schema.terms())


def test_every_term_in_an_axiom_is_declared(event: Graph) -> None:
    used = own(node for triple in event for node in triple)
    modalities = {concept.name for concept in schema.concepts("Modality")}
    assert used - {""} - modalities == declared(event)


def test_no_two_terms_of_a_kind_share_a_label() -> None:
    for language in schema.LANGUAGES:
        seen = [(term.kind, term.labels[language]) for term in schema.terms().values()]
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize("scheme", ["Role", "Modality", "Medium", "Topic", "EventCode"])
def test_a_concept_has_one_preferred_label_in_each_language(scheme: str, schemes: Graph) -> None:
    for concept in schema.concepts(scheme):
        preferred = list(schemes.objects(URIRef(concept.iri.value), SKOS.prefLabel))
        assert sorted(str(label.language) for label in preferred if isinstance(label, Literal)) == [
            "en",
            "it",
        ]
        assert set(concept.labels) == set(schema.LANGUAGES)


@pytest.mark.parametrize("scheme", NAMED_SCHEMES)
def test_a_concept_that_code_names_is_defined(scheme: str) -> None:
    assert all(set(concept.definitions) == set(schema.LANGUAGES) for concept in schema.concepts(scheme))


def test_no_label_stands_for_two_topics() -> None:
    for language in schema.LANGUAGES:
        labels = [label.casefold() for topic in schema.concepts("Topic") for label in topic.labels[language]]
        assert len(labels) == len(set(labels))


def test_there_are_about_sixty_topics() -> None:
    assert 55 <= len(schema.concepts("Topic")) <= 75


def test_the_concepts_are_the_values_that_the_stages_exchange() -> None:
    assert {concept.name for concept in schema.concepts("Role")} == {role.value for role in Role}
    assert {concept.name for concept in schema.concepts("Modality")} == {each.value for each in Modality}
    media = {concept.name.removesuffix("Medium") for concept in schema.concepts("Medium")}
    assert media == {medium.value for medium in Medium}


def test_the_event_types_are_the_classes_below_event() -> None:
    classes = {iri.value.removeprefix(NAMESPACE).lower() for iri in schema.descendants(pg.Event)}
    assert classes == {each.value for each in EventType}


def test_every_role_property_is_below_has_participant() -> None:
    assert {pg.hasParticipant in schema.ancestors(iri) for iri in role_properties().values()} == {True}
    below = schema.descendants(pg.hasParticipant) - {pg.hasParticipant}
    assert set(role_properties().values()) == below


def test_an_event_code_carries_its_notation() -> None:
    codes = schema.concepts("EventCode")
    assert [code.name for code in codes] == [f"cameo-{code.notation}" for code in codes]


def test_a_scheme_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match="Weather"):
        schema.concepts("Weather")


def test_a_label_falls_back_to_english_and_then_to_the_name() -> None:
    assert schema.label(pg.Call, "it") == "telefonata"
    assert schema.label(pg.Call, "fr") == "call"
    assert schema.label(NamedNode(NAMESPACE + "nothing")) == "nothing"


def test_a_union_is_read_as_its_members_in_order() -> None:
    assert schema.terms()["attributedTo"].range == (pg.Agent, pg.Document)
    assert schema.terms()["participatesIn"].inverse == pg.hasParticipant


def test_a_property_says_whom_it_joins() -> None:
    """With the reason for each that leaves an end open."""
    open_ended = {
        "participatesIn": "its inverse says it",
        "reportedIn": "whatever has evidence is reported",
        "topic": "a concept or any entity",
        "notStated": "claims and quotations; an annotation has no union for a domain",
        "surfaceForm": "with a language or without",
        "exact": "with a language or without",
    }
    properties = [term for term in schema.terms().values() if term.kind is not schema.Kind.CLASS]
    assert {term.name for term in properties if not (term.domain and term.range)} == set(open_ended)


def test_a_data_property_has_values_of_a_datatype() -> None:
    datatypes = PREFIXES["xsd"]
    data = [term for term in schema.terms().values() if term.kind is schema.Kind.DATA_PROPERTY]
    assert len(data) == 11
    assert all(iri.value.startswith(datatypes) for term in data for iri in term.range)


def test_no_complex_property_is_restricted(vocabulary: Store) -> None:
    """OWL 2 DL allows functionality, irreflexivity and the like on simple properties only."""
    complex_ones = (
        pg.hasParticipant, pg.reportedModality, pg.reportedIn, pg.takesPlaceWithin, pg.tracesTo, pg.locatedIn,
        pg.subEventOf,
    )  # fmt: skip
    allowed = {str(OWL.ObjectProperty), str(OWL.TransitiveProperty)}
    for iri in complex_ones:
        types = {quad.object.value for quad in vocabulary.quads_for_pattern(iri, schema.TYPE, None)}
        assert types <= allowed
        assert not list(vocabulary.quads_for_pattern(None, NamedNode(str(OWL.onProperty)), iri))


def test_the_header_names_version_and_namespace(event: Graph) -> None:
    ontology = URIRef(ONTOLOGY_IRI)
    assert str(event.value(ontology, OWL.versionIRI)) == VERSION_IRI
    assert VERSION_IRI.endswith(schema.header()["version"])
