"""Texts are parsed by the model that the settings name, on the words and within the sentences given."""

import tracemalloc
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from graph import settings
from graph.errors import SettingError
from graph.extraction import parsing

TEXT = "Il ministro ha telefonato al collega.  Maria Bianchi lo ha incontrato a Oslo."
SECOND = TEXT.index("Maria")


def words(text: str) -> list[tuple[int, int]]:
    """The tokens of `text` that are no blanks, as the pipeline has them."""
    return [(t.idx, t.idx + len(t)) for t in spacy.blank("it").make_doc(text) if not t.is_space]


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    """Relation and head of each word."""
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_a_word_has_its_part_of_speech_its_relation_and_its_head() -> None:
    doc = parsing.parser("it")(TEXT, [0, SECOND], words(TEXT))
    found = arcs(doc)
    assert found["ministro"] == ("nsubj", "telefonato")
    assert found["telefonato"] == ("ROOT", "telefonato")
    assert found["Bianchi"][0] == "flat:name"
    assert found["lo"] == ("obj", "incontrato")
    assert found["Oslo"] == ("obl", "incontrato")
    assert {token.text: token.pos_ for token in doc}["Oslo"] == "PROPN"
    assert doc[1].morph.get("Number") == ["Sing"]


def test_a_word_of_the_parse_is_the_token_of_the_same_number() -> None:
    tokens = words(TEXT)
    doc = parsing.parser("it")(TEXT, [0, SECOND], tokens)
    assert [token.text for token in doc] == [TEXT[start:end] for start, end in tokens]


def test_without_tokens_the_model_finds_them_and_keeps_the_offsets() -> None:
    doc = parsing.parser("it")(TEXT, [0, SECOND])
    assert doc.text == TEXT
    assert all(TEXT[token.idx :].startswith(token.text) for token in doc)


def test_sentences_begin_where_the_caller_says_and_nowhere_else() -> None:
    odd = TEXT.index("telefonato")
    parse = parsing.parser("it")
    assert [s.start_char for s in parse(TEXT, [0, odd]).sents] == [0, odd]
    assert len(list(parse(TEXT, []).sents)) == 1
    assert all(token.sent == token.head.sent for token in parse(TEXT, [0, odd, SECOND]))


def test_sentences_that_are_left_out_change_nothing_in_the_others() -> None:
    parse, tokens = parsing.parser("it"), words(TEXT)
    both = arcs(parse(TEXT, [0, SECOND], tokens))
    alone = arcs(parse(TEXT, [SECOND], [each for each in tokens if each[0] >= SECOND]))
    assert alone.items() <= both.items()


def test_english_has_a_parser_of_its_own() -> None:
    found = arcs(parsing.parser("en")("Jane Doe called the minister on Monday.", [0]))
    assert found["Doe"][0] == "flat"
    assert found["minister"] == ("obj", "called")


@pytest.mark.parametrize(("text", "tokens"), [("", None), ("", []), (TEXT, [])])
def test_no_words_give_an_empty_parse(text: str, tokens: list[tuple[int, int]] | None) -> None:
    assert len(parsing.parser("it")(text, [0], tokens)) == 0


def test_every_language_with_a_model_is_available() -> None:
    assert {"it", "en"} == set(parsing.available())


def test_a_long_article_takes_no_more_memory_at_once_than_a_batch() -> None:
    parse, sentence = parsing.parser("it"), "Il ministro ha telefonato al collega. "
    parse(sentence, [0])
    peaks = []
    for repetitions in (300, 1200):
        text = sentence * repetitions
        tracemalloc.start()
        parse(text, range(0, len(text), len(sentence)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.5 * peaks[0]


def test_a_model_of_the_users_own_takes_the_place_of_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = spacy.load(settings.MODEL_IT.default)
    nlp.meta["name"] = "own"
    nlp.to_disk(tmp_path / "own")
    monkeypatch.setenv(settings.MODEL_IT.name, str(tmp_path / "own"))
    monkeypatch.setattr(spacy.language.Language, "pipe", _counted(calls := [], spacy.language.Language.pipe))
    assert len(parsing.parser("it")(TEXT, [0])) > 0
    assert {nlp.meta["name"] for nlp in calls} == {"own"}


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "cannot be loaded"),
        (lambda path: path.mkdir(), "cannot be loaded"),
        (lambda path: spacy.blank("it").to_disk(path), "has no parser"),
        (lambda path: spacy.load(settings.MODEL_EN.default).to_disk(path), "is of language 'en'"),
    ],
    ids=["missing", "empty", "no parser", "other language"],
)
def test_a_model_that_cannot_be_used_is_refused_with_place_and_remedy(
    make, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "model")
    monkeypatch.setenv(settings.MODEL_IT.name, str(tmp_path / "model"))
    with pytest.raises(SettingError, match=reason) as caught:
        parsing.parser("it")(TEXT, [0])
    assert caught.value.place == "PARLEYGRAPH_MODEL_IT"
    assert "spaCy model of language 'it'" in caught.value.remedy
    assert "\n" not in str(caught.value)


def _counted(calls: list[spacy.language.Language], pipe):
    def counted(self: spacy.language.Language, *arguments, **options):
        calls.append(self)
        return pipe(self, *arguments, **options)

    return counted
