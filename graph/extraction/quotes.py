"""Quotations: the words between quotation marks, also where a mark is lost, turned round or set loosely.

A mark opens or closes by its shape and by the word it clings to; only where both are silent does the count of
marks decide. A quotation of several paragraphs may open each of them anew and close the last alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary

# A quotation longer than this has lost its closing mark (the longest in the news read for the trials had
# 2,300 characters).
_LONGEST = 4000

# An incise has at most this many words, and its verb stands among the first four of them.
_INCISE = 15
_OPENING_VERB = 4

# The name of a paper, a work or an operation between marks has at most this many words.
_NAME = 7

_OPENS, _CLOSES, _UNKNOWN = "open", "close", "unknown"

_POINTED = frozenset("«»")
_MARKS = {"«": _OPENS, "»": _CLOSES, "“": _OPENS, "”": _CLOSES, "„": _OPENS, '"': _UNKNOWN}

# What may cling to an opening mark from the left, and to a closing one from the right.
_BEFORE = frozenset("([-'")
_BEHIND = frozenset(",.;:!?)]")


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: `first` and `last` word inside the marks; `start` and `end` their offsets in the raw
    article."""

    first: int
    last: int
    start: int
    end: int


def mark_quotes(words: list[Word], vocabulary: Vocabulary) -> list[Quote]:
    """Find the quotations and number the words inside them; names between marks are none."""
    found = [Quote(a, b, words[a].start, words[b].end) for a, b in _Pairs(words).found() if a <= b]
    quotes = [quote for quote in found if not _name(quote, words, vocabulary)]
    for number, quote in enumerate(quotes):
        for inside in words[quote.first : quote.last + 1]:
            inside.quote = number
    return quotes


class _Pairs:
    """Pairs the marks of one text."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.marks = [word.index for word in words if word.text in _MARKS]
        self.pairs: list[tuple[int, int]] = []

    def found(self) -> list[tuple[int, int]]:
        """(first, last) word inside each pair, left to right."""
        opened: int | None = None
        skipped = 0
        for place, index in enumerate(self.marks):
            if skipped:
                skipped -= 1
                continue
            if opened is not None and self.words[index].start - self.words[opened].end > _LONGEST:
                opened = None
            if opened is None:
                opened = index if self._may_open(place) else None
                continue
            if self._pointed(index) != self._pointed(opened):
                continue
            if self._shape(index) != _OPENS:
                self.pairs.append((opened + 1, index - 1))
                opened = None
                continue
            if self._nested(place):
                skipped = 1
                continue
            self._close_paragraph(opened, index)
            opened = index
        if opened is not None:
            self._close_paragraph(opened, len(self.words))
        return self.pairs

    def _pointed(self, index: int) -> bool:
        return self.words[index].text in _POINTED

    def _shape(self, index: int) -> str:
        """Whether the mark at word `index` opens or closes by what it clings to and by its shape."""
        word = self.words[index]
        before = self.words[index - 1] if index else None
        behind = self.words[index + 1] if index + 1 < len(self.words) else None
        left = before is not None and before.end == word.start and before.text[-1] not in _BEFORE
        right = behind is not None and behind.start == word.end and behind.text[0] not in _BEHIND
        if left == right or word.text in _POINTED:
            return _MARKS[word.text]
        return _CLOSES if left else _OPENS

    def _may_open(self, place: int) -> bool:
        """Whether a mark opens while nothing is open; one that seems to close does behind a colon alone."""
        index = self.marks[place]
        if self._shape(index) != _CLOSES:
            return True
        before = self.words[index - 1].text if index else ""
        following = self.marks[place + 1] if place + 1 < len(self.marks) else None
        near = following is not None and self.words[following].paragraph == self.words[index].paragraph
        return before in (":", ",") and near and not self._pointed(index)

    def _nested(self, place: int) -> bool:
        """Whether an opening mark inside a quotation has a closing one of its own before the other's."""
        rest = self.marks[place + 1 : place + 3]
        paragraph = self.words[self.marks[place]].paragraph
        here = [index for index in rest if self.words[index].paragraph == paragraph]
        return len(here) == 2 and all(self._shape(index) != _OPENS for index in here)  # its own, the other's

    def _close_paragraph(self, opened: int, following: int) -> None:
        """A quotation that its paragraph opens goes to the end of the paragraph when no mark closes it."""
        words = self.words
        initial = not opened or words[opened - 1].paragraph != words[opened].paragraph
        last = opened
        while last + 1 < min(following, len(words)) and words[last + 1].paragraph == words[opened].paragraph:
            last += 1
        if initial and (following >= len(words) or words[following].paragraph != words[opened].paragraph):
            self.pairs.append((opened + 1, last))


def _name(quote: Quote, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether the marks stand round a name ("il quotidiano «La Voce»"): capitals behind a word that says
    nothing."""
    inside = words[quote.first : quote.last + 1]
    before = words[quote.first - 2] if quote.first > 1 else None
    if (
        before is None
        or len(inside) > _NAME
        or not before.alphabetic
        or before.paragraph != inside[0].paragraph
    ):
        return False
    said = any(form.lemma in vocabulary.speech for form in before.forms) or before.cls in (
        "rel",
        "adv",
        "neg",
    )
    letters = [word for word in inside if word.alphabetic]
    capital = all(word.capital or word.cls in ("det", "prep", "conj", "poss") for word in letters)
    initial = bool(letters) and letters[0].capital and letters[-1].capital
    return capital and initial and not said and inside[-1].text[-1].isalnum()


def open_incises(words: list[Word], quotes: list[Quote], vocabulary: Vocabulary) -> None:
    """Take the incises ("- ha scritto X su Truth -") out of their quotations."""
    for quote in quotes:
        inside = words[quote.first : quote.last + 1]
        dashes = [w.index for w in inside if w.text == "-" and w.start > words[w.index - 1].end]
        for left, right in pairwise([*dashes, quote.last + 1]):
            last = right if right <= quote.last else _stop(words, left, quote.last)
            if last - left - 1 <= _INCISE and _says(words[left + 1 : last], vocabulary):
                for word in words[left : min(last, quote.last) + 1]:
                    word.quote = -1


def _stop(words: list[Word], left: int, last: int) -> int:
    """The word behind an incise that no second dash closes: its full stop, or the quotation's end."""
    for word in words[left + 1 : last + 1]:
        if word.text == ".":
            return word.index
    return last + 1


def _says(incise: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether a verb of saying in the third person opens an incise."""
    return any(
        form.lemma in vocabulary.speech and form.person in ("3s", "3p", "3", "s", "")
        for word in incise[:_OPENING_VERB]
        for form in word.forms
    )
