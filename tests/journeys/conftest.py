"""Published graphs of single articles, each made once by the real build."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph import build, settings
from graph.store import reader

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
