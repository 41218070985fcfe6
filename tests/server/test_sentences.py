"""Errors in the reader's language: every title that the server gives has its wording, with its values."""

import ast
import string
import tomllib

import httpx
import pytest

from server.language import LANGUAGES
from server.sentences import SPOKEN, said
from tests.server.running import ROOT

TABLES = {
    language: tomllib.loads((ROOT / f"server/messages/sentences.{language}.toml").read_text("utf-8"))
    for language in LANGUAGES
    if language != SPOKEN
}


def titles() -> set[str]:
    """The titles that stand in the code: the second argument of ProblemError and of problem_at's last."""
    found = set()
    for file in (ROOT / "server").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("ProblemError", "problem_at"):
                place = 1 if name == "ProblemError" else 2
                if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    found.add(str(ast.literal_eval(node.args[place])))
    return found


@pytest.mark.parametrize("language", TABLES)
def test_every_title_of_an_error_is_worded(language: str) -> None:
    assert len(titles()) > 30
    assert {title for title in titles() if said(title, language).language != language} == set()


@pytest.mark.parametrize("language", TABLES)
def test_a_wording_takes_over_every_value_of_its_sentence(language: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {s for s, wording in TABLES[language].items() if places(s) != places(wording)} == set()


def test_values_stay_as_they_are() -> None:
    told = said("This graph knows nothing of http://example.org/{x}", "it")
    assert told == ("Questo grafo non sa nulla di http://example.org/{x}", "it")


def test_a_reason_inside_a_sentence_is_worded_too() -> None:
    told = said("Line 2, column 7: the query ends too early.", "it")
    assert told == ("Riga 2, colonna 7: l'interrogazione finisce troppo presto.", "it")


def test_what_has_no_wording_stays_and_says_its_language() -> None:
    assert said("Nobody has worded this.", "it") == ("Nobody has worded this.", "en")
    assert said("Not Found", "en") == ("Not Found", "en")


def test_an_error_is_told_in_the_readers_language_and_to_programs_in_english(http: httpx.Client) -> None:
    reader = {"Accept": "text/html", "Accept-Language": "it"}
    page = http.get("/page/event/nothing-00000000", headers=reader)
    assert (page.status_code, "Non trovato" in page.text) == (404, True)
    assert "Questo grafo non sa nulla di http" in page.text
    assert 'lang="en"' not in page.text.partition("<main")[2].partition("</main>")[0]
    told = http.get(
        "/page/event/nothing-00000000", headers={"Accept": "application/json", "Accept-Language": "it"}
    )
    assert told.json()["title"] == "Not Found"
