"""SPARQL 1.1 Update over HTTP: who may, in which forms, on which dataset, and that it is seen at once."""

import csv
import gzip
import io
import threading

import httpx
import pytest

FORM = "application/x-www-form-urlencoded"
UPDATE = {"Content-Type": "application/sparql-update"}
INSERT = "INSERT DATA { <x:a> <x:b> 1 }"


def rows(client: httpx.Client, query: str) -> list[list[str]]:
    answer = client.post("/sparql", data={"query": query, "format": "csv"})
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text)))[1:]


def count(client: httpx.Client, pattern: str = "?s ?p ?o") -> int:
    return int(rows(client, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0][0])


def test_both_request_forms_change_the_graph(client: httpx.Client) -> None:
    assert client.post("/update", data={"update": INSERT}).status_code == 204
    direct = client.post("/update", content="INSERT DATA { <x:a> <x:b> 2 }", headers=UPDATE)
    assert direct.status_code == 204
    assert count(client) == 2


def test_a_write_is_seen_by_every_query_after_its_answer(client: httpx.Client) -> None:
    for number in range(20):
        update = f"INSERT DATA {{ <x:a> <x:b> {number} }}"
        assert client.post("/update", data={"update": update}).status_code == 204
        assert count(client) == number + 1


def test_writes_that_come_at_once_all_count(client: httpx.Client) -> None:
    statuses: list[int] = []

    def write(number: int) -> None:
        update = f"INSERT DATA {{ <x:{number}> <x:b> {number} }}"
        statuses.append(client.post("/update", data={"update": update}).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 24
    assert count(client) == 24


def test_an_update_that_fails_changes_nothing(client: httpx.Client) -> None:
    text = INSERT + " ; CREATE GRAPH <x:g> ; CREATE GRAPH <x:g>"
    answer = client.post("/update", data={"update": text})
    assert answer.status_code == 400
    assert "x:g" in answer.json()["detail"]
    assert count(client) == 0


def test_a_syntax_error_says_where(client: httpx.Client) -> None:
    answer = client.post("/update", data={"update": "INSERT DATA {\n <x:a> <x:b> }"})
    assert (answer.status_code, answer.json()["line"]) == (400, 2)
    unknown = client.post("/update", data={"update": "INSERT DATA { ex:a <x:b> 1 }"})
    assert "ex:" in unknown.json()["detail"]


def test_an_unknown_function_is_an_error_of_its_expression_alone(client: httpx.Client) -> None:
    text = "INSERT { ?s <x:c> ?o } WHERE { ?s <x:b> 1 BIND(COALESCE(<x:unknown>(1), 'none') AS ?o) }"
    assert client.post("/update", data={"update": f"{INSERT} ; {text}"}).status_code == 204
    assert rows(client, "SELECT ?o { ?s <x:c> ?o }") == [["none"]]


def test_the_default_graph_is_a_graph_like_any_other(client: httpx.Client) -> None:
    client.post("/update", data={"update": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }"})
    assert count(client) == 0
    assert count(client, "GRAPH <x:g> { ?s ?p ?o }") == 1


@pytest.mark.parametrize(
    ("dataset", "found"),
    [
        ({}, {"x:default"}),
        ({"using-graph-uri": "x:g"}, {"x:g"}),
        ({"using-graph-uri": ["x:g", "x:h"]}, {"x:g", "x:h"}),
        ({"using-named-graph-uri": "x:g"}, set()),
    ],
)
def test_the_dataset_of_the_request_is_that_of_the_patterns(
    client: httpx.Client, dataset: dict[str, str | list[str]], found: set[str]
) -> None:
    client.post(
        "/update",
        data={
            "update": "INSERT DATA { <x:s> <x:p> <x:default> "
            "GRAPH <x:g> { <x:s> <x:p> <x:g> } GRAPH <x:h> { <x:s> <x:p> <x:h> } }"
        },
    )
    update = "INSERT { GRAPH <x:found> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert client.post("/update", data={"update": update, **dataset}).status_code == 204
    assert {row[0] for row in rows(client, "SELECT ?o { GRAPH <x:found> { ?s ?p ?o } }")} == found


@pytest.mark.parametrize(
    "update",
    [
        "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING NAMED <x:g> WHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets_in_one_request_are_400(client: httpx.Client, update: str) -> None:
    assert client.post("/update", data={"update": update}).status_code == 204
    answer = client.post("/update", data={"update": update, "using-graph-uri": "x:h"})
    assert answer.status_code == 400
    assert "dataset" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Basic eDp5"}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer"}, 401),
    ],
)
def test_who_has_not_the_token_may_not_write(
    client: httpx.Client, headers: dict[str, str], status: int
) -> None:
    with httpx.Client(base_url=client.base_url) as stranger:
        for method, path in (("POST", "/update"), ("PUT", "/graphs?default"), ("DELETE", "/graphs")):
            answer = stranger.request(method, path, headers=headers, content="DROP ALL")
            assert answer.status_code == status
            assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
            assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_without_a_token_in_the_settings_writing_is_off(http: httpx.Client) -> None:
    answer = http.post("/update", data={"update": INSERT}, headers={"Authorization": "Bearer"})
    assert answer.status_code == 403
    assert "PARLEYGRAPH_TOKEN" in answer.json()["remedy"]


