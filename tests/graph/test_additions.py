"""A researcher adds a row for somebody unknown: the old address leads on, as the real command shows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from graph import settings
from graph.store import reader
from ontology.prefixes import PREFIXES

TEXTS = {
    "it.txt": "date 2031-05-14\nInes Vargá ha telefonato oggi a Piero Brunazzi.\n",
    "en.txt": "date 2031-05-14\nInes Varga spoke by phone with Piero Brunazzi today.\n",
}
ROW = "person\tInes Vargá\tInes Vargha\tQ999999901\tPT\tforeign minister\t2030\t\ta page\n"
PEOPLE = "SELECT DISTINCT ?who { ?call a pg:Call ; pg:hasParticipant ?who }"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build needs, with a table of its own, and two articles."""
    copy = tmp_path / "checkout"
    for part in ("graph", "ontology", "data/lexicon", "data/gazetteer"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(settings.ROOT / part, copy / part, ignore=ignored)
    (copy / "articles").mkdir()
    for name, text in TEXTS.items():
        (copy / "articles" / name).write_text(text, encoding="utf-8")
    return copy


def build(checkout: Path) -> Store:
    command = [sys.executable, "-m", "graph", "build", "articles", "--store", "store", "--if-stale"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "up to date" not in done.stdout
    return reader.open_current(checkout / "store")


def people(store: Store) -> set[NamedNode]:
    return {row["who"] for row in store.query(PEOPLE, prefixes=PREFIXES)}


def test_who_was_unknown_keeps_the_old_address_when_a_row_is_added(checkout: Path) -> None:
    before = people(build(checkout))
    (old,) = {who for who in before if "ines-varga" in who.value}
    with (checkout / "data" / "gazetteer" / "additions.tsv").open("a", encoding="utf-8") as table:
        table.write(ROW)
    store = build(checkout)
    (new,) = people(store) - before
    assert old not in people(store)
    for predicate in (f"{PREFIXES['owl']}sameAs", f"{PREFIXES['dct']}isReplacedBy"):
        quads = store.quads_for_pattern(old, NamedNode(predicate), None, None)
        assert {quad.object for quad in quads} == {new}
    known = store.quads_for_pattern(new, NamedNode(f"{PREFIXES['owl']}sameAs"), None, None)
    assert {quad.object for quad in known} == {NamedNode(f"{PREFIXES['wd']}Q999999901")}
