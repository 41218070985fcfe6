"""Names that the gazetteer has learned: articles told of them before they were in the file of additions.

Who is unknown has a key made from the full name, who is in the table has the table's. So that the first still
leads to the second, an entity that was added knows the keys that its names gave before.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from graph.lexicon.names import slug
from graph.lexicon.tables import DATA, rows, values
from graph.model import EntityKind

ADDITIONS = DATA / "gazetteer" / "additions.tsv"

Former = tuple[str, str]
"""A name, and the key that it gave while it was unknown."""


@lru_cache(maxsize=4)
def learned(file: Path = ADDITIONS) -> Mapping[str, tuple[Former, ...]]:
    """Per key of an entry that was added, its names with the keys that they gave before; others have none.

    Of a person only full names count: by a surname alone nobody was known across articles.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(file, required=("kind", "name")):
        kind = EntityKind(row["kind"])
        key = f"{kind}:{row['wikidata'] or slug(row['name'])}"
        for name in (row["name"], *values(row["aliases"])):
            before = f"{kind}:{slug(name)}"
            if before != key and (kind is not EntityKind.PERSON or len(name.split()) > 1):
                found[key].setdefault(before, name)
    return {key: tuple((name, before) for before, name in names.items()) for key, names in found.items()}
