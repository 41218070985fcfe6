"""Mentions: the words that name a person, an organisation, a state or a place, or stand for one.

A mention is a name ("Anna Rossi"), a name with its role ("la ministra degli Esteri Anna Rossi"), a role alone
("il presidente ucraino"), a pronoun, or a pair ("i due leader"). Which ones are the same agent is settled in
`clusters`; what they do, in `arguments`.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from graph.extraction.words import Word, text
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import ARABIC_ARTICLES, JOINING, PARTICLES, fold
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# "U.S.", "U.N.": a name may end with the stop of its last letter.
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}")

# A dateline has at most this many words ("CITTÀ DEL VATICANO, 28 dic. (Agenzia) -").
_DATELINE = 12

# Names of offices and organisations in the news have at most eight words (the longest in the tables: eleven).
_LONGEST = 8

# At most this many words stand between a preposition and the name that it governs.
_MODIFYING = 4

# Kinds of organisation whose name may stand in lower case ("il governo italiano").
_LOWER = frozenset({"government", "ministry"})


@dataclass(slots=True)
class Mention:
    """`first`…`last` are its words, role and name together; `name` the words of the name alone, `role` of the
    role.

    `form` is name, role, pronoun, pair or team; `prep` the preposition that governs it; `number` s or p;
    `title` the kind of office; `country` what the role says of it (ISO 3166); `cluster` the number of its
    agent, -1 while unknown.
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
        if any(not word.alphabetic and word.text not in "-'." for word in stretch) or not (
            stretch[-1].text[-1].isalnum() or _ABBREVIATED.fullmatch(stretch[-1].text)
        ):
            continue
        entries = [
            entry
            for entry in gazetteer.by_name.get(fold(text(stretch)), ())
            if entry.kind is not EntityKind.PERSON
        ]
        if not stretch[0].capital:
            entries = [entry for entry in entries if entry.subkind in _LOWER and length > 1]
        elif length == 1 and stretch[0].cls and stretch[0].lower == fold(stretch[0].lower):
            entries = []  # a function word with a capital at the start of a sentence
        if entries:
            return index + length - 1, entries
    return None


def capital_runs(words: list[Word], vocabulary: Vocabulary, taken: set[int]) -> list[tuple[int, int]]:
    """(first, last) of each stretch of capitalised words that may be a name, with particles and hyphens."""
    lowered = {word.text for word in words if word.alphabetic and not word.capital}
    taken = taken | {word.index for word in words if word.lower in vocabulary.calendar.weekdays}
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
    if not word.capital or not word.alphabetic or (word.text.isupper() and len(word.text) < 2):
        return False
    initial = index == 0 or words[index - 1].sentence != word.sentence or words[index - 1].text in '"«“(-:'
    if not initial:
        return word.cls in ("", "poss") or _named_article(words, index)
    return not (word.cls or word.forms or word.lower in lowered or word.lower in vocabulary.nouns)


def _named_article(words: list[Word], index: int) -> bool:
    """ "Il sito Al Wasat": a function word with a capital inside a sentence begins the name behind it."""
    following = words[index + 1] if index + 1 < len(words) else None
    joined = following is not None and following.capital and following.start == words[index].end + 1
    return joined and words[index].cls in ("det", "prep", "conj") and not words[index].text.isupper()


