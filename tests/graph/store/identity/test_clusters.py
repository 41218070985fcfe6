"""Groups of tellings: never wrongly one, the same in any order, found by their keys."""

from dataclasses import replace
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store.identity.clusters import groups, keys, names, regions
from graph.store.identity.likeness import NEEDS, Candidate, alike, candidate
from graph.store.identity.tellings import Sharing, Telling
from tests.graph.store.identity.invented import BRUNI, HORAK, VARGA, VERDI, days, telling

MONTH = days("2031-05-01", "2031-05-31")
FIRST, SECOND = days("2031-05-07"), days("2031-05-14")


def events(*tellings: Telling) -> set[frozenset[str]]:
    """Which articles tell of the same event, whatever the order of the tellings."""
    found = [names(order) for order in permutations(tellings)]
    assert all(each == found[0] for each in found)
    return {
        frozenset(own.removeprefix("event/") for own, name in found[0].items() if name == shared)
        for shared in found[0].values()
    }


def sets(*articles: str) -> set[frozenset[str]]:
    return {frozenset(each) for each in articles}


def test_three_articles_tell_one_call() -> None:
    assert events(telling("a", stated=SECOND), telling("b", stated=SECOND), telling("c")) == sets("abc")


def test_a_call_of_some_day_joins_the_only_call_of_its_month() -> None:
    assert events(telling("a", stated=SECOND), telling("b", stated=MONTH)) == sets("ab")


def test_a_call_of_some_day_of_a_month_with_two_calls_stays_its_own() -> None:
    first, second, some = telling("a", stated=FIRST), telling("b", stated=SECOND), telling("c", stated=MONTH)
    assert events(first, second, some) == sets("a", "b", "c")
    assert events(first, second, some, telling("d", stated=MONTH)) == sets("a", "b", "c", "d")


def test_two_calls_of_some_day_of_a_month_are_one_until_two_days_are_known() -> None:
    one, other = telling("a", stated=MONTH), telling("b", stated=MONTH)
    assert events(one, other) == sets("ab")
    assert events(one, other, telling("c", stated=FIRST)) == sets("abc")
    two = events(one, other, telling("c", stated=FIRST), telling("d", stated=SECOND))
    assert two == sets("a", "b", "c", "d")


def test_calls_on_two_days_of_a_week_leave_an_undated_one_alone() -> None:
    monday, tuesday = days("2031-05-12"), days("2031-05-13")
    undated = telling("c", published=days("2031-05-14"))
    assert events(telling("a", stated=monday), telling("b", stated=tuesday), undated) == sets("a", "b", "c")


def test_who_names_the_same_participants_is_preferred() -> None:
    pair, three = telling("a", VERDI, BRUNI, stated=SECOND), telling("a", VERDI, BRUNI, HORAK, stated=SECOND)
    same_article = replace(three, own="event/z")
    found = names([pair, same_article, telling("b", VERDI, BRUNI, stated=SECOND)])
    assert found["event/b"] == found["event/a"] != found["event/z"]


def test_three_who_may_be_of_either_of_two_pairs_stay_their_own() -> None:
    pair, other = telling("a", VERDI, BRUNI, stated=SECOND), telling("b", VERDI, HORAK, stated=SECOND)
    three = [telling(each, VERDI, BRUNI, HORAK, stated=SECOND) for each in "cd"]
    assert events(pair, three[0]) == sets("ac")
    assert events(pair, other, three[0]) == sets("a", "b", "c")
    assert events(pair, other, *three) == sets("a", "b", "cd")


def test_who_called_stays_open_where_articles_contradict_each_other() -> None:
    out = telling("a", (VERDI, "caller"), (BRUNI, "callee"), stated=SECOND)
    back = telling("b", (BRUNI, "caller"), (VERDI, "callee"), stated=SECOND)
    unsaid = [telling(each, stated=SECOND) for each in "cd"]
    assert events(out, *unsaid) == sets("acd")
    assert events(out, back, *unsaid) == sets("a", "b", "cd")


def test_undated_calls_in_a_row_are_not_strung_together() -> None:
    row = [
        telling(each, published=days(f"2031-05-{day}")) for each, day in zip("abc", (12, 14, 16), strict=True)
    ]
    assert events(*row[:2]) == sets("ab")
    assert events(*row) == sets("a", "b", "c")


def test_words_of_speaking_join_the_call_or_the_meeting_unless_there_were_both() -> None:
    call, meeting = telling("a", stated=SECOND), telling("b", kind="Meeting", stated=SECOND)
    spoke = telling("c", kind="Communication", stated=SECOND)
    assert events(call, spoke) == sets("ac")
    assert events(meeting, spoke) == sets("bc")
    assert events(call, meeting, spoke) == sets("a", "b", "c")


