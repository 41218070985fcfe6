"""Quotation marks: what stands inside which, whatever their make and though one be lost."""

import pytest

from graph.extraction.pipeline import tokenizer
from graph.extraction.quotes import mark_quotes, open_incises
from graph.extraction.words import Word, normalise, words
from graph.lexicon.vocabulary import vocabulary

LEXICON = vocabulary("it")


def tokens(text: str) -> list[Word]:
    return words(tokenizer("it").make_doc(normalise(text)), 0, LEXICON)


def quotations(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in mark_quotes(tokens(text), LEXICON)]


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
    quotes = mark_quotes(found, LEXICON)
    open_incises(found, quotes, LEXICON)
    assert [word.text for word in found if word.quote >= 0] == ["Partiremo", "domani"]


def test_dashes_around_words_that_nobody_says_stay_inside() -> None:
    text = "«Partiremo - con calma - domani», e così fu."
    found = tokens(text)
    quotes = mark_quotes(found, LEXICON)
    open_incises(found, quotes, LEXICON)
    assert len([word for word in found if word.quote >= 0]) == 6


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("``Non parto``, ha detto.", ["Non parto"]),
        ("`` Non parto, '' ha detto .`` Resto qui . ''", ["Non parto,", "Resto qui ."]),
        ("''Non parto'', ha detto.", ["Non parto"]),
        ("Accetta ,,senza riserve'' la proposta.", ["senza riserve"]),
        ("La prima,,la seconda e la terza.", []),
        ("<<Non parto>>, ha detto.", ["Non parto"]),
        ("‹Non parto›, ha detto.", ["Non parto"]),
        ("Verdi: 'Non parto più'", ["Non parto più"]),
        ("‘I am not going,’ she said. The leaders’ talks go on.", ["I am not going,"]),
        ("Un po' di pace e un po' di silenzio.", []),
        ("The '90s and the rock 'n' roll of it.", []),
    ],
)
def test_marks_of_other_makes_are_marks(text: str, quoted: list[str]) -> None:
    assert quotations(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Ha detto."Non parto",poi tace.', ["Non parto"]),
        ('Ha aggiunto :" Non parto ".. Poi tace.', ["Non parto"]),
        ('" Non parto " , ha detto .', ["Non parto"]),
        ("“Non parto“, ha detto. ”Resto“, ha aggiunto.", ["Non parto", "Resto"]),
        ('«Non parto», ha detto. "Resto", ha aggiunto.', ["Non parto", "Resto"]),
        ('"Dice "mai" e ride", ha detto.', ['Dice "mai" e ride']),
    ],
)
def test_marks_set_loosely_or_turned_round_are_paired(text: str, quoted: list[str]) -> None:
    assert quotations(text) == quoted


def test_each_paragraph_may_open_a_quotation_anew_and_the_last_closes_it() -> None:
    assert quotations("“Non parto.\n“Resto qui.\n“E basta”, ha detto.") == [
        "Non parto.",
        "Resto qui.",
        "E basta",
    ]


def test_a_quotation_may_close_in_a_later_paragraph() -> None:
    assert quotations("«Non parto.\nResto qui», ha detto.") == ["Non parto.\nResto qui"]


@pytest.mark.parametrize(
    "text",
    [
        "Lo scrive il quotidiano «La Lanterna del Sud».",
        'L\'operazione "Alba Chiara" è finita.',
        "Ha parlato alla «Lanterna» di Lugano.",
    ],
)
def test_names_between_marks_are_no_quotation(text: str) -> None:
    assert quotations(text) == []


def test_an_incise_may_end_at_a_stop() -> None:
    found = tokens("«Partiremo domani - ha promesso Verdi. Torneremo presto».")
    open_incises(found, mark_quotes(found, LEXICON), LEXICON)
    assert "".join(word.text for word in found if word.quote < 0) == "«-hapromessoVerdi.»."
