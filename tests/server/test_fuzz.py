"""Queries that nobody would write: every one gets a clean answer, and the server goes on."""

import json
from pathlib import Path
from urllib.parse import quote

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store import examples

QUERIES = [example.query for example in examples.all_examples()]
QUERIES += [path.read_text("utf-8") for path in (Path(examples.__file__).parent / "queries").glob("*.rq")]
PIECES = [
    *"{}().;,*/^|!?#'\"<>[]\\\n\r\0",
    "?x",
    "<x:y>",
    "''' ",
    "\\u12",
    "_:b",
    "@en",
    "1.5e",
    "é𝄞",
    "<<",
    "SELECT ",
]

edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from(["", *PIECES])), max_size=4)


def edited(query: str, changes: list[tuple[float, int, str]]) -> str:
    """The query with some stretches taken out and others put in."""
    for place, length, piece in changes:
        start = int(place * len(query))
        query = query[:start] + piece + query[start + length :]
    return query


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.builds(edited, st.sampled_from(QUERIES), edits), page=st.booleans())
def test_every_query_gets_a_clean_answer(http: httpx.Client, query: str, page: bool) -> None:
    accept = "text/html" if page else "application/json, application/n-triples, */*"
    answer = http.get("/sparql", params={"query": query}, headers={"Accept": accept})
    if len(str(answer.url)) > 8000:
        return  # longer than a request line may be; POST is for those
    assert answer.status_code in (200, 400, 503), answer.text
    assert "Traceback" not in answer.text
    if answer.status_code == 400 and not page:
        problem = json.loads(answer.content)
        lines = query.split("\n")
        assert 1 <= problem["line"] <= len(lines)
        assert 1 <= problem["column"] <= len(lines[problem["line"] - 1]) + 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(st.characters(blacklist_categories=["Cs"]), max_size=40))
def test_every_path_gets_a_clean_answer(http: httpx.Client, path: str) -> None:
    for prefix in ("/id/", "/page/", "/data/", "/graph/", "/ns", "/"):
        answer = http.get(prefix + quote(path, safe="/"), follow_redirects=True)
        assert answer.status_code in (200, 404, 406), (prefix + path, answer.text)
