"""WCAG 2.2 AA on every kind of page, by axe, in each theme and language; and a journey by keyboard alone."""

import hashlib
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.visits import PAGES
from tests.server.running import ROOT, Server

pytestmark = pytest.mark.browser

VENDOR = ROOT / "tests" / "vendor"
AXE = VENDOR / "axe-4.14.1.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HEAVIEST = 200_000
"""Bytes that a browser is sent for a page and what it loads, before the heavy editor's own parts."""


def test_axe_is_the_one_of_the_table() -> None:
    listed = (VENDOR / "README.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in listed
    assert {file.name for file in VENDOR.iterdir()} == {"README.md", AXE.name}


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_in_any_theme_or_language(
    site: Server, browser: Browser, paths: dict[str, str], kind: str
) -> None:
    for theme in ("light", "dark"):
        for language in ("en", "it"):
            context = browser.new_context(color_scheme=theme, locale=f"{language}-IT")
            page = context.new_page()
            page.goto(site.url + PAGES[kind].format(**paths))
            if kind == "editor":
                page.wait_for_selector("body[data-editor=ready]")
            assert page.locator("html").get_attribute("lang") == language
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate(
                "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(RULES)
            )
            told = [
                (each["id"], node["html"][:200], node["failureSummary"])
                for each in found["violations"]
                for node in each["nodes"][:2]
            ]
            assert told == [], (kind, theme, language)
            context.close()


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "editor"])
def test_a_page_is_light(site: Server, paths: dict[str, str], kind: str) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    path = PAGES[kind].format(**paths)
    answer = site.client.get(path, headers=headers)
    loaded = set(re.findall(r'<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="(/[^"]+)"', answer.text))
    parts = [answer, *(site.client.get(each) for each in loaded)]
    weight = sum(part.num_bytes_downloaded for part in parts)
    assert weight < HEAVIEST, (kind, weight, loaded)


def test_by_keyboard_alone_from_home_to_the_words(site: Server, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    for name in ("Call: Donald Trump, Vladimir Putin", "Read these words in the article"):
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                break
        assert (
            page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            or page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
        )
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("mark.followed").first).to_be_visible()
    marked = page.locator("mark a[data-tip]").first
    marked.focus()
    shown = marked.evaluate("each => getComputedStyle(each, '::after').content")
    assert shown.startswith('"')
    assert page.locator(f"#{marked.get_attribute('aria-describedby')}").count() == 1
    context.close()


def test_words_without_scripts_or_colours_still_tell_their_kind(site: Server, paths: dict[str, str]) -> None:
    html = site.client.get(f"/page/{paths['article']}", headers={"Accept": "text/html"}).text
    links = re.findall(r"<mark [^>]*><a [^>]*>", html)
    assert len(links) > 50
    assert all('data-tip="' in link for link in links)
