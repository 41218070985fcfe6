"""What is typed into a search field, and what is refused."""

import pytest

from graph.errors import QueryError
from graph.store.search.phrases import Phrase, phrases


def test_words_quotations_beginnings_and_exclusions_are_told_apart() -> None:
    assert phrases('Trump "guerra in Ucraina" telefon* -Putin') == (
        Phrase(("trump",)),
        Phrase(("guerra", "in", "ucraina")),
        Phrase(("telefon",), open=True),
        Phrase(("putin",), excluded=True),
    )


def test_a_word_with_signs_inside_is_the_words_between_them() -> None:
    assert phrases("un'ora RIA-Novosti") == (Phrase(("un", "ora")), Phrase(("ria", "novosti")))


@pytest.mark.parametrize("text", ["", "  ", "!?", "-putin", '"guerra', "parola " * 17, "x" * 501])
def test_what_cannot_be_looked_for_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(QueryError) as refused:
        phrases(text)
    assert refused.value.remedy


def test_a_phrase_is_written_as_it_is_typed() -> None:
    text = 'trump "guerra in ucraina" telefon* -putin'
    assert " ".join(str(phrase) for phrase in phrases(text)) == text
