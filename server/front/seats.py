"""How many connections each web process has, in memory that all of them share."""

import mmap
import struct

SEATS = 64
"""Web processes that are known of; those beyond take what comes."""

_SEAT = struct.Struct("<ii")
"""The number of a process, 0 for an empty seat, and its open connections."""


class Seats:
    """The connections of each web process, in memory that they share.

    No lock: each writes its own seat alone, and a figure that is just outdated costs a connection its best
    place and nothing else.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SEATS * _SEAT.size)

    def put(self, seat: int, pid: int, connections: int) -> None:
        """Say how many connections a process has."""
        _SEAT.pack_into(self._memory, seat % SEATS * _SEAT.size, pid, connections)

    def leave(self, seat: int) -> None:
        """Forget a process that has ended."""
        self.put(seat, 0, 0)

    def least(self, seat: int) -> int | None:
        """The fewest connections that another process has; None where there is no other."""
        seats = enumerate(_SEAT.iter_unpack(self._memory))
        others = [connections for number, (pid, connections) in seats if pid and number != seat % SEATS]
        return min(others, default=None)


seats = Seats()
"""Made before the web processes are forked, which keep it together."""