def test_what_is_no_update_request_is_refused_with_its_status(client: httpx.Client) -> None:
    def post(status: int, path: str = "/update", **request: object) -> httpx.Response:
        answer = client.post(path, **request)
        assert answer.status_code == status, answer.text
        return answer

    post(400, data={"other": "x"})
    post(400, data={"update": INSERT, "query": "ASK {}"})
    post(400, "/update?update=CLEAR%20ALL", content=INSERT, headers=UPDATE)
    post(400, content="update=CLEAR+ALL&update=CLEAR+ALL", headers={"Content-Type": FORM})
    post(400, content=b"\xff\xfe", headers=UPDATE)
    post(400, data={"update": INSERT, "using-graph-uri": "no iri"})
    post(400, data={"update": "SELECT * { ?s ?p ?o }"})
    refused = post(415, content=INSERT, headers={"Content-Type": "text/plain"})
    assert "application/sparql-update" in refused.headers["Accept-Post"]
    post(415, content=INSERT, headers={"Content-Type": "application/sparql-update; charset=utf-16"})
    post(413, content=b"#" * (1 << 20) + b"#", headers=UPDATE)


def test_other_methods_are_405_and_say_which_are_allowed(client: httpx.Client) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        answer = client.request(method, "/update")
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert client.options("/update").headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_an_update_reaches_nothing_outside(client: httpx.Client, update: str) -> None:
    assert client.post("/update", data={"update": update}).status_code in (400, 503)
    assert count(client) == 0


def test_a_packed_body_is_unpacked_within_bounds(client: httpx.Client) -> None:
    packed = {**UPDATE, "Content-Encoding": "gzip"}
    assert client.post("/update", content=gzip.compress(INSERT.encode()), headers=packed).status_code == 204
    assert count(client) == 1
    bomb = gzip.compress(b"#" * (8 << 20))
    assert client.post("/update", content=bomb, headers=packed).status_code == 413
    assert client.post("/update", content=b"no gzip", headers=packed).status_code == 400
    other = {**UPDATE, "Content-Encoding": "br"}
    assert client.post("/update", content=INSERT, headers=other).status_code == 415


def test_a_syntax_error_is_told_before_what_may_not_be_reached(client: httpx.Client) -> None:
    answer = client.post("/update", data={"update": "LOAD <http://127.0.0.1:9/x> INTO"})
    assert (answer.status_code, answer.json()["title"]) == (400, "The update has a syntax error")
    off = client.post("/update", data={"update": "LOAD <http://127.0.0.1:9/x>"})
    assert off.status_code == 400
    assert "off by default" in off.json()["detail"]


def test_a_syntax_error_is_told_at_its_place(client: httpx.Client) -> None:
    answer = client.post("/update", data={"update": "INSERT DATA {\n  <x:a> <x:b> ?o }"})
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (2, 15)
    assert "a variable cannot stand in INSERT DATA" in answer.json()["detail"]


def test_declarations_may_stand_between_operations(client: httpx.Client) -> None:
    update = "INSERT DATA { <x:one> <x:between> 1 } ; PREFIX y: <x:> INSERT DATA { y:two y:between 2 }"
    assert client.post("/update", data={"update": update}).status_code == 204
    query = "SELECT * { ?s <x:between> ?o }"
    found = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert len(found.text.split()) == 3


def test_an_answer_without_content_has_none_when_it_might_be_packed(client: httpx.Client) -> None:
    packed = {"Accept-Encoding": "gzip"}
    for answer in (
        client.post("/update", data={"update": INSERT}, headers=packed),
        client.options("/update", headers=packed),
    ):
        assert (answer.status_code, answer.content) == (204, b"")
        assert "Content-Encoding" not in answer.headers
