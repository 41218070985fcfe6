"""Words are found verbatim, whole and where they are said to stand; what cannot be told apart is refused."""

import pytest

from graph.llm.answers import Citation
from graph.llm.citations import CitationError, Passages
from graph.model import Span

TEXT = (
    "Titolo. Verdi vede Bruni,\n poi Bruni vede Verdi. L’«intesa» non c’è: Bruni–Verdi. La fine di Verdini."
)
ENDS = [8, 50, 82, len(TEXT)]
SENTENCES = [Span(start, end) for start, end in zip([8, 50, 82], ENDS[1:], strict=True)]


def found(words: str, sentence: int = 1, before: str = "", near: Span | None = None) -> Span:
    return Passages(TEXT, SENTENCES).find(Citation(sentence=sentence, words=words, before=before), near)


@pytest.mark.parametrize(
    ("words", "sentence", "exact"),
    [
        ("poi", 1, "poi"),
        ("Bruni, poi", 1, "Bruni,\n poi"),
        ("  poi ", 1, "poi"),
        ('L\'"intesa"', 2, "L’«intesa»"),
        ("Bruni-Verdi", 2, "Bruni–Verdi"),
        ("Verdini", 3, "Verdini"),
        ("fine", 1, "fine"),
        ("fine", -7, "fine"),
    ],
)
def test_words_are_found_but_for_blanks_and_the_shapes_of_marks(
    words: str, sentence: int, exact: str
) -> None:
    assert found(words, sentence).of(TEXT) == exact


@pytest.mark.parametrize(
    "words", ["Titolo", "verdi", "Verd", "ede", "Bruni vede Bruni", "poi  che", ".*", ""]
)
def test_words_outside_parts_of_words_and_other_words_are_not_found(words: str) -> None:
    with pytest.raises(CitationError, match=r"words not in the article|not the words of a fact"):
        found(words)


def test_words_that_stand_twice_are_told_apart_by_what_stands_before() -> None:
    assert found("Bruni", before="poi").start == TEXT.index("Bruni vede")
    assert found("vede", before="poi  Bruni").start == TEXT.index("vede Verdi")


def test_words_that_stand_twice_are_told_apart_by_the_word_of_the_event() -> None:
    first, second = Span(14, 18), Span(TEXT.index("vede Verdi"), TEXT.index("vede Verdi") + 4)
    assert found("Bruni", near=first).start == TEXT.index("Bruni,")
    assert found("Bruni", near=second).start == TEXT.index("Bruni vede")


def test_words_that_stand_twice_in_the_sentence_named_are_the_nearest_to_the_event() -> None:
    assert found("Bruni", near=SENTENCES[2]).start == TEXT.index("Bruni vede")


@pytest.mark.parametrize("before", ["", "mai"])
def test_words_that_cannot_be_told_apart_are_refused(before: str) -> None:
    with pytest.raises(CitationError, match="words found more than once"):
        found("Bruni", before=before)
    with pytest.raises(CitationError, match="words found more than once"):
        found("Bruni", sentence=3, before=before, near=SENTENCES[2])


def test_a_citation_longer_than_evidence_may_be_is_refused() -> None:
    text = "parola " * 40
    with pytest.raises(CitationError, match="not the words of a fact"):
        Passages(text, [Span(0, len(text))]).find(Citation(sentence=1, words=text.strip(), before=""))
