"""The tables of a language as the grammar uses them, and that they agree with the model and the ontology."""

import shutil
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.lexicon.tables import DATA
from graph.lexicon.vocabulary import SLOTS, Auxiliary, Support, Vocabulary, vocabulary
from graph.model import EventType, Medium, Modality, Role

LANGUAGES = ("it", "en")

# What a frame may say of an argument beside a role: where it is, and a caller only when somebody is called.
NO_ROLES = {"place", "caller?"}

# Rows of speech.tsv that no verb form leads to: "così" is no verb.
FORMLESS: dict[str, set[str]] = {
    "it": {"così"},
    "en": set(),
}


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Vocabulary:
    return vocabulary(request.param)


def test_a_language_is_read_once() -> None:
    assert vocabulary("it") is vocabulary("it")
    assert vocabulary("it") is not vocabulary("en")


def test_a_form_of_a_verb_frame_is_found_by_its_lemma_and_says_who_calls_whom() -> None:
    (frame,) = vocabulary("it").verb_frames["telefonare"]
    assert (frame.type, frame.roles["subj"], frame.roles["a"]) == ("call", "caller", "callee")


def test_every_form_of_a_noun_row_evokes_the_same_frame() -> None:
    nouns = vocabulary("it").noun_frames
    assert nouns["telefonata"] == nouns["telefonate"]
    assert nouns["telefonata"][0].type == "call"
    assert "telefonata" not in vocabulary("it").verb_frames


def test_every_frame_names_an_event_of_the_model_and_roles_that_exist(words: Vocabulary) -> None:
    frames = [
        each for index in (words.verb_frames, words.noun_frames) for row in index.values() for each in row
    ]
    types, roles = {each.value for each in EventType}, {each.value for each in Role} | NO_ROLES
    assert {frame.type for frame in frames} <= types
    assert {role for frame in frames for role in frame.roles.values()} <= roles
    assert {slot for frame in frames for slot in frame.roles} <= set(SLOTS)
    assert {frame.pos for frame in frames} == {"verb", "noun"}
    assert all(frame.least >= 0 for frame in frames)
    assert {frame.modality for frame in frames} <= {each.value for each in Modality} | {""}


def test_a_verb_whose_frame_gives_its_object_a_role_is_transitive() -> None:
    words = vocabulary("it")
    assert "chiamare" in words.transitive
    assert "conversare" not in words.transitive


def test_auxiliaries_are_of_a_kind_and_other_verbs_of_none() -> None:
    words = vocabulary("it")
    kinds = {lemma: words.auxiliary(lemma) for lemma in ("avere", "essere", "venire", "dovere", "parlare")}
    assert kinds == {"avere": "have", "essere": "be", "venire": "become", "dovere": "modal", "parlare": ""}


def test_a_modal_and_its_conditional_say_how_real_the_event_is() -> None:
    auxiliaries = vocabulary("it").auxiliaries
    assert auxiliaries["dovere"] == Auxiliary("modal", Modality.PLANNED, Modality.PLANNED)
    assert auxiliaries["volere"] == Auxiliary("modal", Modality.PLANNED, Modality.HYPOTHETICAL)
    assert auxiliaries["avere"] == Auxiliary("have")


def test_a_noun_that_names_a_medium_may_need_a_word_before_it() -> None:
    media = vocabulary("it").media
    assert (media["comunicato"].medium, media["comunicato"].behind) == (Medium.WRITTEN_STATEMENT, ())
    assert media["stampa"].medium is Medium.PRESS_BRIEFING
    assert "conferenza" in media["stampa"].behind


def test_a_cue_has_a_known_scope_and_modality(words: Vocabulary) -> None:
    cues = [cue for row in words.cues.values() for cue in row]
    assert {cue.scope for cue in cues} == {"adjective", "governor", "near"}
    assert {cue.modality for cue in cues} <= {each.value for each in Modality}
    assert all(cue.word == form for form, row in words.cues.items() for cue in row)


def test_a_denied_event_is_denied_by_its_governor_and_a_missed_one_by_its_adjective() -> None:
    cues = vocabulary("it").cues
    assert [(cue.scope, cue.modality) for cue in cues["smentire"]] == [("governor", "denied")]
    assert [(cue.scope, cue.modality) for cue in cues["mancata"]] == [("adjective", "denied")]


def test_a_verb_that_carries_a_noun_settles_whose_event_it_is() -> None:
    assert vocabulary("it").support["tenere"] == Support("own", "", True)
    assert {each.part for each in vocabulary("it").support.values()} <= {
        "", "own", "lead", "host", "receive", "ask", "announce",
    }  # fmt: skip


def test_a_verb_of_saying_is_of_a_known_kind(words: Vocabulary) -> None:
    known = {"say", "confirm", "deny", "doubt", "plan", "relay", "ask", "talk", "hope"}
    assert {"say", "confirm", "deny"} <= set(words.speech.values()) <= known


def test_a_verb_of_saying_has_forms_in_the_table_of_verbs(words: Vocabulary) -> None:
    conjugated = {form.lemma for readings in words.verb_forms.values() for form in readings}
    heads = {lemma.split()[0] for lemma in words.speech}  # "rendere noto" is conjugated in its first word
    assert heads - conjugated <= FORMLESS[words.language]


def test_the_same_word_may_be_a_form_of_two_verbs_or_tenses() -> None:
    readings = {(each.lemma, each.tense) for each in vocabulary("en").verb_forms["met"]}
    assert readings == {("meet", "remote"), ("meet", "participle")}


def test_the_first_row_of_a_closed_class_word_wins(tmp_path: Path) -> None:
    shutil.copytree(DATA / "lexicon" / "it", tmp_path / "it")
    with (tmp_path / "it" / "words.tsv").open("a", encoding="utf-8") as table:
        table.write("alla\tnoun\tx\nlestovio\tnoun\tx\n")
    classes = Vocabulary("it", tmp_path).classes
    assert classes["alla"] == ("prep", "a")
    assert classes["lestovio"] == ("noun", "x")


@pytest.mark.parametrize("table", ["words", "verbs", "frames", "lists", "times", "media", "auxiliaries"])
def test_a_language_that_lacks_a_table_is_an_error_that_names_the_file(tmp_path: Path, table: str) -> None:
    shutil.copytree(DATA / "lexicon" / "it", tmp_path / "it")
    (tmp_path / "it" / f"{table}.tsv").unlink()
    with pytest.raises(DataError, match="cannot be read") as caught:
        Vocabulary("it", tmp_path)
    assert f"{table}.tsv" in caught.value.place
