"""Trains the model of one language: python data/models/train.py it --corpora DIR

Own loop in place of `spacy train`: each epoch draws the treebanks anew by their weights, groups sentences,
makes rare words unknown and sets quotation marks as in print. The learning rate falls to zero and weights are
averaged, so the last model is the one kept and no sentence need be set aside to choose it; the scores printed
on the way choose nothing.
"""

from __future__ import annotations

import hashlib
import random
import string
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import click
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Config, fix_random_seed

from harmonise import italian, transitive
from score import documents, scores
from treebanks import Tokens, document, read, tokens

HERE = Path(__file__).parent
_OPEN = {"NOUN", "VERB", "ADJ", "PROPN"}
#: Sentences of a training document, drawn evenly: mostly one; several teach where they end.
_GROUPS = (1, 1, 1, 2, 3)
_MARKS = (("“", "”"), ("«", "»"))
#: What stands in the configuration beside spaCy's own sections.
_OWN = ("meta", "treebanks", "measured", "training")

Files = dict[str, list[Tokens]]


def load(nlp: Language, names: list[str], corpora: Path) -> Files:
    """Sentences by file name, on the tokens of `nlp`."""
    files = {name: list(read(corpora / name, elision=nlp.lang == "it")) for name in names}
    if nlp.lang == "it":
        with_avere = transitive(sentence for sentences in files.values() for sentence in sentences)
        for sentences in files.values():
            passives = any(word.deprel == "aux:pass" for sentence in sentences for word in sentence.words)
            for sentence in sentences:
                italian(sentence, frozenset() if passives else with_avere)
    return {name: [tokens(nlp, sentence) for sentence in sentences] for name, sentences in files.items()}


def verify(names: list[str], corpora: Path) -> None:
    """Refuses treebanks other than those of treebanks.sha256, on which the shipped models were made."""
    lines = (HERE / "treebanks.sha256").read_text(encoding="utf-8").splitlines()
    known = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    for name in names:
        if not (corpora / name).is_file():
            raise click.ClickException(f"{corpora / name} is missing: README.md says where it comes from")
        if hashlib.sha256((corpora / name).read_bytes()).hexdigest() != known.get(name):
            raise click.ClickException(
                f"{corpora / name} is not the version in treebanks.sha256: fetch that one"
            )


def disguise(word: str, rng: random.Random) -> str:
    """Another word of the same shape, first letter and last three: a word no embedding knows."""
    middle = (rng.choice(string.ascii_lowercase) if letter.islower() else letter for letter in word[1:-3])
    return word[:1] + "".join(middle) + word[-3:]


def typeset(words: list[str], rng: random.Random) -> list[str]:
    """In two of five cases the words with the marks of print, which the treebanks mostly lack."""
    if rng.random() < 0.6:
        return words
    marks = cycle(rng.choice(_MARKS))
    return [next(marks) if word == '"' else word.replace("'", "’") for word in words]


def example(
    nlp: Language, group: list[Tokens], counts: Counter[str], unknown: float, rng: random.Random
) -> Example:
    """A training example; an open-class word seen f times becomes unknown with probability a / (a + f), a
    being `unknown` (after Kiperwasser and Goldberg 2016, section 4.1)."""

    def hidden(form: str, pos: str) -> bool:
        if pos not in _OPEN or len(form) <= 4 or not form.isalpha():
            return False
        return rng.random() * (unknown + counts[form.lower()]) < unknown

    words = [
        disguise(form, rng) if hidden(form, pos) else form
        for part in group
        for form, pos in zip(part.forms, part.pos, strict=True)
    ]
    words = typeset(words, rng)
    reference = document(nlp, group, words)
    return Example(Doc(nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in reference]), reference)


def epoch(files: Files, weights: dict[str, float], rng: random.Random) -> list[list[Tokens]]:
    """Groups of consecutive sentences of a file, each as often as the file's weight says, shuffled."""
    groups: list[list[Tokens]] = []
    for name, sentences in files.items():
        weight = weights[name]
        while weight > 0:
            at = 0
            while at < len(sentences):
                size = rng.choice(_GROUPS)
                if rng.random() < weight:
                    groups.append(sentences[at : at + size])
                at += size
            weight -= 1
    rng.shuffle(groups)
    return groups


def batches(
    nlp: Language, files: Files, config: Config, rng: random.Random
) -> Iterator[tuple[float, list[Example]]]:
    """Batches of growing size over all epochs, each with the part of the training done, in [0, 1)."""
    settings, weights = config["training"], config["treebanks"]
    parts = [part for sentences in files.values() for part in sentences]
    counts = Counter(form.lower() for part in parts for form in part.forms)
    first, last = settings["batch_words"]
    batch: list[Example] = []
    for number in range(settings["epochs"]):
        groups = epoch(files, weights, rng)
        for index, group in enumerate(groups):
            done = (number + index / len(groups)) / settings["epochs"]
            batch.append(example(nlp, group, counts, settings["unknown"], rng))
            if sum(len(each.x) for each in batch) >= first + (last - first) * done:
                yield done, batch
                batch = []


def train(nlp: Language, files: Files, config: Config, output: Path, measured: list[Doc]) -> None:
    """Trains `nlp` and writes it to `output`, ten times on the way, with its scores on `measured`."""
    settings, rng = config["training"], random.Random(config["system"]["seed"])
    whole = [document(nlp, [part]) for sentences in files.values() for part in sentences]
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words=[t.text for t in gold]), gold) for gold in whole])
    optimizer = Adam(learn_rate=0.0, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    labels = sorted({label for gold in whole for t in gold for label in (t.pos_, t.dep_, str(t.morph))})
    losses: dict[str, float] = {}
    tenth, words, began = 1, 0, time.process_time()

    def report() -> None:
        with nlp.use_params(optimizer.averages):
            nlp.to_disk(output)
            # Without the treebanks' words and the disguised ones.
            StringStore(labels).to_disk(output / "vocab" / "strings.json")
            found = scores(nlp, measured)
        spent = time.process_time() - began
        result = " ".join(f"{name} {value:.1f}" for name, value in found.items())
        click.echo(f"step {step}, {words} words, {spent:.0f} s: {result}")

    for step, (done, batch) in enumerate(batches(nlp, files, config, rng)):
        optimizer.learn_rate = settings["learn_rate"] * min(step / settings["warmup_steps"], 1 - done)
        nlp.update(batch, sgd=optimizer, drop=settings["dropout"], losses=losses)
        words += sum(len(each.x) for each in batch)
        if done * 10 >= tenth:
            tenth += 1
            report()
    report()


@click.command()
@click.argument("language", type=click.Choice(["it", "en"]))
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Default: beside this file.")
def main(language: str, corpora: Path, output: Path | None) -> None:
    """Trains the model of LANGUAGE on the treebanks in the folder CORPORA."""
    config = load_config(HERE / f"{language}.cfg")
    fix_random_seed(config["system"]["seed"])
    nlp = load_model_from_config(Config({k: v for k, v in config.items() if k not in _OWN}), auto_fill=True)
    verify([*config["treebanks"], *config["measured"].values()], corpora)
    nlp.meta.update(config["meta"])
    files = load(nlp, list(config["treebanks"]), corpora)
    measured = documents(nlp, corpora / next(iter(config["measured"].values())))
    train(nlp, files, config, output or HERE / language, measured)


if __name__ == "__main__":
    main()
