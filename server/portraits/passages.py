"""An article's text with words marked: cut into excerpts and segments, whatever overlaps.

A text whose licence is unknown is shown around its spans only; the gaps are shown as such. Offsets are code
points of the raw article, end exclusive.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

CONTEXT = 60
"""Code points shown on each side of a marked stretch when the text cannot be shown whole."""

GAP = 25
"""A gap no longer than this is shown too, where the text is at hand: leaving it out would hide nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark: its bounds, what kind of words it holds, and the claims that rest on it."""

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of the article and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """Text under the same marks throughout; `anchors` are the spans ("start,end") that begin with it."""

    text: str
    marks: tuple[Mark, ...]
    anchors: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of all its marks, each once."""
        return tuple(dict.fromkeys(kind for mark in self.marks for kind in mark.kinds))

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of all its marks, those of the narrowest first."""
        narrow = sorted(self.marks, key=lambda mark: mark.end - mark.start)
        return tuple(dict.fromkeys(claim for mark in narrow for claim in mark.claims))

    @property
    def followed(self) -> bool:
        """Whether a mark that the reader follows covers it."""
        return any(mark.followed for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch shown without a gap; `cut_before` and `cut_after` tell whether text is left out there."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


def excerpts(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The stretches of a text around its marks, whole words, joined where they meet."""
    merged: list[list[int]] = []
    for mark in sorted(marks, key=lambda each: each.start):
        start = _word_edge(text, max(0, mark.start - CONTEXT), -1)
        end = _word_edge(text, min(len(text), mark.end + CONTEXT), 1)
        if merged and start - merged[-1][1] <= GAP:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [Piece(start, text[start:end]) for start, end in merged]


def pieces(quoted: Iterable[Piece]) -> list[Piece]:
    """Overlapping or touching pieces of one text joined, in order."""
    joined: list[Piece] = []
    for piece in sorted(quoted, key=lambda each: (each.start, -each.end)):
        if joined and piece.start <= joined[-1].end:
            last = joined[-1]
            joined[-1] = Piece(last.start, last.text + piece.text[max(0, last.end - piece.start) :])
        else:
            joined.append(piece)
    return joined


PART = 20_000
"""Code points of an article that one page shows: ten times the usual article, and within 200 kB as HTML."""


def parted(shown: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in parts of about PART code points, cut at the ends of paragraphs, lines or words."""
    parts: list[list[Piece]] = [[]]
    room = PART
    for piece in shown:
        while len(piece.text) > room:
            edge = _part_edge(piece.text, room)
            if edge:
                parts[-1].append(Piece(piece.start, piece.text[:edge]))
                piece = Piece(piece.start + edge, piece.text[edge:])
            parts.append([])
            room = PART
        parts[-1].append(piece)
        room -= len(piece.text)
    return [part for part in parts if part] or [[]]


def _part_edge(text: str, room: int) -> int:
    """Where to cut a text so that at most `room` code points come before; 0 where none should."""
    if room < PART // 2:
        return 0
    for separator in ("\n\n", "\n", " "):
        place = text.rfind(separator, room // 2, room)
        if place > 0:
            return place + len(separator)
    return room


def passages(shown: Sequence[Piece], marks: Sequence[Mark], length: int | None) -> list[Passage]:
    """The pieces with their marks; `length` is the whole text's, None when it is not known."""
    found = []
    for number, piece in enumerate(shown):
        inside = [mark for mark in marks if mark.start < piece.end and piece.start < mark.end]
        last = number == len(shown) - 1
        cut_after = last and (length is None or piece.end < length)
        found.append(Passage(_segments(piece, inside), piece.start > 0, cut_after))
    return found


def _segments(piece: Piece, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    edges = {piece.start, piece.end}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if piece.start < edge < piece.end)
    ordered = sorted(edges)
    segments = []
    for start, end in pairwise(ordered):
        covering = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
        beginning = sorted(
            {(mark.start, mark.end) for mark in covering if max(mark.start, piece.start) == start}
        )
        anchors = tuple(f"{first},{last}" for first, last in beginning)
        segments.append(Segment(piece.text[start - piece.start : end - piece.start], covering, anchors))
    return tuple(segments)


def _word_edge(text: str, offset: int, step: int) -> int:
    """The nearest place between words from `offset` on, outwards, at most twenty code points away."""
    for distance in range(21):
        place = offset + step * distance
        if place <= 0 or place >= len(text):
            return max(0, min(place, len(text)))
        if text[place - 1].isspace() != text[place].isspace():
            return place
    return offset
