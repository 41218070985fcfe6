"""Which claims tell of the same event, on claims made by hand about invented people."""

from datetime import date

import pytest

from graph.linking.events import merge
from graph.model import (
    Claim,
    Event,
    EventType,
    Grounded,
    Modality,
    Participation,
    Period,
    Role,
    Source,
    Span,
)

VARGA, BRUNI, HORAK = "person:ines-varga", "person:piero-bruni", "person:milena-horak"
LESTOVIA, PORTALBA = "state:lestovia", "state:portalba"

MAY = Period("2031-05", date(2031, 5, 1), date(2031, 5, 31))
MID_MAY = Period("2031-05-14", date(2031, 5, 14), date(2031, 5, 14))
JUNE = Period("2031-06", date(2031, 6, 1), date(2031, 6, 30))

ALL = tuple(Modality)
REAL = (Modality.OCCURRED, Modality.ONGOING)
OPEN = (Modality.DENIED, Modality.UNCONFIRMED)
UNREAL = tuple(each for each in ALL if each not in REAL + OPEN)


def claim(
    number: int,
    *agents: str | tuple[str, Role],
    type_: EventType = EventType.CALL,
    modality: Modality = Modality.OCCURRED,
    place: str | None = None,
    time: Period | None = None,
    event: str = "",
    concerns: str | None = None,
    rule: str = "noun",
) -> Claim:
    """The claim of a mention at 100 times its number; who has no role of his own is a participant."""
    at = Span(100 * number, 100 * number + 5)
    parts = ((each, Role.PARTICIPANT) if isinstance(each, str) else each for each in agents)
    return Claim(
        event=event or f"e{number}",
        type=type_,
        trigger=at,
        modality=modality,
        source=Source(),
        participations=tuple(Participation(entity, role, at) for entity, role in parts),
        place=Grounded(place, at) if place else None,
        time=Grounded(time, at) if time else None,
        concerns=concerns,
        rule=rule,
    )


def events(*claims: Claim) -> tuple[Event, ...]:
    return merge(list(claims), "0a1b2c3d4e5f")


def are_one(first: Claim, second: Claim) -> bool:
    return len(events(first, second)) == 1


def test_no_claims_tell_of_no_event() -> None:
    assert events() == ()


def test_two_mentions_with_the_same_participants_are_one_event_with_both_claims() -> None:
    (event,) = events(claim(1, VARGA, BRUNI), claim(2, BRUNI, VARGA))
    assert [each.trigger.start for each in event.claims] == [100, 200]
    assert {each.event for each in event.claims} == {event.key}


def test_the_key_is_type_article_and_place_of_the_first_mention() -> None:
    (event,) = events(claim(3, VARGA, BRUNI), claim(4, VARGA, BRUNI))
    assert event.key == "call:0a1b2c3d4e5f:300"


def test_events_stand_in_the_order_of_their_first_mention() -> None:
    found = events(claim(1, VARGA, BRUNI), claim(2, HORAK, BRUNI), claim(3, VARGA, BRUNI))
    assert [[each.trigger.start for each in event.claims] for event in found] == [[100, 300], [200]]


def test_claims_that_the_reading_gave_one_number_stay_one_event_whatever_they_say() -> None:
    (event,) = events(
        claim(1, VARGA, BRUNI, event="e1", place=LESTOVIA), claim(2, HORAK, event="e1", place=PORTALBA)
    )
    assert len(event.claims) == 2


def test_some_of_the_participants_are_enough_to_mean_the_event() -> None:
    assert are_one(claim(1, VARGA, BRUNI), claim(2, VARGA))
    assert are_one(claim(1, VARGA), claim(2, VARGA, BRUNI))


def test_participants_that_only_overlap_are_of_two_events() -> None:
    assert not are_one(claim(1, VARGA, BRUNI), claim(2, VARGA, HORAK))


def test_a_mention_without_participants_is_of_no_event_told_before() -> None:
    assert not are_one(claim(1, VARGA, BRUNI), claim(2))


def test_a_statement_is_the_same_only_with_the_very_same_participants() -> None:
    first = claim(1, VARGA, BRUNI, type_=EventType.STATEMENT)
    assert are_one(first, claim(2, VARGA, BRUNI, type_=EventType.STATEMENT))
    assert not are_one(first, claim(2, VARGA, type_=EventType.STATEMENT))


