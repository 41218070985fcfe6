"""An article is added in a real browser: pasted, previewed, a claim struck, published, found."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.visits import complaints
from tests.server.running import ROOT, Server, open_port

pytestmark = pytest.mark.browser
ARTICLE = (ROOT / "tests" / "articles" / "chiamata-ricevuta.txt").read_text("utf-8")


@pytest.fixture
def writable(seed_store: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copytree(seed_store, tmp_path / "store", symlinks=True)
    server = Server(tmp_path / "store", open_port(), PARLEYGRAPH_TOKEN="geheim")
    server.wait()
    yield server
    server.stop()


def test_an_article_is_pasted_previewed_and_published(writable: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, writable)
    page.goto(f"{writable.url}/add")
    page.get_by_label("The article's text").fill(ARTICLE)
    page.get_by_label("Token for writing").fill("wrong")
    page.get_by_role("button", name="See what would be read").click()
    expect(page.get_by_role("status")).to_contain_text("That is not the token")
    page.get_by_label("Token for writing").fill("geheim")
    page.get_by_role("button", name="See what would be read").click()
    expect(page.locator("#draft mark.trigger").first).to_be_visible(timeout=60_000)
    struck = page.locator("#draft input[name=keep]").first
    claim = struck.get_attribute("value")
    struck.uncheck()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("author= is missing")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/page/article/*", timeout=60_000)
    expect(page.locator("mark").first).to_be_visible()
    assert claim is not None
    query = f"ASK {{ GRAPH <{claim}> {{ ?s ?p ?o }} }}"
    assert writable.client.get("/sparql", params={"query": query}).json()["boolean"] is False
    assert [each for each in noticed if "401" not in each and "400" not in each] == []
    assert context.cookies() == []
