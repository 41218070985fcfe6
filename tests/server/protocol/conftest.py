"""A server with a token on a store that is filled over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from tests.server.running import Server, open_port

TOKEN = "a-token-of-the-tests"


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server that takes writes; its store does not exist before the first."""
    server = Server(
        tmp_path_factory.mktemp("writable") / "store",
        open_port(),
        PARLEYGRAPH_TOKEN=TOKEN,
        PARLEYGRAPH_QUERY_TIMEOUT="10",
        PARLEYGRAPH_MAX_WRITE="1",
    )
    server.wait(503)
    server.client.headers["Authorization"] = f"Bearer {TOKEN}"
    yield server
    server.stop()


@pytest.fixture
def client(writable: Server) -> httpx.Client:
    """A client that may write, on a dataset without a triple."""
    assert writable.client.post("/update", data={"update": "DROP ALL"}).status_code == 204
    return writable.client