def test_other_types_are_other_events() -> None:
    assert not are_one(claim(1, VARGA, BRUNI), claim(2, VARGA, BRUNI, type_=EventType.MEETING))
    assert not are_one(claim(1, VARGA, BRUNI), claim(2, VARGA, BRUNI, type_=EventType.VISIT))


@pytest.mark.parametrize("telling", [EventType.CALL, EventType.MEETING])
@pytest.mark.parametrize("first_telling", [True, False])
def test_a_communication_can_be_a_call_or_a_meeting_and_takes_the_more_telling_type(
    telling: EventType, first_telling: bool
) -> None:
    types = (telling, EventType.COMMUNICATION) if first_telling else (EventType.COMMUNICATION, telling)
    (event,) = events(claim(1, VARGA, BRUNI, type_=types[0]), claim(2, VARGA, BRUNI, type_=types[1]))
    assert event.type is telling
    assert event.key.startswith(f"{telling.value}:")
    assert {each.type for each in event.claims} == {telling}
    assert {each.event for each in event.claims} == {event.key}


def test_a_communication_that_has_become_a_call_is_no_meeting() -> None:
    types = (EventType.COMMUNICATION, EventType.CALL, EventType.MEETING)
    found = events(*(claim(number, VARGA, BRUNI, type_=each) for number, each in enumerate(types)))
    assert [event.type for event in found] == [EventType.CALL, EventType.MEETING]


@pytest.mark.parametrize("unreal", UNREAL)
@pytest.mark.parametrize("real", REAL)
def test_what_is_to_come_or_only_thought_of_is_not_what_took_place(real: Modality, unreal: Modality) -> None:
    assert not are_one(claim(1, VARGA, BRUNI, modality=real), claim(2, VARGA, BRUNI, modality=unreal))
    assert not are_one(claim(1, VARGA, BRUNI, modality=unreal), claim(2, VARGA, BRUNI, modality=real))


def test_what_goes_on_is_what_took_place() -> None:
    assert are_one(
        claim(1, VARGA, BRUNI, modality=Modality.ONGOING), claim(2, VARGA, BRUNI, modality=Modality.OCCURRED)
    )


@pytest.mark.parametrize("other", ALL)
@pytest.mark.parametrize("doubted", OPEN)
def test_who_denies_or_leaves_open_an_event_means_the_one_that_others_report(
    doubted: Modality, other: Modality
) -> None:
    (event,) = events(claim(1, VARGA, BRUNI, modality=other), claim(2, VARGA, BRUNI, modality=doubted))
    assert [each.modality for each in event.claims] == [other, doubted]
    assert are_one(claim(1, VARGA, BRUNI, modality=doubted), claim(2, VARGA, BRUNI, modality=other))


def test_a_denial_does_not_join_a_planned_event_to_one_that_took_place() -> None:
    modalities = (Modality.PLANNED, Modality.DENIED, Modality.OCCURRED)
    found = events(*(claim(number, VARGA, BRUNI, modality=each) for number, each in enumerate(modalities)))
    assert [[each.modality for each in event.claims] for event in found] == [
        [Modality.PLANNED, Modality.DENIED],
        [Modality.OCCURRED],
    ]


def test_two_places_are_two_events_and_an_unsaid_place_is_any() -> None:
    here = claim(1, VARGA, BRUNI, place=LESTOVIA)
    assert not are_one(here, claim(2, VARGA, BRUNI, place=PORTALBA))
    assert are_one(here, claim(2, VARGA, BRUNI, place=LESTOVIA))
    assert are_one(here, claim(2, VARGA, BRUNI))


def test_times_that_cannot_meet_are_two_events_and_an_unsaid_time_is_any() -> None:
    then = claim(1, VARGA, BRUNI, time=MAY)
    assert not are_one(then, claim(2, VARGA, BRUNI, time=JUNE))
    assert not are_one(claim(1, VARGA, BRUNI, time=JUNE), claim(2, VARGA, BRUNI, time=MAY))
    assert are_one(then, claim(2, VARGA, BRUNI, time=MID_MAY))
    assert are_one(then, claim(2, VARGA, BRUNI))


