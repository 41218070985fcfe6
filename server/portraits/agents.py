"""Persons, organisations, countries and places: their events, words and offices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Answers, Row, Value, by, text_of
from server.portraits.things import most_specific
from server.portraits.wording import when


@dataclass(frozen=True, slots=True)
class Involvement:
    """An event as a list shows it: its name, when, how certain, in which roles, with whom."""

    event: Name
    date: str
    modalities: tuple[Name, ...]
    roles: tuple[str, ...] = ()
    others: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that somebody is quoted with."""

    quotation: Name
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that somebody makes."""

    claim: str
    href: str
    event: Name
    modality: Name | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office as articles give it, and the dates of the events for which they do, in words."""

    office: Name
    dates: str


@dataclass(frozen=True, slots=True)
class Agent:
    """What a page shows of an agent or a place beside the general.

    `certainties` counts the events by modality; `together` the events shared with each of the others;
    `more` says that there are events beyond those.
    """

    involvements: tuple[Involvement, ...]
    happenings: tuple[Involvement, ...]
    quotations: tuple[Quoted, ...]
    claims: tuple[Said, ...]
    offices: tuple[Name, ...]
    tenures: tuple[Tenure, ...] = ()
    certainties: tuple[tuple[Name, int], ...] = ()
    together: tuple[tuple[Name, int], ...] = ()
    more: bool = False


TOGETHER = 12
"""Others that a page names as most often together with somebody."""


MOST = 100
"""Events, and claims and quotations, that a page tells of; the questions ask for one more. With 400
a page took 80 ms.
"""

_ACTING = ("takings", "takings_certain", "takings_roles", "takings_others", "sayings")
_LYING = ("happenings", "happenings_certain")
QUESTIONS = {
    "Person": (*_ACTING, "offices"),
    "Organization": (*_ACTING, "offices"),
    "Country": (*_ACTING, *_LYING),
    "Place": (*_ACTING, *_LYING),
}
"""What is asked of each kind: nothing happens in a person, and no place holds an office."""


def agent(told: Answers, kind: str, iri: str, namer: Namer) -> Agent:
    """The events, words and offices of an agent, and the events at a place; `kind` is one of QUESTIONS."""
    answers = {name: told[name] for name in QUESTIONS[kind]}
    taking, lying = _first(answers, _ACTING[:-1]), _first(answers, _LYING)
    taken, happenings = involvements(taking, namer, iri), involvements(lying, namer)
    sayings, offices = answers["sayings"], answers.get("offices", [])
    return Agent(
        tuple(taken),
        tuple(happenings),
        tuple(_quotations(sayings, namer)),
        tuple(_claims(sayings, namer)),
        tuple(_offices(offices, namer)),
        tuple(_tenures(taking, namer)),
        tuple(_counted([name for one in taken for name in one.modalities])),
        tuple(_counted([name for one in taken for name in one.others])[:TOGETHER]),
        more=any(len(by(answers.get(name, ()), "event")) > MOST for name in ("takings", "happenings")),
    )


def _first(answers: Mapping[str, Sequence[Row]], names: Sequence[str]) -> list[Row]:
    """The rows of some questions about events, without those beyond MOST."""
    events = set(list(by(answers.get(names[0], ()), "event"))[:MOST])
    return [row for name in names for row in answers.get(name, ()) if row["event"].text in events]


def _counted(names: Sequence[Name]) -> list[tuple[Name, int]]:
    """Each name with how often it occurs, the most frequent first."""
    counts = Counter(names)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].label.casefold()))


def _tenures(rows: Sequence[Row], namer: Namer) -> list[Tenure]:
    """The offices in which somebody takes part in events, by the earliest of those events."""
    labels = labels_of(rows, "office", "officeLabel")
    of_event: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        if "edtf" in row:
            of_event.setdefault(row["event"].text, set()).add((text_of(row, "latest"), row["edtf"].text))
    dated: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        if "office" in row:
            dated.setdefault(row["office"].text, set()).update(of_event.get(row["event"].text, ()))
    ordered = sorted(dated.items(), key=lambda item: (min(item[1], default=("9", "")), item[0]))
    return [
        Tenure(
            namer.name(office, labels[office]),
            "; ".join(dict.fromkeys(when(edtf, "", "", namer.language) for _, edtf in sorted(dates))),
        )
        for office, dates in ordered
    ]


