"""Measures a model: python data/models/score.py it --corpora DIR [--model DIR]

Scores are spaCy's on the tokens of the blank tokenizer (attachment without punctuation), each sentence
alone, as whoever knows its bounds gives them, and once more on the running text, where the parser finds
them. They go to standard output; what depends on the machine, speed and memory, to standard error.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

import click
import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config

from treebanks import document, read, tokens

HERE = Path(__file__).parent


def documents(nlp: Language, path: Path, size: int = 1) -> list[Doc]:
    """The annotated sentences of a CoNLL-U file, `size` to a document."""
    parts = [tokens(nlp, sentence) for sentence in read(path)]
    return [document(nlp, parts[at : at + size]) for at in range(0, len(parts), size)]


def scores(nlp: Language, gold: list[Doc], bounds: bool = True) -> dict[str, float]:
    """Percentages by name: UAS, LAS, POS, morph (all features of a token), F1 of sentences unless their
    `bounds` are given."""
    plain = []
    for reference in gold:
        words, spaces = [t.text for t in reference], [bool(t.whitespace_) for t in reference]
        starts: list[bool | int | None] | None = [t.is_sent_start for t in reference] if bounds else None
        plain.append(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts))
    examples = [Example(doc, ref) for doc, ref in zip(nlp.pipe(plain), gold, strict=True)]
    found = Scorer(nlp).score(examples)
    names = {"UAS": "dep_uas", "LAS": "dep_las", "POS": "pos_acc", "morph": "morph_acc", "lemma": "lemma_acc"}
    if not bounds:
        names["sentences"] = "sents_f"
    return {name: 100 * found[key] for name, key in names.items() if found.get(key) is not None}


def speed(nlp: Language, gold: list[Doc]) -> float:
    """Words per second of processor time, from text to parse."""
    texts = [doc.text for doc in gold]
    list(nlp.pipe(texts[:20]))
    began = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - began)


@click.command()
@click.argument("language", type=click.Choice(["it", "en"]))
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--model", type=click.Path(exists=True, path_type=Path), help="Default: beside this file.")
def main(language: str, corpora: Path, model: Path | None) -> None:
    """Measures the model of LANGUAGE on the treebanks it was not trained on."""
    nlp = spacy.load(model or HERE / language)
    for name, path in load_config(HERE / f"{language}.cfg")["measured"].items():
        for label, size, bounds in (("sentences given", 1, True), ("running text", 10, False)):
            found = scores(nlp, documents(nlp, corpora / path, size), bounds)
            click.echo(f"{name}, {label}: " + " ".join(f"{key} {value:.1f}" for key, value in found.items()))
        pace = speed(nlp, documents(nlp, corpora / path, 10))
        click.echo(f"{name}: {pace:,.0f} words per second", err=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"memory at its highest: {memory:.0f} MB", err=True)


if __name__ == "__main__":
    main()
