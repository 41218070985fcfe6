"""Pronouns and pairs: words that stand for people named before ("lei", "both", "i due leader")."""

from collections.abc import Iterator

from graph.extraction.mentions import Mention
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind


def find_pronouns(words: list[Word], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Pronouns of the third person, and those for the two already named ("both")."""
    for word in words:
        if word.cls == "pronoun" and word.value in ("3s", "3p"):
            number = word.value[1]
            yield Mention(word.index, word.index, EntityKind.PERSON, "pronoun", number=number)
        elif word.lower in vocabulary.lists.pair_pronouns and word.quote < 0:
            following = words[word.index + 1] if word.index + 1 < len(words) else None
            if following is None or following.value != "def":
                yield Mention(word.index, word.index, EntityKind.PERSON, "pair", number="p")


def find_pairs(words: list[Word], vocabulary: Vocabulary, in_role: set[int]) -> Iterator[Mention]:
    """ "I due leader", "i due capi di Stato", "i due": pairs of whom the text told before."""
    for word in words[1:-1]:
        if word.value != "2" or words[word.index - 1].value not in ("def", "a", "con", "tra", "di", "da"):
            continue
        last, after = word.index, words[word.index + 1]
        if vocabulary.nouns.get(after.lower) == "pair" or after.index in in_role:
            last = after.index
            while last + 1 < len(words) and (last + 1 in in_role or "di" in _values(words, last, last + 1)):
                last += 1
            yield Mention(word.index, last, EntityKind.PERSON, "pair", number="p")
        elif after.cls in ("verb", "adv", "neg") or after.forms or after.value == "refl":
            yield Mention(word.index, last, EntityKind.PERSON, "pair", number="p")


def _values(words: list[Word], *indices: int) -> set[str]:
    return {words[index].value for index in indices}
