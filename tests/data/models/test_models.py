"""The shipped parsers are those that were recorded, by checksum, score and size, and they parse."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.util import load_config

from graph import settings

MODELS = settings.ROOT / "data" / "models"
LANGUAGES = ("it", "en")
LARGEST = 10_000_000
"""Bytes of a model; together they are half of what a clone downloads."""


@cache
def model(language: str) -> Language:
    return spacy.load(MODELS / language)


def sums(name: str) -> dict[str, str]:
    """File by checksum file: what `sha256sum -c` reads."""
    lines = (MODELS / name).read_text("utf-8").splitlines()
    return {file: digest for digest, file in (line.split("  ", 1) for line in lines)}


def values(config: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The values of a configuration with their paths."""
    if not isinstance(config, dict):
        yield path, str(config)
        return
    for name, value in config.items():
        yield from values(value, f"{path}.{name}")


def test_every_file_of_the_models_has_the_checksum_that_was_recorded() -> None:
    files = (file for language in LANGUAGES for file in (MODELS / language).rglob("*") if file.is_file())
    found = {
        file.relative_to(MODELS).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }
    assert found == sums("SHA256SUMS")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_stays_small(language: str) -> None:
    assert sum(file.stat().st_size for file in (MODELS / language).rglob("*") if file.is_file()) < LARGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_for_the_installed_spacy_and_names_its_licence(language: str) -> None:
    meta = model(language).meta
    assert spacy.util.is_compatible_version(spacy.__version__, meta["spacy_version"])
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["lang"] == language


@pytest.mark.parametrize(
    ("language", "text", "arcs"),
    [
        (
            "it",
            "Il presidente di Lestovia ha telefonato alla cancelliera Anna Verdi.",
            {
                "presidente": ("nsubj", "telefonato"),
                "Lestovia": ("nmod", "presidente"),
                "ha": ("aux", "telefonato"),
                "telefonato": ("ROOT", "telefonato"),
                "cancelliera": ("obl", "telefonato"),
                "Verdi": ("flat:name", "Anna"),
            },
        ),
        (
            "it",
            "La ministra è stata ricevuta da Piero Bruni a Oslo.",
            {
                "ministra": ("nsubj:pass", "ricevuta"),
                "stata": ("aux:pass", "ricevuta"),
                "Piero": ("obl:agent", "ricevuta"),
                "Oslo": ("obl", "ricevuta"),
            },
        ),
        (
            "en",
            "The president of Lestovia called Chancellor Anna Verdi on Monday.",
            {
                "president": ("nsubj", "called"),
                "Lestovia": ("nmod", "president"),
                "called": ("ROOT", "called"),
                "Chancellor": ("obj", "called"),
                "Verdi": ("flat", "Chancellor"),
                "Monday": ("obl", "called"),
            },
        ),
        (
            "en",
            "The minister was received by Peter Bruni in Oslo.",
            {
                "minister": ("nsubj:pass", "received"),
                "was": ("aux:pass", "received"),
                "Peter": ("obl:agent", "received"),
                "Oslo": ("obl", "received"),
            },
        ),
    ],
)
def test_an_invented_sentence_is_parsed_rightly(
    language: str, text: str, arcs: dict[str, tuple[str, str]]
) -> None:
    doc = model(language)(text)
    found = {token.text: (token.dep_, token.head.text) for token in doc}
    assert {word: found[word] for word in arcs} == arcs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_was_made_with_the_recorded_configuration(language: str) -> None:
    asked, made = load_config(MODELS / f"{language}.cfg"), load_config(MODELS / language / "config.cfg")
    assert made["system"]["seed"] == asked["system"]["seed"]
    assert made["nlp"]["pipeline"] == asked["nlp"]["pipeline"]
    assert dict(values(asked["components"])).items() <= dict(values(made["components"])).items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_treebanks_of_a_model_have_a_recorded_checksum_and_those_measured_on_are_no_training_data(
    language: str,
) -> None:
    config = load_config(MODELS / f"{language}.cfg")
    trained, measured = set(config["treebanks"]), set(config["measured"].values())
    assert trained | measured <= set(sums("treebanks.sha256"))
    assert not trained & measured


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scores_of_the_readme_are_those_recorded(language: str) -> None:
    table = (MODELS / "README.md").read_text("utf-8")
    lines = (MODELS / f"{language}.scores.txt").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        values = line.split(": ", 1)[1].split()
        figures = dict(zip(values[::2], values[1::2], strict=True))
        row = f"| {figures['UAS']} | {figures['LAS']} | {figures['POS']} | {figures['morph']} |"
        assert row in table
        assert "sentences" not in figures or f"(F1 {figures['sentences']})" in table


@pytest.mark.parametrize(
    "content", [None, "1\tCiao\t_\tINTJ\t_\t_\t0\troot\t_\t_\n"], ids=["none", "another"]
)
def test_training_refuses_a_treebank_that_is_missing_or_another_version(
    content: str | None, tmp_path: Path
) -> None:
    for name in sums("treebanks.sha256") if content else ():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    command = [sys.executable, str(MODELS / "train.py"), "it", "--corpora", str(tmp_path)]
    command += ["--output", str(tmp_path / "model")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ("is not the version" if content else "is missing") in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "model").exists()
