"""Spellings of a name share a key, and other names do not."""

import pytest

from graph.store.search.spelling import beginning, distance, folded, key


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelenskyj Zelenskiy Selenskyj Zelensky Zelenskij Zelenskyy Зеленський",
        "Lukashenko Lukaschenko Lukašenko Лукашенко",
        "Lavrov Lawrow Лавров",
        "Putin Poutine Путин",
        "Medvedchuk Medvedčuk Medwedtschuk",
        "Erdoğan Erdogan",
        "telefonata telefonate",
        "visita visite visits visit",
        "talk talks",
    ],
)
def test_the_spellings_and_endings_of_a_word_share_a_key(spellings: str) -> None:
    assert len({key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Putin", "Rasputin"), ("Roma", "Romania"), ("pace", "passo"), ("2022", "2002")]
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_what_is_typed_so_far_begins_the_keys_of_what_it_becomes() -> None:
    assert key("Zelenskyy").startswith(beginning("Selen"))


def test_folding_takes_off_accents_and_turns_other_letters_into_latin_ones() -> None:
    assert folded("Łódź Đoković Малевич città") == "lodz dokovic malevich citta"


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("kitten", "sitting", 3), ("", "abc", 3), ("ab", "ab", 0)]
)
def test_the_distance_counts_letters_put_in_taken_out_or_changed(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == steps == distance(other, one)
