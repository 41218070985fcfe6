"""One prefix table: what it names exists, and no prefix stands for two namespaces."""

from ontology.prefixes import NAMESPACE, ONTOLOGY_IRI, PREFIXES, VERSION, VERSION_IRI


def test_no_namespace_has_two_prefixes() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_namespace_ends_where_a_local_name_can_follow() -> None:
    assert [iri for iri in PREFIXES.values() if not iri.endswith(("#", "/"))] == []


def test_the_vocabulary_and_its_version_hang_under_one_address() -> None:
    assert f"{ONTOLOGY_IRI}#" == NAMESPACE == PREFIXES["pg"]
    assert f"{ONTOLOGY_IRI}/{VERSION}" == VERSION_IRI
