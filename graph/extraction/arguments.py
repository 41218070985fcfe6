"""Arguments: who plays which part in the event that a trigger evokes, and where.

A verb gives its subject, its object and its prepositional arguments, pronouns among them; what a noun gives
stands in `nominals`.
"""

from collections.abc import Iterable

from graph.extraction import words as word_module
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.nominals import fill_noun
from graph.extraction.places import is_place, place_of
from graph.extraction.predicates import Predicate
from graph.extraction.slots import Argument, Filled
from graph.extraction.subjects import Subject, subject_of
from graph.extraction.triggers import Trigger
from graph.model import EntityKind

# "Con il suo omologo X": a preposed partner begins within three words.
_PREPOSED = 3

# A pronoun stands for somebody named at most two sentences before.
_ANAPHORIC = 2


def fill(trigger: Trigger, clauses: Clauses, stops: frozenset[int]) -> Filled:
    """The arguments of `trigger`; `stops` are the words of all triggers, where the arguments of one end."""
    filled = Filled(trigger)
    if trigger.predicate is not None:
        _fill_verb(filled, trigger.predicate, clauses, stops)
    else:
        fill_noun(filled, clauses, stops)
    if filled.place is None and "place" not in trigger.frame.roles.values():
        filled.place = place_of(filled, clauses, stops)
    return filled


def _fill_verb(filled: Filled, predicate: Predicate, clauses: Clauses, stops: frozenset[int]) -> None:
    roles = filled.trigger.frame.roles
    acted_upon = predicate.passive or predicate.mood == "participle"
    if acted_upon:
        _fill_passive(filled, predicate, clauses, stops)
    else:
        if "subj" in roles:
            filled.add_subject(roles["subj"], subject_of(predicate, clauses))
        if roles.get("obj") == "place":
            filled.place = _place_among(clauses.object(predicate))
        elif "obj" in roles:
            filled.add(roles["obj"], clauses.object(predicate))
        _fill_pronouns(filled, predicate, clauses)
    for slot, role in roles.items():
        if slot in ("subj", "obj"):
            continue
        # What is proposed or rejected stands between the verb and whom it is put to.
        beyond = frozenset() if filled.trigger.frame.about and slot == "a" else stops
        calls = filled.trigger.frame.type == "call"
        found = clauses.behind(predicate.last, slot, beyond) or _opening(predicate, slot, clauses, calls)
        if role == "place":
            filled.place = filled.place or _place_among(found)
        elif slot != "da" or not predicate.passive:
            filled.add(role, found)


def _opening(predicate: Predicate, slot: str, clauses: Clauses, calls: bool) -> tuple[Mention, ...]:
    """ "Con X il premier Y ha concordato", "a X hanno telefonato": the partner opens the sentence."""
    if slot not in ("con", "tra") and not (slot == "a" and calls):
        return ()
    first, _ = word_module.bounds(clauses.words, predicate.first)
    found = clauses.ahead(predicate.first, slot)
    return found if found and found[0].first - first <= _PREPOSED else ()


def _fill_passive(filled: Filled, predicate: Predicate, clauses: Clauses, stops: frozenset[int]) -> None:
    """ "È stato ricevuto da X", "Rossi, liberato ieri": the subject is acted upon, "da" names who acts."""
    roles = filled.trigger.frame.roles
    acted, actor = roles.get("obj", ""), roles.get("subj", "")
    if acted == "place":
        if not predicate.passive:
            filled.place = _place_among(clauses.object(predicate))
    elif acted:
        bare = predicate.mood == "participle"
        subject = Subject(_noun_before(predicate, clauses)) if bare else subject_of(predicate, clauses)
        filled.add_subject(acted, subject)
    if actor:
        filled.add(actor, clauses.behind(predicate.last, "da", stops))


def _place_among(mentions: Iterable[Mention]) -> Mention | None:
    return next((mention for mention in mentions if is_place(mention)), None)


def _fill_pronouns(filled: Filled, predicate: Predicate, clauses: Clauses) -> None:
    """ "Lo ha incontrato", "mi ha telefonato": pronouns before the verb, of the third and first person."""
    roles, lists = filled.trigger.frame.roles, clauses.vocabulary.lists
    for word in clauses.words[predicate.first : predicate.head]:
        slot = (
            "obj" if word.lower in lists.object_clitics else "a" if word.lower in lists.dative_clitics else ""
        )
        role = roles.get(slot, "")
        if role and role != "place":
            filled.add(role, _spoken_of(filled, word.index, clauses), True)
        me = word.lower in lists.first_person_clitics and word.quote >= 0
        mine = roles.get("a") or roles.get("obj")
        if me and predicate.person[:1] != "1" and mine and mine != "place":
            filled.arguments.append(Argument(mine, speaker=True))


def _spoken_of(filled: Filled, index: int, clauses: Clauses) -> tuple[Mention, ...]:
    """The last person named before word `index` who does not take part otherwise, if it is near."""
    known = {argument.mention.cluster for argument in filled.arguments if argument.mention is not None}
    for mention in clauses.before(index):
        if mention.kind is EntityKind.PERSON and mention.cluster not in known | {-1}:
            distance = clauses.words[index].sentence - clauses.words[mention.first].sentence
            return (mention,) if distance <= _ANAPHORIC else ()
    return ()


def _noun_before(predicate: Predicate, clauses: Clauses) -> tuple[Mention, ...]:
    """The mention that a participle directly follows ("Rossi, liberato ieri"), else the subject of its
    sentence."""
    index = predicate.first - 1
    comma = index >= 0 and clauses.words[index].text == ","
    mention = clauses.at.get(index - comma)
    agents = (EntityKind.PERSON, EntityKind.ORGANIZATION)
    if mention is not None and mention.last == index - comma and mention.kind in agents:
        return (mention,)
    opening = index < 0 or clauses.words[index].sentence != clauses.words[predicate.first].sentence
    governor = clauses.governor(predicate.first) if comma else None
    if opening and predicate.mood == "participle":
        governor = clauses.main_behind(predicate)
    return subject_of(governor, clauses).mentions if governor is not None else ()
