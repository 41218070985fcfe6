"""Where a query goes wrong, and what to do about it."""

import re
from dataclasses import dataclass

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a query: its first code point from 0, how many it covers, the reason, the remedy."""

    offset: int
    length: int
    reason: str
    remedy: str = ""


def locate(query: str, message: str) -> Fault:
    """The fault in a query that the engine's parser refused with `message`."""
    match = _PLACE.match(message)
    if not match:
        return Fault(0, 1, message)
    line, column = int(match.group(1)), int(match.group(2))
    offset = sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1
    return Fault(min(offset, len(query)), 1, "this cannot stand here")
