"""Forms of English verbs from base, past and participle."""

import pytest

from graph.lexicon.inflection import english_forms
from graph.lexicon.vocabulary import vocabulary


def parts(base: str, past: str = "", participle: str = "") -> dict[str, str]:
    return {each.tense: each.form for each in english_forms(base, past, participle)}


@pytest.mark.parametrize(
    ("base", "past", "gerund"),
    [
        ("call", "called", "calling"),
        ("telephone", "telephoned", "telephoning"),
        ("agree", "agreed", "agreeing"),
        ("plan", "planned", "planning"),
        ("stop", "stopped", "stopping"),
        ("visit", "visited", "visiting"),
        ("meet", "meeted", "meeting"),
        ("carry", "carried", "carrying"),
        ("deny", "denied", "denying"),
        ("stay", "stayed", "staying"),
        ("reject", "rejected", "rejecting"),
    ],
)
def test_regular_endings_change_the_spelling_as_english_does(base: str, past: str, gerund: str) -> None:
    told = parts(base)
    assert (told["remote"], told["participle"], told["gerund"]) == (past, past, gerund)


@pytest.mark.parametrize(
    ("base", "third"),
    [
        ("call", "calls"),
        ("discuss", "discusses"),
        ("reach", "reaches"),
        ("publish", "publishes"),
        ("go", "goes"),
        ("deny", "denies"),
        ("say", "says"),
        ("receive", "receives"),
    ],
)
def test_the_third_person_ends_in_s_es_or_ies(base: str, third: str) -> None:
    assert parts(base)["present"] == third


def test_an_irregular_verb_gives_its_past_and_its_participle() -> None:
    told = parts("speak", "spoke", "spoken")
    assert (told["remote"], told["participle"]) == ("spoke", "spoken")
    assert (told["present"], told["gerund"]) == ("speaks", "speaking")


def test_a_participle_that_is_not_given_is_the_past() -> None:
    assert parts("hold", "held")["participle"] == "held"


def test_the_plural_present_is_left_to_the_infinitive() -> None:
    assert [each.tense for each in english_forms("call") if each.form == "call"] == ["infinitive"]


def test_the_english_tables_use_these_parts() -> None:
    known = vocabulary("en").verb_forms
    assert ("speak", "remote") in {(each.lemma, each.tense) for each in known["spoke"]}
    assert ("speak", "participle") in {(each.lemma, each.tense) for each in known["spoken"]}
    assert "speaked" not in known
