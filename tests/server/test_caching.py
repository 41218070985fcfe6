"""The cache in front of the real server: hits, encodings, and what never is a hit."""

import gzip

import httpx
import pytest

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 50"


def test_the_same_query_is_a_hit_with_the_same_answer(http: httpx.Client) -> None:
    query = {"query": SELECT + " # the same"}
    first, second = http.get("/sparql", params=query), http.get("/sparql", params=query)
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    other = http.get("/sparql", params=query, headers={"Accept": "text/csv"})
    assert other.headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("path", ["/page/person/irene-falk-unknown", "/healthz"])
def test_what_is_no_answer_for_everybody_is_no_hit(http: httpx.Client, path: str) -> None:
    for _ in range(2):
        assert http.get(path).headers["X-Cache"] != "hit"


def test_a_query_whose_answer_changes_is_no_hit(http: httpx.Client) -> None:
    answers = {http.get("/sparql", params={"query": "SELECT (UUID() AS ?u) {}"}).text for _ in range(3)}
    assert len(answers) == 3


@pytest.mark.parametrize("path", ["/", "/ns", "/static/style.css", "/sparql?query=" + SELECT])
def test_text_is_compressed_for_who_takes_it(http: httpx.Client, path: str) -> None:
    with http.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
    plain = http.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(raw) == plain.content


def test_a_compressed_answer_that_the_client_has_is_not_sent_again(http: httpx.Client) -> None:
    first = http.get("/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].endswith('-gzip"')
    again = http.get(
        "/sparql",
        params={"query": SELECT},
        headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]
