"""Where the engine reads less than the language: the same query in words that it knows."""

from collections.abc import Sequence

from server.syntax.tokens import Token

_TRUTH = frozenset(("TRUE", "FALSE"))


def as_the_engine_reads(query: str, words: Sequence[Token]) -> str:
    """The query with its truth values in small letters, each token where it was.

    Keywords are case-insensitive (SPARQL 1.1, 19.8, note 1); the engine knows only `true` and `false`.
    """
    for word in words:
        if word.keyword in _TRUTH and not word.text.islower():
            end = word.offset + len(word.text)
            query = query[: word.offset] + word.text.lower() + query[end:]
    return query
