"""Whom the words that a model cites name: an agent or place that the rules found, or a name of its own.

A name that the rules passed over is looked up in the gazetteer as theirs are: the one of that spelling, of
several the most prominent at the time of the article; an unknown one is minted.
"""

from dataclasses import replace
from datetime import date

from graph.findings import Cluster
from graph.lexicon.gazetteer import Entry, gazetteer
from graph.lexicon.names import fold, same_person, surname, transliteration_key
from graph.llm.material import Material
from graph.llm.phrases import is_head, name_in
from graph.model import EntityKind, Span

# All that a name can mean but a person.
_NAMELESS = (EntityKind.STATE, EntityKind.PLACE, EntityKind.ORGANIZATION)

# Who can act, and what can be a place.
ACTING = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.STATE)
LOCATED = (EntityKind.PLACE, EntityKind.STATE)


class Agents:
    """The agents and places of an article: those of the rules, and those that a model adds to them."""

    def __init__(self, material: Material) -> None:
        self._text = material.findings.article.text
        self._language = material.findings.language
        published = material.findings.article.published
        self._first_day = published.earliest if published else date.min
        self._last_day = published.latest if published else date.max
        self._clusters = {cluster.key: cluster for cluster in material.findings.clusters}
        self._known = tuple(self._clusters)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """All of them, those of the rules first."""
        return tuple(self._clusters.values())

    def kind(self, key: str) -> EntityKind:
        """What the agent or place of this key is."""
        return self._clusters[key].kind

    def acting(self, words: Span, kind: EntityKind) -> str | None:
        """The key of whom these words name as somebody who acts: a person, an organisation, a state, or a
        capital that stands for one; of `kind` where it is new. None when they name nobody."""
        mentioned = self._mentioned(words)
        heads = [c for span, c in mentioned if is_head(span, words, self._text, self._language)]
        acting = next((cluster.key for cluster in heads if _acts(cluster)), None)
        if acting or any(span.covers(words) and cluster.entry for span, cluster in mentioned):
            return acting
        country = gazetteer().demonyms.get(fold(words.of(self._text))) if kind is EntityKind.STATE else None
        if country is not None:
            return self._of_entry(gazetteer().states[country], EntityKind.STATE, words).key
        name = name_in(words, self._text, self._language, anywhere=False)
        if name is None or (mentioned and name != words):
            return None
        # The rules may know a part of the name ("Juan Manuel"), or another thing in it ("Malta Sentinel").
        part = next((cluster for _, cluster in mentioned if cluster.kind is kind), None)
        kinds = tuple(sorted(ACTING, key=lambda each: each is not kind))
        known = self._added(part, name) if part else self._called(name, kinds)
        return known.key if _acts(known) else None

    def located(self, words: Span) -> str | None:
        """The key of the place or state that these words name, a building by whose seat it is; None when
        they name none."""
        mentioned = self._mentioned(words)
        if not mentioned:
            name = name_in(words, self._text, self._language, anywhere=True)
            known = self._called(name, LOCATED) if name else None
            return known.key if known and known.kind in LOCATED else None
        places = [cluster for _, cluster in mentioned if cluster.kind in LOCATED]
        return places[0].key if places else self._seat(*mentioned[0])

    def topic(self, words: Span) -> str | None:
        """The key of what these words name and nothing but them; None when they name nothing known."""
        known = [cluster for span, cluster in self._mentioned(words) if span.covers(words)]
        return known[0].key if known else None

    def forget_unused(self, used: set[str]) -> None:
        """Drops what a model added and no claim needs."""
        kept = {*self._known, *used}
        self._clusters = {key: cluster for key, cluster in self._clusters.items() if key in kept}

    def _mentioned(self, words: Span) -> list[tuple[Span, Cluster]]:
        """What the article names at these words, with the mention: the one that shares most of them first."""
        shared = [
            (max(span.start, words.start) - min(span.end, words.end), number, span, cluster)
            for number, cluster in enumerate(self._clusters.values())
            for span in cluster.spans
            if span.overlaps(words)
        ]
        return [(span, cluster) for _, _, span, cluster in sorted(shared, key=lambda each: each[:2])]

    def _called(self, name: Span, kinds: tuple[EntityKind, ...]) -> Cluster:
        """Whom a name means that the rules passed over."""
        spelling = name.of(self._text)
        known = self._spelt(spelling, kinds)
        entry = self._entry(spelling, kinds) if known is None else None
        if known is not None:
            return self._added(known, name)
        if entry is not None:
            return self._of_entry(entry, entry.kind, name)
        return self._added(Cluster(f"m{len(self._clusters)}", kinds[0], spelling, (), ()), name)

    def _seat(self, mention: Span, cluster: Cluster) -> str | None:
        """The place that has the name of an organisation ("Bruxelles"), else the building where it sits."""
        if cluster.kind is not EntityKind.ORGANIZATION or cluster.entry is None:
            return None
        entry = next(iter(gazetteer().find(mention.of(self._text), *LOCATED)), None)
        if entry is not None:
            return self._of_entry(entry, entry.kind, mention).key
        key = cluster.entry.replace("organization:", "place:")
        known = next((each for each in self._clusters.values() if each.entry == key), None)
        building = known or Cluster(
            f"m{len(self._clusters)}", EntityKind.PLACE, cluster.name, (), (), entry=key
        )
        return self._added(building, mention).key

    def _of_entry(self, entry: Entry, kind: EntityKind, words: Span) -> Cluster:
        known = next((each for each in self._clusters.values() if each.entry == entry.key), None)
        made = known or Cluster(f"m{len(self._clusters)}", kind, entry.name, (), (), entry=entry.key)
        return self._added(made, words)

    def _added(self, cluster: Cluster, words: Span) -> Cluster:
        """The cluster with one mention more."""
        surfaces = tuple(dict.fromkeys([*cluster.surfaces, words.of(self._text)]))
        spans = tuple(sorted({*cluster.spans, words}))
        self._clusters[cluster.key] = replace(cluster, surfaces=surfaces, spans=spans)
        return self._clusters[cluster.key]

    def _spelt(self, name: str, kinds: tuple[EntityKind, ...]) -> Cluster | None:
        """Whom the article names so elsewhere: by the same words, or a person by the surname alone."""
        folded = fold(name)
        found = [
            cluster
            for cluster in self._clusters.values()
            if cluster.kind in kinds
            and (
                folded in map(fold, (cluster.name, *cluster.surfaces))
                or (cluster.kind is EntityKind.PERSON and _can_be(name, cluster.name))
            )
        ]
        return found[0] if len(found) == 1 else None

    def _entry(self, name: str, kinds: tuple[EntityKind, ...]) -> Entry | None:
        """The gazetteer's entry of this name: the likeliest, or the person whose office counts most then."""
        tables = gazetteer()
        found = tables.find(name, *kinds) or tables.find(name, *_NAMELESS)
        if not found and EntityKind.PERSON in kinds and " " in name:
            of_surname = tables.by_surname.get(transliteration_key(surname(name)), [])
            found = [each for each in of_surname if same_person(each.name, name)]
        people = [each for each in found if each.kind is EntityKind.PERSON]
        if len(found) < 2 or not people:
            return next(iter(found), None)
        ranks = [tables.prominence(each, self._first_day, self._last_day) for each in people]
        best = max(ranks)
        return people[ranks.index(best)] if ranks.count(best) == 1 else None


def _acts(cluster: Cluster) -> bool:
    """Whether it can act; a capital does, for its state ("Oslo refuses"), which the mapping puts in its
    stead."""
    if cluster.kind in ACTING or cluster.entry is None:
        return cluster.kind in ACTING
    entries = gazetteer().find(cluster.name, EntityKind.PLACE)
    return any(each.key == cluster.entry and each.subkind == "capital" for each in entries)


def _can_be(name: str, full: str) -> bool:
    return fold(name) == surname(full) or same_person(name, full)
