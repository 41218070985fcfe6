"""The same event told by several articles, in Italian and English, about invented people.

Whatever the order in which articles come and go, the graph is that of a build of those that are there.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph import build
from graph.assembly import conforming
from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.mapping.conformance import gate
from graph.mapping.iris import Minter
from graph.model import Article
from graph.settings import ROOT
from graph.store import articles, examples, merge, reader
from graph.store.identity.tellings import REPLACED_BY
from ontology.prefixes import PREFIXES
from ontology.rules import RULES

BASE = "http://127.0.0.1:8000/"
MINTER = Minter(BASE)
SHARED = articles.Shared(
    MINTER.graph("entities"), MINTER.graph("entailed"), [rule.construct for rule in RULES]
)
TEXTS = {
    "it": """date 2031-05-14
Il presidente Anna Verdi ha telefonato oggi a Miloš Štefánek.
La telefonata è durata un'ora e mezza, ha detto Carla Nerozzi.
Anna Verdi e Miloš Štefánek hanno parlato di energia.
""",
    "en": """date 2031-05-15
President Anna Verdi spoke by phone with Milos Stefanek on 14 May.
The call lasted over two hours, Stefanek said.
""",
    "delegation": """date 2031-05-15
Anna Verdi, Miloš Štefánek e Milena Horak hanno avuto ieri una telefonata.
""",
    "undated": """date 2031-05-16
Dopo la telefonata tra Anna Verdi e Miloš Štefánek, i mercati hanno reagito bene.
""",
    "denied": """date 2031-05-15
Carla Nerozzi ha smentito che ieri ci sia stata una telefonata tra Anna Verdi e Miloš Štefánek.
""",
    "planned": """date 2031-05-12
Anna Verdi telefonerà il 14 maggio a Miloš Štefánek, ha annunciato Carla Nerozzi.
""",
    "week later": """date 2031-05-21
Nuova telefonata oggi tra Anna Verdi e Miloš Štefánek.
""",
    "week later, en": """date 2031-05-21
Anna Verdi and Milos Stefanek held a phone call on 21 May.
""",
    "month": """date 2031-05
Nella telefonata Anna Verdi e Miloš Štefánek hanno parlato di pace.
""",
    "month, en": """date 2031-05
Anna Verdi and Milos Stefanek held a phone call.
""",
    "others": """date 2031-05-14
Anna Verdi ha telefonato oggi a Milena Horak. Ieri Milena Horak ha incontrato Miloš Štefánek a Vienna.
""",
    "meeting": """date 2031-05-14
