"""Roles: "il ministro degli Esteri iraniano", "ambasciatore e inviato speciale", "il portavoce del Cremlino".

A role phrase is an office title of the gazetteer (or a common noun for a person) with its adjectives and
prepositional phrases. What stands inside it ("del Cremlino") modifies the person and acts in nothing.
"""

import re
from dataclasses import dataclass

from graph.extraction.mentions import Mention
from graph.extraction.words import Word
from graph.lexicon.gazetteer import Gazetteer
from graph.lexicon.names import fold
from graph.lexicon.vocabulary import Vocabulary

# Titles in the tables have at most this many words ("presidente del Consiglio dei ministri": five).
_LONGEST = 9

_ADJECTIVE = re.compile(r".{3,}(al|an|es|ic|ar|iv|ent|ust|ut|at|it|or|os|n)[oaei]$")

# Which prepositions may follow a title: "inviato per", "ambasciatore a", "portavoce di", "inviato in".
_LINKS = frozenset({"di", "per", "a", "presso", "in"})
_ABROAD = frozenset({"ambassador", "envoy", "consul", "diplomat", "adviser"})

# Titles that are ordinary words as well: they count only beside a name.
WEAK = frozenset(
    {
        "military",
        "generic",
        "judiciary",
        "religious",
        "monarch",
        "nickname",
        "business",
        "party_leader",
        "kind",
    }
)


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """`first`…`last` are its words; `title` the kind of office ("person" for a common noun), `country` ISO 3166 or ""."""

    first: int
    last: int
    title: str
    country: str
    plural: bool


def find_roles(
    words: list[Word], known: list[Mention], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> list[RolePhrase]:
    """All role phrases, left to right, none overlapping another."""
    starts = {mention.first: mention for mention in known}
    found: list[RolePhrase] = []
    index = 0
    while index < len(words):
        head = _head(words, index, gazetteer, vocabulary)
        if head is None:
            index += 1
            continue
        last, title, plural = head
        own = gazetteer.demonyms.get(fold(words[index].lower), "") if index == last else ""
        last, country = _extend(words, last, title, starts, gazetteer, vocabulary)
        country = country or own
        found.append(RolePhrase(index, last, title, country, plural))
        index = last + 1
    return found


def _head(
    words: list[Word], index: int, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> tuple[int, str, bool] | None:
    if not words[index].alphabetic:
        return None
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        stretch = words[index : index + length]
        if stretch[-1].sentence != stretch[0].sentence or not stretch[-1].alphabetic:
            continue
        text = "".join(
            (" " if p and w.start > stretch[p - 1].end else "") + w.text for p, w in enumerate(stretch)
        )
        title = gazetteer.titles.get(fold(text))
        if title and not (length == 1 and stretch[0].text.isupper()):
            return index + length - 1, title[0], title[1]
    after = words[index + 1] if index + 1 < len(words) else None
    before = words[index - 1] if index else None
    if (
        fold(words[index].lower) in gazetteer.demonyms
        and not words[index].capital
        and after is not None
        and after.capital
    ):
        if before is not None and (before.cls == "det" or (before.cls == "prep" and len(before.lower) > 2)):
            return index, "person", False
    noun = vocabulary.nouns.get(words[index].lower)
    if noun and noun["kind"] == "person":
        return index, "person", False
    return None


def _extend(
    words: list[Word],
    last: int,
    title: str,
    known: dict[int, Mention],
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
) -> tuple[int, str]:
    """How far the phrase reaches beyond its head, and the country that it names."""
    country = ""
    while last + 1 < len(words) and words[last + 1].sentence == words[last].sentence:
        following = words[last + 1]
        demonym = gazetteer.demonyms.get(fold(following.lower))
        if demonym and not following.capital:
            country, last = demonym, last + 1
        elif last + 1 in known and known[last + 1].entries[0].kind.value == "state" and _usa(words, last + 1):
            country, last = known[last + 1].entries[0].country, known[last + 1].last
        elif _is_adjective(following):
            last += 1
        elif (reach := _prepositional(words, last + 1, title, known)) is not None:
            last, said = reach
            country = country or said
        elif (
            following.value == "and"
            and (second := _second(words, last + 2, gazetteer, vocabulary)) is not None
        ):
            last = second
        else:
            break
    return last, country


def _usa(words: list[Word], index: int) -> bool:
    """ "inviato Usa": a state's short name directly behind a title works as an adjective."""
    return words[index].text.lower() in ("usa", "ue", "onu", "nato", "us", "u.s.", "uk")


def _is_adjective(word: Word) -> bool:
    return (
        not word.cls
        and not (word.forms and any(form.tense not in ("participle",) for form in word.forms))
        and (not word.capital or word.lower in ("nazionale", "speciale", "generale", "federale"))
        and bool(_ADJECTIVE.match(word.lower))
    )


def _second(words: list[Word], index: int, gazetteer: Gazetteer, vocabulary: Vocabulary) -> int | None:
    """The last word of a second title after "e", when it shares the name ("ambasciatore e inviato speciale")."""
    if index >= len(words):
        return None
    head = _head(words, index, gazetteer, vocabulary)
    return head[0] if head else None


def _prepositional(
    words: list[Word], index: int, title: str, known: dict[int, Mention]
) -> tuple[int, str] | None:
    """The end and the country of a prepositional phrase at `index` that belongs to a title, or None."""
    link = words[index]
    if link.cls != "prep" or link.value not in _LINKS or title == "person" and link.value != "di":
        return None
    if link.value in ("a", "in") and title not in _ABROAD:
        return None
    inner = index + 1
    while inner < len(words) and words[inner].cls in ("det", "poss"):
        inner += 1
    if inner >= len(words) or words[inner].sentence != link.sentence:
        return None
    if inner in known:
        entry = known[inner].entries[0]
        return known[inner].last, entry.country
    word = words[inner]
    if word.cls or word.forms and not word.capital or not word.alphabetic:
        return None
    if word.capital and title != "person" and link.value in ("di", "per") and _name_follows(words, inner):
        return inner, ""
    return None if word.capital else (inner, "")


def _name_follows(words: list[Word], index: int) -> bool:
    """Whether two more capitalised words follow: then the one at `index` is not yet the person's name."""
    rest = words[index + 1 : index + 3]
    return len(rest) == 2 and all(word.capital and word.alphabetic for word in rest)
