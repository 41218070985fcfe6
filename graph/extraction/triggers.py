"""Triggers: the nouns and verbs that evoke an event, each with the frame of the lexicon that it fits."""

from dataclasses import dataclass

from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Frame, Vocabulary

# Where the word that a frame needs ("telefonico", "al telefono") may stand: within this many words of a noun.
_NEAR = 6


@dataclass(slots=True)
class Trigger:
    """`first`…`last` are its words; `predicate` the verb group when it is a verb."""

    first: int
    last: int
    frame: Frame
    predicate: Predicate | None = None


def find_triggers(
    words: list[Word], predicates: list[Predicate], vocabulary: Vocabulary, named: set[int]
) -> list[Trigger]:
    """All triggers in the order of the text; a word has one frame at most (the first row of the table that fits)."""
    heads = {index: (predicate, lemma) for predicate in predicates for index, lemma in predicate.heads}
    found: list[Trigger] = []
    index = 0
    while index < len(words):
        trigger = None
        if index in heads:
            trigger = _verb(words, index, *heads[index], vocabulary)
        if trigger is None and index not in named and (index not in heads or not heads[index][0].finite):
            trigger = _noun(words, index, vocabulary)
        if trigger is not None:
            found.append(trigger)
            index = trigger.last
        index += 1
    return found


def _verb(
    words: list[Word], index: int, predicate: Predicate, lemma: str, vocabulary: Vocabulary
) -> Trigger | None:
    frames = vocabulary.verb_frames.get(lemma, [])
    if predicate.reflexive or words[index].reflexive:
        frames = vocabulary.verb_frames.get(
            lemma[:-1] + "si", frames if not predicate.person.endswith("p") else []
        )
    sentence = [w.lower for w in words if w.sentence == words[index].sentence]
    for frame in frames:
        if _suits(frame, sentence[:], words, index):
            return Trigger(index, index, frame, predicate)
    return None


def _noun(words: list[Word], index: int, vocabulary: Vocabulary) -> Trigger | None:
    word = words[index]
    if not word.alphabetic or word.cls:
        return None
    for length in (3, 2, 1):
        if index + length > len(words):
            continue
        form = " ".join(w.lower for w in words[index : index + length])
        for frame in vocabulary.noun_frames.get(form, []):
            near = [
                w.lower
                for w in words[max(0, index - 3) : index + _NEAR + length]
                if w.sentence == word.sentence
            ]
            if _suits(frame, near, words, index):
                return Trigger(index, index + length - 1, frame)
    return None


def _suits(frame: Frame, near: list[str], words: list[Word], index: int) -> bool:
    if frame.needs and not any(need in near for need in frame.needs):
        return False
    following = " ".join(word.lower for word in words[index : index + 4])
    return not any(bar in near if " " not in bar else following.startswith(bar) for bar in frame.bars)
