"""Published graphs of single articles, each made once by the real build; the site over one, and a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pyoxigraph import Store

from graph import build, settings
from graph.store import reader
from tests.journeys.visits import KINDS, ask, path_of
from tests.server.running import Server, open_port

BASE = "http://127.0.0.1:8000/"
SEED = settings.ARTICLES / "000_e474d6073c75c2ee.txt"


@pytest.fixture(scope="session")
def graph_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Store]:
    """The published graph of one article with the annotations of its place, built once."""
    built: dict[Path, Store] = {}

    def graph(article: Path) -> Store:
        if article not in built:
            folder = tmp_path_factory.mktemp(article.stem) / "store"
            notes = settings.ANNOTATIONS if article == SEED else article.parent
            report = build.build([article], folder, BASE, annotated=notes)
            assert report.rejected == []
            built[article] = reader.open_current(folder)
        return built[article]

    return graph


@pytest.fixture(scope="session")
def seed(graph_of: Callable[[Path], Store]) -> Store:
    """The published graph of the seed article."""
    return graph_of(SEED)


@pytest.fixture(scope="module")
def site(seed_store: Path) -> Iterator[Server]:
    """The site over the seed article."""
    server = Server(seed_store, open_port())
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def paths(site: Server) -> dict[str, str]:
    """For each kind of thing the path of one."""
    return {kind: path_of(ask(site, pattern)[0]) for kind, pattern in KINDS.items()}


@pytest.fixture(scope="module")
def browser(browser_path: Path) -> Iterator[Browser]:
    """The browser that all tests of a module share."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(browser_path), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor who reads English."""
    found = browser.new_context(locale="en-GB")
    yield found
    found.close()
