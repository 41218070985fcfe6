"""What all tests share: the seed article's store, a free port, the browser, no silent skip in CI."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from graph import build, settings

SEED = Path(__file__).parent.parent / "data" / "articles" / "000_e474d6073c75c2ee.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real browser; skipped where there is none")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """With CI=true a skip is a failure: what no machine runs, nobody has tested."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and with CI=true a skip is a failure: {reason}"
    return report


@pytest.fixture
def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The browser that Playwright drives (`executable_path`); skips with what to install."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    pytest.skip("no browser: apt-get install chromium (make test does it when run by root)")


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the graph that the pipeline builds from the seed article, at the default base."""
    folder = tmp_path_factory.mktemp("seed") / "store"
    report = build.build([SEED], folder, settings.BASE.default)
    assert report.rejected == []
    return folder
