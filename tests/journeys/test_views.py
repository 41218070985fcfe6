"""Journeys through views and editor: narrow a view, draw a result, complete, change language and theme."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.visits import complaints
from tests.server.running import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_view_is_narrowed_and_its_address_keeps_it(site: Server, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    page = context.new_page()
    page.goto(site.url)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Statements").click()
    page.get_by_label("Certainty").select_option("planned")
    page.get_by_label("Type").select_option("Call")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("ul.said > li")).to_have_count(2)
    expect(page.locator("ul.said")).to_contain_text("Volodymyr Zelensky")
    assert "modality=planned" in page.url
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Network").click()
    assert "modality=planned" in page.url
    expect(page.locator("svg.network path.planned").first).to_be_visible()
    page.get_by_role("link", name="Remove planned").click()
    expect(page.locator("svg.network path.real").first).to_be_visible()
    context.close()


def test_an_example_is_run_and_its_answer_becomes_a_timeline(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    query = (
        "PREFIX pg: <https://w3id.org/parleygraph/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?e ?label ?a ?b { ?e pg:earliest ?a ; pg:latest ?b ; rdfs:label ?label }"
    )
    page.goto(f"{site.url}/sparql")
    page.wait_for_selector("body[data-editor=ready]")
    page.get_by_label("Start from an example").select_option(index=1)
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table")).to_be_visible()
    page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table")).to_contain_text("Interview")
    page.locator(".yasr").get_by_role("button", name="Timeline").click()
    expect(page.locator(".yasr .timeline li").first).to_be_visible()
    assert noticed == []


def test_the_editor_completes_terms_and_names_and_links_a_query(
    site: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    page.goto(f"{site.url}/sparql?q=%20")
    page.wait_for_selector("body[data-editor=ready]")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * { ?x a Telefon", delay=15)
    expect(page.locator(".CodeMirror-hints")).to_contain_text("pg:Call")
    page.locator(".CodeMirror-hint", has_text="pg:Call").first.click()
    page.keyboard.type(" ; pg:hasParticipant Zelensk", delay=15)
    expect(page.locator(".CodeMirror-hints")).to_contain_text("Zelensky")
    page.locator(".CodeMirror-hint", has_text="/id/person/").first.click()
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "PREFIX pg: <https://w3id.org/parleygraph/ns#>" in text
    assert re.search(r"pg:hasParticipant <http://127.0.0.1:8000/id/person/volodymyr-", text)
    assert noticed == []


def test_a_mistake_is_marked_in_the_editor(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site.url}/sparql?q=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20FILTER%20%3Fo%20%3E%203%20%7D")
    page.wait_for_selector("body[data-editor=ready]")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".CodeMirror .fault")).to_have_text("?o")


def test_names_are_suggested_while_one_types(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    page.goto(site.url)
    field = page.get_by_role("combobox", name="Words to look for")
    field.press_sequentially("Zelenskyj", delay=15)
    expect(page.get_by_role("option").first).to_contain_text("Zelensky")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zelensky")
    assert noticed == []


@pytest.mark.parametrize("width", [360, 1180])
def test_language_and_theme_are_changed_and_stay(site: Server, browser: Browser, width: int) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{site.url}/timeline?type=Call")
    page.get_by_role("link", name="Italiano").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cronologia")
    assert "type=Call" in page.url
    page.get_by_role("link", name="scuro").click()
    expect(page.locator("html")).to_have_css("background-color", "rgb(20, 24, 27)")
    page.get_by_role("navigation", name="Principale").get_by_role("link", name="Mappa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mappa")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_a_name_is_typed_where_a_list_is_long(site: Server, context: BrowserContext) -> None:
    page = context.new_page()
    noticed = complaints(page, site)
    page.goto(f"{site.url}/statements")
    field = page.get_by_role("combobox", name="Who takes part: find a name")
    field.press_sequentially("Zelenskyj", delay=15)
    expect(page.locator("ul.suggestions li").first).to_contain_text("Zelensky")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("ul.chosen")).to_contain_text("Zelensky")
    assert "actor=person%2F" in page.url
    assert noticed == []
