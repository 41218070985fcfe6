"""Discussions: to which event a topic belongs, of the topics that the text lists."""

from dataclasses import replace

from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft, by_sentence
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.slots import Filled
from graph.extraction.sources import Sources
from graph.extraction.topics import Topic, topics_after
from graph.extraction.triggers import Trigger
from graph.lexicon.vocabulary import Frame
from graph.model import EntityKind, EventType

# Events that have topics.
_TALKS = frozenset(
    {EventType.CALL, EventType.MEETING, EventType.NEGOTIATION, EventType.COMMUNICATION, EventType.INTERVIEW}
)

# A list of topics begins within this many words of the event or the verb of discussing.
_REACH = 13

_DISCUSSED = Frame("talk.discussed", "verb", "", "communication", {})

# What is agreed names its matter within this many words of the verb.
_AGREED = 14

# "Abbiamo discusso di" is said of an event told in this sentence or the two before.
_BEFORE = 2


def attach_topics(drafts: list[Draft], clauses: Clauses, sources: Sources) -> list[Draft]:
    """Topics behind "su" after a talk, and those that a verb of discussing lists for the last talk told of.

    What another than the teller of a talk says was discussed is a claim of its own; those are returned.
    """
    talks = [draft for draft in drafts if draft.type in _TALKS]
    for draft in talks:
        start = _behind(draft.filled.trigger.last, ("su",), clauses)
        if start is not None:
            _extend(draft, topics_after(start, clauses))
    for draft in drafts:
        _extend(draft, _content(draft, clauses))
    told, further = by_sentence(talks, clauses), list[Draft]()
    for predicate in clauses.predicates:
        start = _listed(predicate, clauses)
        talk = _discussed(predicate, told, clauses) if start is not None else None
        if start is None or talk is None:
            continue
        if _same_voice(talk, predicate.first, sources):
            _extend(talk, topics_after(start, clauses))
        elif (told_by := _told(predicate, talk, start, clauses, sources)) is not None:
            further.append(told_by)
    return further


def _told(predicate: Predicate, talk: Draft, start: int, clauses: Clauses, sources: Sources) -> Draft | None:
    """The claim of somebody else on what a talk was about; None when it names no topic."""
    topics = topics_after(start, clauses)
    attribution = sources.of(predicate.first)
    if not topics or attribution is None:
        return None
    frame = replace(_DISCUSSED, type=talk.type.value)
    trigger = Trigger(predicate.head, predicate.head, frame, predicate)
    taking_part: list[tuple[str, int, Mention | None]] = [
        (role, cluster, None) for role, cluster, _ in talk.participants
    ]
    return Draft(Filled(trigger), talk.event, attribution, taking_part, topics=topics, guessed=True)


def _content(draft: Draft, clauses: Clauses) -> list[Topic]:
    """What a transfer is of ("uno scambio di territori"); the state or place something is agreed about."""
    trigger = draft.filled.trigger
    if draft.type is EventType.TRANSFER and trigger.predicate is None:
        of = clauses.words[trigger.last + 1 : trigger.last + 3]
        if len(of) > 1 and of[0].value == "di":
            return [
                topic for topic in topics_after(of[1].index, clauses)[:1] if topic.key.startswith("topic-")
            ]
    if draft.type is EventType.AGREEMENT and trigger.predicate is not None:
        agreed = clauses.words[trigger.last + 1 : trigger.last + 1 + _AGREED]
        inside = [w for w in agreed if w.sentence == clauses.words[trigger.first].sentence]
        for word in inside:
            mention = clauses.at.get(word.index)
            about = mention is not None and mention.prep in ("in", "su") and mention.first == word.index
            if about and mention is not None and mention.kind in (EntityKind.STATE, EntityKind.PLACE):
                return topics_after(mention.first, clauses)[:1]
    return []


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
