"""What is refused before the engine sees it: queries that would crash its parser or stall its planner."""

from collections.abc import Sequence

from server.evaluator.cost import LONGEST, are_cheap
from server.evaluator.guarded import Guarded
from server.evaluator.limits import MAX_LENGTH, MAX_NESTING, MAX_UNBOUND_PATTERNS, MAX_UNIONS
from server.syntax.dialect import as_the_engine_reads
from server.syntax.shape import shape
from server.syntax.tokens import Token, tokens

_OPENING, _CLOSING = "({[", ")}]"
_PATTERN_STARTS = ("{", ".", "}")
_CHANGING = frozenset(("SERVICE", "RAND", "NOW", "UUID", "STRUUID", "BNODE"))
"""Keywords of a query that can have another answer each time it is asked of the same graph."""

SHAPES = 1024
"""Shapes of queries that are remembered; at most some megabytes."""

_KNOWN: dict[tuple[str | None, bool], tuple[bool, bool]] = {}
"""Shapes of queries that passed, by what may be reached: whether they change, whether they look cheap."""


class RefusedError(Exception):
    """A query that is not tried. `offset` is where it goes too far, in code points from 0."""

    def __init__(self, reason: str, remedy: str, offset: int) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.offset = offset


def check(query: str, outside: bool = False) -> Guarded:
    """Raise RefusedError for a query that is too long, too deep or too wide; the query otherwise.

    `outside` says that SERVICE may reach something; what, is seen to where it is reached.
    """
    form = shape(query)
    known = _KNOWN.get((form, outside)) if form is not None else None
    if known is not None:
        return Guarded(query, form, *known)
    if len(query) > MAX_LENGTH:
        reason = f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are read"
        raise RefusedError(reason, "Ask in several queries.", MAX_LENGTH)
    words = list(tokens(query))
    _check_nesting(words)
    _check_width(words)
    if not outside:
        _check_reach(words)
    changing = any(word.keyword in _CHANGING for word in words)
    cheap = len(query) <= LONGEST and are_cheap(words)
    understood = as_the_engine_reads(query, words)
    if understood != query:
        return Guarded(understood, None, changing, cheap)
    if form is None:
        return Guarded(query, None, changing, cheap, words)
    if len(_KNOWN) >= SHAPES:
        forget()
    _KNOWN[form, outside] = changing, cheap
    return Guarded(query, form, changing, cheap, words)


def forget() -> None:
    """Forget what is known of shapes."""
    _KNOWN.clear()


def _check_nesting(words: Sequence[Token]) -> None:
    depth = prefixes = 0
    for word in words:
        if word.text in _OPENING:
            depth += 1
        elif word.text in _CLOSING:
            depth = max(depth - 1, 0)
        prefixes = prefixes + 1 if word.text in ("!", "-", "+", "^") else 0
        if depth + prefixes > MAX_NESTING:
            reason = f"brackets or signs are nested more than {MAX_NESTING} deep"
            raise RefusedError(reason, "Flatten the query.", word.offset)


def _check_width(words: Sequence[Token]) -> None:
    unbound = unions = depth = 0
    for number, word in enumerate(words):
        depth += (word.text == "{") - (word.text == "}")
        unions += word.keyword == "UNION"
        if word.kind == "VAR" and depth > 0:
            unbound += _starts_unbound_pattern(words, number)
        if unbound > MAX_UNBOUND_PATTERNS:
            reason = f"more than {MAX_UNBOUND_PATTERNS} patterns are made of variables alone"
            raise RefusedError(reason, "Name properties, classes or things in the patterns.", word.offset)
        if unions > MAX_UNIONS:
            raise RefusedError(
                f"more than {MAX_UNIONS} UNIONs", "Use VALUES or a property path.", word.offset
            )


def _starts_unbound_pattern(words: Sequence[Token], number: int) -> bool:
    """Whether a pattern with a variable as its property begins at a variable: "?s ?p ?o", or "; ?p ?o"."""
    before = words[number - 1].text
    following = [word.kind for word in words[number + 1 : number + 3]]
    if before == ";":
        return following[:1] == ["VAR"]
    return before in _PATTERN_STARTS and following == ["VAR", "VAR"]


def _check_reach(words: Sequence[Token]) -> None:
    for number, word in enumerate(words):
        following = words[number + 1].keyword if number + 1 < len(words) else ""
        if word.keyword == "SERVICE" and following != "SILENT":
            reason = "this endpoint asks no other endpoints: SERVICE is switched off"
            raise RefusedError(
                reason,
                "Ask the other endpoint yourself and join the answers, or write SERVICE SILENT.",
                word.offset,
            )
