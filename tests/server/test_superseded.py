"""An IRI that an event once bore leads to the one that it bears now; articles about invented people."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph import build
from graph.corpus import formats
from graph.store import articles, generations, reader
from graph.store.identity.tellings import REPLACED_BY
from ontology.rules import RULES
from tests.server.running import Server

BASE = "http://127.0.0.1:8000/"
FIRST = "date 2031-05-14\nAnna Verdelli ha telefonato oggi a Piero Brunazzi.\n"
SECOND = "date 2031-05-15\nAnna Verdelli called Piero Brunazzi on 14 May.\n"
THIRD = "date 2031-05-16\nAnna Verdelli and Piero Brunazzi held a phone call on 14 May.\n"
READER = {"Accept": "text/html"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of three articles that tell of one call."""
    for name, text in zip("abc", (FIRST, SECOND, THIRD), strict=True):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    report = build.build([tmp_path], tmp_path / "store", BASE, annotated=tmp_path / "none")
    assert (report.counts["articles"], report.counts["events"]) == (3, 1)
    return tmp_path / "store"


def replaced(store: Path) -> dict[str, str]:
    """The paths of the IRIs that others have replaced, with those of the others."""
    quads = reader.open_current(store).quads_for_pattern(None, REPLACED_BY, None, DefaultGraph())
    return {quad.subject.value.removeprefix(BASE): quad.object.value.removeprefix(BASE) for quad in quads}


def withdraw(store: Path, text: str) -> None:
    shared = articles.Shared(
        NamedNode(f"{BASE}graph/entities"),
        NamedNode(f"{BASE}graph/entailed"),
        [rule.construct for rule in RULES],
    )
    with generations.writing(store, fresh=False) as generation:
        database = Store(str(generation))
        graph = NamedNode(f"{BASE}graph/article/{formats.article(text, 'x').id}")
        articles.withdraw(database, graph, shared)
        database.flush()
        del database


def test_an_iri_that_is_no_longer_in_use_leads_on(folder: Path, launch: Callable[..., Server]) -> None:
    http = launch(folder).client
    moved = replaced(folder)
    (event,) = set(moved.values())
    assert len(moved) == 2
    for old in moved:
        page = http.get(f"/{old.replace('id/', 'page/', 1)}", headers=READER)
        assert (page.status_code, page.headers["Location"]) == (301, f"/{event.replace('id/', 'page/', 1)}")
        answer = http.get(f"/{old}", headers=READER)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/{event}")
        assert answer.headers["Cache-Control"] == "public, no-cache"
        arrived = http.get(f"/{old}", headers=READER, follow_redirects=True)
        assert arrived.url.path == f"/page/{event.removeprefix('id/')}"
        assert arrived.status_code == 200
    assert http.get(f"/{event}", headers=READER).status_code == 303
    withdrawn_leads_on(folder, http, event)


def withdrawn_leads_on(folder: Path, http: httpx.Client, event: str) -> None:
    """The article whose IRI the event bore goes; the event stays, and its old IRI leads to the new one."""
    withdraw(folder, FIRST)
    (heir,) = set(replaced(folder).values())
    assert heir != event
    answer = http.get(f"/{event}", headers=READER)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/{heir}")
    for text in (SECOND, THIRD):
        withdraw(folder, text)
    assert http.get(f"/{event}", headers=READER, follow_redirects=True).status_code == 404


def test_the_data_of_an_event_hold_nothing_of_the_index(folder: Path, launch: Callable[..., Server]) -> None:
    (event,) = set(replaced(folder).values())
    data = launch(folder).client.get(f"/data/{event.removeprefix('id/')}.nq").text
    assert "/graph/article/" in data
    assert "/graph/linking" not in data
