"""Sentences: where one ends."""

import pytest
import spacy

from graph.extraction.sentences import mark_sentences
from graph.extraction.words import Word, normalise, words
from graph.lexicon.vocabulary import vocabulary


def tokens(text: str) -> list[Word]:
    return words(spacy.blank("it").make_doc(normalise(text)), 0, vocabulary("it"))


def sentences(text: str) -> list[str]:
    found = tokens(text)
    bounds = mark_sentences(found, vocabulary("it").lists.abbreviations)
    return [text[found[first].start : found[last].end] for first, last in bounds]


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
