"""The instructions define every value that an answer may hold, in the ontology's words."""

import json

from graph.corpus import formats
from graph.llm import prompt
from graph.model import EventType, Medium, Modality, Role, Span
from ontology import schema


def test_every_value_is_defined_in_the_words_of_the_ontology() -> None:
    text = prompt.instructions()
    for value in (*EventType, *Modality, *Role, *Medium):
        assert f"\n- {value.value}: " in text
    assert schema.terms()["Call"].definitions["en"] in text
    assert "{" not in text.replace('{"events": [...]}', "").replace('{"events": []}', "")


def test_the_article_goes_as_data_with_its_date_and_title() -> None:
    article = formats.article('---\ndate: 2031-05\ntitle: Una "prova"\n---\nUno.\nDue,\n tre.', "x.md")
    start = article.body.start
    sentences = [(1, Span(start, start + 4)), (2, Span(start + 5, start + 15))]
    _, question = prompt.messages(article, sentences)
    assert json.loads(question["content"]) == {
        "date": "2031-05",
        "title": 'Una "prova"',
        "sentences": [{"number": 1, "text": "Uno."}, {"number": 2, "text": "Due, tre."}],
    }


def test_a_sentence_longer_than_a_part_is_left_out_and_the_others_keep_their_numbers() -> None:
    spans = [Span(0, 10), Span(11, 11 + prompt.PART + 1), Span(9000, 9010)]
    assert [[number for number, _ in part] for part in prompt.parts(spans)] == [[1, 3]]
