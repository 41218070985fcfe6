"""Entities from the clusters of an article: keys that last, labels, what the tables add."""

import pytest

from graph.findings import Cluster, Extraction
from graph.lexicon.gazetteer import gazetteer
from graph.linking.entities import entities_of
from graph.model import Article, Entity, EntityKind, Span

PORTUGAL = gazetteer().states["PT"]
(LISBON,) = gazetteer().find("Lisbona", EntityKind.PLACE)


def cluster(
    key: str,
    name: str,
    *surfaces: str,
    kind: EntityKind = EntityKind.PERSON,
    entry: str | None = None,
    at: int = 0,
    located: bool = False,
) -> Cluster:
    span = Span(at, at + len(name))
    return Cluster(key, kind, name, (name, *surfaces), (span,), entry=entry, located=located)


def read(*clusters: Cluster, language: str = "it") -> tuple[list[Entity], dict[str, str]]:
    article = Article("0a1b2c3d4e5f", "x" * 400, Span(0, 400), "invented.txt")
    return entities_of(Extraction(article, language, clusters))


def test_somebody_unknown_has_a_key_from_kind_and_full_name() -> None:
    (entity,), keys = read(cluster("a1", "Ines Vargá", "Vargá"))
    assert keys == {"a1": "person:ines-varga"}
    assert (entity.key, entity.name, entity.aliases) == ("person:ines-varga", "Ines Vargá", ("Vargá",))
    assert (entity.wikidata, entity.source, entity.labels) == (None, None, (("it", "Ines Vargá"),))


@pytest.mark.parametrize("kind", list(EntityKind))
def test_kinds_keep_namesakes_apart(kind: EntityKind) -> None:
    (entity,), _ = read(cluster("a1", "Portalba", kind=kind))
    assert entity.key == f"{kind.value}:portalba"


def test_the_key_of_somebody_unknown_is_the_same_in_every_article_and_language() -> None:
    first, _ = read(cluster("a1", "Ines Varga"))
    second, _ = read(cluster("a7", "INES VARGA", at=50), language="en")
    assert first[0].key == second[0].key


def test_the_name_is_labelled_in_the_language_of_the_article() -> None:
    (entity,), _ = read(cluster("a1", "Ines Varga"), language="en")
    assert entity.labels == (("en", "Ines Varga"),)


def test_who_the_tables_know_has_their_key_identifier_and_labels() -> None:
    (state,), keys = read(cluster("a1", "Portugal", kind=EntityKind.STATE, entry=PORTUGAL.key))
    assert keys == {"a1": PORTUGAL.key}
    assert (state.wikidata, state.labels) == (PORTUGAL.wikidata, PORTUGAL.labels)
    assert state.source == PORTUGAL.source


@pytest.mark.parametrize(("language", "name"), [("it", "Portogallo"), ("en", "Portugal")])
def test_a_state_is_called_as_the_language_of_the_article_calls_it(language: str, name: str) -> None:
    (state,), _ = read(
        cluster("a1", "Repubblica portoghese", kind=EntityKind.STATE, entry=PORTUGAL.key), language=language
    )
    assert state.name == name


def test_a_person_is_called_as_the_article_does() -> None:
    (entry, *_) = gazetteer().find("Mario Draghi", EntityKind.PERSON)
    (person,), _ = read(cluster("a1", "M. Draghi", entry=entry.key))
    assert (person.key, person.name) == (entry.key, "M. Draghi")


def test_a_known_place_lies_in_its_state_which_is_described_with_it() -> None:
    (place, state), keys = read(cluster("a1", "Lisbona", kind=EntityKind.PLACE, entry=LISBON.key))
    assert place.located_in == state.key == PORTUGAL.key
    assert (state.kind, state.mentions) == (EntityKind.STATE, ())
    assert place.latitude == LISBON.latitude
    assert keys == {"a1": LISBON.key}


def test_a_state_that_the_article_names_is_not_described_a_second_time() -> None:
    found, _ = read(
        cluster("a1", "Lisbona", kind=EntityKind.PLACE, entry=LISBON.key),
        cluster("a2", "Portogallo", kind=EntityKind.STATE, entry=PORTUGAL.key, at=20),
    )
    assert [entity.key for entity in found] == [LISBON.key, PORTUGAL.key]
    assert found[1].mentions == (Span(20, 30),)


def test_two_places_of_one_state_describe_it_once() -> None:
    porto = next(entry for entry in gazetteer().find("Porto", EntityKind.PLACE) if entry.country == "PT")
    found, _ = read(
        cluster("a1", "Lisbona", kind=EntityKind.PLACE, entry=LISBON.key),
        cluster("a2", "Porto", kind=EntityKind.PLACE, entry=porto.key, at=20),
    )
    assert [entity.kind.value for entity in found] == ["place", "place", "state"]


def test_an_organisation_lies_in_no_state() -> None:
    (ministry,) = gazetteer().find("Farnesina", EntityKind.ORGANIZATION)
    (found,), _ = read(cluster("a1", "Farnesina", kind=EntityKind.ORGANIZATION, entry=ministry.key))
    assert found.located_in is None


def test_a_building_that_stands_for_who_works_there_is_a_place_with_a_key_of_its_own() -> None:
    (palace,) = gazetteer().find("Eliseo", EntityKind.ORGANIZATION)
    (place, state), keys = read(cluster("a1", "Eliseo", kind=EntityKind.PLACE, entry=palace.key))
    assert keys["a1"] == place.key == palace.key.replace("organization:", "place:")
    assert (place.kind, place.located_in) == (EntityKind.PLACE, state.key)
    assert state.key == gazetteer().states["FR"].key


def test_clusters_of_one_key_are_one_entity_with_all_mentions_and_forms() -> None:
    found, keys = read(
        cluster("a1", "Ines Varga", "Varga", at=90),
        cluster("a2", "Piero Bruni", at=40),
        cluster("a3", "Ines Vargá", "la Varga", at=10, located=True),
    )
    assert [entity.key for entity in found] == ["person:ines-varga", "person:piero-bruni"]
    assert keys["a1"] == keys["a3"]
    assert found[0].name == "Ines Varga"
    assert found[0].aliases == ("Varga", "la Varga")
    assert found[0].mentions == (Span(10, 20), Span(90, 100))
    assert found[0].located


def test_a_name_is_no_alias_of_itself() -> None:
    (entity,), _ = read(cluster("a1", "Ines Varga"))
    assert entity.aliases == ()
