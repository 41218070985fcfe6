"""A name inside a phrase is its head or a modifier, and a phrase ends in a name or in none."""

import pytest

from graph.llm.phrases import is_head, is_name, name_in
from graph.model import Span


def within(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("mention", "phrase", "language", "expected"),
    [
        ("Piero Bruni", "Piero Bruni", "it", True),
        ("Piero Bruni", "il ministro Piero Bruni", "it", True),
        ("Piero Bruni", "Piero Bruni, ministro", "it", True),
        ("Verdi", "Verdi della Lestovia", "it", True),
        ("Cremlino", "portavoce del Cremlino", "it", False),
        ("Orbe", "l’agenzia dell’Orbe", "it", False),
        ("Kremlin", "spokesman of the Kremlin", "en", False),
        ("Kremlin", "Kremlin spokesman", "en", False),
        ("Peter Bruni", "Chancellor Peter Bruni", "en", True),
    ],
)
def test_a_name_behind_a_preposition_or_before_a_noun_is_a_modifier(
    mention: str, phrase: str, language: str, expected: bool
) -> None:
    assert is_head(within(mention, phrase), within(phrase, phrase), phrase, language) is expected


@pytest.mark.parametrize(
    ("phrase", "anywhere", "name"),
    [
        ("Ada Bru", False, "Ada Bru"),
        ("la linguista Ada Bru", False, "Ada Bru"),
        ("il ponte di Varsenia", True, "Varsenia"),
        ("il ponte di Varsenia", False, None),
        ("portavoce", True, None),
        ("la stampa di ieri", True, None),
        ("Ada Bru ha detto", False, None),
    ],
)
def test_a_phrase_may_end_in_a_name(phrase: str, anywhere: bool, name: str | None) -> None:
    found = name_in(within(phrase, phrase), phrase, "it", anywhere)
    assert (found.of(phrase) if found else None) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada", True),
        ("Ada von Bru", True),
        ("Abdel al-Bru", True),
        ("von Bru", False),
        ("Ada bru", False),
        ("Ada,", False),
        ("", False),
        ("A B C D E F G", False),
    ],
)
def test_a_name_has_capitals_and_particles_and_not_too_many_words(text: str, expected: bool) -> None:
    assert is_name(text) is expected
