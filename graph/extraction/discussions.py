"""Discussions: to which event a topic belongs, of the topics that the text lists."""

from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft, by_sentence
from graph.extraction.predicates import Predicate
from graph.extraction.sources import Sources
from graph.extraction.topics import Topic, topics_after
from graph.model import EventType

# Events that have topics.
_TALKS = frozenset(
    {EventType.CALL, EventType.MEETING, EventType.NEGOTIATION, EventType.COMMUNICATION, EventType.INTERVIEW}
)

# A list of topics begins within this many words of the event or the verb of discussing.
_REACH = 13

# "Abbiamo discusso di" is said of an event told in this sentence or the two before.
_BEFORE = 2


def attach_topics(drafts: list[Draft], clauses: Clauses, sources: Sources) -> None:
    """Topics behind "su" after a talk, and those that a verb of discussing lists for the last talk of the
    same people."""
    talks = [draft for draft in drafts if draft.type in _TALKS]
    for draft in talks:
        start = _behind(draft.filled.trigger.last, ("su",), clauses)
        if start is not None:
            _extend(draft, topics_after(start, clauses))
    told = by_sentence(talks, clauses)
    for predicate in clauses.predicates:
        start = _listed(predicate, clauses)
        talk = _discussed(predicate, told, clauses) if start is not None else None
        if start is not None and talk is not None and _same_voice(talk, predicate.first, sources):
            _extend(talk, topics_after(start, clauses))


def _listed(predicate: Predicate, clauses: Clauses) -> int | None:
    """Where the topics of a verb of discussing begin: behind its preposition, or right behind it."""
    lists = clauses.vocabulary.lists
    if predicate.lemma not in lists.discussing or not predicate.finite or predicate.negated:
        return None
    start = _behind(predicate.last, ("di", "su"), clauses)
    if start is None and predicate.lemma in lists.discussing_objects:
        return predicate.last + 1
    return start


def _discussed(predicate: Predicate, told: dict[int, list[Draft]], clauses: Clauses) -> Draft | None:
    """The talk that a verb of discussing evokes itself, else the last one told before it."""
    sentence = clauses.words[predicate.first].sentence
    near = [draft for number in range(sentence - _BEFORE, sentence + 1) for draft in told.get(number, ())]
    own = (draft for draft in near if draft.filled.trigger.predicate is predicate)
    before = (draft for draft in reversed(near) if draft.filled.trigger.first < predicate.first)
    return next(own, None) or next(before, None)


def _same_voice(draft: Draft, index: int, sources: Sources) -> bool:
    """Topics listed by one speaker are not put into the claim of another."""
    attribution = sources.of(index)
    mine = {m.cluster for m in draft.attribution.speakers} if draft.attribution else set()
    theirs = {m.cluster for m in attribution.speakers} if attribution else set()
    return mine == theirs


def _extend(draft: Draft, topics: list[Topic]) -> None:
    known = {topic.identity: topic for topic in draft.topics}
    for topic in topics:
        known.setdefault(topic.identity, topic)
    draft.topics = list(known.values())


def _behind(last: int, prepositions: tuple[str, ...], clauses: Clauses) -> int | None:
    """The word behind the first of `prepositions` after word `last`, within the clause."""
    words = clauses.words
    for word in words[last + 1 : last + 1 + _REACH]:
        predicate = clauses.predicate_at.get(word.index)
        verb = predicate is not None and predicate.finite
        if (
            word.sentence != words[last].sentence
            or word.cls in ("rel", "sub")
            or word.text in (";", ":")
            or verb
        ):
            return None
        if word.cls == "prep" and word.value in prepositions:
            free = word.index not in clauses.at and not _platform(word.index + 1, clauses)
            return word.index + 1 if free else None
    return None


def _platform(index: int, clauses: Clauses) -> bool:
    """ "Su Telegram" tells where something was said, not about what."""
    mention = clauses.at.get(index)
    return mention is not None and bool(mention.entries) and mention.entries[0].subkind == "social_network"
