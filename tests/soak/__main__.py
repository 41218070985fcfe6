"""`make soak`: sudden ends under load, and storms of runaways, over and over; the figures as they come.

    SOAK_KILLS    times that a process or all of them are killed (200)
    SOAK_STORMS   storms of a hundred runaways (10)
    PARLEYGRAPH_SEED   the seed of the random choices, printed at the start

Exit status 1 where an acknowledged write is lost, a half one is found, or a goal is missed.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

from tests.bench.goals import table
from tests.server.running import ROOT
from tests.soak import kills, storms

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
STORMS = int(os.environ.get("SOAK_STORMS", "10"))


def main() -> None:
    """Runs both and says what was found."""
    seed = int(os.environ.get("PARLEYGRAPH_SEED") or random.randrange(10**6))
    print(f"PARLEYGRAPH_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="parleygraph-soak-") as name:
        faults, figures = list[str](), []
        if KILLS:
            found = kills.run(Path(name) / "killed", KILLS, random.Random(seed))
            faults += found.faults
            figures += found.figures()
        if STORMS:
            storm = storms.run(Path(name), STORMS)
            faults += storm.faults
            figures += storm.figures()
    print(table(figures))
    for fault in faults:
        print(f"FAULT: {fault}")
    sys.exit(1 if faults or not all(each.is_met for each in figures) else 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
