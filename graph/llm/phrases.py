"""Phrases that a model cites for somebody or something: whether a name in them is their head, and which name
they end in ("il ponte di Varsenia", "the linguist Ada Bru")."""

import re
from functools import lru_cache

from graph.lexicon.names import JOINING, PARTICLES, fold
from graph.lexicon.vocabulary import vocabulary
from graph.model import Span

# Names have at most this many words: a longer stretch of capitals is a headline.
_LONGEST = 6

# A word with its apostrophe ("dell'"), or a mark.
_TOKEN = re.compile(r"\w+['’]?|[^\w\s]")


def is_head(mention: Span, phrase: Span, text: str, language: str) -> bool:
    """Whether a mention is what a phrase is about: not the Kremlin in "portavoce del Cremlino" or "Kremlin
    spokesman"."""
    before = _words(text[phrase.start : max(phrase.start, mention.start)])
    after = _words(text[min(phrase.end, mention.end) : phrase.end])
    governed = any(token in _prepositions(language) for token in before)
    governing = bool(after) and after[0][0].isalpha() and after[0] not in _prepositions(language)
    return not (governed or governing)


def name_in(phrase: Span, text: str, language: str, anywhere: bool) -> Span | None:
    """The name that a phrase is or, behind words in lower case, ends in; with `anywhere` also behind a
    preposition. None where there is none."""
    tokens = [*_TOKEN.finditer(text, phrase.start, phrase.end)]
    first = next((i for i, token in enumerate(tokens) if token[0][0].isupper()), None)
    if first is None:
        return None
    leading = _words(text[phrase.start : tokens[first].start()])
    if not anywhere and not _prepositions(language).isdisjoint(leading):
        return None
    span = Span(tokens[first].start(), phrase.end)
    return span if is_name(span.of(text)) else None


def is_name(text: str) -> bool:
    """Whether words look like a name: each with a capital, but for the particles between."""
    words = text.split()
    joining = PARTICLES | JOINING
    return (
        0 < len(words) <= _LONGEST
        and words[0][:1].isupper()
        and all(word[:1].isupper() or fold(word.partition("-")[0]) in joining for word in words)
        and words[-1][-1:].isalnum()
    )


def _words(text: str) -> list[str]:
    """The words as the tables have them."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=4)
def _prepositions(language: str) -> frozenset[str]:
    return frozenset(word for word, (kind, _) in vocabulary(language).classes.items() if kind == "prep")
