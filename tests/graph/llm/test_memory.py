"""An answer is known again when everything that was asked is the same, and only then."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.llm.endpoint import Endpoint
from graph.llm.memory import Memory
from graph.llm.reader import Reader
from graph.model import Usage
from tests.graph.llm.answering import Server, failing, saying
from tests.graph.llm.conftest import HEAD
from tests.graph.llm.telling import answer, party, told

QUESTION = [{"role": "user", "content": "Perché?"}]
TEXT = f"{HEAD}Piero Bruni ha telefonato ad Anna Verdi. Un caffè per Verdi."
COFFEE = told("caffè", party("Verdi", sentence=2), sentence=2)

Serve = Callable[..., Server]


@pytest.fixture
def endpoint(tmp_path: Path) -> Endpoint:
    return Endpoint("http://x.example/chat/completions", "m", "secret", memory=tmp_path / "memory")


def read(server: Server, memory: Path, text: str = TEXT) -> Usage:
    endpoint = Endpoint(f"{server.url}/chat/completions", "m", retries=0, memory=memory)
    usage = Pipeline(Reader(endpoint)).extract(formats.article(text, "x.md")).usage
    assert usage is not None
    return usage


def test_an_answer_is_known_again(endpoint: Endpoint) -> None:
    assert Memory(endpoint).recall(QUESTION) is None
    Memory(endpoint).keep(QUESTION, "Perché sì.")
    assert Memory(endpoint).recall(QUESTION) == "Perché sì."
    assert [path.suffix for path in endpoint.memory.iterdir()] == [".json"]


@pytest.mark.parametrize("change", [{"model": "n"}, {"url": "http://y.example/chat/completions"}])
def test_another_model_or_server_is_asked_itself(endpoint: Endpoint, change: dict[str, str]) -> None:
    Memory(endpoint).keep(QUESTION, "a")
    assert Memory(replace(endpoint, **change)).recall(QUESTION) is None
    assert Memory(replace(endpoint, key="other", timeout=1)).recall(QUESTION) == "a"


def test_another_question_is_asked(endpoint: Endpoint) -> None:
    Memory(endpoint).keep(QUESTION, "a")
    assert Memory(endpoint).recall([{"role": "user", "content": "Come?"}]) is None


def test_without_a_folder_nothing_is_remembered(endpoint: Endpoint) -> None:
    memory = Memory(replace(endpoint, memory=None))
    memory.keep(QUESTION, "a")
    assert memory.recall(QUESTION) is None


def test_a_folder_that_cannot_be_written_costs_the_memory_alone(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "file").write_text("")
    usage = read(serve(saying(answer(COFFEE))), tmp_path / "file")
    assert (usage.kept, usage.failure) == (1, "")


def test_an_answer_that_cannot_be_read_is_not_kept(tmp_path: Path, serve: Serve) -> None:
    assert read(serve(saying("no idea")), tmp_path).failure
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_damaged_is_asked_for_again(tmp_path: Path, serve: Serve) -> None:
    server = serve(saying(answer(COFFEE)))
    read(server, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xff{")
    usage = read(server, tmp_path)
    assert (usage.kept, usage.recalled, len(server.requests)) == (1, 0, 2)


def test_what_is_known_is_read_even_when_the_model_was_given_up(tmp_path: Path, serve: Serve) -> None:
    server = serve(saying(answer(COFFEE)), failing(401))
    read(server, tmp_path)
    reader = Reader(Endpoint(f"{server.url}/chat/completions", "m", retries=0, memory=tmp_path))
    pipeline = Pipeline(reader)
    other = pipeline.extract(formats.article(TEXT + " Altro.", "y.md")).usage
    known = pipeline.extract(formats.article(TEXT, "x.md")).usage
    assert other is not None
    assert known is not None
    assert (other.failure, known.failure, known.kept) == ("HTTP 401", "", 1)
