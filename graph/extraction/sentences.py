"""Sentences and quotation marks: where one can end, and which words stand inside which quotation.

A full stop inside a quotation ends a sentence, too; an abbreviation or an initial does not. Straight marks
open or close by what stands beside them, not by counting, so that one lost mark does not turn the rest inside
out.
"""

from dataclasses import dataclass
from itertools import pairwise

from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary

# A quotation longer than this has lost its closing mark (the longest in the news read for the trials had
# 2,300 characters).
_LONGEST = 4000

# A sentence of more words is a list or has lost its stops (the longest in the news read had 130);
# it is cut, so that what walks a sentence stays bounded.
_LONGEST_SENTENCE = 400

# Marks that close one another at the end of a sentence: two quotations and a bracket.
_CLOSING = 3

# An incise has at most this many words, and its verb stands among the first four of them.
_INCISE = 15
_OPENING_VERB = 4

_OPENING = {"«": "»", "“": "”", "„": "”", '"': '"'}


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: `first` and `last` word inside the marks; `start` and `end` their offsets in the raw
    article."""

    first: int
    last: int
    start: int
    end: int


def mark_sentences(words: list[Word], abbreviations: tuple[str, ...]) -> list[tuple[int, int]]:
    """Number the words by sentence and return (first, last) word of each."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for word in words:
        word.sentence = len(bounds)
        long = word.index - first + 1 >= _LONGEST_SENTENCE
        if word.index + 1 < len(words) and (long or _ends(words, word.index, abbreviations)):
            bounds.append((first, word.index))
            first = word.index + 1
    if words:
        bounds.append((first, len(words) - 1))
    return bounds


def _ends(words: list[Word], index: int, abbreviations: tuple[str, ...]) -> bool:
    word, following = words[index], words[index + 1]
    if following.paragraph != word.paragraph:
        return True
    if word.text == '"' and _opens(words, index):
        return False
    mark = index
    while words[mark].text in ('"', "»", "”", ")", "'") and mark > max(0, index - _CLOSING):
        mark -= 1
    stop = words[mark].text
    if not stop or stop[-1] not in ".!?…" or (mark == index and following.text in ('"', "»", "”", ")")):
        if stop == ";" and mark == index:
            return True
        # A closing mark directly after the stop belongs to the sentence that it closes, unless it opens the
        # next.
        return bool(
            stop
            and stop[-1] in ".!?…"
            and mark == index
            and following.text == '"'
            and _opens(words, index + 1)
        )
    if stop[-1] == "." and (
        stop[:-1].lower() in abbreviations or (stop == "." and _abbreviated(words, mark, abbreviations))
    ):
        return False
    return following.capital or following.text[0] in '"«“-(' or following.text[0].isdigit()


def _abbreviated(words: list[Word], mark: int, abbreviations: tuple[str, ...]) -> bool:
    before = words[mark - 1] if mark else None
    return bool(
        before and before.end == words[mark].start and before.lower in abbreviations and len(before.lower) > 1
    )


def _opens(words: list[Word], index: int) -> bool:
    """Whether the straight mark at `index` opens: it clings to the word after it, not to the one before."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    after = following is not None and following.start == word.end and following.text[0] not in ",.;:!?)"
    before = index > 0 and words[index - 1].end == word.start and words[index - 1].text not in ("(", "-", "'")
    return after and not before


def mark_quotes(words: list[Word]) -> list[Quote]:
    """Find the quotations and number the words inside them."""
    quotes: list[Quote] = []
    opened: int | None = None
    closing = ""
    for word in words:
        if opened is not None and word.start - words[opened].end > _LONGEST:
            opened = None
        if word.text == closing and opened is not None and not (closing == '"' and _opens(words, word.index)):
            if word.index - opened > 1:
                quotes.append(
                    Quote(opened + 1, word.index - 1, words[opened + 1].start, words[word.index - 1].end)
                )
            opened = None
        elif word.text in _OPENING and _may_open(words, word.index, opened, closing):
            opened, closing = word.index, _OPENING[word.text]
    for number, quote in enumerate(quotes):
        for inside in words[quote.first : quote.last + 1]:
            inside.quote = number
    return quotes


def _may_open(words: list[Word], index: int, opened: int | None, closing: str) -> bool:
    """Whether an opening mark opens: nothing is open yet, or a straight mark was that nobody closed."""
    return opened is None or (closing == '"' and (words[index].text != '"' or _opens(words, index)))


def open_incises(words: list[Word], quotes: list[Quote], vocabulary: Vocabulary) -> None:
    """Take the incises ("- ha scritto X su Truth -") out of their quotations."""
    for quote in quotes:
        inside = words[quote.first : quote.last + 1]
        dashes = [w.index for w in inside if w.text == "-" and w.start > words[w.index - 1].end]
        for left, right in pairwise(dashes):
            if right - left - 1 <= _INCISE and _says(words[left + 1 : right], vocabulary):
                for word in words[left : right + 1]:
                    word.quote = -1


def _says(incise: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether a verb of saying in the third person opens an incise."""
    return any(
        form.lemma in vocabulary.speech and form.person in ("3s", "3p", "s", "")
        for word in incise[:_OPENING_VERB]
        for form in word.forms
    )
