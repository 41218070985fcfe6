"""Which questions a web process answers itself: any that is small, and none that is not."""

import json
from pathlib import Path

import pytest

from graph.store import generations, writer
from graph.store.columns import replicas
from server.evaluator import guards
from server.evaluator.columns import JSON, LARGE, ROWS, SHORT, SMALL, Columns
from server.evaluator.jobs import Job

THINGS = SMALL // 4


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("columns")
    lines = (
        f"<http://e/t{number}> <http://e/kind> <http://e/k{number % 5}> .\n"
        f'<http://e/t{number}> <http://e/name> "name {number}"@en .\n'
        f"<http://e/t{number}> <http://e/next> <http://e/t{(number + 1) % THINGS}> .\n"
        for number in range(THINGS)
    )
    (folder / "data.nt").write_text("".join(lines))
    writer.load(folder / "store", [folder / "data.nt"])
    replicas.make(folder / "store")
    return generations.current(folder / "store")


def job(query: str) -> Job:
    return Job(query, JSON, JSON, guarded=guards.check(query))


def rows(found: tuple[object, bytes] | None) -> int:
    return -1 if found is None else len(json.loads(found[1])["results"]["bindings"])


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("SELECT ?p ?o { <http://e/t3> ?p ?o }", 3),
        ("SELECT ?k (COUNT(*) AS ?n) { ?s <http://e/kind> ?k } GROUP BY ?k ORDER BY ?k", 5),
        ("SELECT ?s { ?s <http://e/kind> ?k . FILTER(?k = <http://e/k1>) } LIMIT 7", 7),
        (
            "SELECT ?a ?l { VALUES ?k { <http://e/k1> <http://e/k2> } ?a <http://e/kind> ?k ; "
            "<http://e/name> ?l } LIMIT 9",
            9,
        ),
    ],
)
def test_what_is_small_is_answered_whether_or_not_it_names_a_thing(
    generation: Path, query: str, number: int
) -> None:
    columns = Columns()
    assert rows(columns.answer_small(generation, job(query))) == number
    assert columns.answer_small(generation, job(query)) == columns.answer(generation, job(query), LARGE)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        f"SELECT ?s {{ ?s <http://e/kind> ?k }} LIMIT {ROWS + 1}",
        "SELECT ?s ?l { ?s <http://e/name> ?l FILTER CONTAINS(?l, 'name 77') }",
        "SELECT (COUNT(*) AS ?n) { ?a <http://e/kind> ?k . ?b <http://e/kind> ?k } GROUP BY ?k",
    ],
)
def test_what_is_large_is_left_to_a_query_process(generation: Path, query: str) -> None:
    columns = Columns()
    assert columns.answer_small(generation, job(query)) is None
    assert columns.answer(generation, job(query), 10 * LARGE) is not None


def test_what_is_no_question_or_a_long_one_is_read_once(
    generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = " . ".join(f"?s <http://e/p{number}> ?o{number}" for number in range(SHORT + 1))
    columns = Columns()
    for query in ("SELECT * { { ?s ?p 1 } UNION { ?s ?p 2 } }", f"SELECT * {{ {many} }}"):
        asked = job(query)
        assert columns.answer_small(generation, asked) is None
        with monkeypatch.context() as patch:
            patch.setattr("server.evaluator.columns._asked", lambda _: pytest.fail("it was read again"))
            assert columns.answer_small(generation, asked) is None
