"""Coordination: which mentions are named together ("a Rossi, a Bianchi e a Verdi")."""

from collections.abc import Sequence
from itertools import pairwise

from graph.extraction.mentions import Mention
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary

# Between two coordinated mentions stand at most a comma, a conjunction, a preposition, an article and an
# adverb.
_BETWEEN = 6


def coordinated(
    words: list[Word], mentions: Sequence[Mention], vocabulary: Vocabulary
) -> dict[int, tuple[Mention, ...]]:
    """By the id of a mention the group that it belongs to, in order; a list by commas alone is no group."""
    groups: dict[int, tuple[Mention, ...]] = {}
    chain: list[Mention] = list(mentions[:1])
    final = False
    for left, right in pairwise(mentions):
        link = _link(words, left, right, vocabulary)
        if link:
            chain.append(right)
            final = final or link == "and"
            continue
        if final:
            groups |= dict.fromkeys(map(id, chain), tuple(chain))
        chain, final = [right], False
    if final:
        groups |= dict.fromkeys(map(id, chain), tuple(chain))
    return groups


def _link(words: list[Word], left: Mention, right: Mention, vocabulary: Vocabulary) -> str:
    """How two mentions are coordinated: "and", "comma" or not at all ("")."""
    between = words[left.last + 1 : right.first]
    if not 1 <= len(between) <= _BETWEEN or between[0].sentence != words[right.first].sentence:
        return ""
    conjunction = ""
    for word in between:
        if word.value == "and":
            conjunction = "and"
        elif word.text == ",":
            conjunction = conjunction or "comma"
            if left.prep == "secondo":  # "Secondo X, Y e Z hanno": the comma ends the phrase
                return ""
        elif word.cls == "prep":
            if word.value != left.prep:
                return ""
        elif not (
            word.cls in ("det", "poss", "adv")
            or "time" in word.tags
            or word.lower in vocabulary.lists.coordinating
        ):
            return ""
    opened = between[0].cls not in ("prep", "det", "poss")
    return conjunction if opened and (left.prep == right.prep or not right.prep) else ""
