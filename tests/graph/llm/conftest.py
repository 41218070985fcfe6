"""What the tests of the language model share: a server that behaves as told, and a pipeline that asks it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.findings import Extraction
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from graph.model import Claim
from tests.graph.llm.answering import Behaviour, Server

HEAD = "---\ndate: 2031-05-14\nlanguage: it\n---\n"


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts a server with a script; the last behaviour goes on for ever."""
    running: list[Server] = []

    def start(*script: Behaviour) -> Server:
        server = Server(*script)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.over.set()
        server.shutdown()
        server.server_close()


@dataclass
class Asked:
    """One article as the rules and the model read it; `waits` are the pauses between requests, in seconds."""

    extraction: Extraction
    waits: list[float] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """The model's own claims."""
        return [claim for claim in self.extraction.claims if claim.rule.startswith("llm:")]

    @property
    def dropped(self) -> dict[str, int]:
        """How many claims, or parts of claims, were left out, by reason."""
        assert self.extraction.usage is not None
        return dict(self.extraction.usage.dropped)

    @property
    def failure(self) -> str:
        """Why the model gave no answer, empty when it did."""
        assert self.extraction.usage is not None
        return self.extraction.usage.failure

    def name(self, key: str) -> str:
        """The name of an agent or a place."""
        return next(cluster.name for cluster in self.extraction.clusters if cluster.key == key)

    def parts(self, claim: Claim) -> dict[str, str]:
        """Who takes part, by name, and in which role."""
        return {self.name(part.entity): part.role.value for part in claim.participations}

    def words(self, claim: Claim) -> str:
        """The trigger."""
        return claim.trigger.of(self.extraction.article.text)


@pytest.fixture
def ask() -> Callable[..., Asked]:
    """Has an invented Italian article read by the rules and by the model of a server, if there is one."""

    def read(text: str, server: Server | None, timeout: float = 5, retries: int = 2) -> Asked:
        waits: list[float] = []
        reader = None
        if server is not None:
            endpoint = Endpoint(f"{server.url}/chat/completions", "test-model", "secret", timeout, retries)
            reader = Reader(endpoint, waits.append)
        return Asked(Pipeline(reader).extract(formats.article(HEAD + text, "invented.md")), waits)

    return read
