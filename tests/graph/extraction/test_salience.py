"""Salience: the agents of the clause take part where the frame reaches nobody, as a guess."""

from collections.abc import Callable
from typing import Any


def test_the_agents_of_the_clause_take_part_in_a_definite_event(read: Callable[..., Any]) -> None:
    (visit,) = read("La ministra Anna Verdi, in visita a Lugano, ha sorriso.").claims("visit")
    assert visit.roles == {"Anna Verdi": "visitor"}
    assert visit.rule.endswith("+clause")


def test_a_guess_is_less_sure_than_what_the_frame_says(read: Callable[..., Any]) -> None:
    (guessed,) = read("La ministra Anna Verdi, in visita a Lugano, ha sorriso.").extraction.claims
    (told,) = read("La ministra Anna Verdi ha visitato Lugano.").extraction.claims
    assert guessed.confidence < told.confidence


def test_an_indefinite_event_that_no_verb_carries_is_nobodys(read: Callable[..., Any]) -> None:
    assert not read("La ministra Anna Verdi è certa: serve una tregua.").claims("agreement")


def test_who_reports_an_event_takes_no_part_by_a_guess(read: Callable[..., Any]) -> None:
    told = read("Secondo il portavoce Carlo Neri, la telefonata sarebbe durata un'ora.").claims("call")
    assert all("Carlo Neri" not in one.roles for one in told)


def test_two_who_met_are_the_parties_of_the_agreement_that_follows(read: Callable[..., Any]) -> None:
    text = "La ministra Anna Verdi ha incontrato il senatore Piero Bruni. È stato raggiunto un accordo."
    agreed = read(text).claims("agreement")
    assert agreed
    assert all(set(one.roles) == {"Anna Verdi", "Piero Bruni"} for one in agreed)
