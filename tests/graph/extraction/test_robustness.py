"""Texts that are no diplomatic news, or no text at all: nothing fails, little is found, effort is bounded."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from graph.corpus import formats
from graph.errors import ArticleError
from graph.extraction.pipeline import Pipeline
from graph.extraction.words import normalise
from graph.linking.reading import link

OURS = str(Path(__file__).parents[3] / "graph")

OTHER = {
    "a third language": (
        "Der Bundeskanzler hat gestern in Wien mit dem Präsidenten telefoniert. Das Gespräch dauerte eine "
        "halbe Stunde, sagte ein Sprecher. Über den Inhalt wurde nichts bekannt. Alle verlangen Auskunft."
    ),
    "a poem": (
        "Forse perché della fatal quïete\ntu sei l'imago a me sì cara vieni,\no Sera! E quando ti corteggian"
        "\nliete le nubi estive e i zeffiri sereni,\nquando dal nevoso aere inquiete\ntenebre lunghe meni."
    ),
    "a recipe": (
        "Tritate la cipolla e fatela appassire nell'olio. Unite il riso, tostatelo per due minuti e sfumate "
        "con il vino. Aggiungete il brodo poco alla volta e lasciate cuocere per venti minuti. Servite."
    ),
    "a football report": (
        "Il Milan batte la Roma 2-1 al termine di una partita tirata. Apre le marcature Brandi al 12', "
        "pareggia Soldani di testa, decide un rigore di Vialetti nel recupero. La Juventus resta prima."
    ),
    "source code": (
        "def call(a, b):\n    if a.visit(b) is None:\n        raise ValueError('meeting')\n"
        '\nfor (int i = 0; i < n; i++) { printf("%d", x[i]); }\n'
    ),
    "marks alone": "«»“”\"'()[]{}-–—…!?;:,. " * 40,
    "emoji and control characters": "😀\u200b\ufeff\x07 \u202e☎️ " * 40,
    "other scripts": "Президент позвонил. 大統領は電話した。 الرئيس اتصل. ประธานาธิบดี " * 20,
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER.keys())
def test_a_text_of_another_kind_yields_at_most_one_event_in_ten_thousand_words(
    text: str, read: Callable[..., Any]
) -> None:
    long = f"{text}\n\n" * (10_000 // max(len(text.split()), 1) // 10)
    assert len(long.split()) < 10_000
    found = read(long, language="it")
    assert len(link(found.extraction).events) <= 1


def test_a_million_characters_without_a_blank_are_no_word() -> None:
    extraction = Pipeline().extract(formats.article("a" * 1_000_000, "endless.txt"))
    assert (extraction.claims, extraction.quotations, extraction.clusters) == ((), (), ())


def test_an_endless_stretch_is_blanked_and_the_words_around_it_keep_their_offsets() -> None:
    text = "La telefonata " + "," * 5_000 + " è durata"
    assert len(normalise(text)) == len(text)
    assert normalise(text).split() == ["La", "telefonata", "è", "durata"]


@pytest.mark.parametrize("body", ["", " \n\t", "\ufeff"])
def test_an_empty_body_is_an_error_of_the_article_and_not_of_the_pipeline(body: str) -> None:
    with pytest.raises(ArticleError, match="holds no text"):
        formats.article(f"date 2031-05\n{body}", "empty.txt")


@pytest.mark.parametrize("body", [".", "-", "«", "date", "X", "1", "…", "«»", "Lo", "di"])
def test_a_body_of_one_token_is_read(body: str, read: Callable[..., Any]) -> None:
    assert read(body).claims() == []


@pytest.mark.parametrize("date", ["9999-12", "9999-12-31", "0001-01", "0001-01-01", "0001"])
def test_dates_beyond_the_calendar_are_left_out(date: str, read: Callable[..., Any]) -> None:
    text = (
        "Domani Anna Verdi incontrerà Piero Bruni. Ieri lo ha chiamato. La settimana prossima, lunedì, "
        "a dicembre e il 31 dicembre si vedranno a Lugano. Due mesi fa e il mese scorso si erano sentiti."
    )
    assert read(text, date=date).claims("meeting")


TEXTS = {
    "calls": "La ministra Anna Verdi ha telefonato al senatore Piero Bruni. ",
    "one sentence": "La ministra Anna Verdi ha telefonato al senatore Piero Bruni e ",
    "pronouns and pairs": "Lui ha incontrato lei. I due leader si sono sentiti. ",
    "quotations": "«Va bene tutto quanto», ha detto lui. ",
    "names": "Anna Verdi, Piero Bruni e Carla Neri, il presidente del Cile. ",
    "dates": "Il 12 febbraio 2025 la telefonata è durata un'ora su iniziativa di ",
    "paragraphs": "Oslo, 3 mag. (Orbe) - Il negoziato con il Cile. Lo guiderà lei.\n",
}


def lines(text: str, pipeline: Pipeline) -> int:
    """How many lines of our own code run when `text` is read and linked: effort without a clock."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        count += event == "line"
        return trace

    article = formats.article(f"---\ndate: 2031-05-14\nlanguage: it\n---\n{text}", "long.md")
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        link(pipeline.extract(article))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_text_takes_twice_the_effort(text: str) -> None:
    pipeline = Pipeline()
    lines(text * 120, pipeline)  # tables and models are read once, when first needed
    half, whole = lines(text * 60, pipeline), lines(text * 120, pipeline)
    assert whole < 2.2 * half
