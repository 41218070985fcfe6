"""Several events told in one clause: "ha ricevuto le telefonate di A, di B e da C" are three calls.

A plural noun, or a preposition said again before each name, tells one event per partner; so does a verb of
calling with several people called. A meeting with several people named once is one meeting.
"""

from dataclasses import replace

from graph.extraction.arguments import Argument, Filled
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention

# Plural nouns of events between two.
_PLURALS = frozenset(
    "telefonate chiamate videochiamate conversazioni colloqui incontri bilaterali calls talks meetings conversations".split()
)

_PARTNERS = frozenset({"caller?", "callee", "caller", "participant", "visitor"})


def split(filled: Filled, clauses: Clauses) -> list[Filled]:
    """The events that a filled trigger tells of: itself, or one for each of several partners."""
    partners = _partners(filled, clauses)
    if len(partners) < 2:
        return [filled]
    others = [
        argument for argument in filled.arguments if all(argument is not partner for partner in partners)
    ]
    if not others:
        return [filled]
    return [replace(filled, arguments=[*others, partner]) for partner in partners]


def _partners(filled: Filled, clauses: Clauses) -> list[Argument]:
    """The arguments of one coordinated group that each stand for an event of their own; empty when they share one."""
    trigger = filled.trigger
    grouped = [
        a
        for a in filled.arguments
        if a.mention is not None and a.role in _PARTNERS and a.mention.first > trigger.first
    ]
    grouped = [a for a in grouped if a.mention is not None and len(clauses.group(a.mention)) > 1]
    if len(grouped) < 2 or grouped[0].mention is None:
        return []
    group = clauses.group(grouped[0].mention)
    if group[0].prep == "tra":
        return []
    if trigger.predicate is not None:
        calling = trigger.frame.type == "call" and grouped[0].role == "callee"
        return grouped if calling or _apart(group, clauses) else []
    plural = clauses.words[trigger.last].lower in _PLURALS
    return grouped if plural and (group[0].prep != "con" or _repeated(group, clauses)) else []


def _repeated(group: tuple[Mention, ...], clauses: Clauses) -> bool:
    return all(
        any(word.cls == "prep" for word in clauses.words[one.last + 1 : other.first])
        for one, other in zip(group, group[1:], strict=False)
    )


def _apart(group: tuple[Mention, ...], clauses: Clauses) -> bool:
    return any(
        word.lower in ("separatamente", "poi", "separately") or "time" in word.tags
        for one, other in zip(group, group[1:], strict=False)
        for word in clauses.words[one.last + 1 : other.first]
    )
