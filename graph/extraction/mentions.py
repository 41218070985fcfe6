"""Mentions: the words that name a person, an organisation, a state or a place, or stand for one.

A mention is a name ("Marco Rubio"), a name with its role ("il segretario di Stato Marco Rubio"), a role alone
("il presidente ucraino"), a pronoun, or a pair ("i due leader"). Which ones are the same agent is settled in
`clusters`; what they do, in `arguments`.
"""

from dataclasses import dataclass, field

from graph.extraction.words import Word
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import PARTICLES, fold
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# Nouns behind which a name is an outlet's or a body's.
OUTLET_NOUNS = frozenset(
    "quotidiano giornale sito emittente tv agenzia settimanale rivista testata radio televisione canale gruppo societa compagnia"
    " partito movimento organizzazione associazione daily newspaper broadcaster website magazine channel agency party group".split()
)

# Names of offices and organisations in the news have at most eight words (the longest in the tables: eleven).
_LONGEST = 8

_ARABIC_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "ad", "an", "az"})

# Kinds of organisation whose name may stand in lower case ("il governo italiano").
_LOWER = frozenset({"government", "ministry"})


@dataclass(slots=True)
class Mention:
    """`first`…`last` are its words, role and name together; `name` the words of the name alone, `role` of the role.

    `form` is name, role, pronoun, pair or team; `prep` the preposition that governs it; `number` s or p; `title`
    the kind of office; `country` what the role says of it (ISO 3166); `cluster` the number of its agent, -1 while unknown.
    """

    first: int
    last: int
    kind: EntityKind
    form: str
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    entries: list[Entry] = field(default_factory=list)
    prep: str = ""
    number: str = "s"
    title: str = ""
    country: str = ""
    cluster: int = -1
    inside: bool = False
    members: tuple[int, ...] = ()


def find_known(words: list[Word], gazetteer: Gazetteer) -> list[Mention]:
    """Organisations, states and places of the gazetteer, the longest name first at each word."""
    found: list[Mention] = []
    index = 0
    while index < len(words):
        word = words[index]
        longest = gazetteer.starts.get(fold(word.lower), 0) if word.alphabetic else 0
        match = _longest_name(words, index, min(longest, _LONGEST), gazetteer)
        if match is None:
            index += 1
            continue
        last, entries = match
        found.append(Mention(index, last, entries[0].kind, "name", name=(index, last), entries=entries))
        index = last + 1
    return found


def _longest_name(
    words: list[Word], index: int, longest: int, gazetteer: Gazetteer
) -> tuple[int, list[Entry]] | None:
    for length in range(min(longest, len(words) - index), 0, -1):
        stretch = words[index : index + length]
        if (
            any(not word.alphabetic and word.text not in "-'." for word in stretch)
            or not stretch[-1].text[-1].isalnum()
        ):
            continue
        text = "".join(_glue(stretch, place) for place in range(length))
        entries = [
            entry for entry in gazetteer.by_name.get(fold(text), ()) if entry.kind is not EntityKind.PERSON
        ]
        if not stretch[0].capital:
            entries = [entry for entry in entries if entry.subkind in _LOWER and length > 1]
        elif length == 1 and stretch[0].cls and stretch[0].lower == fold(stretch[0].lower):
            entries = []  # a function word with a capital at the start of a sentence
        if entries:
            return index + length - 1, entries
    return None


def _glue(stretch: list[Word], place: int) -> str:
    return (" " if place and stretch[place].start > stretch[place - 1].end else "") + stretch[place].text


def capital_runs(words: list[Word], vocabulary: Vocabulary, taken: set[int]) -> list[tuple[int, int]]:
    """(first, last) of each stretch of capitalised words that may be a name, particles and hyphens included."""
    lowered = {word.text for word in words if word.alphabetic and not word.capital}
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        start = index
        if index not in taken and _arabic(words, index):
            index += 2
        elif index in taken or not _nameable(words, index, vocabulary, lowered):
            index += 1
            continue
        last = index
        while (following := _next_part(words, last, taken)) is not None:
            last = following
        runs.append((start, last))
        index = last + 1
    return runs


