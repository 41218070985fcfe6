"""The command line as a user has it: real processes, real files, real stores."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from graph import settings
from graph.store import fingerprint, generations, merge, reader

CALL = "date 2031-05 Il presidente Anna Verdi ha telefonato al premier Piero Bruni.\n"
OTHER = "date 2031-06 Il ministro Carla Neri ha incontrato Dario Conti a Roma.\n"


def parleygraph(
    *arguments: object, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command's exit status and what it wrote, outside a terminal."""
    outcome = subprocess.run(
        [sys.executable, "-m", "graph", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=settings.ROOT,
        env={**os.environ, **environment},
        check=False,
    )
    return subprocess.CompletedProcess(
        outcome.args, outcome.returncode, outcome.stdout.decode("utf-8"), outcome.stderr.decode("utf-8")
    )


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "call.txt").write_text(CALL)
    (folder / "meeting.txt").write_text(OTHER)
    return folder


@pytest.fixture(scope="module")
def store(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "store"
    outcome = parleygraph("build", articles, "--store", folder)
    assert outcome.returncode == 0, outcome.stderr
    return folder


def test_a_build_sums_up_what_it_made(articles: Path, tmp_path: Path) -> None:
    outcome = parleygraph("build", articles, PARLEYGRAPH_STORE=str(tmp_path / "store"))
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "2 articles, 2 events" in outcome.stdout
    assert "0 rejected" in outcome.stdout
    assert generations.exists(tmp_path / "store")


def test_every_kind_of_bad_input_is_reported_and_the_others_are_published(tmp_path: Path) -> None:
    bad = {
        "binary.txt": (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        "empty.txt": (b"", "is empty"),
        "latin.txt": ("date 2031-05 Verrà però".encode("latin-1"), "is not UTF-8: byte 0xE0 at position 17"),
        "long.txt": (b"a " * 3_000_000, "more than 5,000,000 bytes"),
        "month.txt": (b"date 2025-13 Testo", "'2025-13' has no such month: 13"),
        "zweite.txt": (CALL.encode(), "has the same text as"),
    }
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "call.txt").write_text(CALL)
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    outcome = parleygraph("build", folder, "--store", tmp_path / "store")
    assert outcome.returncode == 1
    assert "Traceback" not in outcome.stderr
    lines = outcome.stderr.splitlines()
    assert len(lines) == len(bad)
    for line, (name, (_, reason)) in zip(lines, sorted(bad.items()), strict=True):
        assert str(folder / name) in line
        assert reason in line
        assert line.endswith(")"), "the remedy comes last, in brackets"
    assert "1 article, 1 event, 1 claim" in outcome.stdout
    assert "6 rejected" in outcome.stdout


def test_with_nothing_readable_the_previous_graph_stays(store: Path, tmp_path: Path) -> None:
    before = generations.current(store), set(reader.open_current(store))
    (tmp_path / "empty.txt").write_bytes(b"")
    outcome = parleygraph("build", tmp_path, "--store", store)
    assert outcome.returncode == 1
    assert "is empty" in outcome.stderr
    assert "stays as it was" in outcome.stderr
    assert (generations.current(store), set(reader.open_current(store))) == before


def test_nothing_is_rebuilt_when_nothing_changed_and_all_when_something_did(tmp_path: Path) -> None:
    folder, store = tmp_path / "articles", tmp_path / "store"
    folder.mkdir()
    (folder / "a.txt").write_text(CALL)
    assert parleygraph("build", folder, "--store", store, "--if-stale").returncode == 0
    again = parleygraph("build", folder, "--store", store, "--if-stale")
    assert "up to date" in again.stdout
    assert generations.numbers(store) == [1]
    (folder / "b.txt").write_text(OTHER)
    assert "2 articles" in parleygraph("build", folder, "--store", store, "--if-stale").stdout


def test_what_was_written_over_http_is_dropped_only_when_one_says_so(articles: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert parleygraph("build", articles, "--store", store).returncode == 0
    fingerprint.mark_written(store)
    before = generations.current(store)
    refused = parleygraph("build", articles, "--store", store)
    assert refused.returncode == 1
    assert "written over HTTP" in refused.stderr
    assert "--fresh" in refused.stderr
    assert generations.current(store) == before
    assert "up to date" in parleygraph("build", articles, "--store", store, "--if-stale").stdout
    assert parleygraph("build", articles, "--store", store, "--fresh").returncode == 0
    assert not fingerprint.is_written(store)


def test_a_build_takes_as_many_processes_as_it_is_told(articles: Path, tmp_path: Path) -> None:
    assert parleygraph("build", articles, "--store", tmp_path / "s", "--processes", "2").returncode == 0
    refused = parleygraph("build", articles, "--store", tmp_path / "s", "--processes", "0")
    assert refused.returncode == 2
    assert "0 is not in the range" in refused.stderr


def test_two_builds_give_the_same_quads_in_any_order_but_for_the_run(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    listed = sorted(articles.iterdir(), reverse=True)
    assert parleygraph("build", *listed, "--store", tmp_path / "b").returncode == 0

    def content(folder: Path) -> set[object]:
        return {quad for quad in reader.open_current(folder) if merge.is_merged(quad)}

    assert content(tmp_path / "b") == content(store)
    assert list(merge.differences(reader.open_current(store))) == []


def test_the_base_is_where_the_data_hang(articles: Path, tmp_path: Path) -> None:
    base = "https://data.example/news/"
    assert parleygraph("build", articles, "--store", tmp_path / "s", "--base", base).returncode == 0
    graphs = {
        graph.value
        for graph in reader.open_current(tmp_path / "s").named_graphs()
        if isinstance(graph, NamedNode)
    }
    assert f"{base}graph/entities" in graphs
    assert all(graph.startswith(base) for graph in graphs)


@pytest.mark.parametrize("base", ["data", "https://data.example/news", "ftp://x/", "http://a b/"])
def test_an_impossible_base_is_refused(articles: Path, tmp_path: Path, base: str) -> None:
    outcome = parleygraph("build", articles, "--store", tmp_path / "s", "--base", base)
    assert outcome.returncode != 0
    assert repr(base) in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_extract_writes_a_line_of_json_per_article_and_stores_nothing(articles: Path) -> None:
    outcome = parleygraph("extract", articles)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    first, second = (json.loads(line) for line in outcome.stdout.splitlines())
    (call,) = first["events"]
    assert (call["type"], call["initiator"], call["addressee"]) == ("call", "Anna Verdi", "Piero Bruni")
    assert second["date"] == "2031-06"


def test_extract_reads_standard_input_and_goes_on_after_a_bad_line() -> None:
    lines = json.dumps({"text": CALL}) + "\n{\n" + json.dumps({"text": OTHER}) + "\n"
    outcome = parleygraph("extract", "-", stdin=lines.encode())
    assert outcome.returncode == 1
    assert len(outcome.stdout.splitlines()) == 2
    assert "line 2: is not JSON" in outcome.stderr


def test_extract_as_trig_is_what_a_build_stores(articles: Path, store: Path) -> None:
    outcome = parleygraph("extract", articles / "call.txt", articles / "meeting.txt", "--format", "trig")
    found = Store()
    found.load(outcome.stdout.encode(), format=RdfFormat.TRIG)
    assert len(found) > 100
    assert set(found) <= set(reader.open_current(store))


def test_a_query_answers_in_every_form(store: Path, tmp_path: Path) -> None:
    select = "SELECT ?name WHERE { ?call a pg:Call ; pg:hasCaller/rdfs:label ?name }"
    assert parleygraph("query", select, "--store", store).stdout == "name\r\nAnna Verdi\r\n"
    (tmp_path / "who.rq").write_text(select)
    answer = json.loads(
        parleygraph("query", tmp_path / "who.rq", "--store", store, "--format", "json").stdout
    )
    assert answer["results"]["bindings"][0]["name"]["value"] == "Anna Verdi"
    assert parleygraph("query", "ASK { ?s a pg:Call }", "--store", store).stdout == "yes\n"
    turtle = parleygraph("query", "CONSTRUCT WHERE { ?s a pg:Call }", "--store", store).stdout
    assert "a pg:Call" in turtle
    assert (
        parleygraph(
            "query", "CONSTRUCT WHERE { ?s a pg:Call }", "--store", store, "--format", "csv"
        ).returncode
        == 1
    )


def test_a_faulty_query_is_shown_with_its_place(store: Path) -> None:
    outcome = parleygraph("query", "SELECT ?s WHERE {\n  ?s a foo:Call }", "--store", store)
    assert outcome.returncode == 1
    assert "line 2" in outcome.stderr
    assert "  ?s a foo:Call }" in outcome.stderr
    assert "declare the prefix" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_missing_store_and_a_missing_file_are_errors_with_a_remedy(tmp_path: Path) -> None:
    for arguments in (("query", "ASK {}"), ("dump",), ("validate",)):
        outcome = parleygraph(*arguments, "--store", tmp_path / "none")
        assert outcome.returncode == 1
        assert "parleygraph build" in outcome.stderr
    outcome = parleygraph("query", tmp_path / "none.rq")
    assert outcome.returncode == 1
    assert "none.rq" in outcome.stderr


class Endpoint(BaseHTTPRequestHandler):
    """Answers any query with the number of its characters, and one that says "fail" with an error."""

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, kind, body = (
            200,
            "application/sparql-results+json",
            {
                "head": {"vars": ["n"]},
                "results": {"bindings": [{"n": {"type": "literal", "value": str(len(query))}}]},
            },
        )
        if "fail" in query:
            status, kind, body = 400, "application/problem+json", {"title": "line 1, column 1"}
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output is no log."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
        thread.join()


def test_an_endpoint_is_asked_by_the_protocol(endpoint: str) -> None:
    assert parleygraph("query", "ASK {}", "--endpoint", endpoint).stdout == "n\r\n6\r\n"
    answer = json.loads(parleygraph("query", "ASK {}", "--endpoint", endpoint, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["n"]["value"] == "6"


def test_an_endpoint_that_refuses_or_is_not_there_is_reported(endpoint: str) -> None:
    refused = parleygraph("query", "fail", "--endpoint", endpoint)
    assert refused.returncode == 1
    assert "line 1, column 1" in refused.stderr
    for address in ("http://127.0.0.1:9/sparql", "file:///etc/passwd", "nonsense"):
        outcome = parleygraph("query", "ASK {}", "--endpoint", address)
        assert outcome.returncode == 1
        assert address in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_a_dump_loaded_elsewhere_is_the_same_dataset(store: Path, tmp_path: Path) -> None:
    assert parleygraph("dump", "--store", store, "--output", tmp_path / "all.nq").returncode == 0
    outcome = parleygraph("load", tmp_path / "all.nq", "--store", tmp_path / "copy")
    assert outcome.returncode == 0
    assert "triples" in outcome.stdout
    query = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    counts = [parleygraph("query", query, "--store", folder).stdout for folder in (store, tmp_path / "copy")]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "command", ["build", "extract", "load", "query", "validate", "dump", "backup", "restore", "evaluate"]
)
def test_the_help_of_every_command_has_an_example(command: str) -> None:
    outcome = parleygraph(command, "--help")
    assert outcome.returncode == 0
    assert f"Example: parleygraph {command}" in outcome.stdout


def test_a_graph_that_violates_a_shape_is_reported_in_every_form(store: Path, tmp_path: Path) -> None:
    sound = parleygraph("validate", "--store", store, "--format", "json")
    assert (sound.returncode, json.loads(sound.stdout)) == (0, {"conforms": True, "results": []})
    parleygraph("dump", "--store", store, "--output", tmp_path / "all.nq")
    lines = (tmp_path / "all.nq").read_text().splitlines()
    (tmp_path / "less.nq").write_text("\n".join(line for line in lines if "#modality>" not in line))
    parleygraph("load", tmp_path / "less.nq", "--store", tmp_path / "copy")
    text = parleygraph("validate", "--store", tmp_path / "copy")
    assert text.returncode == 1
    assert "a claim has exactly one modality" in text.stdout
    assert "/id/claim/" in text.stdout
    report = json.loads(parleygraph("validate", "--store", tmp_path / "copy", "--format", "json").stdout)
    assert report["conforms"] is False
    assert {row["severity"] for row in report["results"]} == {"Violation"}
    turtle = parleygraph("validate", "--store", tmp_path / "copy", "--format", "turtle").stdout
    assert "sh:resultSeverity sh:Violation" in turtle


def test_the_reasoner_is_asked_on_demand(store: Path) -> None:
    outcome = parleygraph("validate", "--store", store, "--reason")
    assert outcome.returncode == 0, outcome.stderr
    assert "HermiT: consistent" in outcome.stdout


def test_a_snapshot_restored_elsewhere_is_the_same_store(store: Path, tmp_path: Path, articles: Path) -> None:
    archive, copy = tmp_path / "s.tar.gz", tmp_path / "copy"
    assert parleygraph("backup", archive, "--store", store).returncode == 0
    parleygraph("build", articles / "call.txt", "--store", copy)
    outcome = parleygraph("restore", archive, "--store", copy)
    assert "2 articles" in outcome.stdout
    assert set(reader.open_current(copy)) == set(reader.open_current(store))
    assert sorted(os.listdir(copy / "texts")) == sorted({*os.listdir(store / "texts")})
    assert "up to date" in parleygraph("build", articles, "--store", copy, "--if-stale").stdout
    archive.write_bytes(archive.read_bytes()[:-2000])
    broken = parleygraph("restore", archive, "--store", copy)
    assert broken.returncode == 1
    assert "Traceback" not in broken.stderr
    assert set(reader.open_current(copy)) == set(reader.open_current(store))


def test_an_evaluation_scores_the_extraction_on_gold(tmp_path: Path) -> None:
    source = settings.GOLD
    for path in sorted(source.iterdir())[:4]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    outcome = parleygraph("evaluate", tmp_path, "--errors")
    assert outcome.returncode == 0, outcome.stderr
    assert "F1" in outcome.stdout