Milena Horak met Milos Stefanek in Austria on 13 May.
""",
}


@cache
def article(name: str) -> Article:
    return formats.article(TEXTS[name], f"{name}.txt")


@cache
def mapped(name: str) -> frozenset[Quad]:
    return frozenset(conforming(link(pipeline().extract(article(name))), BASE))


@cache
def pipeline() -> Pipeline:
    return Pipeline()


def graph_of(name: str) -> NamedNode:
    return MINTER.article_graph(article(name).id)


def database(names: Iterable[str]) -> Store:
    """A database to which the articles were added one after the other."""
    found = Store()
    for name in names:
        articles.add(found, mapped(name), SHARED)
    return found


def at_once(names: Iterable[str]) -> Store:
    found = Store()
    articles.add(found, frozenset[Quad]().union(*(mapped(name) for name in names)), SHARED)
    return found


def content(found: Store) -> set[Quad]:
    """All quads but the record of what was in use before."""
    return {quad for quad in found if not str(quad.graph_name).endswith(f"{merge.SUPERSEDED}>")}


CALLS = """SELECT ?call (GROUP_CONCAT(DISTINCT STR(?in)) AS ?articles) {
  ?call a pg:Call . ?claim pg:about ?call ; pg:reportedIn ?in } GROUP BY ?call"""


def calls(*names: str) -> set[frozenset[str]]:
    """Which of these articles tell of the same call."""
    ids = {MINTER.article(article(name).id).value: name for name in names}
    rows = at_once(names).query(CALLS, prefixes=PREFIXES)
    return {frozenset(ids[each] for each in row["articles"].value.split()) for row in rows}


def sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(each.strip() for each in group.split("+")) for group in groups}


def test_an_italian_and_an_english_article_tell_one_call() -> None:
    assert calls("it", "en") == sets("it + en")


def test_what_they_disagree_about_stands_side_by_side() -> None:
    rows = at_once(["it", "en"]).query(
        "SELECT DISTINCT ?call ?length ?in "
        "{ GRAPH ?claim { ?call pg:duration ?length } ?claim pg:reportedIn ?in }",
        prefixes=PREFIXES,
    )
    told = {(row["call"].value, row["length"].value, row["in"].value) for row in rows}
    assert {(length, where) for _, length, where in told} == {
        ("PT1H30M", MINTER.article(article("it").id).value),
        ("PT2H", MINTER.article(article("en").id).value),
    }
    assert len({call for call, _, _ in told}) == 1


def test_a_delegation_a_denial_a_plan_and_an_undated_mention_are_of_the_same_call() -> None:
    told = ("it", "delegation", "undated", "denied", "planned")
    assert calls(*told) == {frozenset(told)}


def test_two_calls_of_the_same_pair_a_week_apart_stay_two() -> None:
    expected = sets("it + en", "week later + week later, en")
    assert calls("it", "en", "week later", "week later, en") == expected


def test_a_call_without_a_day_joins_the_only_one_of_its_month_and_none_of_two() -> None:
    assert calls("it", "month") == sets("it + month")
    assert calls("month", "month, en") == sets("month + month, en")
    assert calls("it", "week later", "month") == sets("it", "week later", "month")
    assert calls("it", "week later", "month", "month, en") == sets("it", "week later", "month", "month, en")


def test_a_call_of_others_on_that_day_is_another() -> None:
    assert calls("it", "others") == sets("it", "others")


def test_a_meeting_in_the_city_is_the_one_in_its_country() -> None:
    rows = at_once(["others", "meeting"]).query(
        "SELECT (COUNT(DISTINCT ?m) AS ?n) (COUNT(DISTINCT ?in) AS ?told) "
        "{ ?m a pg:Meeting . ?c pg:about ?m ; pg:reportedIn ?in }",
        prefixes=PREFIXES,
    )
    assert [(row["n"].value, row["told"].value) for row in rows] == [("1", "2")]


def test_one_query_finds_what_articles_disagree_about(tmp_path: Path) -> None:
    """Lengths and participants, with who gives them; what all agree about is not among them."""
    for name in ("it", "en", "delegation", "week later", "meeting"):
        (tmp_path / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    build.build([tmp_path], tmp_path / "store", BASE, annotated=tmp_path)
    query = (ROOT / "graph/store/examples/27-what-sources-disagree-about.rq").read_text(encoding="utf-8")
    rows = list(reader.open_current(tmp_path / "store").query(query))
    assert {(row["what"].value, row["value"].value) for row in rows} == {
        ("duration", "PT1H30M"),
        ("duration", "PT2H"),
        ("has participant", "Milena Horak"),
    }
    assert len({row["event"] for row in rows}) == 1
    assert {row["source"].value for row in rows if row["value"].value == "PT1H30M"} == {"Carla Nerozzi"}


relaxed = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@settings(relaxed, max_examples=40)
@given(data=st.data())
def test_articles_may_come_and_go_in_any_order(data: st.DataObject) -> None:
    coming = data.draw(st.lists(st.sampled_from(sorted(TEXTS)), min_size=2, max_size=8, unique=True))
    found = database(coming)
    assert content(found) == set(at_once(coming))
    going = data.draw(st.lists(st.sampled_from(coming), min_size=1, unique=True))
    for name in going:
        articles.withdraw(found, graph_of(name), SHARED)
    staying = [name for name in coming if name not in going]
    assert content(found) == set(at_once(staying))
    back = data.draw(st.lists(st.sampled_from(going), unique=True))
    for name in back:
        articles.add(found, mapped(name), SHARED)
    assert content(found) == set(at_once([*staying, *back]))
    assert list(merge.differences(found)) == []


def test_an_article_that_is_there_already_changes_nothing() -> None:
    found = database(["en", "it"])
    once = set(found)
    articles.add(found, mapped("en"), SHARED)
    assert set(found) == once


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("articles")
    for number, text in enumerate(TEXTS.values()):
        (found / f"{number}.txt").write_text(text, encoding="utf-8")
    return found


def built(store: Path) -> set[Quad]:
    """What a build made of articles: without vocabulary, example queries and clock."""
    vocabulary = {each.triple for each in build.ontology_quads(MINTER.graph("ontology"))}
    vocabulary.update(examples.prefixes(BASE), examples.executables(BASE))
    apart = {f"<{MINTER.graph(name).value}>" for name in ("ontology", "run")}
    return {
        quad
        for quad in reader.open_current(store)
        if str(quad.graph_name) not in apart
        and not (quad.graph_name == DefaultGraph() and quad.triple in vocabulary)
    }


def test_a_build_gives_the_graph_of_articles_added_one_by_one(folder: Path, tmp_path: Path) -> None:
    report = build.build([folder], tmp_path / "store", BASE, annotated=tmp_path)
    assert report.rejected == []
    assert built(tmp_path / "store") == set(database(reversed(TEXTS)))


def test_the_graph_conforms_when_events_are_one() -> None:
    texts = {article(name).id: article(name).text for name in TEXTS}
    stated = {quad for quad in at_once(TEXTS) if quad.graph_name != DefaultGraph() and merge.is_merged(quad)}
    assert gate.violations(stated, texts) == []


def successors(found: Store, iri: NamedNode) -> list[NamedNode]:
    """Where an IRI leads, hop by hop."""
    hops = []
    while step := next(found.quads_for_pattern(iri, REPLACED_BY, None, None), None):
        iri = step.object
        hops.append(iri)
    return hops


def call_of(*names: str) -> NamedNode:
    rows = at_once(names).query("SELECT DISTINCT ?c { ?claim pg:about ?c . ?c a pg:Call }", prefixes=PREFIXES)
    (row,) = rows
    return row["c"]


def test_an_iri_that_was_in_use_leads_on_when_an_earlier_article_comes() -> None:
    found = database(["en", "planned"])
    assert successors(found, call_of("en")) == [call_of("planned")]


def test_an_iri_leads_on_when_its_article_is_withdrawn_as_long_as_others_tell_of_the_event() -> None:
    found = database(["planned", "it", "en"])
    shared = call_of("planned", "it", "en")
    articles.withdraw(found, graph_of("planned"), SHARED)
    assert successors(found, shared) == [call_of("it", "en")]
    articles.withdraw(found, graph_of("it"), SHARED)
    assert successors(found, shared) == [call_of("it"), call_of("en")]
    articles.add(found, mapped("planned"), SHARED)
    assert successors(found, shared) == []
    assert successors(found, call_of("it")) == [call_of("en"), shared]


def test_an_event_has_one_label_and_an_old_iri_none() -> None:
    rows = at_once(["it", "delegation"]).query(
        "SELECT * { ?x rdfs:label ?l . ?c pg:about ?x }", prefixes=PREFIXES
    )
    assert len({row["l"] for row in rows}) == 1
    found = at_once(["it", "delegation"])
    (old,) = {quad.subject for quad in found.quads_for_pattern(None, REPLACED_BY, None, DefaultGraph())}
    said = {quad.predicate.value for quad in found.quads_for_pattern(old, None, None, DefaultGraph())}
    assert said == {REPLACED_BY.value, f"{PREFIXES['skos']}hiddenLabel"}


def test_a_change_tells_of_which_things_something_else_is_stated() -> None:
    found = database(["it"])
    told = articles.add(found, mapped("planned"), SHARED)
    assert {call_of("it").value, call_of("planned").value} <= told
    assert MINTER.article(article("it").id).value not in told
    assert {call_of("it").value, call_of("planned").value} <= articles.withdraw(
        found, graph_of("planned"), SHARED
    )


def test_the_record_of_iris_is_no_part_of_the_merge() -> None:
    found = database(["planned", "it"])
    articles.withdraw(found, graph_of("planned"), SHARED)
    (quad,) = found.quads_for_pattern(call_of("planned"), None, None, None)
    assert str(quad.graph_name).endswith(f"{merge.SUPERSEDED}>")
