"""Delegations: those who lead, form or speak for a side take part in the negotiation told nearby."""

from collections.abc import Callable
from typing import Any

import pytest

OPENING = {
    "it": "Domani riprendono a Lugano le trattative tra la Norvegia e il Cile. ",
    "en": "Negotiations between Norway and Chile resume in Lugano tomorrow. ",
}
ROLES = {"negotiator", "leadNegotiator"}

# Each row: the language, the sentence, and those who negotiate by it.
TOLD = [
    ("it", "La delegazione norvegese è guidata da Anna Verdi, quella cilena da Piero Bruni.", "Verdi Bruni"),
    ("it", "A condurle saranno, per la Norvegia, Anna Verdi e, per il Cile, Piero Bruni.", "Verdi Bruni"),
    ("it", "I negoziatori sono l'ambasciatore Luca Neri e la consigliera Rosa Bianchi.", "Neri Bianchi"),
    ("it", "Anche il generale Ugo Rossi fa parte della delegazione.", "Rossi"),
    ("it", "Siedono al tavolo il capo negoziatore Luca Neri e il giurista Ugo Rossi.", "Neri Rossi"),
    (
        "en",
        "The Norwegian delegation is headed by Anna Verdi; Piero Bruni leads the Chilean side.",
        "Verdi Bruni",
    ),
    ("en", "The Chilean team is made up of Piero Bruni, Rosa Bianchi and Luca Neri.", "Bruni Bianchi Neri"),
    ("en", "Ambassador Luca Neri and General Ugo Rossi are also part of the Chilean team.", "Neri Rossi"),
    ("en", "Chief negotiator Anna Verdi was upbeat.", "Verdi"),
]


@pytest.mark.parametrize(("language", "text", "names"), TOLD)
def test_who_negotiates_is_read_from_delegations_sides_and_titles(
    language: str, text: str, names: str, read: Callable[..., Any]
) -> None:
    claims = read(OPENING[language] + text, language=language).claims("negotiation")
    found = {name.split()[-1] for one in claims for name, role in one.roles.items() if role in ROLES}
    assert found == set(names.split())


def test_a_delegation_without_a_negotiation_negotiates_nothing(read: Callable[..., Any]) -> None:
    assert not read("La delegazione norvegese è guidata da Anna Verdi.").claims("negotiation")


def test_a_delegation_that_travels_pays_a_visit(read: Callable[..., Any]) -> None:
    text = "Anna Verdi will lead a trade delegation to Lugano."
    claims = read(OPENING["en"] + text, language="en").claims("negotiation")
    assert all("Anna Verdi" not in one.roles for one in claims)