def test_a_mention_must_fit_every_claim_of_the_event_it_joins() -> None:
    found = events(
        claim(1, VARGA, BRUNI), claim(2, VARGA, BRUNI, place=LESTOVIA), claim(3, VARGA, BRUNI, place=PORTALBA)
    )
    assert [len(event.claims) for event in found] == [2, 1]


def test_who_called_sets_two_calls_apart() -> None:
    out = claim(1, (VARGA, Role.CALLER), (BRUNI, Role.CALLEE))
    back = claim(2, (BRUNI, Role.CALLER), (VARGA, Role.CALLEE))
    assert not are_one(out, back)
    assert are_one(out, claim(2, VARGA, BRUNI))


def test_talks_that_somebody_leads_are_those_between_the_states() -> None:
    led = claim(1, (VARGA, Role.LEAD_NEGOTIATOR), type_=EventType.NEGOTIATION)
    between = claim(2, (LESTOVIA, Role.NEGOTIATOR), (PORTALBA, Role.NEGOTIATOR), type_=EventType.NEGOTIATION)
    assert are_one(led, between)
    assert are_one(between, led)


def test_talks_that_two_people_lead_are_two() -> None:
    assert not are_one(
        claim(1, (VARGA, Role.LEAD_NEGOTIATOR), type_=EventType.NEGOTIATION),
        claim(2, (BRUNI, Role.LEAD_NEGOTIATOR), type_=EventType.NEGOTIATION),
    )


def test_led_talks_in_another_place_are_other_talks() -> None:
    assert not are_one(
        claim(1, (VARGA, Role.LEAD_NEGOTIATOR), type_=EventType.NEGOTIATION, place=LESTOVIA),
        claim(2, LESTOVIA, PORTALBA, type_=EventType.NEGOTIATION, place=PORTALBA),
    )


@pytest.mark.parametrize(("one", "other"), [("verb", "verb"), ("verb", "noun"), ("noun", "verb")])
def test_an_agreement_that_a_verb_tells_stands_alone(one: str, other: str) -> None:
    assert not are_one(
        claim(1, VARGA, BRUNI, type_=EventType.AGREEMENT, rule=f"agree.{one}"),
        claim(2, VARGA, BRUNI, type_=EventType.AGREEMENT, rule=f"agree.{other}"),
    )


def test_agreements_that_nouns_name_are_one_like_other_events() -> None:
    assert are_one(
        claim(1, VARGA, BRUNI, type_=EventType.AGREEMENT, rule="agree.noun"),
        claim(2, VARGA, BRUNI, type_=EventType.AGREEMENT, rule="agree.noun"),
    )


def test_what_a_claim_concerns_follows_the_event_into_its_key() -> None:
    found = events(
        claim(1, VARGA, BRUNI, type_=EventType.VISIT, modality=Modality.PLANNED),
        claim(2, VARGA, BRUNI, type_=EventType.VISIT, modality=Modality.PLANNED),
        claim(3, VARGA, BRUNI, type_=EventType.INVITATION, concerns="e2"),
    )
    visit, invitation = found
    assert invitation.claims[0].concerns == visit.key
    assert {each.concerns for each in visit.claims} == {None}


def test_what_is_concerned_may_be_told_later_in_the_text() -> None:
    invitation, visit = events(
        claim(1, VARGA, BRUNI, type_=EventType.INVITATION, concerns="e2"),
        claim(2, BRUNI, type_=EventType.VISIT, modality=Modality.HYPOTHETICAL),
    )
    assert invitation.claims[0].concerns == visit.key


def test_merging_loses_no_claim_and_no_words() -> None:
    given = [
        claim(number, *agents, modality=modality)
        for number, (agents, modality) in enumerate(
            (agents, modality) for agents in ((VARGA, BRUNI), (VARGA,), (HORAK,), ()) for modality in ALL
        )
    ]
    kept = [each for event in events(*given) for each in event.claims]
    assert sorted(each.trigger for each in kept) == [each.trigger for each in given]
    assert len({event.key for event in events(*given)}) == len(events(*given))
