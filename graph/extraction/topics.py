"""Topics: what a call, a meeting or a negotiation was about, as the text lists it.

"Abbiamo discusso di A, B e C", "una telefonata sulla situazione in X". An item that names an entity is that
entity; one that a concept of the Topic scheme names is the concept; any other keeps its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.words import text
from graph.lexicon.names import fold, slug
from graph.model import EntityKind
from ontology import schema

# An item longer than this is a clause, not a topic.
_LONGEST = 7

# Marks that end a list of topics; what may stand before an item's first noun.
_STOPS = frozenset('.;:"()-»”')
_LEADING = ("det", "prep", "poss", "adv")


@dataclass(frozen=True, slots=True)
class Topic:
    """`key` is the concept's name, or `topic:` with a slug, or empty when `mention` is the topic; `label`
    its words."""

    first: int
    last: int
    key: str
    label: str
    mention: Mention | None = None

    @property
    def identity(self) -> tuple[str, int]:
        """What tells a topic from another: its key, or the cluster of its mention."""
        return self.key, self.mention.cluster if self.mention is not None else -1


@lru_cache(maxsize=4)
def concepts(language: str) -> dict[str, str]:
    """The topics of the vocabulary: folded label in `language` → name of the concept."""
    return {
        fold(label): concept.name
        for concept in schema.concepts("Topic")
        for label in concept.labels.get(language, ())
    }


def topics_after(start: int, clauses: Clauses) -> list[Topic]:
    """The topics listed from word `start` on (behind "di" or "su"), up to the end of the list."""
    return [topic for first, last in _items(start, clauses) if (topic := _topic(first, last, clauses))]


def _items(start: int, clauses: Clauses) -> Iterator[tuple[int, int]]:
    """(first, last) word of each item of the list."""
    first = index = start
    words = clauses.words
    while index < len(words) and not _ends(index, start, clauses):
        word = words[index]
        if word.text == "," or word.value == "and":
            if index > first:
                yield first, index - 1
            first = index + 1
        index += 1
    if index > first:
        yield first, index - 1


def _ends(index: int, start: int, clauses: Clauses) -> bool:
    """Whether a list that began at word `start` ends before word `index`."""
    word, opening = clauses.words[index], clauses.words[start]
    predicate = clauses.predicate_at.get(index)
    compound = predicate is not None and predicate.finite and predicate.last > predicate.first
    outside = word.sentence != opening.sentence or word.quote != opening.quote
    return outside or word.text in _STOPS or word.cls in ("rel", "sub") or compound


def _topic(first: int, last: int, clauses: Clauses) -> Topic | None:
    words, vocabulary = clauses.words, clauses.vocabulary
    while first <= last and (words[first].cls in _LEADING or "time" in words[first].tags):
        first += 1
    item = words[first : last + 1]
    vague = any(word.lower in vocabulary.lists.vague_topics for word in item)
    if not item or len(item) > _LONGEST or vague:
        return None
    label = text(item)
    known = concepts(vocabulary.language)
    mention = clauses.at.get(first)
    if mention is not None and mention.cluster >= 0 and mention.first <= first and mention.last >= last:
        concept = known.get(fold(label), "")
        return Topic(first, last, concept, label, None if concept else mention)
    for end in range(last, first - 1, -1):
        part = text(words[first : end + 1])
        if fold(part) in known:
            return Topic(first, end, known[fold(part)], part)
    named = (clauses.at.get(index) for index in range(first, last + 1))
    inner = next((m for m in named if m is not None and m.cluster >= 0), None)
    if inner is not None:
        located = inner.kind in (EntityKind.STATE, EntityKind.PLACE)
        return Topic(inner.first, inner.last, "", label, inner) if located else None
    plain = all(word.alphabetic for word in item)
    return Topic(first, last, f"topic:{slug(label)}", label) if plain else None
