"""Dependencies: the arguments of a trigger by the parse, in the slots of its frame."""

import pytest

from graph.corpus import formats
from graph.extraction.dependencies import Dependencies, lacking
from graph.extraction.pipeline import Pipeline

# Each row: the sentence, the trigger's word, who fills which role by the parse.
PARSED = [
    ("it", "La ministra Anna Verdi ha incontrato il senatore Piero Bruni.", "incontrato", "Anna Verdi"),
    ("en", "Minister Anna Verdi met Senator Piero Bruni in Oslo.", "met", "Piero Bruni"),
]


@pytest.mark.parametrize(("language", "text", "word", "name"), PARSED)
def test_subject_and_object_are_read_off_the_parse(language: str, text: str, word: str, name: str) -> None:
    article = formats.article(f"---\nlanguage: {language}\n---\n{text}", "invented.md")
    doc = Pipeline().read(article)
    (filled,) = (one for one in doc._.filled if doc._.words[one.trigger.first].text == word)
    tree = Dependencies(doc.text, article.body.start, doc._.clauses, language, {0})
    names = {doc._.clusters.agents[mention.cluster].name for _, mention in tree.fill(filled)}
    assert name in names


def test_only_sentences_whose_frames_lack_agents_are_parsed() -> None:
    text = "La ministra Anna Verdi ha incontrato il senatore Piero Bruni. La telefonata è durata poco."
    article = formats.article(f"---\nlanguage: it\n---\n{text}", "invented.md")
    doc = Pipeline().read(article)
    assert lacking(doc._.filled, doc._.clauses) == {1}


def test_a_sentence_without_end_is_not_parsed() -> None:
    text = "La telefonata è durata poco " + "e poi ancora " * 60
    article = formats.article(f"---\nlanguage: it\n---\n{text}", "invented.md")
    doc = Pipeline().read(article)
    assert lacking(doc._.filled, doc._.clauses) == set()
