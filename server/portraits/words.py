"""The words that support something: stretches of an article, with what stands around them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ontology import terms as pg
from server.portraits.passages import Mark, Passage, Piece, passages, pieces
from server.portraits.questions import Row, text_of
from server.portraits.things import TYPE

WINDOW = 32
"""The length from which prefix and suffix were cut when the graph was made (graph.mapping.spans)."""


_PLACE = re.compile(r"(.+)#char=(\d+),(\d+)")
"""The IRI of a stretch of a text: the text's own and the bounds, RFC 5147, section 2.1.1."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article that supports a claim; `supports` are property IRIs."""

    span: str
    article: str
    start: int
    end: int
    exact: str
    before: str
    after: str
    supports: tuple[str, ...]

    def mark(self, claim: str, followed: bool) -> Mark:
        """The stretch as a mark in its article."""
        return Mark(self.start, self.end, kinds_of(self.supports), (claim,), followed)


def around(words: Words) -> Piece:
    """A stretch with what the graph keeps of its surroundings."""
    before, after = trimmed(words.before, words.after)
    return Piece(words.start - len(before), before + words.exact + after)


def trimmed(before: str, after: str) -> tuple[str, str]:
    """What stands around a stretch, without the parts of words where it was cut by its length."""
    if len(before) >= WINDOW:
        before = before[before.find(" ") + 1 :]
    if len(after) >= WINDOW:
        after = after[: after.rfind(" ") + 1]
    return before, after


def kinds_of(supports: Iterable[str]) -> tuple[str, ...]:
    """What kind of words support these properties, as the pages name and colour them."""
    table = (
        (TYPE, "trigger"),
        (pg.participation, "actor"),
        (pg.inOffice, "office"),
        (pg.hasPlace, "place"),
        (pg.edtf, "time"),
        (pg.duration, "time"),
        (pg.topic, "topic"),
        (pg.modality, "modality"),
        (pg.attributedTo, "source"),
        (pg.exact, "quotation"),
    )
    given = set(supports)
    return tuple(dict.fromkeys(kind for term, kind in table if str(getattr(term, "value", term)) in given))


def words_of(rows: Iterable[Row], key: str, supporting: Iterable[Row] = ()) -> dict[str, tuple[Words, ...]]:
    """Thing IRI → the stretches it rests on, in the order of the text.

    Where a stretch stands, its IRI tells; what has another form of IRI is no stretch of a text.
    Which properties a stretch supports stands in its own rows, or in `supporting`.
    """
    rows = list(rows)
    supports: dict[str, dict[str, None]] = {}
    for row in (*rows, *supporting):
        if "supports" in row:
            supports.setdefault(row["span"].text, {})[row["supports"].text] = None
    found: dict[str, dict[str, Words]] = {}
    for row in rows:
        span = row["span"].text
        place = _PLACE.fullmatch(span)
        if place is None:
            continue
        spans = found.setdefault(row[key].text, {})
        if span not in spans:
            spans[span] = Words(
                span,
                place[1],
                int(place[2]),
                int(place[3]),
                text_of(row, "exact"),
                text_of(row, "prefix"),
                text_of(row, "suffix"),
                tuple(supports.get(span, ())),
            )
    return {
        thing: tuple(sorted(spans.values(), key=lambda each: each.start)) for thing, spans in found.items()
    }


def context(words: tuple[Words, ...]) -> list[Passage]:
    """The words of a claim in what stands around them, by article, as passages."""
    shown: list[Passage] = []
    for article in dict.fromkeys(each.article for each in words):
        inside = [each for each in words if each.article == article]
        joined = pieces([around(each) for each in inside])
        marks = [each.mark("", followed=False) for each in inside]
        shown += passages(joined, marks, None)
    return shown
