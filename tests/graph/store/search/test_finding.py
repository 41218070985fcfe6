"""The index of a generation finds names, quotations and texts, and follows what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.cli.command import main
from graph.errors import StoreError
from graph.store import generations, merge, texts
from graph.store.search import index
from graph.store.search.documents import LONGEST, PASSAGE, passages
from graph.store.search.finding import Found, Index, marked
from ontology import terms as pg
from ontology.prefixes import PREFIXES

BASE = "http://127.0.0.1:8000/id/"
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ALIAS = NamedNode(PREFIXES["skos"] + "altLabel")
TYPE = NamedNode(PREFIXES["rdf"] + "type")
GRAPH = NamedNode("http://127.0.0.1:8000/graph/entities")
ARTICLE = f"{BASE}article/a1"
QUOTED = f"{BASE}quotation/q1"
PASSAGES = (
    "Zorin ha parlato della città.\n\n" + "Parole di riempimento senza senso. " * 60 + "\n\nPerché la pace?"
)


def named(path: str, name: str, language: str = "", prop: NamedNode = LABEL) -> Quad:
    return Quad(NamedNode(BASE + path), prop, Literal(name, language=language or None), GRAPH)


def quads() -> list[Quad]:
    span = NamedNode(f"{ARTICLE}#char=0,12")
    return [
        named("person/zorinskyy", "Volo Zorinskyy", "en"),
        named("person/zorinskyy", "Volo Zorinskij", "it"),
        named("person/arend", "Milo Arend"),
        named("person/arend", "il vecchio Arend", "it", ALIAS),
        named("country/valdoria", "Valdoria"),
        named("event/call", "Call: Milo Arend, Volo Zorinskyy", "en"),
        Quad(NamedNode(ARTICLE), TYPE, pg.Article, GRAPH),
        Quad(NamedNode(QUOTED), TYPE, pg.Quotation, GRAPH),
        Quad(NamedNode(QUOTED), pg.evidence, span, GRAPH),
        Quad(span, pg.supports, pg.exact, GRAPH),
        Quad(span, pg.exact, Literal("Le telefonate di Valdoria sono <lunghe>", language="it"), GRAPH),
    ]


def publish(store: Path, added: list[Quad], removed: list[Quad], things: list[str] | None) -> None:
    """A new generation; `things` None leaves the index to the publication."""
    with generations.writing(store, fresh=False) as folder:
        database = Store(str(folder))
        merge.bulk_add(database, added)
        merge.remove(database, removed)
        database.flush()
        if things is not None:
            index.follow(generations.current(store), folder, database, things, store)
        del database


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    publish(folder, quads(), [], None)
    texts.write(folder, "a1", PASSAGES)
    publish(folder, [], [], None)
    return folder


@pytest.fixture
def opened(store: Path) -> Iterator[Index]:
    found = Index(generations.current(store))
    yield found
    found.close()


def find(store: Path, text: str) -> Found:
    found = Index(generations.current(store))
    try:
        return found.find(text)
    finally:
        found.close()


def iris(found: Found) -> list[str]:
    return [hit.iri.removeprefix(BASE) for hit in found.hits]


@pytest.mark.parametrize("spelling", ["Zorinskyy", "zorinskij", "Sorinskyj", "ZORINSKY", "Зоринский"])
def test_a_name_is_found_in_any_spelling_the_person_first(opened: Index, spelling: str) -> None:
    assert iris(opened.find(spelling))[:2] == ["person/zorinskyy", "event/call"]


def test_accents_make_no_difference(opened: Index) -> None:
    assert iris(opened.find("citta")) == iris(opened.find("città")) == ["article/a1"]


def test_a_singular_finds_the_plural_and_the_words_are_marked(opened: Index) -> None:
    (hit,) = opened.find("telefonata").hits
    assert (hit.iri, hit.field) == (QUOTED, "quotation")
    assert hit.words == (("Le ", False), ("telefonate", True), (" di Valdoria sono <lunghe>", False))


def test_a_passage_says_where_in_its_article_it_begins(opened: Index) -> None:
    (hit,) = opened.find('"la pace"').hits
    assert (hit.field, hit.iri) == ("text", ARTICLE)
    assert PASSAGES[hit.start :] == "Perché la pace?"


def test_all_words_are_wanted_and_any_when_nothing_has_all(opened: Index) -> None:
    assert iris(opened.find("arend zorinskyy")) == ["event/call"]
    assert set(iris(opened.find("valdoria citta"))) >= {"country/valdoria", "article/a1"}


def test_a_word_nobody_wrote_is_replaced_by_the_nearest_and_the_answer_says_so(opened: Index) -> None:
    found = opened.find("Vardoria")
    assert found.asked == "valdoria"
    assert iris(found)[0] == "country/valdoria"
    assert opened.find("Valdoria").asked == ""


def test_what_is_excluded_is_not_there(opened: Index) -> None:
    assert "event/call" not in iris(opened.find("arend -zorinskyy"))


def test_hits_are_counted_by_kind_and_come_in_pages(opened: Index) -> None:
    whole = opened.find("zorinskyy")
    assert whole.kinds == {"person": 1, "event": 1}
    assert opened.find("zorinskyy", offset=1, limit=1).hits == whole.hits[1:2]
    assert opened.find("zorinskyy", kind="event").total == 1


def test_a_thing_is_called_by_its_label_in_the_readers_language(opened: Index) -> None:
    assert opened.find("zorinskyy", language="it").hits[0].label == "Volo Zorinskij"
    assert opened.find("vecchio", language="de").hits[0].label == "Milo Arend"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("zor", "person/zorinskyy"), ("sorin", "person/zorinskyy"), ("milo ar", "person/arend")],
)
def test_names_are_suggested_while_one_types(opened: Index, typed: str, first: str) -> None:
    assert opened.suggest(typed)[0].iri == BASE + first


@pytest.mark.parametrize("typed", ["", '"', "%_'", "zzzzzz", "*"])
def test_nothing_is_suggested_for_nothing_and_no_sign_breaks_it(opened: Index, typed: str) -> None:
    assert opened.suggest(typed) == ()


@pytest.mark.parametrize("text", ["AND", "NEAR(a b)", "text:arend", "a^2", "arend OR", "'; DROP TABLE word"])
def test_words_of_the_index_own_language_are_words(opened: Index, text: str) -> None:
    opened.find(text)


def test_the_index_follows_what_is_written(store: Path) -> None:
    renamed = named("country/valdoria", "Ostmark")
    publish(store, [renamed], [named("country/valdoria", "Valdoria")], [BASE + "country/valdoria"])
    assert iris(find(store, "ostmark")) == ["country/valdoria"]
    assert "country/valdoria" not in iris(find(store, "valdoria"))
    assert iris(find(store, "Zorinskyy"))[0] == "person/zorinskyy"
    publish(store, [], [renamed], [BASE + "country/valdoria"])
    assert iris(find(store, "ostmark")) == []


def test_a_withdrawn_article_is_not_found(store: Path) -> None:
    texts.remove(store, "a1")
    publish(store, [], [Quad(NamedNode(ARTICLE), TYPE, pg.Article, GRAPH)], [ARTICLE])
    assert iris(find(store, "citta")) == []


def test_a_delta_that_has_grown_is_merged(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SMALL", 2)
    added = [named(f"person/new-{number}", f"Nuovo Numero{number}") for number in range(9)]
    publish(store, added, [], [quad.subject.value for quad in added])
    generation = generations.current(store)
    assert [path.name for path in index.files(generation)] == [index.BASE]
    assert iris(find(store, "numero7")) == ["person/new-7"]


def test_following_leaves_the_base_as_it_is(store: Path) -> None:
    before = generations.current(store)
    publish(store, [named("person/new", "Nuovo")], [], [BASE + "person/new"])
    after = generations.current(store)
    assert (before / index.BASE).stat().st_ino == (after / index.BASE).stat().st_ino
    assert (after / index.DELTA).exists()


def test_a_generation_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="parleygraph index"):
        Index(tmp_path)


def test_the_command_line_makes_the_index_of_a_store_that_has_none(store: Path) -> None:
    for path in index.files(generations.current(store)):
        path.unlink()
    for _ in range(2):
        done = CliRunner().invoke(main, ["index", "--store", str(store)])
        assert done.exit_code == 0, done.output
    assert iris(find(store, "Zorinskyy"))[0] == "person/zorinskyy"


def test_a_long_text_is_cut_into_passages_that_lose_nothing() -> None:
    text = "\n\n".join(["Un capoverso. " * 40, "Un altro. " * 30, "parola " * 1500, "x" * 9000])
    found = list(passages(text))
    for start, passage in found:
        assert text[start : start + len(passage)] == passage
        assert 0 < len(passage) <= max(LONGEST, PASSAGE)
    assert "".join("".join(passage.split()) for _, passage in found) == "".join(text.split())


def test_the_pieces_of_a_snippet_are_the_snippet() -> None:
    assert list(marked("\ue000a\ue001 b \ue000c\ue001")) == [("a", True), (" b ", False), ("c", True)]
    assert list(marked("plain")) == [("plain", False)]
