"""How large a run is: the data, and how much of everything is asked, by environment variables.

From five million triples on a single question may take half a minute, and so less is asked of each kind: all
of it is to be done within half an hour.
"""

import os

TRIPLES = int(os.environ.get("BENCH_TRIPLES", "200000"))
IS_LARGE = TRIPLES >= 5_000_000
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "1" if IS_LARGE else "5"))
"""Interleaved rounds, of which the median counts."""

SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
"""Length of one run."""

CONNECTIONS = 4 if IS_LARGE else 8
"""Kept connections of the client, a thread each."""

COMPARED = 1 if IS_LARGE else 3
"""Queries of a scenario whose answers are compared before it is measured."""

ALONE = 3 if IS_LARGE else 15
"""Aggregates that are asked alone, and half the star joins."""

SMALL = 4_000
"""Triples on which rdflib-endpoint is measured: a star join on 20,000 takes it five seconds and more."""
