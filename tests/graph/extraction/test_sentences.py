"""Sentences and quotation marks: where one ends, what stands inside which marks."""

import pytest
import spacy

from graph.extraction.sentences import mark_quotes, mark_sentences, open_incises
from graph.extraction.words import Word, normalise, words
from graph.lexicon.vocabulary import vocabulary


def tokens(text: str) -> list[Word]:
    return words(spacy.blank("it").make_doc(normalise(text)), 0, vocabulary("it"))


def sentences(text: str) -> list[str]:
    found = tokens(text)
    bounds = mark_sentences(found, vocabulary("it").lists.abbreviations)
    return [text[found[first].start : found[last].end] for first, last in bounds]


def quotations(text: str) -> list[str]:
    found = tokens(text)
    mark_sentences(found, vocabulary("it").lists.abbreviations)
    return [text[quote.start : quote.end] for quote in mark_quotes(found)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Anna parte. Piero resta.", 2),
        ("Il dott. Rossi è partito.", 1),
        ("A. Verdi e P. Bruni partono.", 1),
        ("Parte! Perché? Chissà.", 3),
        ("Anna parte\nPiero resta", 2),
        ("Ha detto: «Parto. Torno presto». Poi è uscita.", 3),
        ("Costa 3.500 euro a testa.", 1),
        ("la riunione è finita. poi si vedrà", 1),
    ],
)
def test_a_stop_before_a_capital_ends_a_sentence_and_an_abbreviation_does_not(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_sentence_without_a_stop_is_cut_so_that_none_is_endless() -> None:
    assert max(len(sentence.split()) for sentence in sentences("parola " * 2_000)) <= 400


@pytest.mark.parametrize(
    "text",
    ['"Non parto", ha detto.', "«Non parto», ha detto.", "“Non parto”, ha detto.", "„Non parto”, ha detto."],
)
def test_all_usual_marks_open_and_close_a_quotation(text: str) -> None:
    assert quotations(text) == ["Non parto"]


def test_a_nested_quotation_belongs_to_the_outer_one() -> None:
    assert quotations('«Vuole il suo "posto" e basta», ha detto.') == ['Vuole il suo "posto" e basta']


def test_a_lost_mark_does_not_turn_the_rest_inside_out() -> None:
    long = "Disse: «Parto e torno. " + "Il resto è cronaca. " * 400 + "«Bene», disse Anna."
    assert quotations(long)[-1] == "Bene"


def test_an_incise_with_a_verb_of_saying_is_not_quoted() -> None:
    text = "«Partiremo - ha promesso Verdi - domani», e così fu."
    found = tokens(text)
    mark_sentences(found, vocabulary("it").lists.abbreviations)
    quotes = mark_quotes(found)
    open_incises(found, quotes, vocabulary("it"))
    assert [word.text for word in found if word.quote >= 0] == ["Partiremo", "domani"]


def test_dashes_around_words_that_nobody_says_stay_inside() -> None:
    text = "«Partiremo - con calma - domani», e così fu."
    found = tokens(text)
    quotes = mark_quotes(found)
    open_incises(found, quotes, vocabulary("it"))
    assert len([word for word in found if word.quote >= 0]) == 6
