"""The reader's language and theme: by the address, the cookie, or the browser, in this order."""

import re

import httpx
import pytest

HTML = {"Accept": "text/html"}


def asked(http: httpx.Client, path: str, **headers: str) -> httpx.Response:
    http.cookies.clear()
    answer = http.get(path, headers={**HTML, **headers})
    http.cookies.clear()
    return answer


def language(answer: httpx.Response) -> str:
    found = re.search(r'<html lang="(\w+)"', answer.text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/", {}, "en"),
        ("/", {"Accept-Language": "it-CH, en;q=0.5"}, "it"),
        ("/", {"Accept-Language": "de, fr"}, "en"),
        ("/", {"Accept-Language": "it", "Cookie": "lang=en"}, "en"),
        ("/?lang=it", {"Accept-Language": "en", "Cookie": "lang=en"}, "it"),
        ("/?lang=xx", {"Cookie": "lang=it"}, "it"),
        ("/sparql?lang=it", {}, "it"),
        ("/nowhere?lang=it", {}, "it"),
    ],
)
def test_the_language_of_a_page(
    http: httpx.Client, path: str, headers: dict[str, str], expected: str
) -> None:
    answer = asked(http, path, **headers)
    assert language(answer) == expected
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["Vary"].split(",")}


def test_a_choice_is_kept_and_a_page_without_one_sets_nothing(http: httpx.Client) -> None:
    chosen = asked(http, "/queries?lang=it&theme=dark").headers.get_list("set-cookie")
    assert any(cookie.startswith("lang=it;") and "SameSite=Lax" in cookie for cookie in chosen)
    assert any(cookie.startswith("theme=dark;") for cookie in chosen)
    assert "set-cookie" not in asked(http, "/queries").headers
    assert "set-cookie" not in asked(http, "/queries?lang=it", Cookie="lang=it").headers


def test_a_switch_keeps_the_rest_of_the_address(http: httpx.Client) -> None:
    html = asked(http, "/sparql?q=ASK%20%7B%7D&theme=dark").text
    assert 'href="/sparql?q=ASK+%7B%7D&amp;theme=dark&amp;lang=it"' in html


def test_the_theme_is_the_systems_or_the_readers(http: httpx.Client) -> None:
    assert 'media="(prefers-color-scheme: dark)"' in asked(http, "/").text
    dark = asked(http, "/?theme=dark").text
    assert 'data-theme="dark"' in dark
    assert '<link rel="stylesheet" href="/static/dark.css">' in dark
    assert "dark.css" not in asked(http, "/", Cookie="theme=light").text


def test_event_names_are_translated_for_the_reader(http: httpx.Client) -> None:
    assert "Telefonata: Irene Falk, Milo Arend" in asked(http, "/?lang=it").text
