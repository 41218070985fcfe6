"""Two generations side by side: what was added, changed and withdrawn, for readers and programs."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.store import generations, merge
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.changes import MOST
from tests.server.running import Server

BASE = "http://127.0.0.1:8000/"
READER = {"Accept": "text/html", "Accept-Language": "en"}
TYPE, LABEL = NamedNode(f"{PREFIXES['rdf']}type"), NamedNode(f"{PREFIXES['rdfs']}label")


def claim(name: str, length: str) -> list[Quad]:
    own, article = NamedNode(f"{BASE}id/claim/{name}"), NamedNode(f"{BASE}graph/article/0123456789ab")
    event = NamedNode(f"{BASE}id/event/{name}")
    return [
        Quad(own, TYPE, pg.Claim, article),
        Quad(own, pg.about, event, article),
        Quad(own, pg.modality, pg.denied, article),
        Quad(event, LABEL, Literal(f"Call: {name}", language="en"), article),
        Quad(event, pg.duration, Literal(length), own),
    ]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, launch: Callable[..., Server]) -> httpx.Client:
    folder: Path = tmp_path_factory.mktemp("grown") / "store"
    for claims in (
        [claim("stays", "PT1H"), claim("grows", "PT1H"), claim("goes", "PT1H")],
        [claim("stays", "PT1H"), claim("grows", "PT2H"), claim("comes", "PT1H")],
    ):
        with generations.writing(folder, fresh=True) as generation:
            database = Store(str(generation))
            merge.bulk_add(database, [quad for quads in claims for quad in quads])
            database.flush()
            del database
    return launch(folder).client


def test_what_came_changed_and_went_is_told_to_programs(grown: httpx.Client) -> None:
    found = grown.get("/changes", headers={"Accept": "application/json"}).json()
    assert found == {
        "from": "1",
        "to": "2",
        "added": [f"{BASE}id/claim/comes"],
        "changed": [f"{BASE}id/claim/grows"],
        "withdrawn": [f"{BASE}id/claim/goes"],
        "part": 1,
        "parts": 1,
    }
    back = grown.get("/changes?from=2&to=1&format=json").json()
    assert (back["added"], back["withdrawn"]) == (found["withdrawn"], found["added"])
    assert grown.get("/changes?from=2&to=2&format=json").json()["changed"] == []


def test_a_reader_sees_the_claims_with_event_and_certainty(grown: httpx.Client) -> None:
    html = grown.get("/changes", headers=READER).text
    for name in ("comes", "grows", "goes"):
        assert f"Call: {name}" in html
    assert "Call: stays" not in html
    assert "denied" in html
    assert 'href="/page/claim/comes"' in html
    assert 'href="/page/claim/goes"' not in html


@pytest.mark.parametrize("query", ["from=7", "to=x", "from=../1", "from=1&to=99"])
def test_a_version_that_is_not_kept_is_404_with_those_that_are(grown: httpx.Client, query: str) -> None:
    answer = grown.get(f"/changes?{query}")
    assert answer.status_code == 404
    assert "Kept are 1, 2" in answer.json()["remedy"]


def test_contents_of_very_many_claims_are_compared_in_parts(
    tmp_path_factory: pytest.TempPathFactory, launch: Callable[..., Server]
) -> None:
    folder: Path = tmp_path_factory.mktemp("many") / "store"
    names = [f"c{number:04}" for number in range(MOST + 1)]
    for length in ("PT1H", "PT2H"):
        with generations.writing(folder, fresh=True) as generation:
            database = Store(str(generation))
            claims = [claim(name, length if name == names[-1] else "PT1H") for name in names]
            merge.bulk_add(database, [quad for quads in claims for quad in quads])
            database.flush()
            del database
    client = launch(folder).client
    first = client.get("/changes?format=json").json()
    assert (first["changed"], first["part"], first["parts"]) == ([], 1, 2)
    second = client.get("/changes?format=json&part=2").json()
    assert second["changed"] == [f"{BASE}id/claim/{names[-1]}"]
    html = client.get("/changes?part=2", headers=READER).text
    assert "Part 2 of 2" in html
    assert f"Call: {names[-1]}" in html
    assert client.get("/changes?part=0").status_code == 400
