"""The treebanks' words come to lie on the tokeniser's tokens, trees stay trees, one scheme holds for all."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
import spacy

from graph import settings

# Invented; columns: form, lemma, part of speech, tag, features, head, relation, whether a blank follows.
PASSIVE = """
1 La il DET RD PronType=Art 2 det -
2 ministra ministra NOUN S _ 4 nsubj -
3 è essere AUX VA _ 4 aux -
4 ricevuta ricevere VERB VBN Tense=Past 0 root -
5-6 dalla _ _ _ _ _ _ -
5 da da ADP E _ 7 case -
6 la il DET RD Gender=Fem|Number=Sing|PronType=Art 7 det -
7 collega collega NOUN S _ 4 obl no
8 . . PUNCT FS _ 4 punct -
"""
SPLIT = """
1 L’ il DET RD PronType=Art 2 det -
2 ex-ministro ex-ministro NOUN S _ 3 nsubj -
3 tace tacere VERB V _ 0 root no
4 . . PUNCT FS _ 3 punct -
"""


@pytest.fixture
def treebanks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(settings.ROOT / "data" / "models"))
    return importlib.import_module("treebanks")


@pytest.fixture
def harmonise(treebanks: ModuleType) -> ModuleType:
    return importlib.import_module("harmonise")


def conllu(folder: Path, rows: str) -> Path:
    """A file of one sentence in the ten columns of CoNLL-U."""
    lines = []
    for row in rows.strip().splitlines():
        number, form, lemma, pos, tag, feats, head, relation, follows = row.split()
        misc = "SpaceAfter=No" if follows == "no" else "_"
        lines.append("\t".join([number, form, lemma, pos, tag, feats, head, relation, "_", misc]))
    path = folder / "it.conllu"
    path.write_text("# text\n" + "\n".join(lines) + "\n\n", "utf-8")
    return path


def arcs(tokens) -> dict[str, tuple[str, str]]:
    """Relation and head of each token."""
    forms = tokens.forms
    return {form: (tokens.deps[i], forms[tokens.heads[i]]) for i, form in enumerate(forms)}


def test_two_words_in_one_token_are_one_and_bear_the_articles_features(
    treebanks: ModuleType, tmp_path: Path
) -> None:
    (sentence,) = treebanks.read(conllu(tmp_path, PASSIVE))
    assert sentence.text.strip() == "La ministra è ricevuta dalla collega."
    tokens = treebanks.tokens(spacy.blank("it"), sentence)
    assert tokens.forms == ["La", "ministra", "è", "ricevuta", "dalla", "collega", "."]
    assert tokens.pos[4] == "ADP"
    assert tokens.morphs[4] == "Gender=Fem|Number=Sing|PronType=Art"
    assert arcs(tokens)["dalla"] == ("case", "collega")
    assert arcs(tokens)["ricevuta"] == ("ROOT", "ricevuta")


def test_one_word_in_several_tokens_hangs_together(treebanks: ModuleType, tmp_path: Path) -> None:
    (sentence,) = treebanks.read(conllu(tmp_path, SPLIT), elision=True)
    assert sentence.text.strip() == "L’ex-ministro tace."
    tokens = treebanks.tokens(spacy.blank("it"), sentence)
    found = arcs(tokens)
    assert found["ministro"] == ("nsubj", "tace")
    assert {form: head for form, (_, head) in found.items() if form in ("ex", "-")} == {
        "ex": "ministro",
        "-": "ministro",
    }


def test_a_document_of_several_sentences_keeps_their_bounds_and_heads(
    treebanks: ModuleType, tmp_path: Path
) -> None:
    nlp = spacy.blank("it")
    (sentence,) = treebanks.read(conllu(tmp_path, PASSIVE))
    tokens = treebanks.tokens(nlp, sentence)
    doc = treebanks.document(nlp, [tokens, tokens])
    assert [token.i for token in doc if token.is_sent_start] == [0, len(tokens.forms)]
    assert all(token.sent == token.head.sent for token in doc)


def test_a_passive_that_a_treebank_does_not_mark_is_marked(
    harmonise: ModuleType, treebanks: ModuleType, tmp_path: Path
) -> None:
    (sentence,) = treebanks.read(conllu(tmp_path, PASSIVE))
    harmonise.italian(sentence, frozenset({"ricevere"}))
    assert {word.form: word.deprel for word in sentence.words if word.head == 3} == {
        "ministra": "nsubj:pass",
        "è": "aux:pass",
        "ricevuta": "root",
        "collega": "obl:agent",
        ".": "punct",
    }
    assert sentence.words[3].feats["VerbForm"] == "Part"
    assert sentence.words[3].feats["Gender"] == "Fem"


def test_a_verb_that_is_no_transitive_one_has_no_passive(
    harmonise: ModuleType, treebanks: ModuleType, tmp_path: Path
) -> None:
    (sentence,) = treebanks.read(conllu(tmp_path, PASSIVE))
    harmonise.italian(sentence, frozenset())
    assert [word.deprel for word in sentence.words if word.lemma == "essere"] == ["aux"]