def _arabic(words: list[Word], index: int) -> bool:
    return (
        index + 2 < len(words)
        and words[index].lower in ARABIC_ARTICLES
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
    if following.lower in PARTICLES and following.cls != "prep":
        place = last + 2
        while place < len(words) and place not in taken and words[place].lower in PARTICLES:
            place += 1  # "von der Leyen"
        after = words[place] if place < len(words) and place not in taken else None
        if after is not None and after.capital and after.sentence == here.sentence:
            return place
    if following.lower in JOINING and beyond and beyond.capital:
        return last + 2
    return None


def governing_preposition(words: list[Word], first: int, vocabulary: Vocabulary) -> str:
    """The preposition before word `first`, over articles and adjectives ("con il nuovo premier"), or ""."""
    lists = vocabulary.lists
    for word in reversed(words[max(0, first - _MODIFYING) : first]):
        if word.cls == "prep" and word.index and words[word.index - 1].lower in lists.according:
            return "secondo"
        if word.sentence != words[first].sentence:
            return ""
        if word.cls == "prep":
            return "da" if _by(words, word.index, vocabulary) else word.value
        modifies = word.lower in lists.outlet_nouns or word.lower in lists.preposed or word.text == '"'
        if not modifies and word.cls not in ("det", "poss", "num"):
            return ""
    return ""


def _by(words: list[Word], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a preposition ends a phrase for who acts ("da parte di")."""
    before = words[max(0, index - 2) : index]
    return len(before) == 2 and before[0].value == "da" and before[1].lower in vocabulary.lists.agent_nouns


def widen_collective(words: list[Word], mention: Mention, vocabulary: Vocabulary) -> None:
    """ "I miliziani dell'Isis", "le truppe di Kiev": the name acts through the noun before it, whose place it
    takes."""
    if mention.prep != "di" or mention.role is not None:
        return
    index = mention.first - 1
    while index >= 0 and words[index].cls in ("det", "prep") and mention.first - index <= 2:
        index -= 1
    if index >= 0 and vocabulary.nouns.get(words[index].lower) == "collective":
        mention.first = index
        mention.prep = governing_preposition(words, index, vocabulary)


def find_collectives(
    words: list[Word], gazetteer: Gazetteer, vocabulary: Vocabulary, taken: set[int]
) -> list[Mention]:
    """ "Le autorità irachene", "emissari israeliani": the state whose people they are."""
    found = []
    for word in words:
        after = words[word.index + 1] if word.index + 1 < len(words) else None
        if (
            vocabulary.nouns.get(word.lower) != "collective"
            or after is None
            or word.index in taken
            or after.index in taken
        ):
            continue
        state = _of_demonym(after, gazetteer) if not after.capital else None
        if state is not None:
            number = "p" if word.lower[-1] in "ie" else "s"
            found.append(_collective(word.index, after.index, state, number))
    return found


def find_preceded_collectives(
    words: list[Word], gazetteer: Gazetteer, vocabulary: Vocabulary, taken: set[int]
) -> list[Mention]:
    """ "Ukrainian negotiators", "the Kenyan government": the demonym before the noun."""
    found = []
    for word, noun in pairwise(words):
        collective = vocabulary.nouns.get(noun.lower) == "collective" and not {word.index, noun.index} & taken
        state = _of_demonym(word, gazetteer) if collective and word.capital else None
        if state is not None:
            found.append(_collective(word.index, noun.index, state, "p" if noun.lower.endswith("s") else "s"))
    return found


def _of_demonym(word: Word, gazetteer: Gazetteer) -> Entry | None:
    return gazetteer.states.get(gazetteer.demonyms.get(fold(word.lower), ""))


def _collective(first: int, last: int, state: Entry, number: str) -> Mention:
    return Mention(first, last, EntityKind.STATE, "collective", entries=[state], number=number)


def share_prepositions(words: list[Word], mentions: list[Mention]) -> None:
    """ "A Londra, Bruxelles e Roma": places in a list share the preposition of the first."""
    for left, right in pairwise(mentions):
        places = left.kind is right.kind and right.kind in (EntityKind.PLACE, EntityKind.STATE)
        between = words[left.last + 1 : right.first]
        listed = len(between) == 1 and (between[0].text == "," or between[0].value == "and")
        if places and listed and not right.prep:
            right.prep = left.prep


def mark_datelines(words: list[Word], mentions: list[Mention]) -> None:
    """ "ROMA - …", "Mosca, 28 dic. (Adnkronos) - …": the town and the agency that open a paragraph act in
    nothing."""
    dashes: dict[int, int] = {}
    for before, word in zip([None, *words], words, strict=False):
        if before is None or before.paragraph != word.paragraph:
            stretch = words[word.index : word.index + _DATELINE]
            dashes[word.paragraph] = next((w.index for w in stretch if w.text == "-"), -1)
    for mention in mentions:
        opens = mention.last < dashes[words[mention.first].paragraph]
        if opens and mention.kind is not EntityKind.PERSON:
            mention.inside = True


def mark_inside(words: list[Word], mentions: list[Mention]) -> None:
    """ "Portavoce del Cremlino", "i leader di X e Y": what stands inside a role acts in nothing."""
    end, outer = -1, None
    for mention in sorted(mentions, key=lambda m: (m.first, -m.last)):
        own = (mention.first, mention.last)
        plural = mention.prep == "di" and "roles" in words[mention.first].tags
        if plural or (mention.last <= end and own != outer):
            mention.inside = True
        elif mention.role is not None and mention.last > end:
            end, outer = mention.last, own
