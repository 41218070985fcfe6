"""Articles over HTTP: read, published, told apart, withdrawn for good."""

import json

import httpx
import pytest

from graph import build, settings
from graph.store import generations, reader, texts
from tests.server.running import Server

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
JSON = {"Content-Type": "application/json"}
TEXT = (
    "date 2031-03-04 Il presidente di Valdoria Irene Falk ha telefonato martedì al primo ministro di "
    "Ostmark, Milo Arend. La telefonata è durata circa un'ora, ha detto il portavoce Teo Lunn."
)
OTHER = (
    "date 2031-03-05 Il presidente di Valdoria Irene Falk ha incontrato mercoledì a Porto Grigio il ministro "
    "degli Esteri Ugo Vance."
)
CALLS = "SELECT ?event { ?event a <https://w3id.org/parleygraph/ns#Call> }"


def rows(client: httpx.Client, query: str) -> list[dict[str, dict[str, str]]]:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def path(answer: httpx.Response) -> str:
    return "/id/" + answer.json()["article"].partition("/id/")[2]


def test_an_article_is_in_the_graph_when_the_answer_comes(client: httpx.Client) -> None:
    answer = client.post("/articles", content=TEXT.encode(), headers=PLAIN)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == answer.json()["article"]
    assert len(rows(client, CALLS)) == 1
    assert client.get(path(answer)).status_code == 303
    again = client.post("/articles", content=TEXT.encode(), headers=PLAIN)
    assert (again.status_code, again.json()["article"]) == (200, answer.json()["article"])
    assert len(rows(client, CALLS)) == 1


def test_an_article_comes_as_json_with_what_is_known_of_it(client: httpx.Client) -> None:
    record = {
        "text": OTHER.partition(" ")[2].partition(" ")[2],
        "date": "2031-03-05",
        "title": "A Porto Grigio",
    }
    answer = client.post("/articles", content=json.dumps(record), headers=JSON)
    assert answer.status_code == 201, answer.text
    query = f'ASK {{ <{answer.json()["article"]}> ?p ?title FILTER (STR(?title) = "A Porto Grigio") }}'
    asked = client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"})
    assert asked.json()["boolean"] is True


@pytest.mark.parametrize(
    ("content", "headers", "reason"),
    [
        (b"", PLAIN, "empty"),
        (b"\xff\xfe", PLAIN, "UTF-16"),
        (b"%PDF-1.7", PLAIN, "PDF"),
        (b"{", JSON, "JSON"),
        (b'{"title": "no text"}', JSON, "text"),
    ],
)
def test_what_cannot_be_read_is_422_with_the_reason(
    client: httpx.Client, content: bytes, headers: dict[str, str], reason: str
) -> None:
    answer = client.post("/articles", content=content, headers=headers)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


def test_other_types_are_415(client: httpx.Client) -> None:
    answer = client.post("/articles", content=b"x", headers={"Content-Type": "application/pdf"})
    assert answer.status_code == 415
    assert "text/plain" in answer.headers["Accept-Post"]


def test_a_withdrawn_article_is_gone_from_everything(client: httpx.Client, writable: Server) -> None:
    kept = client.post("/articles", content=OTHER.encode(), headers=PLAIN).json()["article"]
    before = client.get("/graphs", headers={"Accept": "application/n-quads"}).text
    answer = client.post("/articles", content=TEXT.encode(), headers=PLAIN)
    name, article = path(answer), answer.json()["article"].rpartition("/")[2]
    assert texts.read(writable.store, article) == TEXT
    assert client.delete(name).status_code == 204
    for gone in (name, name.replace("/id/", "/data/") + ".ttl", name.replace("/id/", "/page/")):
        assert client.get(gone).status_code == 410, gone
    assert client.delete(name).status_code == 410
    assert texts.read(writable.store, article) is None
    after = client.get("/graphs", headers={"Accept": "application/n-quads"}).text
    assert sorted(after.splitlines()) == sorted(before.splitlines())
    assert generations.numbers(writable.store) == [int(generations.current(writable.store).name)]
    assert all(article not in str(quad) for quad in reader.open_current(writable.store))
    assert client.get("/id/" + kept.partition("/id/")[2]).status_code == 303
    back = client.post("/articles", content=TEXT.encode(), headers=PLAIN)
    assert back.status_code == 201
    assert client.get(name).status_code == 303


def test_withdrawing_what_is_not_there_is_404(client: httpx.Client) -> None:
    assert client.delete("/id/article/000000000000").status_code == 404
    assert client.delete("/id/article/no-such").status_code == 404


def test_the_articles_are_listed_for_people_and_programs(client: httpx.Client) -> None:
    article = client.post("/articles", content=TEXT.encode(), headers=PLAIN).json()["article"]
    listed = client.get("/articles").json()["articles"]
    assert [each["article"] for each in listed] == [article]
    shown = client.get("/articles", headers={"Accept": "text/html"})
    assert shown.headers["Content-Type"].startswith("text/html")
    assert article.partition("/id/")[2] in shown.text


def test_strangers_may_neither_send_nor_withdraw(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url) as stranger:
        assert stranger.post("/articles", content=TEXT.encode(), headers=PLAIN).status_code == 401
        assert stranger.delete("/id/article/000000000000").status_code == 401
        assert stranger.get("/articles").status_code == 200


def test_the_methods_of_the_address_are_told(client: httpx.Client) -> None:
    assert client.options("/articles").headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert "DELETE" in client.put("/id/article/000000000000").headers["Allow"]


def test_a_store_that_was_written_to_is_never_rebuilt_unasked(client: httpx.Client, writable: Server) -> None:
    client.post("/articles", content=TEXT.encode(), headers=PLAIN)
    assert not build.is_stale([settings.ARTICLES], writable.store, settings.BASE.default)
