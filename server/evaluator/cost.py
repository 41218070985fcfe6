"""Whether a query looks cheap: every pattern hangs together with a thing that the query names.

A guess before evaluation, for the choice of a lane only: what looks cheap and is not, its time will tell.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from server.syntax.tokens import Token, tokens

LONGEST = 4096
"""Characters of a query that is looked at; a longer one is not called cheap."""

MOST = 16
"""Patterns of a cheap query: joining more costs the planner more than reading them."""

_COSTLY = frozenset(("SERVICE", "GROUP", "HAVING", "MINUS", "LATERAL"))
_THINGS = frozenset(("IRIREF", "PNAME_LN", "PNAME_NS", "STRING", "INTEGER", "DECIMAL", "DOUBLE", "SIGNED"))
_NODES = _THINGS | {"VAR", "BLANK_NODE_LABEL"}
_TYPE = ("a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")

Pattern = tuple[str, str, str]
"""Subject, property and object, as they are written."""


@lru_cache(maxsize=1024)
def is_cheap(query: str) -> bool:
    """Whether no pattern of the query is free of the things that it names, and no path or group is in it."""
    return len(query) <= LONGEST and are_cheap(list(tokens(query)))


def are_cheap(words: Sequence[Token]) -> bool:
    """The same of the tokens of a query that is not longer than LONGEST."""
    if any(word.keyword in _COSTLY for word in words) or _repeats(words):
        return False
    patterns = list(_patterns(words))
    if not patterns or len(patterns) > MOST:
        return not patterns and not any(word.text == "{" for word in words[2:])
    return _all_anchored(patterns)


def _repeats(words: Sequence[Token]) -> bool:
    """Whether a property path may be of any length."""
    ends = ("IRIREF", "PNAME_LN", "PNAME_NS")
    pairs = pairwise(words)
    return any(
        after.text in ("*", "+") and (word.kind in ends or word.text in (")", "a")) for word, after in pairs
    )


def _patterns(words: Sequence[Token]) -> Iterator[Pattern]:
    """The triple patterns whose three places are plain terms; what stands in brackets is not looked at."""
    place: list[str] = []
    depth = 0
    for word in words:
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0:
            continue
        if word.kind in _NODES or word.text == "a":
            place.append(word.text)
            if len(place) == 3:
                yield place[0], place[1], place[2]
        elif word.text == ";":
            del place[1:]
        elif word.text == ",":
            del place[2:]
        else:
            place.clear()


def _all_anchored(patterns: Sequence[Pattern]) -> bool:
    """Whether every pattern is joined, by variables, to one with a thing as subject or object."""
    known: set[str] = set()
    left = list(patterns)
    while left:
        reached = [each for each in left if _is_anchor(each) or known & {each[0], each[2]}]
        if not reached:
            return False
        for each in reached:
            known |= {term for term in (each[0], each[2]) if term[0] in "?$_"}
        left = [each for each in left if each not in reached]
    return True


def _is_anchor(pattern: Pattern) -> bool:
    """Whether a pattern starts from a thing: a class alone has too many members."""
    subject, verb, value = pattern
    return subject[0] not in "?$_" or (value[0] not in "?$_" and verb not in _TYPE)
