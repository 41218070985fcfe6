"""What each client has used of its budget of compute seconds, for all web processes together.

A leaky bucket per client in memory that the web processes share: what was spent drains away evenly over an
hour. No lock: it would have to survive the sudden end of its holder, and two charges at the same instant may
well count as one.
"""

import mmap
import struct
import time
from collections.abc import Callable
from functools import cache
from hashlib import blake2b

PERIOD = 3600.0
"""Seconds over which a budget is given and spent time drains away."""

SLOTS = 8192
"""Clients that are known at once; a quarter of a megabyte."""

PROBES = 8
"""Slots in which a client may be; when all are taken, the client that has spent least is forgotten."""

_SLOT = struct.Struct("<16sdd")
"""A client's digest, the seconds it has spent, and when that was."""


class Ledger:
    """Compute seconds per client."""

    def __init__(self, budget: float, memory: mmap.mmap, now: Callable[[], float] = time.time) -> None:
        """`budget` in seconds per hour, 0 for none; `memory` comes from `shared`."""
        self._budget = budget
        self._memory = memory
        self._now = now

    def wait(self, client: str) -> float:
        """Seconds until the client may ask again; 0.0 when it may now."""
        if not self._budget:
            return 0.0
        _, spent = self._find(_digest(client))
        over = spent - self._budget
        return max(over * PERIOD / self._budget, 1.0) if over >= 0 else 0.0

    def charge(self, client: str, seconds: float) -> None:
        """Count what a client has used."""
        if self._budget and seconds > 0:
            digest = _digest(client)
            at, spent = self._find(digest)
            _SLOT.pack_into(self._memory, at, digest, spent + seconds, self._now())

    def _find(self, digest: bytes) -> tuple[int, float]:
        """Where a client's slot is, or may be made, and what it has spent and not drained."""
        now, best, least = self._now(), 0, float("inf")
        start = int.from_bytes(digest[:4], "little")
        for number in range(PROBES):
            at = (start + number) % SLOTS * _SLOT.size
            name, spent, when = _SLOT.unpack_from(self._memory, at)
            left = max(spent - max(now - when, 0.0) * self._budget / PERIOD, 0.0)
            if name == digest:
                return at, left
            if left < least:
                best, least = at, left
        return best, 0.0


@cache
def shared() -> mmap.mmap:
    """The memory of the ledger; asked for before the web processes are forked, they all share it."""
    return mmap.mmap(-1, SLOTS * _SLOT.size)


def _digest(client: str) -> bytes:
    return blake2b(client.encode(), digest_size=16).digest()
