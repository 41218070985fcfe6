"""What each component of the reading is worth: its scores without it, as a table.

    .venv/bin/python data/gold/ablation.py [FOLDER]

FOLDER holds gold articles, data/gold/dev where none is named. "Without the ten people" takes those named in
most articles of FOLDER out of the gazetteer: what is left must come from the text.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from graph.evaluation import gold
from graph.evaluation.evaluation import ALL, evaluate
from graph.extraction import drafter, stages
from graph.extraction.pipeline import Pipeline
from graph.lexicon.gazetteer import Gazetteer, gazetteer
from graph.lexicon.names import fold, surname, transliteration_key
from graph.linking.reading import link
from graph.mapping import records
from graph.model import EntityKind

HERE = Path(__file__).resolve().parent
BASE = "http://127.0.0.1:8000/"
MEASURES = ("calls", "events", "actors", "locations", "quotations with speaker", "negotiators")
FREQUENT = 10
"""People taken out of the table, as the standard of the project asks."""


def scores(folder: Path) -> dict[str, float]:
    """F1 of each measure on `folder` with the pipeline as it now is."""
    pipeline = Pipeline()
    found = evaluate(folder, lambda article: records.record(link(pipeline.extract(article)), BASE))
    return {measure: found.scores[ALL][measure].tally.f1 for measure in MEASURES}


@contextmanager
def without_parse() -> Iterator[None]:
    """Rules alone."""
    with patch.dict(os.environ, {"PARLEYGRAPH_PARSER": "off"}):
        yield


@contextmanager
def without_clause() -> Iterator[None]:
    """No agents of the clause where the frame reaches nobody."""
    with patch.object(drafter, "fellows", lambda *_: []):
        yield


@contextmanager
def without_memory() -> Iterator[None]:
    """No event taken up again by a noun alone ("la telefonata è durata un'ora")."""
    with patch.object(drafter.Drafter, "_recall", lambda *_: False):
        yield


@contextmanager
def without_delegations() -> Iterator[None]:
    """Negotiators only where a frame names them."""
    with patch.object(stages, "attach_delegates", lambda *_: None):
        yield


def without_people(names: set[str] | None) -> Callable[[], Any]:
    """The gazetteer without the people called `names`; without anybody for None."""

    @contextmanager
    def emptied() -> Iterator[None]:
        tables = gazetteer()
        saved = {key: getattr(tables, key) for key in ("by_name", "by_surname", "by_office")}
        _remove(tables, names)
        yield
        for key, value in saved.items():
            setattr(tables, key, value)

    return emptied


def _remove(tables: Gazetteer, names: set[str] | None) -> None:
    gone = {
        entry.key
        for entries in tables.by_name.values()
        for entry in entries
        if entry.kind is EntityKind.PERSON and (names is None or not names.isdisjoint(_spellings(entry)))
    }
    for index in ("by_name", "by_surname"):
        kept = type(getattr(tables, index))(list)
        for key, entries in getattr(tables, index).items():
            left = [entry for entry in entries if entry.key not in gone]
            if left:
                kept[key] = left
        setattr(tables, index, kept)
    offices = type(tables.by_office)(list)
    for key, terms in tables.by_office.items():
        offices[key] = [(term, entry) for term, entry in terms if entry.key not in gone]
    tables.by_office = offices


def _spellings(entry: Any) -> set[str]:
    return {fold(name) for name in (entry.name, *entry.aliases)}


def frequent(folder: Path) -> set[str]:
    """The folded names of the people of the gazetteer whom most articles name."""
    counts: Counter[str] = Counter()
    known = gazetteer().by_surname
    for article in gold.read(folder):
        for actor in article.answers["actors"]:
            name = fold(actor["name"])
            held = known.get(transliteration_key(surname(name)), ())
            counts.update({entry.key for entry in held if name in _spellings(entry)})
    keys = {key for key, _ in counts.most_common(FREQUENT)}
    return {fold(e.name) for es in known.values() for e in es if e.key in keys}


def main(folder: Path) -> None:
    """Print the table."""
    rows: list[tuple[str, Callable[[], Any] | None]] = [
        ("everything", None),
        ("without the parse", without_parse),
        ("without the agents of the clause", without_clause),
        ("without discourse memory", without_memory),
        ("without delegations", without_delegations),
        ("without the ten people named most", without_people(frequent(folder))),
        ("without any person in the gazetteer", without_people(None)),
    ]
    print("| F1 | " + " | ".join(MEASURES) + " |")
    print("|---|" + "--:|" * len(MEASURES))
    for name, ablated in rows:
        if ablated is None:
            found = scores(folder)
        else:
            with ablated():
                found = scores(folder)
        print(f"| {name} | " + " | ".join(f"{found[measure]:.3f}" for measure in MEASURES) + " |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dev")
