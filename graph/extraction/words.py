"""Words: tokens with their place in the raw article, their word class and the verb forms they can be.

Punctuation is normalised one character for one, so that every offset stays that of the raw text.
"""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc

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

# A stray full stop before a word (" .Putin") hides the word from the tokeniser.
_STRAY = re.compile(r"(?<=[\s.])\.(?=[^\W\d_])")

_ENCLITIC = re.compile(
    r"^(.+?(?:ar|er|ir|rr|or|ando|endo|at[oaie]|ut[oaie]|it[oaie]|tt[oaie]|st[oaie]))(si|lo|la|li|le|gli|ne|ci|vi|mi|ti|melo|glielo)$"
)


@dataclass(slots=True)
class Word:
    """One token: `start` and `end` in the raw article, `lower` its normalised form, `cls` and `value` from words.tsv."""

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


def normalise(text: str) -> str:
    """`text` with plain apostrophes, dashes and blanks, and stray full stops blanked; the length is unchanged."""
    return _STRAY.sub(" ", text.translate(_PLAIN))


def words(doc: Doc, offset: int, vocabulary: Vocabulary) -> list[Word]:
    """The words of `doc`; `offset` is where its text starts in the raw article."""
    found: list[Word] = []
    paragraph = 0
    for token in doc:
        if token.is_space:
            paragraph += "\n" in token.text
            continue
        start = offset + token.idx
        word = Word(len(found), token.text, token.lower_, start, start + len(token.text), paragraph)
        word.cls, word.value = vocabulary.classes.get(word.lower, ("", ""))
        word.forms, word.reflexive = verb_forms(word.lower, vocabulary)
        found.append(word)
    return found


def verb_forms(lower: str, vocabulary: Vocabulary) -> tuple[tuple[VerbForm, ...], bool]:
    """The verb forms that `lower` can be, and whether a reflexive clitic is attached to it (incontrarsi)."""
    forms = vocabulary.verb_forms.get(lower, ())
    if forms:
        return forms, False
    attached = _ENCLITIC.match(lower)
    if attached:
        host = tuple(
            form
            for form in vocabulary.verb_forms.get(attached[1], ())
            if form.tense in ("infinitive", "gerund", "participle")
        )
        return host, bool(host) and attached[2] == "si"
    return (), False


def span(words: list[Word], first: int, last: int) -> Span:
    """The span from word `first` to word `last`, both included."""
    return Span(words[first].start, words[last].end)
