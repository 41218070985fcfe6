"""Whom the words that a model cites name: an agent or place that the rules found, or a name of its own.

A name that the rules passed over is looked up in the gazetteer as theirs are: the one of that spelling, of
several the most prominent at the time of the article; an unknown one is minted.
"""

from dataclasses import replace
from datetime import date

from graph.findings import Cluster
from graph.lexicon.gazetteer import Entry, gazetteer
from graph.lexicon.names import JOINING, PARTICLES, fold, same_person, surname, transliteration_key
from graph.llm.material import Material
from graph.model import EntityKind, Span

# All that a name can mean but a person.
_NAMELESS = (EntityKind.STATE, EntityKind.PLACE, EntityKind.ORGANIZATION)

# Names have at most this many words: a longer stretch of capitals is a headline.
_LONGEST = 6


class Agents:
    """The agents and places of an article: those of the rules, and those that a model adds to them."""

    def __init__(self, material: Material) -> None:
        self._text = material.findings.article.text
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

    def named(self, words: Span, kinds: tuple[EntityKind, ...]) -> str | None:
        """The key of whom or what these words name: one of `kinds`, the first of them where it is new, or a
        capital that acts for its state. None when they name nobody, or something else."""
        known = self._at(words)
        if known is None:
            name = words.of(self._text)
            if not _is_name(name):
                return None
            known = self._spelt(name, kinds) or self._new(name, words, kinds)
            surfaces = tuple(dict.fromkeys([*known.surfaces, name]))
            known = replace(known, spans=tuple(sorted({*known.spans, words})), surfaces=surfaces)
            self._clusters[known.key] = known
        return known.key if known.kind in kinds or _is_capital(known) else None

    def forget_unused(self, used: set[str]) -> None:
        """Drops what a model added and no claim needs."""
        kept = {*self._known, *used}
        self._clusters = {key: cluster for key, cluster in self._clusters.items() if key in kept}

    def _at(self, words: Span) -> Cluster | None:
        """Whom the article names at these words: the one who shares most of them."""
        shared = [
            (min(span.end, words.end) - max(span.start, words.start), cluster)
            for cluster in self._clusters.values()
            for span in cluster.spans
            if span.overlaps(words)
        ]
        return max(shared, key=lambda each: each[0])[1] if shared else None

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

    def _new(self, name: str, words: Span, kinds: tuple[EntityKind, ...]) -> Cluster:
        entry = self._entry(name, kinds)
        known = next((c for c in self._clusters.values() if entry is not None and c.entry == entry.key), None)
        if known is not None:
            return known
        kind = entry.kind if entry else kinds[0]
        entry_key = entry.key if entry else None
        return Cluster(f"m{len(self._clusters)}", kind, name, (name,), (words,), entry=entry_key)

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


def _is_capital(cluster: Cluster) -> bool:
    """Whether a place can act for its state ("Oslo refuses"); the mapping puts the state in its stead."""
    if cluster.kind is not EntityKind.PLACE or cluster.entry is None:
        return False
    entries = gazetteer().find(cluster.name, EntityKind.PLACE)
    return any(each.key == cluster.entry and each.subkind == "capital" for each in entries)


def _can_be(name: str, full: str) -> bool:
    return fold(name) == surname(full) or same_person(name, full)


def _is_name(text: str) -> bool:
    """Whether words look like a name: each with a capital, but for the particles between."""
    words = text.split()
    joining = PARTICLES | JOINING
    return (
        0 < len(words) <= _LONGEST
        and words[0][:1].isupper()
        and all(word[:1].isupper() or fold(word) in joining for word in words)
        and words[-1][-1:].isalnum()
    )
