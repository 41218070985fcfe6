"""Words: offsets of the raw text, classes, verb forms with their pronouns."""

import pytest
import spacy

from graph.extraction.words import bounds, normalise, sentence, text, verb_forms, words
from graph.lexicon.vocabulary import vocabulary


@pytest.mark.parametrize("raw", ["l’ora", "a – b", "uno .Due", "x\u00a0y", "E' vero", ",,," * 900])
def test_normalising_keeps_every_offset(raw: str) -> None:
    assert len(normalise(raw)) == len(raw)


def test_a_stray_stop_does_not_hide_the_word_behind_it() -> None:
    assert normalise("mezza. .Verdi parte").split() == ["mezza.", "Verdi", "parte"]


def test_words_stand_at_their_place_in_the_raw_article() -> None:
    raw = "date 2031-05\nAnna   Verdi\n\nparte."
    found = words(spacy.blank("it").make_doc(raw[13:]), 13, vocabulary("it"))
    assert [raw[word.start : word.end] for word in found] == ["Anna", "Verdi", "parte", "."]
    assert [word.paragraph for word in found] == [0, 0, 1, 1]
    assert text(found[:2]) == "Anna Verdi"


@pytest.mark.parametrize(
    ("form", "lemma", "reflexive"),
    [
        ("incontrarsi", "incontrare", True),
        ("chiamarlo", "chiamare", False),
        ("informandola", "informare", False),
        ("dirglielo", "dire", False),
        ("incontra", "incontrare", False),
    ],
)
def test_a_pronoun_written_together_with_a_verb_is_taken_off(form: str, lemma: str, reflexive: bool) -> None:
    forms, own = verb_forms(form, vocabulary("it"))
    assert lemma in {reading.lemma for reading in forms}
    assert own is reflexive


@pytest.mark.parametrize("form", ["mela", "tavolosi", "xyz"])
def test_a_word_that_only_ends_like_a_pronoun_is_no_verb(form: str) -> None:
    assert verb_forms(form, vocabulary("it")) == ((), False)


def test_the_sentence_of_a_word_is_found_from_any_of_its_words() -> None:
    found = words(spacy.blank("it").make_doc("uno due tre quattro"), 0, vocabulary("it"))
    for word in found[2:]:
        word.sentence = 1
    assert bounds(found, 3) == (2, 3)
    assert [word.text for word in sentence(found, 0)] == ["uno", "due"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ha incon-\ntrato Verdi", ["ha", "incontrato", "Verdi"]),
        ("il nego- ziato", ["il", "negoziato"]),
        ("a V E R D I  ieri", ["a", "VERDI", "ieri"]),
        ("short- and long-term", ["short-", "and", "long", "-", "term"]),
        ("Oslo - il premier", ["Oslo", "-", "il", "premier"]),
        ("a e o", ["a", "e", "o"]),
    ],
)
def test_a_word_broken_or_spaced_out_in_print_is_one_word_in_its_place(raw: str, expected: list[str]) -> None:
    found = words(spacy.blank("it").make_doc(raw), 0, vocabulary("it"))
    assert [word.text for word in found] == expected
    for word in found:
        assert raw[word.start] == word.text[0]
        assert raw[word.end - 1] == word.text[-1]
