"""The views that are tables: who negotiates, and every claim with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, Value, text_of
from server.portraits.wording import day_of
from server.portraits.words import trimmed

PAGE = 50
"""Claims on one page; the query asks for one more, to know whether a page follows."""

ROWS = 500
"""Lines of negotiators; the query asks for one more, so that a cut is told."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who negotiates, as one claim has it."""

    who: Name
    role: str
    office: Name | None
    event: Name
    modality: Name
    source: Name | None
    claim: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table; `more` says that there are others."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim: its event, certainty, source, the words that name the event and where they stand."""

    claim: str
    event: Name
    modality: Name
    date: str
    source: Name | None
    before: str
    words: str
    after: str
    read: str


@dataclass(frozen=True, slots=True)
class Statements:
    """A page of claims, and whether another follows."""

    lines: tuple[Statement, ...]
    more: bool


def negotiators(rows: Sequence[Row], namer: Namer) -> Lines:
    """The lines of rows of ?who with role, office, event and source; one a claim."""
    who, offices = labels_of(rows, "who", "name"), labels_of(rows, "office", "title")
    events, sources = labels_of(rows, "event", "label"), labels_of(rows, "source", "sourceName")
    found = {}
    for row in rows[:ROWS]:
        name = namer.name(row["who"].text, who[row["who"].text])
        office = namer.name(row["office"].text, offices[row["office"].text]) if "office" in row else None
        if office is not None:
            office = Name(
                office.iri, office.label.removeprefix(f"{name.label}, "), office.language, office.href
            )
        found[row["claim"].text, name.iri, text_of(row, "office")] = Line(
            name,
            namer.word(row["role"].text),
            office,
            namer.name(row["event"].text, events.get(row["event"].text, ())),
            namer.name(row["modality"].text),
            _source(row, sources, namer),
            namer.href(row["claim"].text),
        )
    return Lines(tuple(found.values()), len(rows) > ROWS)


def statements(rows: Sequence[Row], namer: Namer) -> Statements:
    """The claims of rows of ?claim, each with the first of its words."""
    events, sources = labels_of(rows, "event", "label"), labels_of(rows, "source", "sourceName")
    found: dict[str, Statement] = {}
    claims = dict.fromkeys(row["claim"].text for row in rows)
    for row in rows:
        claim = row["claim"].text
        if claim in found:
            continue
        before, after = trimmed(text_of(row, "before"), text_of(row, "after"))
        place = f"?claim={claim.rpartition('/')[2]}#char={text_of(row, 'start')},{text_of(row, 'end')}"
        found[claim] = Statement(
            namer.href(claim),
            namer.name(row["event"].text, events.get(row["event"].text, ())),
            namer.name(row["modality"].text),
            day_of(text_of(row, "latest"), namer.language),
            _source(row, sources, namer),
            before,
            text_of(row, "words"),
            after,
            namer.href(row["article"].text) + place if "article" in row else "",
        )
    return Statements(tuple(found.values())[:PAGE], len(claims) > PAGE)


def _source(row: Row, labels: dict[str, list[Value]], namer: Namer) -> Name | None:
    if "source" not in row:
        return None
    iri = row["source"].text
    if iri.startswith(f"{namer.base}id/article/"):
        return Name(iri, namer.speech.plain("claim.article"), "", namer.href(iri))
    return namer.name(iri, labels.get(iri, ()))
