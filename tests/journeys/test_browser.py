"""A reader's journeys in a real browser, over the graph that the command line builds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.visits import PAGES, PICTURES, ask, complaints, path_of
from tests.server.running import ROOT, Server, open_port

pytestmark = pytest.mark.browser


def build(source: Path, store: Path) -> None:
    """What `parleygraph build` does, as a user has it."""
    command = [sys.executable, "-m", "graph", "build", str(source), "--store", str(store)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Server]]:
    """Build a graph from an article file or folder, and serve it."""
    running: list[Server] = []

    def start(source: Path) -> Server:
        store = tmp_path_factory.mktemp("journey") / "store"
        build(source, store)
        server = Server(store, open_port())
        running.append(server)
        server.wait()
        return server

    yield start
    for server in running:
        server.stop()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_home_page_to_the_words_that_prove_it(site: Server, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    page = context.new_page()
    page.goto(site.url)
    page.get_by_role("link", name="Call: Donald Trump, Vladimir Putin").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call: Donald Trump, Vladimir Putin")
    card = page.locator("article.card", has_text="about 1 hour and 30 minutes")
    expect(card).to_contain_text("Dmitry Peskov")
    expect(card).to_contain_text("RIA Novosti")
    expect(card).to_contain_text("Not stated:")
    card.get_by_role("link", name="Read these words in the article").click()
    words = page.locator("mark.followed")
    expect(words.filter(has_text="telefonata")).to_be_visible()
    expect(words.filter(has_text="circa un'ora e mezza")).to_be_visible()
    assert "#char=" in page.url
    context.close()


def test_an_article_becomes_an_answer_and_a_page(
    serve: Callable[[Path], Server], context: BrowserContext, tmp_path: Path
) -> None:
    article = tmp_path / "chiamata.txt"
    article.write_text((ROOT / "tests" / "articles" / "chiamata-ricevuta.txt").read_text("utf-8"), "utf-8")
    server = serve(article)
    calls = ask(server, "?x a pg:Call")
    assert calls
    names = ask(
        server, f"<{calls[0]}> pg:hasParticipant ?who . ?who <http://www.w3.org/2000/01/rdf-schema#label> ?x"
    )
    page = context.new_page()
    page.goto(f"{server.url}/page/{path_of(calls[0])}")
    for name in names:
        expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("blockquote mark").first).to_be_visible()


def test_a_question_is_picked_and_answered_in_the_editor(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    page.goto(f"{site.url}/sparql")
    page.wait_for_selector("body[data-editor=ready]")
    page.get_by_label("Start from an example").select_option(
        label="How long the call lasted, and who says so"
    )
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table")).to_contain_text("PT1H30M")
    assert noticed == []


def test_the_editor_completes_our_prefixes(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    page.goto(f"{site.url}/sparql?q=%20")
    page.wait_for_selector("body[data-editor=ready]")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("PREFIX p", delay=20)
    expect(page.locator(".CodeMirror-hints")).to_contain_text("pg: <https://w3id.org/parleygraph/ns#>")
    assert noticed == []


def test_a_query_is_answered_without_scripts(site: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/sparql")
    page.locator("textarea").fill(
        "PREFIX pg: <https://w3id.org/parleygraph/ns#>\nSELECT ?d { ?call pg:duration ?d }"
    )
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("table")).to_contain_text("PT1H30M")
    context.close()


def test_a_mistake_is_shown_at_its_place(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(
        f"{site.url}/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20FILTER%20%3Fo%20%3E%203%20%7D"
    )
    expect(page.locator("pre.fault mark")).to_have_text("?o")
    expect(page.locator("main")).to_contain_text("Line 1, column 28")
    expect(page.locator("textarea")).to_have_value("SELECT * { ?s ?p ?o FILTER ?o > 3 }")


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits_a_phone_and_complains_of_nothing(
    site: Server, browser: Browser, paths: dict[str, str], kind: str
) -> None:
    for scheme, width in (("light", 360), ("dark", 360), ("light", 1180)):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        noticed = complaints(page, site)
        page.goto(site.url + PAGES[kind].format(**paths))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.locator("h1").count() == 1
        levels = page.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map(h => +h.tagName[1])")
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        errors = ("400 (BAD REQUEST)", "404 (NOT FOUND)")  # two of the pages tell one
        assert [each for each in noticed if not any(status in each for status in errors)] == []
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{kind}-{scheme}-{width}.png", full_page=kind != "vocabulary")
        context.close()
