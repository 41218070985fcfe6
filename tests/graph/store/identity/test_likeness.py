"""What makes two articles' tellings be of one event, and what keeps them apart; about invented people."""

from dataclasses import replace

import pytest

from graph.store.identity.likeness import NEEDS, Candidate, alike, candidate
from graph.store.identity.tellings import Telling
from ontology import schema
from ontology import terms as pg
from ontology.prefixes import NAMESPACE
from tests.graph.store.identity.invented import BRUNI, HORAK, VARGA, VERDI, days, telling

PORTALBA, LESTOVIA, OSTA = "place/portalba", "country/lestovia", "place/osta"


def ready(told: Telling) -> Candidate:
    found = candidate(told)
    assert found is not None
    return found


def one_event(one: Telling, other: Telling) -> bool:
    """Whether the two are alike, whichever is asked first."""
    first, second = candidate(one), candidate(other)
    if first is None or second is None:
        return False
    assert alike(first, second) is alike(second, first)
    return alike(first, second)


def test_the_same_call_on_the_same_day_is_one() -> None:
    assert one_event(telling("a", stated=days("2031-05-14")), telling("b", stated=days("2031-05-14")))


def test_one_article_tells_its_own_events_apart() -> None:
    one = telling("a")
    assert not one_event(one, replace(one, own="event/other"))


def test_days_that_cannot_meet_are_two_calls() -> None:
    assert not one_event(telling("a", stated=days("2031-05-14")), telling("b", stated=days("2031-05-15")))


def test_an_undated_call_is_of_the_days_before_its_article() -> None:
    told = telling("a", stated=days("2031-05-12"))
    assert one_event(told, telling("b", published=days("2031-05-14")))
    assert not one_event(told, telling("b", published=days("2031-05-15")))
    assert not one_event(told, telling("b", published=days("2031-05-11")))


def test_an_undated_plan_is_of_the_days_after_its_article() -> None:
    told = telling("a", modality="planned", stated=days("2031-05-16"))
    assert one_event(told, telling("b", modality="planned", published=days("2031-05-14")))
    assert not one_event(told, telling("b", modality="planned", published=days("2031-05-17")))


def test_weekly_calls_never_meet_even_undated() -> None:
    assert not one_event(
        telling("a", published=days("2031-05-14")), telling("b", published=days("2031-05-21"))
    )


def test_a_call_of_some_day_of_a_month_can_be_one_of_that_month() -> None:
    month = days("2031-05-01", "2031-05-31")
    assert one_event(telling("a", stated=month), telling("b", stated=days("2031-05-14")))
    assert one_event(telling("a", published=month), telling("b", stated=days("2031-05-14")))


def test_a_call_of_some_day_of_a_year_is_like_none() -> None:
    year = days("2031-01-01", "2031-12-31")
    assert candidate(telling("a", stated=year)) is None
    assert candidate(telling("a", published=year)) is None


def test_a_call_of_no_time_at_all_is_like_none() -> None:
    assert candidate(telling("a", published=None)) is None


def test_claims_that_name_days_apart_make_a_telling_that_is_like_none() -> None:
    assert candidate(telling("a", stated=(5, 4))) is None


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    for day in (days("0001-01-01"), days("9999-12-31")):
        assert one_event(telling("a", published=day), telling("b", stated=day))
        assert one_event(
            telling("a", modality="planned", published=day), telling("b", modality="planned", stated=day)
        )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((VERDI, BRUNI), (VERDI, BRUNI), True),
        ((VERDI, BRUNI), (VERDI, BRUNI, HORAK), True),
        ((VERDI, BRUNI, HORAK), (VERDI, BRUNI, VARGA), True),
        ((VERDI, BRUNI), (VERDI, HORAK), False),
        ((VERDI, BRUNI), (VERDI,), False),
        ((VERDI, BRUNI), (VERDI, BRUNI, HORAK, VARGA, "person/e"), False),
    ],
)
def test_two_and_half_of_all_participants_must_be_the_same(
    one: tuple[str, ...], other: tuple[str, ...], same: bool
) -> None:
    assert one_event(telling("a", *one), telling("b", *other)) is same


