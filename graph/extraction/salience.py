"""Salience: who takes part when the grammar around a trigger does not reach them.

The second way beside the frames: the agents of the trigger's own clause, the speaker of the words apart. What
it supplies is a guess, told apart by a lower confidence.
"""

from collections.abc import Iterator

from graph.extraction.attribution import Attribution
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.slots import Filled
from graph.model import EntityKind

# How far a fellow of the clause may stand: beyond, it belongs to something else.
_REACH = 22

# Prepositions under which a participant stands; "di" makes a name the modifier of the noun before it.
_TAKING_PART = frozenset({"", "a", "con", "da", "tra", "per"})

# An article stands at most this many words before its noun ("an unconditional 30-day ceasefire").
_ARTICLE = 5

_AGENTS = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.STATE)


def fellows(filled: Filled, clauses: Clauses, attribution: Attribution | None) -> list[Mention]:
    """The mentions of agents in the clause of a trigger, nearest first, those who report it left out."""
    speakers = {mention.cluster for mention in attribution.speakers} if attribution else set()
    trigger = filled.trigger
    found = [*_walk(range(trigger.first - 1, -1, -1), filled, clauses)]
    found += _walk(range(trigger.last + 1, len(clauses.words)), filled, clauses)
    found.sort(key=lambda mention: min(abs(mention.first - trigger.last), abs(trigger.first - mention.last)))
    tried = {id(argument.mention) for argument in filled.arguments}
    return [mention for mention in found if mention.cluster not in speakers and id(mention) not in tried]


def _walk(indices: range, filled: Filled, clauses: Clauses) -> Iterator[Mention]:
    """The agents on one side of the trigger, up to the end of the clause."""
    words, trigger = clauses.words, filled.trigger
    own = {id(trigger.predicate), id(filled.carrier)}
    sentence, quote = words[trigger.first].sentence, words[trigger.first].quote
    last: Mention | None = None
    for index in indices[:_REACH]:
        word = words[index]
        blocker = clauses.predicate_at.get(index)
        if (
            word.sentence != sentence
            or word.quote != quote
            or word.text in (";", ":", "(", ")")
            or word.cls in ("sub", "rel")
            or (word.cls == "prep" and word.value in ("dopo", "durante", "prima"))
            or (blocker is not None and blocker.finite and id(blocker) not in own)
        ):
            return
        mention = clauses.at.get(index)
        if mention is not None and mention is not last:
            last = mention
            if (
                mention.kind in _AGENTS
                and mention.form != "pronoun"
                and clauses.group(mention)[0].prep in _TAKING_PART
            ):
                yield mention


def guessable(filled: Filled, clauses: Clauses) -> bool:
    """Whether a trigger tells of an event by itself.

    A verb that needs no second agent to mean it does, a noun with its article, and the object of a verb that
    carries events ("raggiunto un'intesa", not "serve una tregua").
    """
    trigger = filled.trigger
    if trigger.predicate is not None:
        return trigger.frame.least < 2
    if carried(filled, clauses):
        return True
    before = clauses.words[max(0, trigger.first - _ARTICLE) : trigger.first]
    article = next((word for word in reversed(before) if word.cls == "det"), None)
    return article is None or article.value != "indef"


def carried(filled: Filled, clauses: Clauses) -> bool:
    """Whether a verb of the table carries the noun ("raggiunto un'intesa"), or the trigger is a verb."""
    if filled.trigger.predicate is not None:
        return True
    return filled.carrier is not None and filled.carrier.lemma in clauses.vocabulary.support
