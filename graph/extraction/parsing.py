"""Parts of speech, morphology and dependencies of the words of an article, from a small spaCy model.

The shipped models lie in data/models; PARLEYGRAPH_MODEL_IT and PARLEYGRAPH_MODEL_EN name a user's own. A
model is loaded when the first text is parsed. Sentence bounds are the caller's: of those in a text full of
headings the parser finds seven in ten. Sentences are parsed in batches of bounded size, for the memory of a
parse grows with its length (250 MB for 10,000 words in one piece).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.batchers import minibatch_by_words

from graph import settings
from graph.errors import SettingError

# Words that are parsed at once: more are not faster (9,700 words per second on a shared core) and cost
# memory, 36 MB for 1,000, 72 MB for 2,000.
_BATCH = 1000

# What a user's own model may hold and nothing here reads.
_UNREAD = ("ner", "senter", "entity_linker", "entity_ruler", "span_ruler", "spancat", "textcat")

# The shipped models by the setting that replaces them.
_MODELS = {"it": settings.MODEL_IT, "en": settings.MODEL_EN}

Tokens = Sequence[tuple[int, int]]

# Offset, word, and whether a blank follows.
Row = tuple[int, str, bool]


class Parser:
    """Parses texts of one language."""

    def __init__(self, language: str) -> None:
        self._setting = _MODELS[language]
        self.language = language

    def __call__(self, text: str, sentence_starts: Iterable[int], tokens: Tokens | None = None) -> Doc:
        """The parse of `text`, whose sentences begin at the offsets `sentence_starts`; no head lies outside
        its sentence.

        With `tokens`, pairs of start and end offset in order, word i of the parse is tokens[i] and nothing
        else is parsed (so a caller may leave sentences out); without them the model's tokeniser decides.
        Offsets are code points of `text`.
        """
        nlp = _load(settings.read(self._setting), self._setting.name, self.language)
        rows = _read(text, tokens) if tokens is not None else _found(nlp.make_doc(text))
        if not rows:
            return Doc(nlp.vocab)
        sentences = [_sentence(nlp, part) for part in _parts(rows, sentence_starts)]
        batches = minibatch_by_words(sentences, size=_BATCH)
        parsed = [doc for batch in batches for doc in nlp.pipe(batch, batch_size=_BATCH)]
        return Doc.from_docs(parsed, ensure_whitespace=False)


def parser(language: str) -> Parser:
    """The parser of a language that has a model ("it", "en"); loads nothing yet.

    Raises SettingError when first called if the model that the settings name cannot be used.
    """
    return Parser(language)


def available() -> tuple[str, ...]:
    """The languages that can be parsed."""
    return tuple(_MODELS)


def _read(text: str, tokens: Tokens) -> list[Row]:
    return [(start, text[start:end], text[end : end + 1].isspace()) for start, end in tokens]


def _found(doc: Doc) -> list[Row]:
    return [(token.idx, token.text, bool(token.whitespace_)) for token in doc]


def _parts(rows: list[Row], starts: Iterable[int]) -> list[list[Row]]:
    """The rows by sentence."""
    begins = [start for start, *_ in rows]
    cuts = sorted({0, len(rows), *(bisect_left(begins, offset) for offset in starts)})
    return [rows[first:last] for first, last in pairwise(cuts)]


def _sentence(nlp: Language, rows: list[Row]) -> Doc:
    starts: list[bool | int | None] = [index == 0 for index in range(len(rows))]
    _, words, spaces = zip(*rows, strict=True)
    return Doc(nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=starts)


@lru_cache(maxsize=4)
def _load(model: str, place: str, language: str) -> Language:
    remedy = f"give the folder or the name of an installed spaCy model of language {language!r} with a parser"
    try:
        nlp = spacy.load(model if spacy.util.is_package(model) else Path(model), exclude=list(_UNREAD))
    except Exception as error:  # spaCy, thinc and msgpack each have errors of their own for a broken model
        reason = " ".join(str(error).split())
        raise SettingError(f"{model!r} cannot be loaded: {reason}", place=place, remedy=remedy) from error
    if "parser" not in nlp.pipe_names:
        raise SettingError(f"the model {model!r} has no parser", place=place, remedy=remedy)
    if nlp.lang != language:
        raise SettingError(f"the model {model!r} is of language {nlp.lang!r}", place=place, remedy=remedy)
    return nlp
