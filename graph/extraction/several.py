"""Several events told in one clause: "ha ricevuto le telefonate di A, di B e da C" are three calls.

A plural noun, or a preposition said again before each name, tells one event per partner; so does a verb of
calling with several people who are called, unless they speak in conference. A meeting with several people
named once is one meeting.
"""

from dataclasses import replace
from itertools import pairwise

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.slots import Argument, Filled

_PARTNERS = frozenset({"caller?", "callee", "caller", "participant", "visitor"})


def split(filled: Filled, clauses: Clauses) -> list[Filled]:
    """The events that a filled trigger tells of: itself, or one for each of several partners."""
    partners = _partners(filled, clauses)
    others = [a for a in filled.arguments if all(a is not partner for partner in partners)]
    if not partners or not others:
        return [filled]
    return [replace(filled, arguments=[*others, partner]) for partner in partners]


def _partners(filled: Filled, clauses: Clauses) -> list[Argument]:
    """The coordinated arguments that each stand for an event of their own; empty when they share one."""
    trigger = filled.trigger
    members = [
        (argument, argument.mention)
        for argument in filled.arguments
        if argument.mention is not None
        and argument.role in _PARTNERS
        and argument.mention.first > trigger.first
        and len(clauses.group(argument.mention)) > 1
    ]
    if len(members) < 2:  # one partner, one event
        return []
    group = clauses.group(members[0][1])
    one_each = trigger.frame.type == "call" and not _together(filled, clauses)
    if trigger.predicate is not None:
        apart = one_each or _apart(group, clauses)
    else:
        plural = clauses.words[trigger.last].lower in clauses.vocabulary.lists.plural_events
        apart = plural and (one_each or group[0].prep != "con" or _repeated(group, clauses))
        apart = apart or _pointed(group, clauses)
    return [argument for argument, _ in members] if apart and group[0].prep != "tra" else []


def _together(filled: Filled, clauses: Clauses) -> bool:
    """Whether the sentence says that all spoke at once ("in videoconferenza", "a three-way call")."""
    together = clauses.vocabulary.lists.together
    return any(word.lower in together for word in clauses.sentence(filled.trigger.first))


def _pointed(group: tuple[Mention, ...], clauses: Clauses) -> bool:
    """ "La telefonata di A e quella di B": the noun is said again by a pronoun."""
    return any(
        word.lower in clauses.vocabulary.lists.one_more
        for one, other in pairwise(group)
        for word in clauses.words[one.last + 1 : other.first]
    )


def _repeated(group: tuple[Mention, ...], clauses: Clauses) -> bool:
    """Whether each member has a preposition of its own ("con A, con B e con C")."""
    return all(
        any(word.cls == "prep" for word in clauses.words[one.last + 1 : other.first])
        for one, other in pairwise(group)
    )


def _apart(group: tuple[Mention, ...], clauses: Clauses) -> bool:
    """Whether a word between the members tells them apart in time ("A e, separatamente, B")."""
    return any(
        word.lower in clauses.vocabulary.lists.apart or "time" in word.tags
        for one, other in pairwise(group)
        for word in clauses.words[one.last + 1 : other.first]
    )
