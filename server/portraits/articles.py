"""An article: its text or excerpts with every marked stretch, and its events in the order of the text."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from server.evaluator.jobs import Term
from server.evaluator.jobs import iri as iri_term
from server.portraits.names import Name, Namer, labels_of
from server.portraits.passages import Mark, Passage, Piece, excerpts, parted, passages, pieces
from server.portraits.questions import Answers, Row
from server.portraits.words import Words, words_of

QUESTIONS = ("article_spans", "article_supports", "article_resting", "article_claims")


def graph_of(article: str, base: str) -> Term:
    """The named graph of an article, as a term."""
    return iri_term(f"{base}graph/article/{article.rpartition('/')[2]}")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in an article's list: its own local name, who makes it, with which certainty."""

    local: str
    href: str
    source: Name | None
    modality: Name | None
    words: str
    start: int
    anchor: str
    followed: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in an article's list, with the claims the article holds about it."""

    event: Name
    claims: tuple[ClaimLine, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article's page shows beside the general. `whole` says that the text is not cut."""

    passages: tuple[Passage, ...]
    events: tuple[EventLine, ...]
    whole: bool
    followed: str
    words: tuple[str, ...]
    part: int
    parts: int


def reading(
    told: Answers,
    text: str | None,
    article: str,
    namer: Namer,
    licensed: bool,
    followed: str,
    part: int = 1,
) -> Reading:
    """The article's text as far as it may be shown, with the words of the claim `followed` (a local name).

    A long text comes in parts, from 1: the one asked for, or the one where the followed words begin.
    """
    told.ask(*QUESTIONS)
    all_words = words_of(told["article_spans"], "span", told["article_supports"])
    resting = _resting(told["article_resting"])
    marks = [_mark(words[0], resting.get(span, ()), followed) for span, words in all_words.items()]
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    shown = _shown(text, [words[0] for words in all_words.values()], marks, licensed)
    whole = text is not None and licensed
    starts = _first_words(told["article_resting"], all_words)
    parts = parted(shown)
    where = next((mark.start for mark in marks if mark.followed), None)
    if where is not None:
        part = bisect_right([pieces[0].start for pieces in parts], where)
    part = min(max(part, 1), len(parts))
    shown = parts[part - 1]
    return Reading(
        passages=tuple(passages(shown, marks, None if text is None else len(text))),
        events=tuple(_events(told["article_claims"], starts, namer, followed)),
        whole=whole,
        followed=followed,
        words=tuple(mark_text(mark, shown) for mark in marks if mark.followed),
        part=part,
        parts=len(parts),
    )


@dataclass(frozen=True, slots=True)
class Following:
    """Where a marked word leads: `local` names the claim in the page's list, `said` tells it in a line."""

    href: str
    local: str
    said: str


def followable(reading: Reading, article: str, namer: Namer) -> dict[str, Following]:
    """Claim, quotation or office IRI → where its marked words lead; a claim's to the article, followed."""
    found = {
        thing for passage in reading.passages for segment in passage.segments for thing in segment.claims
    }
    lines = {claim.local: (line, claim) for line in reading.events for claim in line.claims}
    own, links = namer.href(article), {}
    for thing in found:
        local = _local(thing)
        if "/id/claim/" not in thing:
            links[thing] = Following(namer.href(thing), "", "")
        elif local in lines:
            event, claim = lines[local]
            told = (event.event.label, claim.modality, claim.source)
            said = " · ".join(part if isinstance(part, str) else part.label for part in told if part)
            links[thing] = Following(f"{own}?claim={local}", local, said)
        else:
            links[thing] = Following(f"{own}?claim={local}", "", "")
    return links


_FOLLOWED = ("claim", "quotation", "office")
"""Kinds of things that rest on words of their own, and lead somewhere from there."""


def mark_text(mark: Mark, shown: Sequence[Piece]) -> str:
    """The words under a mark."""
    for piece in shown:
        if piece.start <= mark.start and mark.end <= piece.end:
            return piece.text[mark.start - piece.start : mark.end - piece.start]
    return ""


def _shown(text: str | None, words: Sequence[Words], marks: Sequence[Mark], licensed: bool) -> list[Piece]:
    if text is not None:
        return [Piece(0, text)] if licensed else excerpts(text, marks)
    return pieces(
        Piece(each.start - len(each.before), each.before + each.exact + each.after) for each in words
    )


def _mark(words: Words, claims: Sequence[str], followed: str) -> Mark:
    mark = words.mark("", followed=False)
    return replace(mark, claims=tuple(claims), followed=any(_local(claim) == followed for claim in claims))


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def _resting(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Span IRI → the claims, quotations and offices that rest on it, in this order."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if "thing" in row and any(f"/id/{kind}/" in row["thing"].text for kind in _FOLLOWED):
            things = found.setdefault(row["span"].text, [])
            if row["thing"].text not in things:
                things.append(row["thing"].text)
    return {span: tuple(sorted(things, key=_rank)) for span, things in found.items()}


def _rank(thing: str) -> tuple[int, str]:
    kind = next(number for number, name in enumerate(_FOLLOWED) if f"/id/{name}/" in thing)
    return (kind, thing)


def _first_words(rows: Sequence[Row], words: Mapping[str, tuple[Words, ...]]) -> dict[str, tuple[int, int]]:
    """Claim IRI → the bounds of its first words."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        for each in words.get(row["span"].text, ()):
            bounds = (each.start, each.end)
            found[row["thing"].text] = min(found.get(row["thing"].text, bounds), bounds)
    return found


def _events(
    rows: Sequence[Row], starts: dict[str, tuple[int, int]], namer: Namer, followed: str
) -> list[EventLine]:
    labels, sources = labels_of(rows, "event", "label"), labels_of(rows, "source", "sourceLabel")
    lines: dict[str, dict[str, ClaimLine]] = {}
    for row in rows:
        claim = row["claim"].text
        if "inner" in row:  # a relay repeats its origin, which stands in the list itself
            continue
        start, end = starts.get(claim, (0, 0))
        source = namer.name(row["source"].text, sources[row["source"].text]) if "source" in row else None
        if source is not None and "/id/article/" in source.iri:
            source = source._replace(label=namer.speech.plain("claim.article"), language="")
        modality = namer.name(row["modality"].text) if "modality" in row else None
        line = ClaimLine(
            _local(claim),
            namer.href(claim),
            source,
            modality,
            row["words"].text if "words" in row else "",
            int(row["start"].text) if "start" in row else start,
            f"char={start},{end}",
            _local(claim) == followed,
        )
        lines.setdefault(row["event"].text, {})[claim] = line
    events = []
    for event, claims in lines.items():
        ordered = tuple(sorted(claims.values(), key=lambda line: (line.start, line.local)))
        events.append(EventLine(namer.name(event, labels.get(event, ())), ordered, ordered[0].start))
    return sorted(events, key=lambda line: (line.start, line.event.iri))
