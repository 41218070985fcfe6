"""Words: tokens with their place in the raw article, their word class and the verb forms they can be.

Punctuation is normalised one character for one, so that every offset stays that of the raw text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from graph.extraction.marks import even
from graph.lexicon.conjugation import VerbForm
from graph.lexicon.vocabulary import Vocabulary
from graph.model import Span

# Same length by construction: one character becomes one character.
_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "–": "-",
        "—": "-",
        "―": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\ufeff": " ",
    }
)

# Old agency style writes a final accent as an apostrophe ("si rechera' in Cina"); a quotation in single marks
# does not: no mark opens within the forty characters before it.
_ACCENT = re.compile(r"(?<![\s(]')(\b\w*)([aeiou])'(?=[\s,.;:!?)]|$)")
_ACCENTED = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}

# A stray full stop before a word (" .Rossi") hides the word from the tokeniser.
_STRAY = re.compile(r"(?<=[\s.])\.(?=[^\W\d_])")

# A word broken at the end of a line ("incon-\ntrato"), which text from print has inside lines, too. In
# "short- and long-term" the hyphen stands for the rest of a compound.
_BREAK = re.compile(r"-\s+")
_BROKEN = re.compile(r"\b[^\W\d_]{2,}-\s{1,9}(?!(?:and|or|to|e|o|ed|od|und|y)\b)[^\W\d_A-Z]{2,}\b")

# "J a c e n j u k": four letters or more, one blank between them.
_UPPER, _LOWER = r"[^\W\d_a-zà-öø-ÿ]", r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_SPACED = re.compile(rf"(?<![^\W_])(?:{_UPPER}(?: {_UPPER}){{3,}}|[^\W\d_](?: {_LOWER}){{3,}})(?![^\W_])")

# A text is broken by width when three lines at least go on below, none is wider than a page of typescript
# and most of them stop in the middle of a sentence.
_LINES, _WIDEST, _STOPS = 3, 100, '.!?:;»”"'

# The forms without tense and person; pronouns are written together with these alone.
NON_FINITE = frozenset({"infinitive", "gerund", "participle"})


@dataclass(slots=True)
class Word:
    """One token: `start` and `end` in the raw article, `lower` its normalised form, `cls` and `value` from
    words.tsv."""

    index: int
    text: str
    lower: str
    start: int
    end: int
    paragraph: int
    cls: str = ""
    value: str = ""
    forms: tuple[VerbForm, ...] = ()
    reflexive: bool = False
    sentence: int = 0
    quote: int = -1
    mention: int = -1
    tags: set[str] = field(default_factory=set)

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def alphabetic(self) -> bool:
        """Whether it holds a letter at all."""
        return any(character.isalpha() for character in self.text)


# So long a stretch without a blank is no word (the longest address on the web that one meets has 500); the
# tokeniser needs quadratic time for one of punctuation.
_ENDLESS = re.compile(r"\S{1000,}")


def normalise(text: str) -> str:
    """`text` with plain apostrophes, dashes and blanks, stray full stops and endless stretches
    blanked; the length is unchanged."""
    plain = _ENDLESS.sub(lambda found: " " * len(found[0]), even(text).translate(_PLAIN))
    plain = _STRAY.sub(" ", plain)
    return _ACCENT.sub(lambda found: found[1] + _ACCENTED[found[2]] + " ", plain)


def words(doc: Doc, offset: int, vocabulary: Vocabulary) -> list[Word]:
    """The words of `doc`; `offset` is where its text starts in the raw article."""
    found: list[Word] = []
    paragraph, newlines = 0, 1 + _wrapped(doc.text)
    for text, index, end in _joined(doc):
        if text.isspace():
            paragraph += text.count("\n") >= newlines
            continue
        word = Word(len(found), text, text.lower(), offset + index, offset + end, paragraph)
        word.cls, word.value = vocabulary.classes.get(word.lower, ("", ""))
        word.forms, word.reflexive = verb_forms(word.lower, vocabulary)
        found.append(word)
    return found


def _wrapped(text: str) -> bool:
    """Whether the lines of a text are broken by width, so that a blank line alone ends a paragraph."""
    lines = [line.rstrip() for line in text.split("\n")]
    inner = [line for line, below in pairwise(lines) if line and below]
    if len(inner) < _LINES or max(map(len, lines)) > _WIDEST:
        return False
    return sum(line[-1] not in _STOPS for line in inner) > len(inner) / 2


def _joined(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """The tokens as (text, start, end) in the text of `doc`, broken and spaced-out words in one piece."""
    pieces = {found.start(): (_BREAK.sub("", found[0]), found.end()) for found in _BROKEN.finditer(doc.text)}
    for found in _SPACED.finditer(doc.text):
        pieces[found.start()] = (found[0].replace(" ", ""), found.end())
    reached = 0
    for token in doc:
        if token.idx < reached:
            continue
        text, reached = pieces.get(token.idx, (token.text, token.idx + len(token.text)))
        yield text, token.idx, reached


def verb_forms(lower: str, vocabulary: Vocabulary) -> tuple[tuple[VerbForm, ...], bool]:
    """The verb forms that `lower` can be, and whether a reflexive clitic is attached to it (incontrarsi)."""
    forms = vocabulary.verb_forms.get(lower, ())
    if forms:
        return forms, False
    for clitic in vocabulary.lists.enclitics:
        if not lower.endswith(clitic):
            continue
        host = tuple(
            form
            for form in vocabulary.verb_forms.get(lower.removesuffix(clitic), ())
            if form.tense in NON_FINITE
        )
        if host:
            return host, clitic in vocabulary.lists.reflexive_enclitics
    return (), False


def span(words: list[Word], first: int, last: int) -> Span:
    """The span from word `first` to word `last`, both included."""
    return Span(words[first].start, words[last].end)


def text(stretch: list[Word]) -> str:
    """The words as they stand, with one blank wherever the article has a gap."""
    return "".join(
        (" " if place and word.start > stretch[place - 1].end else "") + word.text
        for place, word in enumerate(stretch)
    )


def bounds(words: list[Word], index: int) -> tuple[int, int]:
    """The first and the last word of the sentence of word `index`."""
    first = last = index
    while first and words[first - 1].sentence == words[index].sentence:
        first -= 1
    while last + 1 < len(words) and words[last + 1].sentence == words[index].sentence:
        last += 1
    return first, last


def sentence(words: list[Word], index: int) -> list[Word]:
    """The words of the sentence of word `index`."""
    first, last = bounds(words, index)
    return words[first : last + 1]
