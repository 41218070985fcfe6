"""Entities: the key, the labels and the identifiers of each cluster.

A cluster that the gazetteer knows has the entry's key; an unknown one has a key made from its kind and its
normalised full name, the same in every article, so that its IRI lasts when somebody later says who it is.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from graph.findings import Cluster, Extraction
from graph.lexicon.gazetteer import Entry, gazetteer
from graph.lexicon.names import fold, slug
from graph.linking.learned import learned
from graph.model import Entity, EntityKind, Office


def entities_of(extraction: Extraction) -> tuple[list[Entity], dict[str, str]]:
    """The entities of an article in the order of its clusters, and the key that each local key stands for."""
    keys: dict[str, str] = {}
    found: dict[str, Entity] = {}
    for cluster in extraction.clusters:
        entity = _entity(cluster, extraction.language)
        keys[cluster.key] = entity.key
        known = found.get(entity.key)
        found[entity.key] = _joined(known, entity) if known else entity
    for entity in list(found.values()):
        if entity.located_in and entity.located_in not in found:
            state = _entry_of(entity.located_in)
            if state is not None:
                found[state.key] = _of_entry(state, EntityKind.STATE)
    return list(found.values()), keys


def _joined(one: Entity, other: Entity) -> Entity:
    return replace(
        one,
        aliases=tuple(dict.fromkeys([*one.aliases, *other.aliases])),
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
        located=one.located or other.located,
    )


def _entity(cluster: Cluster, language: str) -> Entity:
    entry = _entry_of(cluster.entry) if cluster.entry else None
    aliases = tuple(surface for surface in cluster.surfaces if surface != cluster.name)
    if entry is None:
        return Entity(
            key=f"{cluster.kind}:{slug(cluster.name)}",
            kind=cluster.kind,
            name=cluster.name,
            aliases=aliases,
            labels=((language, cluster.name),),
            mentions=cluster.spans,
            located=cluster.located,
        )
    label = dict(entry.labels).get(language, cluster.name)
    return replace(
        _of_entry(entry, cluster.kind),
        key=entry.key.replace(f"{entry.kind}:", f"{cluster.kind}:", 1),
        name=cluster.name if cluster.kind is EntityKind.PERSON else label,
        aliases=aliases,
        mentions=cluster.spans,
        located=cluster.located,
    )


def _of_entry(entry: Entry, kind: EntityKind) -> Entity:
    state = gazetteer().states.get(entry.country)
    inside = kind is EntityKind.PLACE and state is not None
    return Entity(
        key=entry.key,
        kind=kind,
        name=entry.name,
        labels=entry.labels,
        wikidata=entry.wikidata,
        latitude=entry.latitude,
        longitude=entry.longitude,
        located_in=state.key if inside and state is not None else None,
        source=entry.source or None,
        former=learned().get(entry.key, ()),
    )


def state_of_office(title: str, holder: Cluster) -> str | None:
    """The key of the state whose office it is: by the title's adjective, else by what is known of the
    holder."""
    tables = gazetteer()
    named = (tables.demonyms.get(fold(word)) for word in title.split())
    entry = _entry_of(holder.entry) if holder.entry else None
    country = next((each for each in named if each), entry.country if entry else "")
    state = tables.states.get(country)
    return state.key if state is not None else None


def states_of(offices: Iterable[Office], described: Iterable[Entity]) -> list[Entity]:
    """The states of these offices that are not among the entities described."""
    known = {entity.key for entity in described}
    named = dict.fromkeys(office.country for office in offices if office.country)
    states = (_entry_of(key) for key in named if key not in known)
    return [_of_entry(state, EntityKind.STATE) for state in states if state is not None]


@lru_cache(maxsize=1)
def _entries() -> dict[str, Entry]:
    return {entry.key: entry for entries in gazetteer().by_name.values() for entry in entries}


def _entry_of(key: str) -> Entry | None:
    """The gazetteer's entry of this key; a building's is its seat's ("place:white-house")."""
    found = _entries().get(key)
    return found or _entries().get(key.replace("place:", "organization:", 1))
