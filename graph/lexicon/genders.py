"""The gender of first names, from the people of the gazetteer whose gender is known there."""

from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

from graph.lexicon import names
from graph.lexicon.tables import DATA, rows

# A name is of one gender when at least nine in ten of its bearers are (Andrea is not).
_ONE = 0.9


@lru_cache(maxsize=1)
def genders(path: Path = DATA / "gazetteer" / "people.tsv") -> dict[str, str]:
    """From a folded first name to m or f; names that both bear are left out."""
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(path, required=("name", "gender")):
        first = names.fold(row["name"]).partition(" ")[0]
        if row["gender"] and len(first) > 1:
            bearers[first][row["gender"]] += 1
    return {
        first: gender
        for first, counts in bearers.items()
        for gender, count in counts.most_common(1)
        if count >= _ONE * counts.total()
    }
