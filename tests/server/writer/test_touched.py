"""The full-text index follows every write: what it finds is what an index made anew would find."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from graph import build
from graph.mapping.iris import Minter
from graph.store import generations, texts
from graph.store.articles import Shared
from graph.store.search import documents, index
from ontology import rules
from server.writer.actions import Live, perform
from server.writer.orders import DEFAULT, Order
from server.writer.touched import Touched

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
SHARED = Shared(NamedNode("x:entities"), NamedNode("x:entailed"), ())
RDFS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def touched(update: str) -> Touched:
    found = Touched()
    found.add_update(update)
    return found


def test_data_says_what_it_is_about() -> None:
    found = touched(f"INSERT DATA {{ <x:a> {LABEL} 'A' . GRAPH <x:g> {{ <x:b> {LABEL} 'B' }} }}")
    assert (found.things, found.unknown) == ({"x:a"}, False)
    assert touched(RDFS + "DELETE DATA { <x:a> rdfs:label 'A' }").things == {"x:a"}


@pytest.mark.parametrize(
    "update",
    [
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s <x:p> 1 ; ?p 2 } WHERE { ?s ?p ?o }",
        "INSERT { ?s <x:p> [ ?p 2 ] } WHERE { ?s ?p ?o }",
        f"INSERT {{ ?s {LABEL} 'x' }} WHERE {{ ?s ?p ?o }}",
        RDFS + "INSERT { ?s rdfs:label 'x' } WHERE { ?s ?p ?o }",
        "INSERT { ?s a <x:c> } WHERE { ?s ?p ?o }",
        "INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o . GRAPH ?g {} }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "MOVE <x:g> TO DEFAULT",
    ],
)
def test_what_may_touch_any_name_is_unknown(update: str) -> None:
    assert touched(update).unknown


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { ?s <x:p> ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s <x:p> ?o ; <x:q> ?r , ?t } INSERT { GRAPH ?g { ?s <x:p> 1 } } WHERE { ?s ?p ?o }",
    ],
)
def test_what_can_touch_no_name_is_known(update: str) -> None:
    assert not touched(update).unknown


WRITES = [
    Order("update", f"INSERT DATA {{ <x:a> {LABEL} 'Alpha'@en . <x:b> {LABEL} 'Beta' }}".encode()),
    Order("update", f"DELETE DATA {{ <x:b> {LABEL} 'Beta' }}".encode()),
    Order("update", f"INSERT {{ ?s {LABEL} 'Gamma' }} WHERE {{ ?s {LABEL} 'Alpha'@en }}".encode()),
    Order("update", b"INSERT { ?s <x:p> 1 } WHERE { ?s ?p ?o }"),
    Order("put", f"<x:c> {LABEL} 'Delta' .".encode(), DEFAULT, "text/turtle"),
    Order("post", f"<x:d> {LABEL} 'Epsilon' .".encode(), DEFAULT, "text/turtle"),
    Order("post", f"<x:e> {LABEL} 'hidden' .".encode(), "x:g", "text/turtle"),
    Order("update", b"ADD <x:g> TO DEFAULT"),
    Order("delete", graph=DEFAULT),
]


def test_the_index_follows_every_kind_of_write(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with generations.writing(store, fresh=True) as folder:
        Store(str(folder)).flush()
    previous = generations.current(store)
    live = Live(Store(str(tmp_path / "live")), SHARED)
    for number, order in enumerate(WRITES):
        perform(live, order)
        target = tmp_path / f"copy{number}"
        live.database.flush()
        live.database.backup(str(target))
        live.touched.follow(previous, target, live.database, store)
        assert words(target) == sorted(each.text for each in documents.all_documents(live.database, store))
        previous = target


def words(generation: Path) -> list[str]:
    """The texts that the index of a generation holds, base and delta taken together."""
    found: dict[str, list[str]] = {}
    for file in index.files(generation):
        with closing(sqlite3.connect(file)) as connection:
            for (iri,) in connection.execute("SELECT iri FROM replaced"):
                found[iri] = []
            for iri, text in connection.execute("SELECT iri, text FROM document"):
                found.setdefault(iri, []).append(text)
    return sorted(text for texts in found.values() for text in texts)


ARTICLES = (
    "date 2031-03-04 Irene Falk ha telefonato martedì a Milo Arend, ha detto il portavoce Teo Lunn. "
    'La telefonata è durata circa due ore. "Non abbiamo fretta", ha aggiunto Lunn.',
    "date 2031-03-04 Irene Falk had a telephone call with Milo Arend on Tuesday, spokesman Teo Lunn said. "
    '"We are not in a hurry," Lunn added.',
    "date 2031-03-05 Milo Arend visiterà Roma in estate, ha detto il portavoce Teo Lunn.",
)


def test_the_index_follows_articles_that_come_and_go(tmp_path: Path) -> None:
    base, store = "http://127.0.0.1:8000/", tmp_path / "store"
    take, minter = build.intake(base), Minter(base)
    with generations.writing(store, fresh=True) as folder:
        Store(str(folder)).flush()
    previous = generations.current(store)
    shared = Shared(
        minter.graph("entities"), minter.graph("entailed"), [each.construct for each in rules.RULES]
    )
    live = Live(Store(str(tmp_path / "live")), shared)
    orders = []
    for text in ARTICLES:
        article, quads = take(text.encode(), False)
        texts.write(store, article.id, article.text)
        graph = minter.article_graph(article.id).value
        orders.append(Order("add", serialize(quads, format=RdfFormat.N_QUADS) or b"", graph))
    orders += [Order("withdraw", graph=orders[number].graph) for number in (0, 2, 1)]
    found = []
    for number, order in enumerate(orders):
        perform(live, order)
        target = tmp_path / f"copy{number}"
        live.database.flush()
        live.database.backup(str(target))
        assert not live.touched.unknown, "every document of the store would be compared"
        live.touched.follow(previous, target, live.database, store)
        found.append(words(target))
        assert found[-1] == sorted(each.text for each in documents.all_documents(live.database, store))
        previous = target
    assert any("telefonato" in each for each in found[0])
    assert any("hurry" in each for each in found[1])
    assert found[-1] == []