@pytest.mark.parametrize("kind", ["Visit", "Release", "Transfer", "Appointment"])
def test_an_event_about_somebody_is_known_by_that_one(kind: str) -> None:
    (role,) = NEEDS[kind].by
    one = telling("a", (VERDI, role), kind=kind)
    assert one_event(one, telling("b", (VERDI, role), (BRUNI, "participant"), kind=kind))
    assert not one_event(one, telling("b", (BRUNI, role), (VERDI, "participant"), kind=kind))


def test_who_called_whom_sets_calls_apart_only_where_both_say_it() -> None:
    out = telling("a", (VERDI, "caller"), (BRUNI, "callee"))
    assert not one_event(out, telling("b", (BRUNI, "caller"), (VERDI, "callee")))
    assert one_event(out, telling("b", (VERDI, "caller"), (BRUNI, "callee")))
    assert one_event(out, telling("b"))


def test_places_must_lie_in_one_another() -> None:
    city, country = (PORTALBA, LESTOVIA), (LESTOVIA,)
    there = telling("a", kind="Meeting", places=(city,))
    assert one_event(there, telling("b", kind="Meeting", places=(country,)))
    assert one_event(there, telling("b", kind="Meeting"))
    assert not one_event(there, telling("b", kind="Meeting", places=((OSTA, LESTOVIA),)))


def test_a_plan_for_a_day_is_of_what_an_article_says_took_place_about_then() -> None:
    then = days("2031-05-14")
    planned = telling("a", modality="planned", stated=then, published=days("2031-05-12"))
    assert one_event(planned, telling("b", published=days("2031-05-15")))
    assert not one_event(telling("a", modality="planned"), telling("b", stated=then))


def test_types_must_be_the_same_but_that_speaking_may_be_calling_or_meeting() -> None:
    assert not one_event(telling("a"), telling("b", kind="Meeting"))
    assert one_event(telling("a"), telling("b", kind="Communication"))
    assert one_event(telling("a", kind="Meeting"), telling("b", kind="Communication"))


@pytest.mark.parametrize(
    ("one", "other", "undated", "same_day"),
    [
        ("occurred", "ongoing", True, True),
        ("occurred", "denied", True, True),
        ("planned", "unconfirmed", True, True),
        ("occurred", "planned", False, True),
        ("planned", "predicted", False, True),
        ("occurred", "hypothetical", False, False),
        ("planned", "hypothetical", False, False),
        ("occurred", "counterfactual", False, False),
        ("hypothetical", "hypothetical", True, True),
    ],
)
def test_what_is_said_to_happen_must_agree(one: str, other: str, undated: bool, same_day: bool) -> None:
    assert one_event(telling("a", modality=one), telling("b", modality=other)) is undated
    then = days("2031-05-14")
    assert (
        one_event(telling("a", modality=one, stated=then), telling("b", modality=other, stated=then))
        is same_day
    )


@pytest.mark.parametrize("kind", sorted(kind for kind, needs in NEEDS.items() if needs.day))
def test_words_are_the_same_on_the_same_day_by_the_same_people_on_a_common_topic(kind: str) -> None:
    then = days("2031-05-14")
    said = telling("a", VERDI, kind=kind, stated=then, topics=("energy", "peace"))
    assert one_event(said, telling("b", VERDI, kind=kind, stated=then, topics=("peace",)))
    assert not one_event(said, telling("b", VERDI, kind=kind, stated=then, topics=("trade",)))
    assert not one_event(said, telling("b", VERDI, BRUNI, kind=kind, stated=then, topics=("peace",)))
    assert candidate(telling("b", VERDI, kind=kind, topics=("peace",))) is None


def test_a_war_that_goes_on_is_the_same_whenever_it_is_told() -> None:
    war = telling("a", "country/a", "country/b", kind="Conflict", modality="ongoing")
    later = telling("b", "country/a", "country/b", kind="Conflict", published=days("2033-01-01"))
    assert one_event(war, later)
    assert not one_event(war, telling("c", "country/a", "country/c", kind="Conflict"))


def test_an_event_of_two_types_is_like_none() -> None:
    assert candidate(replace(telling("a"), kinds=frozenset({"Call", "Meeting"}))) is None
    assert ready(replace(telling("a"), kinds=frozenset({"Call", "Communication"}))).kind == "Call"


def test_every_class_of_events_says_what_it_needs() -> None:
    classes = {each.value.removeprefix(NAMESPACE) for each in schema.descendants(pg.Event)}
    assert classes == NEEDS.keys()
