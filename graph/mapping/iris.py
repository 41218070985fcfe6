"""IRIs from keys: `{base}id/{kind}/{slug}-{hash8}`, the same for the same key in every run and every article.

The slug is for people to read, the hash makes the address unique. An entity's key is the same wherever the
entity is named, an event's key belongs to its article; so their hashes are of the key alone, and of article
and key.
"""

import hashlib
import re
import unicodedata

from pyoxigraph import NamedNode

from graph.errors import ArticleError
from graph.model import Article, Claim, Entity, EntityKind, Event, Participation, Reading, Span
from ontology.prefixes import NAMESPACE, PREFIXES

KINDS = {
    EntityKind.PERSON: "person",
    EntityKind.ORGANIZATION: "organization",
    EntityKind.STATE: "country",
    EntityKind.PLACE: "place",
}
SLUG_LENGTH = 60
"""Characters of a slug at most: an address stays readable and fits a line."""

# Letters that Unicode does not decompose into a letter of ASCII and a mark.
UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ə": "e"}
)


def hash8(key: str) -> str:
    """The first eight hex digits of the SHA-256 of `key`."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:8]


def slug(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and single hyphens; empty for a name in another script."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(UNDECOMPOSED))
    letters = folded.encode("ascii", "ignore").decode("ascii").lower()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if len(plain) <= SLUG_LENGTH:
        return plain
    return plain[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH]


class Minter:
    """Makes the IRIs below one data base."""

    def __init__(self, base: str) -> None:
        """`base` ends with a slash."""
        self.base = base

    def identified(self, kind: str, name: str, key: str) -> NamedNode:
        """`{base}id/{kind}/{slug of name}-{hash8 of key}`."""
        readable = slug(name)
        return NamedNode(f"{self.base}id/{kind}/{readable + '-' if readable else ''}{hash8(key)}")

    def article(self, article_id: str) -> NamedNode:
        return NamedNode(f"{self.base}id/article/{article_id}")

    def article_graph(self, article_id: str) -> NamedNode:
        return NamedNode(f"{self.base}graph/article/{article_id}")

    def graph(self, name: str) -> NamedNode:
        """A graph that belongs to no single article: entities, entailed, ontology, run."""
        return NamedNode(f"{self.base}graph/{name}")

    def entity(self, entity: Entity) -> NamedNode:
        return self.identified(KINDS[entity.kind], _stable_name(entity), entity.key)

    def former(self, entity: Entity) -> set[NamedNode]:
        """The IRIs that articles gave the entity under names that no table knew, and it bears no more."""
        found = {self.identified(KINDS[entity.kind], name, key) for name, key in entity.former}
        return found - {self.entity(entity)}

    def office(self, title: str) -> NamedNode:
        return self.identified("office", title, f"office:{title.casefold()}")


def _stable_name(entity: Entity) -> str:
    """A name that does not depend on the article: a table's label (English first) or the key's own words."""
    labels = dict(sorted(entity.labels, reverse=True))
    if labels:
        return labels.get("en") or labels[min(labels)]
    return entity.key.partition(":")[2] or entity.name


class Iris:
    """The IRIs of one reading: its article, entities, events, claims, spans."""

    def __init__(self, reading: Reading, base: str) -> None:
        self.minter = Minter(base)
        self.article_id = reading.article.id
        self.article = self.minter.article(reading.article.id)
        self.article_graph = self.minter.article_graph(reading.article.id)
        self.offices = reading.offices
        self._reading = reading
        self._entities = {entity.key: entity for entity in reading.entities}
        self._events = {event.key: self._mint_event(event) for event in reading.events}

    def entity(self, key: str) -> NamedNode:
        """The entity's IRI; raises ArticleError where the reading does not describe it."""
        return self.minter.entity(self.described(key))

    def described(self, key: str) -> Entity:
        """The reading's entity of that key; raises ArticleError."""
        if key not in self._entities:
            raise _undescribed(self._reading.article, "entity", key)
        return self._entities[key]

    def is_described(self, key: str) -> bool:
        """Whether the reading holds an entity of that key."""
        return key in self._entities

    def event(self, key: str) -> NamedNode:
        """The event's IRI; raises ArticleError where the reading does not hold the event."""
        if key not in self._events:
            raise _undescribed(self._reading.article, "event", key)
        return self._events[key]

    def participation(self, event: NamedNode, participation: Participation) -> NamedNode:
        """One node per agent and role in an event, whoever states it."""
        agent = self.entity(participation.entity).value
        return NamedNode(f"{event.value}#p-{hash8(f'{agent} {participation.role}')}")

    def claim(self, claim: Claim, index: int, part: str = "") -> NamedNode:
        """The claim at `index` among those of its event; `part` tells its speakers and relays apart."""
        key = f"{self.article_id} {claim.event} {index} {claim.trigger.start} {part}"
        return self.minter.identified("claim", f"{claim.type} {self.article_id}", key)

    def quotation(self, span: Span, part: str = "") -> NamedNode:
        key = f"{self.article_id} {span.start} {span.end} {part}"
        return self.minter.identified("quotation", self.article_id, key)

    def span(self, span: Span) -> NamedNode:
        """The stretch by RFC 5147 (`char=` counts positions between characters, from 0)."""
        return NamedNode(f"{self.article.value}#char={span.start},{span.end}")

    def office_holding(self, holder: str, title: str) -> NamedNode:
        name = f"{_stable_name(self.described(holder))} {title}"
        return self.minter.identified("office", name, f"holding:{holder} {title.casefold()}")

    def topic(self, key: str) -> NamedNode:
        """A concept of the ontology, an entity of the reading, or a topic of its own."""
        if self.is_described(key):
            return self.entity(key)
        if key.startswith("topic-"):
            return NamedNode(NAMESPACE + key)
        return self.minter.identified("topic", key.partition(":")[2] or key, key)

    def _mint_event(self, event: Event) -> NamedNode:
        """`{type}-{participants}`: the distinct agents of all claims, by name, so that no order matters."""
        keys = {participation.entity for claim in event.claims for participation in claim.participations}
        names = sorted(slug(_stable_name(self.described(key))) for key in keys)
        return self.minter.identified(
            "event", " ".join([event.type, *names]), f"{self.article_id} {event.key}"
        )


def wikidata(identifier: str) -> NamedNode:
    """The entity IRI of a Wikidata item, `Q42` and the like."""
    return NamedNode(PREFIXES["wd"] + identifier)


def term(local: str) -> NamedNode:
    """A term of the project's own vocabulary by its local name."""
    return NamedNode(NAMESPACE + local)


def _undescribed(article: Article, what: str, key: str) -> ArticleError:
    return ArticleError(
        f"a claim names the {what} {key!r}, which the reading does not describe",
        place=article.source,
        remedy="report the article: this is a fault of the extraction",
    )
