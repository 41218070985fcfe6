"""Topics: what a call, a meeting or a negotiation was about, as the text lists it.

"Abbiamo discusso di A, B e C", "una telefonata sulla situazione in X". An item that names an entity is that
entity; one that a concept of the Topic scheme names is the concept; any other keeps its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.words import Word
from graph.lexicon.names import fold, slug
from ontology import schema

# An item longer than this is a clause, not a topic.
_LONGEST = 7

# Words that make an item say nothing ("vari altri argomenti").
_VAGUE = frozenset(
    {
        "altri",
        "altre",
        "vari",
        "varie",
        "argomenti",
        "temi",
        "questioni",
        "dossier",
        "other",
        "various",
        "issues",
    }
)


@dataclass(frozen=True, slots=True)
class Topic:
    """`key` is the concept's name, or `topic:` with a slug, or empty when `mention` is the topic; `label` its words."""

    first: int
    last: int
    key: str
    label: str
    mention: Mention | None = None


@lru_cache(maxsize=4)
def _concepts(language: str) -> dict[str, str]:
    """Folded label in `language` → name of the concept."""
    return {
        fold(label): concept.name
        for concept in schema.concepts("Topic")
        for label in concept.labels.get(language, ())
    }


def topics_after(words: list[Word], start: int, clauses: Clauses, language: str) -> list[Topic]:
    """The topics listed from word `start` on (behind "di" or "su"), up to the end of the list."""
    return [
        topic
        for first, last in _items(words, start, clauses)
        if (topic := _topic(words, first, last, clauses, language))
    ]


def _items(words: list[Word], start: int, clauses: Clauses) -> Iterator[tuple[int, int]]:
    first = index = start
    while (
        index < len(words)
        and words[index].sentence == words[start].sentence
        and words[index].quote == words[start].quote
    ):
        word = words[index]
        if word.text == "," or word.value == "and":
            if index > first:
                yield first, index - 1
            first = index + 1
        elif (
            word.text in (".", ";", ":", '"', "(", ")", "-", "»", "”")
            or word.cls in ("rel", "sub")
            or _verb(clauses, index)
        ):
            break
        index += 1
    if index > first:
        yield first, index - 1


def _verb(clauses: Clauses, index: int) -> bool:
    predicate = clauses.predicate_at.get(index)
    return predicate is not None and predicate.finite and predicate.last > predicate.first


def _topic(words: list[Word], first: int, last: int, clauses: Clauses, language: str) -> Topic | None:
    while first <= last and (
        words[first].cls in ("det", "prep", "poss", "adv") or "time" in words[first].tags
    ):
        first += 1
    item = words[first : last + 1]
    if not item or len(item) > _LONGEST or any(word.lower in _VAGUE for word in item):
        return None
    if all("time" in word.tags for word in item):
        return None
    label = "".join(
        (" " if place and word.start > item[place - 1].end else "") + word.text
        for place, word in enumerate(item)
    )
    concept = _concepts(language).get(fold(label))
    if concept:
        return Topic(first, last, concept, label)
    mention = clauses.at.get(first)
    if mention is not None and mention.cluster >= 0 and mention.first <= first and mention.last >= last:
        return Topic(first, last, "", label, mention)
    for end in range(last, first - 1, -1):
        head = item[: end - first + 1]
        part = "".join((" " if p and w.start > head[p - 1].end else "") + w.text for p, w in enumerate(head))
        found = _concepts(language).get(fold(part))
        if found:
            return Topic(first, end, found, part)
    inner = next(
        (m for i in range(first, last + 1) if (m := clauses.at.get(i)) is not None and m.cluster >= 0), None
    )
    if inner is not None and inner.kind.value in ("state", "place"):
        return Topic(inner.first, inner.last, "", label, inner)
    if inner is not None or not all(word.alphabetic for word in item):
        return None
    return Topic(first, last, f"topic:{slug(label)}", label)
