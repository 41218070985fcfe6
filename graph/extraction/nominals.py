"""Nominals: the arguments of a noun that evokes an event.

Its prepositional phrases ("la telefonata tra X e Y"), the adjectives that name a state ("un attacco russo"),
who spoke in an interview; what the verb that carries it gives stands in `carriers`.
"""

from graph.extraction.carriers import add_carried, add_possessor, carrier_of
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.places import PREPOSITIONS, is_place
from graph.extraction.slots import Filled
from graph.extraction.subjects import subject_of
from graph.model import EntityKind

# "Colloqui ad alto livello russo-ucraini": the adjective is one of the next four words.
_ADJECTIVES = 4

# "In una lunga intervista": the preposition is one of the three words before.
_INTERVIEW = 3


def fill_noun(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> None:
    """Fill the slots of a noun; `stops` are the words of all triggers, where the arguments of one end."""
    trigger = filled.trigger
    _fill_phrases(filled, clauses, stops)
    carrier = carrier_of(trigger, clauses)
    if carrier is not None:
        filled.carrier, filled.after = carrier.predicate, carrier.after
        add_carried(filled, carrier, clauses)
    if trigger.frame.type == "invitation":
        _add_invited(filled, clauses)
    if trigger.frame.type == "interview":
        _add_interviewed(filled, clauses)
    add_possessor(filled, clauses)
    _add_states(filled, clauses)


def _fill_phrases(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> None:
    trigger = filled.trigger
    for slot, role in trigger.frame.roles.items():
        if slot in ("subj", "obj"):
            continue
        found = clauses.behind(trigger.last, slot, stops)
        if role == "place":
            filled.place = filled.place or next((m for m in found if is_place(m)), None)
        elif not found and slot == "tra":
            filled.add(role, clauses.ahead(trigger.first, slot))
        elif slot not in PREPOSITIONS or not all(_only_place(m) for m in found):
            filled.add(role, found)


def _only_place(mention: Mention) -> bool:
    """A place or a seat ("a Palazzo Chigi"), which under "a" and "in" says where and not with whom."""
    return is_place(mention) and mention.kind is not EntityKind.STATE


def _add_invited(filled: Filled, clauses: Clauses) -> None:
    """ "È arrivato su invito di X": the subject of the clause was invited."""
    first = filled.trigger.first
    governor = clauses.governor(first)
    at = clauses.words[first - 1] if first else None
    if governor is not None and at is not None and at.value == "su":
        filled.add_subject("addressee", subject_of(governor, clauses))


def _add_interviewed(filled: Filled, clauses: Clauses) -> None:
    """ "Evocata da X in un'intervista a Y", "ha detto X in un'intervista": who spoke was interviewed."""
    first = filled.trigger.first
    if not any(word.value == "in" for word in clauses.words[max(0, first - _INTERVIEW) : first]):
        return
    here = clauses.predicates_of(clauses.words[first].sentence)
    verb = next((predicate for predicate in reversed(here) if predicate.last < first), None)
    verb = verb or next(
        (predicate for predicate in here if predicate.finite and predicate.first > first), None
    )
    if verb is None:
        return
    if verb.mood == "participle" or verb.passive:
        filled.add("participant", clauses.behind(verb.last, "da"))
    else:
        filled.add_subject("participant", subject_of(verb, clauses))


def _add_states(filled: Filled, clauses: Clauses) -> None:
    """ "Un attacco russo", "colloqui russo-ucraini": the states that an adjective of the noun names."""
    trigger = filled.trigger
    role = trigger.frame.roles.get("subj") or trigger.frame.roles.get("di")
    if role in (None, "patient"):
        return
    first, sentence = trigger.last + 1, clauses.words[trigger.first].sentence
    before = clauses.words[trigger.first - 1] if trigger.first else None
    if (
        before is not None
        and before.capital
        and before.index not in clauses.at
        and clauses.demonym(before.lower)
    ):
        filled.states.append((role, clauses.demonym(before.lower), before.index))
    for word in clauses.words[first : first + _ADJECTIVES]:
        country = clauses.demonym(word.lower)
        if country and word.sentence == sentence and not word.capital:
            filled.states.append((role, country, word.index))
        elif word.text != "-" and not (
            word.index == first and word.alphabetic and not word.cls and not word.capital
        ):
            break
