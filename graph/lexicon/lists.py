"""Word lists of a language that the grammar treats alike, from `lists.tsv`; what each is for stands in the
table.

A list that a language has no use for has a row without words: a missing row is an error, not an empty list.
"""

from dataclasses import dataclass, fields
from pathlib import Path

from graph.errors import DataError
from graph.lexicon.tables import rows, values


@dataclass(frozen=True, slots=True)
class Lists:
    """One field per row; words and lemmas in lower case. `*_suffixes` and `*_stems` are ends and beginnings
    of words."""

    abbreviations: tuple[str, ...]
    frequent: tuple[str, ...]
    enclitics: tuple[str, ...]
    reflexive_enclitics: tuple[str, ...]
    object_clitics: tuple[str, ...]
    dative_clitics: tuple[str, ...]
    verbal_clitics: tuple[str, ...]
    first_person_clitics: tuple[str, ...]
    reflexive_clitics: tuple[str, ...]
    simple_prepositions: tuple[str, ...]
    locative_prepositions: tuple[str, ...]
    outlet_nouns: tuple[str, ...]
    body_nouns: tuple[str, ...]
    region_nouns: tuple[str, ...]
    preposed: tuple[str, ...]
    transparent: tuple[str, ...]
    coordinating: tuple[str, ...]
    apart: tuple[str, ...]
    pair_pronouns: tuple[str, ...]
    adjectival_names: tuple[str, ...]
    title_adjectives: tuple[str, ...]
    adjective_suffixes: tuple[str, ...]
    adverb_suffixes: tuple[str, ...]
    medial_adverbs: tuple[str, ...]
    unaccusatives: tuple[str, ...]
    leading_stems: tuple[str, ...]
    dative_controllers: tuple[str, ...]
    object_controllers: tuple[str, ...]
    causatives: tuple[str, ...]
    light_verbs: tuple[str, ...]
    plural_events: tuple[str, ...]
    initiative_nouns: tuple[str, ...]
    initiative_prepositions: tuple[str, ...]
    discussing: tuple[str, ...]
    discussing_objects: tuple[str, ...]
    vague_topics: tuple[str, ...]
    pointing: tuple[str, ...]
    pointing_conjunctions: tuple[str, ...]
    counterparts: tuple[str, ...]
    leaders: tuple[str, ...]
    saying_openers: tuple[str, ...]
    citing_stems: tuple[str, ...]
    told_nouns: tuple[str, ...]
    scheduled: tuple[str, ...]
    ahead_nouns: tuple[str, ...]
    past_nouns: tuple[str, ...]
    perfect_infinitives: tuple[str, ...]
    announcing: tuple[str, ...]
    achieving: tuple[str, ...]
    falling_through: tuple[str, ...]
    leaving_open: tuple[str, ...]
    agentive_suffixes: tuple[str, ...]
    presupposing: tuple[str, ...]
    agent_nouns: tuple[str, ...]
    leading_nouns: tuple[str, ...]
    delegation_nouns: tuple[str, ...]
    negotiator_stems: tuple[str, ...]
    composing_stems: tuple[str, ...]
    sides: tuple[str, ...]
    membership: tuple[str, ...]
    object_pronouns: tuple[str, ...]
    impersonal_nouns: tuple[str, ...]
    nobody: tuple[str, ...]
    foreseeing: tuple[str, ...]
    hearsay_verbs: tuple[str, ...]
    rumour_nouns: tuple[str, ...]
    place_nouns: tuple[str, ...]
    thing_nouns: frozenset[str]
    adjectival_events: tuple[str, ...]
    together: tuple[str, ...]
    one_more: tuple[str, ...]
    infinitive_markers: tuple[str, ...]
    dropping: tuple[str, ...]
    according: tuple[str, ...]
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    inverting: tuple[str, ...]
    addressing: tuple[str, ...]
    speaking_nouns: tuple[str, ...]
    anonymous_nouns: tuple[str, ...]
    speech_nouns: tuple[str, ...]
    officials: tuple[str, ...]
    voicing: tuple[str, ...]
    free_relatives: tuple[str, ...]
    reading: tuple[str, ...]
    naming_verbs: tuple[str, ...]


def lists_of(folder: Path) -> Lists:
    """The lists of the language whose tables are in `folder`; raises DataError for a missing or unknown
    list."""
    path = folder / "lists.tsv"
    table = {row["name"]: values(row["words"]) for row in rows(path, required=("name", "words"))}
    names = {field.name for field in fields(Lists)}
    wrong = sorted(names.symmetric_difference(table))
    if wrong:
        known = "is missing" if wrong[0] in names else "is unknown"
        raise DataError(
            f"the list {wrong[0]!r} {known}",
            place=str(path),
            remedy=f"its lists are {', '.join(sorted(names))}",
        )
    things = frozenset(table.pop("thing_nouns"))
    return Lists(thing_nouns=things, **table)
