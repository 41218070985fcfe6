"""The W3C's SPARQL 1.0 and 1.1 tests against the real server, on a store that is filled over HTTP."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, serialize

from tests.server.running import ROOT, Server, open_port
from tests.server.w3c import results
from tests.server.w3c.excluded import EXCLUDED
from tests.server.w3c.manifests import Entry, Files, entries

FOLDER = Path(os.environ.get("PARLEYGRAPH_W3C") or ROOT.parent / "shared" / "w3c")
TOKEN = "token"
FORMS = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
    ".csv": QueryResultsFormat.CSV,
}
ALL = list(entries(FOLDER)) if FOLDER.is_dir() else []


class Endpoint:
    """A server whose dataset is that of the test at hand."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self._loaded: bytes | None = None

    def load(self, files: Files) -> None:
        """Make the dataset that of the files."""
        data = b"".join(_quads(iri, path) for iri, path in files)
        if data != self._loaded:
            headers = {"Content-Type": "application/n-quads"}
            answer = self.client.put("/graphs", content=data, headers=headers)
            assert answer.status_code in (201, 204), answer.text
            self._loaded = data

    def ask(self, text: str, accept: str) -> httpx.Response:
        """The answer to a query."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.client.post("/sparql", content=text.encode("utf-8"), headers=headers)

    def change(self, text: str) -> httpx.Response:
        """The answer to an update."""
        self._loaded = None
        headers = {"Content-Type": "application/sparql-update"}
        return self.client.post("/update", content=text.encode("utf-8"), headers=headers)

    def dataset(self) -> list[Quad]:
        """Every quad of the dataset."""
        answer = self.client.get("/graphs", headers={"Accept": "application/n-quads"})
        assert answer.status_code == 200, answer.text
        return list(parse(answer.content, RdfFormat.N_QUADS))


@cache
def _quads(iri: str, path: Path) -> bytes:
    """A file's triples in the graph with this IRI, as N-Quads."""
    graph = NamedNode(iri) if iri else DefaultGraph()
    triples = parse(path=str(path), base_iri=path.as_uri(), rename_blank_nodes=True)
    quads = [Quad(each.subject, each.predicate, each.object, graph) for each in triples]
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The endpoint under test."""
    server = Server(tmp_path_factory.mktemp("w3c") / "store", open_port(), PARLEYGRAPH_TOKEN=TOKEN)
    server.wait(503)
    server.client.headers["Authorization"] = f"Bearer {TOKEN}"
    endpoint = Endpoint(server.client)
    endpoint.load(())
    yield endpoint
    server.stop()


def test_the_suites_are_there_and_whole() -> None:
    if not ALL:
        pytest.skip(f"no W3C manifests in {FOLDER}: set PARLEYGRAPH_W3C to a copy of w3c/rdf-tests/sparql")
    assert len(ALL) >= 970
    assert len({entry.iri for entry in ALL}) == len(ALL)
    assert set(EXCLUDED) <= {entry.iri for entry in ALL}
    assert len(ALL) - len(EXCLUDED) >= 945


@pytest.mark.parametrize("entry", ALL, ids=[entry.name for entry in ALL])
def test_w3c(entry: Entry, endpoint: Endpoint) -> None:
    run = next(run for pattern, run in RUNS.items() if re.fullmatch(pattern, entry.kind))
    failed = None
    try:
        run(entry, endpoint)
    except AssertionError as error:
        failed = error
    if entry.iri in EXCLUDED:
        assert failed is not None, f"passes, and is listed as failing: {EXCLUDED[entry.iri]}"
    elif failed is not None:
        raise failed


def _text(entry: Entry) -> str:
    return f"BASE <{entry.action.as_uri()}>\n{entry.action.read_text(encoding='utf-8')}"


def _is_refused(answer: httpx.Response) -> bool:
    return answer.status_code == 400 and answer.json()["title"].endswith("a syntax error")


def accepted_query(entry: Entry, endpoint: Endpoint) -> None:
    answer = endpoint.ask(_text(entry), "*/*")
    assert answer.status_code == 200, answer.text


def refused_query(entry: Entry, endpoint: Endpoint) -> None:
    answer = endpoint.ask(_text(entry), "*/*")
    assert _is_refused(answer), f"{answer.status_code} {answer.text}"


def accepted_update(entry: Entry, endpoint: Endpoint) -> None:
    answer = endpoint.change(_text(entry))
    # LOAD of an address that no test may reach, CREATE of a graph that is there: refused, but understood.
    assert answer.status_code == 204 or not _is_refused(answer), answer.text


def refused_update(entry: Entry, endpoint: Endpoint) -> None:
    answer = endpoint.change(_text(entry))
    assert _is_refused(answer), f"{answer.status_code} {answer.text}"


def evaluated_query(entry: Entry, endpoint: Endpoint) -> None:
    assert entry.result is not None
    endpoint.load(entry.data or _named_in(entry))
    expected = results.of_file(entry.result)
    form = FORMS.get(entry.result.suffix, QueryResultsFormat.XML)
    accept = "application/n-triples" if isinstance(expected, results.Dataset) else form.media_type
    answer = endpoint.ask(_text(entry), accept)
    assert answer.status_code == 200, answer.text
    found: results.Expected
    if isinstance(expected, results.Dataset):
        found = results.graph(parse(answer.content, RdfFormat.N_TRIPLES))
    elif form == QueryResultsFormat.CSV:
        found = results.of_csv(answer.text)
    else:
        found = results.of_bytes(answer.content, form)
    assert results.equal(found, expected, entry.lax), f"{found}\nis not\n{expected}"


def evaluated_update(entry: Entry, endpoint: Endpoint) -> None:
    endpoint.load(entry.data)
    answer = endpoint.change(_text(entry))
    assert answer.status_code == 204, answer.text
    expected = b"".join(_quads(iri, path) for iri, path in entry.result_data)
    assert results.graph(endpoint.dataset()) == results.graph(parse(expected, RdfFormat.N_QUADS))


def _named_in(entry: Entry) -> Files:
    """The files that a query without data names by FROM, each as a graph of its own."""
    found = re.findall(r"(?i)\bFROM\s+(?:NAMED\s+)?<([^>:]+)>", entry.action.read_text(encoding="utf-8"))
    paths = {entry.action.parent / name for name in found}
    return tuple(sorted((path.as_uri(), path) for path in paths))


RUNS = {
    r"PositiveSyntaxTest(11)?": accepted_query,
    r"NegativeSyntaxTest(11)?": refused_query,
    r"PositiveUpdateSyntaxTest11": accepted_update,
    r"NegativeUpdateSyntaxTest11": refused_update,
    r"QueryEvaluationTest|CSVResultFormatTest": evaluated_query,
    r"UpdateEvaluationTest": evaluated_update,
}
"""Kind of test → how it is run."""
