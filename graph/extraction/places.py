"""Places: where an event was, among the mentions around its trigger."""

from graph.extraction import words as word_module
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.slots import Filled
from graph.model import EntityKind

# A place stands within this many words behind its event, or opens a sentence whose event is not further away.
_REACH = 16
_OPENED = 25

PREPOSITIONS = ("a", "in")

# Behind one of these a place belongs to what is talked about ("sul processo di pace in X"), or to another
# clause.
_TOPICS = frozenset({"su", "per", "contro"})
_ENDS = frozenset(';:"«“')


def is_place(mention: Mention) -> bool:
    """Whether the mention can say where something is."""
    seat = bool(mention.entries) and mention.entries[0].subkind == "metonym_seat"
    return mention.kind in (EntityKind.PLACE, EntityKind.STATE) or seat


def place_of(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> Mention | None:
    """Where it happened: the first place under "a" or "in" behind the trigger, or at the head of its
    sentence."""
    return _behind(filled, clauses, stops) or _where(filled, clauses) or _opening(filled, clauses)


def _fits(mention: Mention, filled: Filled) -> bool:
    taken = any(argument.mention is mention for argument in filled.arguments)
    return is_place(mention) and mention.prep in PREPOSITIONS and not taken


def _modifies(mention: Mention, filled: Filled, clauses: Clauses) -> bool:
    """ "La situazione in Ucraina": the place belongs to the noun right before it, not to the event."""
    words, index = clauses.words, mention.first - 1
    while index > filled.trigger.last and words[index].cls in ("det", "poss", "num"):
        index -= 1
    noun = words[index - 1]  # before the preposition
    if index - 1 <= filled.trigger.last + 1 or noun.index in clauses.at:
        return False
    if words[noun.index - 1].lower in clauses.vocabulary.lists.simple_prepositions:
        return False  # "in segreto a Iquique": an adverbial phrase, no noun of its own
    return noun.alphabetic and not (noun.cls or noun.forms or noun.capital or "time" in noun.tags)


def _behind(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> Mention | None:
    words, start = clauses.words, filled.trigger.last
    index = start + 1
    while index < len(words) and index - start <= _REACH and words[index].sentence == words[start].sentence:
        mention = clauses.at.get(index)
        if mention is not None:
            if _fits(mention, filled) and not _modifies(mention, filled, clauses):
                return mention
            index = mention.last + 1
            continue
        predicate = clauses.predicate_at.get(index)
        verb = predicate is not None and predicate.finite and predicate is not filled.carrier
        ends = (
            words[index].cls in ("sub", "rel") or words[index].value in _TOPICS or words[index].text in _ENDS
        )
        if index in stops or ends or verb:
            return None
        index += 1
    return None


def _where(filled: Filled, clauses: Clauses) -> Mention | None:
    """ "A Gozo, dove ha incontrato X": the place that the relative adverb stands for."""
    predicate = filled.trigger.predicate or filled.carrier
    if predicate is None or predicate.link != "where":
        return None
    index = predicate.first - 1
    while index and clauses.words[index].value != "where":
        index -= 1
    index -= 1 + (clauses.words[index - 1].text == ",")
    mention = clauses.at.get(index)
    return mention if mention is not None and is_place(mention) else None


def _opening(filled: Filled, clauses: Clauses) -> Mention | None:
    """ "A Vienna X ha incontrato Y": the place that opens the sentence."""
    start = filled.trigger.last
    first, _ = word_module.bounds(clauses.words, start)
    opening = clauses.at.get(first + 1)
    near = start - first < _OPENED
    return opening if opening is not None and near and _fits(opening, filled) else None