def involvements(rows: Sequence[Row], namer: Namer, own: str = "") -> list[Involvement]:
    """The events in rows of ?event with its labels, dates, modalities, roles and others; the newest first."""
    labels, others = labels_of(rows, "event", "label"), labels_of(rows, "other", "otherLabel")
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if "event" in row:
            grouped.setdefault(row["event"].text, []).append(row)
    found = []
    for event, about in grouped.items():
        latest = max(_all(about, "latest"), default="")
        dates = sorted({when(edtf, "", "", namer.language) for edtf in _all(about, "edtf")})
        involvement = Involvement(
            namer.name(event, labels[event]),
            " / ".join(dates),
            tuple(namer.name(modality) for modality in sorted(set(_all(about, "modality")))),
            tuple(sorted({namer.word(role) for role in _all(about, "role")})),
            tuple(namer.name(other, others[other]) for other in sorted({*_all(about, "other")} - {own})),
        )
        found.append((latest, involvement))
    found.sort(key=lambda pair: pair[1].event.label.casefold())
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [involvement for _, involvement in found]


def _all(rows: Sequence[Row], variable: str) -> list[str]:
    return [row[variable].text for row in rows if variable in row]


def _quotations(rows: Sequence[Row], namer: Namer) -> list[Quoted]:
    found: dict[str, tuple[int, Value]] = {}
    for row in rows:
        if "exact" in row and "/id/quotation/" in row["thing"].text:
            found[row["thing"].text] = (int(row["start"].text) if "start" in row else 0, row["exact"])
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return [Quoted(namer.name(iri), words.text, words.language) for iri, (_, words) in ordered]


def _claims(rows: Sequence[Row], namer: Namer) -> list[Said]:
    labels = labels_of(rows, "event", "label")
    found = {}
    for row in rows:
        if "event" in row:
            modality = namer.name(row["modality"].text) if "modality" in row else None
            iri = row["thing"].text
            event = namer.name(row["event"].text, labels[row["event"].text])
            found[iri] = Said(iri, namer.href(iri), event, modality)
    return sorted(found.values(), key=lambda said: (said.event.label.casefold(), said.claim))


def _offices(rows: Sequence[Row], namer: Namer) -> list[Name]:
    labels = labels_of(rows, "office", "officeLabel")
    return sorted(
        (namer.name(office, found) for office, found in labels.items()), key=lambda name: name.label
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in: who or what, of which kind, in how many events."""

    name: Name
    kind: str
    count: int


def entries(rows: Sequence[Row], namer: Namer) -> list[Entry]:
    """Those in rows of ?agent with labels, kinds and a count; the most involved first."""
    labels = labels_of(rows, "agent", "label")
    kinds: dict[str, list[str]] = {}
    counts = {row["agent"].text: int(row["n"].text) for row in rows}
    for row in rows:
        if "kind" in row:
            kinds.setdefault(row["agent"].text, []).append(row["kind"].text)
    found = []
    for iri, count in counts.items():
        kind = ", ".join(namer.word(each) for each in most_specific(sorted(set(kinds.get(iri, ())))))
        found.append(Entry(namer.name(iri, labels[iri]), kind, count))
    return sorted(found, key=lambda entry: (-entry.count, entry.name.label.casefold()))


def listed(rows: Sequence[Row], variable: str, namer: Namer) -> list[Name]:
    """The things in rows of one variable with its ?label, by label."""
    labels = labels_of(rows, variable, "label")
    return sorted(
        (namer.name(iri, found) for iri, found in labels.items()), key=lambda name: name.label.casefold()
    )