def _nameable(words: list[Word], index: int, vocabulary: Vocabulary, lowered: set[str]) -> bool:
    word = words[index]
    if not word.capital or not word.alphabetic or word.text.isupper() and len(word.text) < 2:
        return False
    initial = index == 0 or words[index - 1].sentence != word.sentence or words[index - 1].text in '"«“(-:'
    if not initial:
        return word.cls in ("", "poss") or not word.cls
    return not (word.cls or word.forms or word.lower in lowered or word.lower in vocabulary.nouns)


def _arabic(words: list[Word], index: int) -> bool:
    return (
        index + 2 < len(words)
        and words[index].lower in _ARABIC_ARTICLES
        and words[index + 1].text == "-"
        and words[index + 1].start == words[index].end
        and words[index + 2].capital
    )


def _next_part(words: list[Word], last: int, taken: set[int]) -> int | None:
    """The next word of a name that reaches `last`, or None at its end."""
    if last + 1 >= len(words) or last + 1 in taken:
        return None
    here, following = words[last], words[last + 1]
    if following.sentence != here.sentence:
        return None
    if following.capital and following.alphabetic and not following.text.endswith("'"):
        return last + 1
    beyond = words[last + 2] if last + 2 < len(words) and last + 2 not in taken else None
    if following.text == "-" and beyond and following.start == here.end and beyond.start == following.end:
        return last + 2 if beyond.alphabetic else None
    if (
        following.text == "."
        and len(here.text) == 1
        and following.start == here.end
        and beyond
        and beyond.capital
    ):
        return last + 2
    if _arabic(words, last + 1):
        return last + 3
    if following.lower in PARTICLES and beyond and beyond.capital and following.cls != "prep":
        return last + 2
    if following.lower in ("von", "van", "bin", "ben", "el", "al", "abu") and beyond and beyond.capital:
        return last + 2
    return None


def governing_preposition(words: list[Word], first: int) -> str:
    """The preposition before word `first`, over determiners and adjectives ("con il nuovo premier"), or ""."""
    index = first - 1
    for _ in range(4):
        if index < 0 or words[index].sentence != words[first].sentence:
            return ""
        word = words[index]
        if word.cls == "prep":
            return word.value
        if (
            word.cls in ("det", "poss", "num")
            or word.lower in OUTLET_NOUNS
            or word.lower
            in (
                "ex",
                "stesso",
                "stessa",
                "vero",
                "nuovo",
                "nuova",
                '"',
                "neo",
            )
        ):
            index -= 1
            continue
        return ""
    return ""


def widen_collective(words: list[Word], mention: Mention, collectives: frozenset[str]) -> None:
    """ "I miliziani dell'Isis", "le truppe di Kiev": the name acts through the noun before it, whose place it takes."""
    if mention.prep != "di" or mention.role is not None:
        return
    index = mention.first - 1
    while index >= 0 and words[index].cls in ("det", "prep") and mention.first - index <= 2:
        index -= 1
    if index >= 0 and words[index].lower in collectives:
        mention.first = index
        mention.prep = governing_preposition(words, index)


def find_collectives(
    words: list[Word], gazetteer: Gazetteer, collectives: frozenset[str], taken: set[int]
) -> list[Mention]:
    """ "Le autorità irachene", "il governo nepalese", "emissari israeliani": the state whose people they are."""
    found = []
    for word in words:
        after = words[word.index + 1] if word.index + 1 < len(words) else None
        if word.lower not in collectives or after is None or word.index in taken or after.index in taken:
            continue
        country = gazetteer.demonyms.get(fold(after.lower)) if not after.capital else None
        state = gazetteer.states.get(country or "")
        if state is not None:
            number = "p" if word.lower[-1] in "ie" else "s"
            found.append(
                Mention(
                    word.index, after.index, EntityKind.STATE, "collective", entries=[state], number=number
                )
            )
    return found