def test_an_event_bears_the_iri_of_its_earliest_article_and_then_of_the_smallest_hash() -> None:
    late = telling("a", stated=SECOND, published=days("2031-05-16"))
    early = [telling(each, stated=SECOND, published=days("2031-05-14")) for each in "cb"]
    assert set(names([late, *early]).values()) == {"event/b"}
    undated = telling("0", stated=SECOND, published=None)
    assert set(names([late, undated]).values()) == {"event/a"}


AGENTS = (VERDI, BRUNI, HORAK, VARGA)


@st.composite
def many(draw: st.DrawFn) -> list[Telling]:
    """Tellings close to one another in every respect, so that most are like some and unlike others."""
    found = []
    for number in range(draw(st.integers(2, 9))):
        day = draw(st.integers(1, 6))
        stated = draw(st.sampled_from([None, (day, day), (day, day), (1, 6), (day, day + 2)]))
        agents = draw(st.lists(st.sampled_from(AGENTS), min_size=2, max_size=4, unique=True))
        found.append(
            telling(
                f"{draw(st.integers(0, 9))}{number}",
                *((agent, draw(st.sampled_from(["participant", "caller", "callee"]))) for agent in agents),
                kind=draw(st.sampled_from(["Call", "Call", "Communication", "Meeting"])),
                modality=draw(st.sampled_from(["occurred", "occurred", "planned", "denied"])),
                stated=stated and (730_000 + stated[0], 730_000 + stated[1]),
                published=(730_000 + day, 730_000 + day),
                places=draw(st.sampled_from([(), (), (("p", "c"),), (("q", "c"),), (("c",),)])),
            )
        )
    return found


relaxed = settings(deadline=None, derandomize=True, max_examples=150)


def ready(tellings: list[Telling]) -> list[Candidate]:
    return [each for each in map(candidate, tellings) if each is not None]


@relaxed
@given(tellings=many(), chance=st.randoms(use_true_random=False))
def test_the_order_of_tellings_changes_nothing(tellings: list[Telling], chance: Random) -> None:
    shuffled = list(tellings)
    chance.shuffle(shuffled)
    assert names(shuffled) == names(tellings)


@relaxed
@given(tellings=many())
def test_all_tellings_of_a_group_are_alike(tellings: list[Telling]) -> None:
    for group in groups(ready(tellings)):
        assert all(alike(one, other) for one, other in combinations(group, 2))


@relaxed
@given(tellings=many())
def test_alike_tellings_share_a_key(tellings: list[Telling]) -> None:
    for one, other in combinations(ready(tellings), 2):
        assert not alike(one, other) or keys(one) & keys(other)


@relaxed
@given(tellings=many())
def test_regions_decide_for_themselves(tellings: list[Telling]) -> None:
    whole = names(tellings)
    for region in regions(ready(tellings)):
        part = names([each.telling for each in region])
        assert part == {own: whole[own] for own in part}


def test_most_tellings_that_are_drawn_have_company() -> None:
    """Else the properties above would say nothing."""
    sizes: list[int] = []

    @relaxed
    @given(tellings=many())
    def collect(tellings: list[Telling]) -> None:
        sizes.extend(len(group) for group in groups(ready(tellings)))

    collect()
    assert sum(size for size in sizes if size > 1) > sum(sizes) / 4


@pytest.mark.parametrize("kind", sorted(NEEDS))
@pytest.mark.parametrize("size", range(2, 30))
def test_a_delegation_of_any_size_shares_a_key_with_half_of_it(kind: str, size: int) -> None:
    role = next(iter(NEEDS[kind].by), "participant")
    agents = [(f"person/{number:02}", role) for number in range(size)]
    stated, topics = days("2031-05-14"), ("energy",)
    one = telling("a", *agents, kind=kind, stated=stated, topics=topics)
    needed = size if NEEDS[kind].day else max(NEEDS[kind].agents, (size + 1) // 2)
    for others in (agents[:needed], agents[-needed:], agents[::2] if needed <= len(agents[::2]) else agents):
        other = telling("b", *others, kind=kind, stated=stated, topics=topics)
        first, second = ready([one, other])
        assert alike(first, second) is (len(others) == size if NEEDS[kind].day else True)
        assert not alike(first, second) or keys(first) & keys(second)


def test_shared_parts_change_no_telling() -> None:
    sharing = Sharing()
    for each in (telling("a", places=(("p", "c"),), stated=FIRST), telling("b", topics=("energy",))):
        assert sharing.of(each) == each
