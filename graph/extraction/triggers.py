"""Triggers: the nouns and verbs that evoke an event, each with the frame of the lexicon that it fits."""

from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.predicates import Predicate
from graph.lexicon.vocabulary import Frame

# Where the word that a frame needs ("telefonico", "al telefono") may stand: this many words before or behind
# a noun.
_BEFORE, _NEAR = 3, 6

# The longest noun of the table ("stretta di mano") and the longest phrase that bars one ("chiamata alle
# armi").
_LONGEST, _PHRASE = 3, 4


@dataclass(slots=True)
class Trigger:
    """`first`…`last` are its words; `predicate` the verb group when it is a verb."""

    first: int
    last: int
    frame: Frame
    predicate: Predicate | None = None


def find_triggers(clauses: Clauses, named: set[int]) -> list[Trigger]:
    """All triggers in the order of the text; a word has one frame at most (the first row of the table that
    fits).

    `named` are the words inside mentions, which evoke nothing.
    """
    heads = {
        index: (predicate, lemma) for predicate in clauses.predicates for index, lemma in predicate.heads
    }
    found: list[Trigger] = []
    index = 0
    while index < len(clauses.words):
        trigger = _verb(index, *heads[index], clauses) if index in heads else None
        finite = index in heads and heads[index][0].finite
        if trigger is None and index not in named and not finite:
            trigger = _noun(index, clauses)
        if trigger is not None:
            found.append(trigger)
            index = trigger.last
        index += 1
    return found


def _verb(index: int, predicate: Predicate, lemma: str, clauses: Clauses) -> Trigger | None:
    by_lemma = clauses.vocabulary.verb_frames
    frames = by_lemma.get(lemma, [])
    if predicate.reflexive or clauses.words[index].reflexive:
        alone = [] if predicate.person.endswith("p") else frames
        frames = by_lemma.get(f"{lemma.removesuffix('e')}si", alone)
    if not frames:
        return None
    sentence = [word.lower for word in clauses.sentence(index)]
    fitting = (frame for frame in frames if _suits(frame, sentence, index, clauses))
    frame = next(fitting, None)
    return Trigger(index, index, frame, predicate) if frame is not None else None


def _noun(index: int, clauses: Clauses) -> Trigger | None:
    words, frames = clauses.words, clauses.vocabulary.noun_frames
    if not words[index].alphabetic or words[index].cls or _adjective(index, clauses):
        return None
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        form = " ".join(word.lower for word in words[index : index + length])
        for frame in frames.get(form, ()):
            around = words[max(0, index - _BEFORE) : index + length + _NEAR]
            near = [word.lower for word in around if word.sentence == words[index].sentence]
            if _suits(frame, near, index, clauses):
                return Trigger(index, index + length - 1, frame)
    return None


def _adjective(index: int, clauses: Clauses) -> bool:
    """ "Relazioni bilaterali", "bilateral ties": beside a noun the word is its adjective."""
    words, lists = clauses.words, clauses.vocabulary.lists
    if words[index].lower not in lists.adjectival_events:
        return False
    noun = words[index + 1 : index + 2] if lists.infinitive_markers else words[max(0, index - 1) : index]
    beside = noun[0] if noun else None
    return (
        beside is not None
        and beside.alphabetic
        and not beside.cls
        and beside.index not in clauses.predicate_at
    )


def _suits(frame: Frame, near: list[str], index: int, clauses: Clauses) -> bool:
    """Whether the words `near` have what a frame needs and nothing that bars it (a phrase: from the trigger
    on)."""
    anywhere = {need[1:] for need in frame.needs if need.startswith("@")}
    given = any(need in near for need in frame.needs) or not clauses.said.isdisjoint(anywhere)
    if frame.needs and not given:
        return False
    following = [word.lower for word in clauses.words[index : index + _PHRASE]]
    return not any(_barred(bar, near, following, clauses) for bar in frame.bars)


def _barred(bar: str, near: list[str], following: list[str], clauses: Clauses) -> bool:
    """A phrase bars from the trigger on, a preposition right behind it ("called for"), others nearby."""
    if " " in bar:
        return " ".join(following).startswith(bar)
    if clauses.vocabulary.classes.get(bar, ("", ""))[0] == "prep":
        return bar in following[1:2]
    return bar in near
