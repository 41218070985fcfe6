"""Groups of tellings that are of one event, the same whatever the order in which the articles came.

The tellings are taken from the most to the least precise, of equal ones those first that fit only what fits
together. Each joins the one group all of whose tellings it is alike to; where there are two such groups, it
could be of either, and stays its own: better twice than wrongly one. A decision rests on the tellings that
hang together by likeness and on no others, so an article that comes or goes touches only these.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations

from graph.store.identity.likeness import (
    ALWAYS,
    NEEDS,
    VAGUE,
    Candidate,
    alike,
    candidate,
    compatible,
    family,
)
from graph.store.identity.tellings import Days, Telling

Group = list[Candidate]


def names(tellings: Iterable[Telling]) -> dict[str, str]:
    """The IRI of the event of each telling, by the telling's own IRI; it may be that one.

    `tellings` must be whole: all that hang together by likeness with any of them.
    """
    listed = list(tellings)
    found = {telling.own: telling.own for telling in listed}
    candidates = [each for each in map(candidate, listed) if each is not None]
    for region in regions(candidates):
        for group in groups(region):
            name = _earliest(group).own
            found.update((each.telling.own, name) for each in group)
    return found


def groups(region: Sequence[Candidate]) -> list[Group]:
    """The candidates of a region, those of one event together."""
    listed = sorted(region, key=_precision)
    near = _likeness(listed)
    torn = [_is_torn(index, listed, near) for index in range(len(listed))]
    found: list[_Forming] = []
    for index in sorted(
        range(len(listed)), key=lambda index: (*_precision(listed[index])[:2], torn[index], index)
    ):
        _place(index, listed[index], near[index], found)
    return [[listed[index] for index in forming.members] for forming in found]


@dataclass(slots=True)
class _Forming:
    """A group in the making: its members, also as bits; whether the first of them could be of others, too."""

    members: list[int]
    bits: int
    agents: set[frozenset[str]]
    is_undecided: bool


def _place(index: int, each: Candidate, near: int, found: list[_Forming]) -> None:
    """Adds a candidate to the one group that it fits, or to a new one."""
    fitting = [forming for forming in found if forming.bits & ~near == 0]
    if len(fitting) > 1:
        same = [forming for forming in fitting if each.agents in forming.agents]
        # Articles that name the same people and the same day go together even when it is open with whom else.
        alone = [forming for forming in same if forming.is_undecided and each.is_exact]
        chosen = same if len(same) == 1 else alone
    else:
        chosen = fitting
    if len(chosen) == 1:
        (forming,) = chosen
        forming.members.append(index)
        forming.bits |= 1 << index
        forming.agents.add(each.agents)
    else:
        found.append(_Forming([index], 1 << index, {each.agents}, is_undecided=len(fitting) > 1))


def _precision(each: Candidate) -> tuple[int, bool, int, str]:
    first, last = each.days
    return last - first, each.kind == VAGUE, first, each.telling.own


def _likeness(listed: Sequence[Candidate]) -> list[int]:
    """Per candidate those that it is alike to, as bits; tellings that say the same are compared once."""
    said: dict[object, int] = {}
    numbers = [said.setdefault(each.said, len(said)) for each in listed]
    known: dict[tuple[int, int], bool] = {}
    near = [0] * len(listed)
    for one, other in combinations(range(len(listed)), 2):
        pair = (numbers[one], numbers[other])
        if pair not in known:
            known[pair] = compatible(listed[one], listed[other])
        if known[pair] and listed[one].telling.article != listed[other].telling.article:
            near[one] |= 1 << other
            near[other] |= 1 << one
    return near


def _is_torn(index: int, listed: Sequence[Candidate], near: Sequence[int]) -> bool:
    """Whether a candidate is alike to two, no less precise than itself, that are not alike."""
    precision = _precision(listed[index])[:2]
    others = [each for each in _numbers(near[index]) if _precision(listed[each])[:2] <= precision]
    bits = sum(1 << each for each in others)
    return any(bits & ~near[each] & ~(1 << each) for each in others)


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _earliest(group: Group) -> Telling:
    """The telling of the earliest article, by date and then by hash: the event bears its IRI."""
    return min(
        (each.telling for each in group), key=lambda telling: (telling.published or ALWAYS[::-1], telling.own)
    )


def regions(candidates: Sequence[Candidate]) -> list[Group]:
    """The candidates that hang together by likeness, in groups."""
    leaders = list(range(len(candidates)))

    def leader(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = leaders[leaders[index]]
            index = leaders[index]
        return index

    for sharing in _by_key(candidates).values():
        for one, other in combinations(sharing, 2):
            first, second = leader(one), leader(other)
            if first != second and alike(candidates[one], candidates[other]):
                leaders[second] = first
    found: dict[int, Group] = {}
    for index, each in enumerate(candidates):
        found.setdefault(leader(index), []).append(each)
    return list(found.values())


def _by_key(candidates: Sequence[Candidate]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, each in enumerate(candidates):
        for key in keys(each):
            found.setdefault(key, []).append(index)
    return found


def keys(each: Candidate) -> set[str]:
    """Sixteen hex digits of each of the keys of which two alike tellings have one in common.

    A key is of the type and its kin, of as many participants as must be shared, and of a month.
    """
    needs = NEEDS[each.kind]
    if needs.day:
        parties = [tuple(sorted(each.agents))]
    else:
        # Of n agents half are shared at least: sorted, the first n/2 + k of them hold the first k that are.
        first = sorted(each.known_by)[: len(each.known_by) // 2 + needs.agents]
        parties = list(combinations(first, needs.agents))
    times = ["any"] if needs.lasting else _months(each.days)
    return {_short(" ".join((family(each.kind), *party, time))) for party in parties for time in times}


def _months(days: Days) -> list[str]:
    """The months, as 2031-05, in which some of the days lie."""
    first, last = (date.fromordinal(day) for day in days)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _short(key: str) -> str:
    return sha256(key.encode("utf-8")).hexdigest()[:16]
