"""Compiles the gazetteer tables of this folder from the fact tables they were drawn from.

    python data/gazetteer/compile.py FOLDER

FOLDER holds countries.tsv, places.tsv, people.tsv, people_offices.tsv, organisations.tsv and offices.tsv (facts
with a source per row). Every row keeps its source and gets its licence; terms of office get a kind, so that
"the French president" finds a person by country, kind and date. Run it again after a change of the facts;
own additions go into additions.tsv, which this script never touches.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent

# First match wins: the more specific offices stand before the general ones.
KINDS = [
    (r"former|emeritus", "former"),
    (r"^pope", "pontiff"),
    (r"first (lady|gentleman)", "generic"),
    (r"deputy|vice|under-?secretary|assistant|minister of state|junior|state secretary", "deputy"),
    (r"spokes|press secretary", "spokesperson"),
    (r"ambassador|permanent representative|nuncio|consul", "ambassador"),
    (r"special (envoy|representative|presidential)|envoy", "envoy"),
    (r"national security advis|adviser|advisor|counselor|chief of staff", "adviser"),
    (r"central intelligence|intelligence|mossad|secret service", "intelligence"),
    (
        r"european commission|european council|european parliament|high representative|european central bank",
        "eu_official",
    ),
    (r"secretary[- ]general|director[- ]general|high commissioner", "international_official"),
    (
        r"speaker|president of the (senate|chamber|congress|national assembly|parliament|house|bundestag)",
        "speaker",
    ),
    (r"member of|senator|deputy to|representative|legislator", "legislator"),
    (r"governor|mayor|chief minister|state president|minister[- ]president|lieutenant", "subnational"),
    (
        r"foreign|external affairs|external relations|international relations|united states secretary of state",
        "foreign_minister",
    ),
    (r"^secretary of state$", "foreign_minister"),
    (r"defen[cs]e|secretary of war", "defence_minister"),
    (r"chancellor of the exchequer|lord chancellor", "minister"),
    (
        r"prime minister|premier|^chancellor|federal chancellor|taoiseach|head of (the )?government|chief executive"
        r"|president of the (council of ministers|government)|chair(man|person|woman) of the council of ministers",
        "head_of_government",
    ),
    (
        r"^(acting |interim )?president( of)?\b|^king|^queen|monarch|emperor|^emir|sultan|supreme leader|head of state|^pope|grand duke"
        r"|governor-general|prince of|paramount leader|sovereign|general secretary of the (chinese )?communist",
        "head_of_state",
    ),
    (r"crown prince", "royal"),
    (r"minister|secretary", "minister"),
]

LICENCES = {
    "curated": "Apache-2.0 (written for this project)",
    "every-politician-scrapers": "CC0-1.0 (Wikidata)",
    "unitedstates": "CC0-1.0",
    "open-data-archive": "CC-BY-SA-4.0",
    "dr5hn": "ODbL-1.0",
    "mledoze": "ODbL-1.0",
    "natural-earth": "public domain",
    "geonames": "CC-BY-4.0",
    "cldr": "Unicode-3.0",
}


def kind_of(office: str, state: str) -> str:
    """The kind of an office from its English title; `state` is the name of its country, long and short, if any."""
    title = office.lower()
    for pattern, kind in KINDS:
        if re.search(pattern, title):
            return "generic" if kind == "head_of_state" and not of_state(title, state.lower()) else kind
    return "generic"


def of_state(title: str, state: str) -> bool:
    """Whether a presidency is that of the state: "President of Sicily" or of a party is not."""
    presided = re.match(r"(?:acting |interim )?president of (?:the )?(.+)", title)
    if presided is None:
        return bool(state)
    words = set(re.findall(r"\w{4,}", presided[1]))
    return bool(words & (set(re.findall(r"\w{4,}", state)) | {"republic", "federation", "confederation"}))


def licence_of(sources: str) -> str:
    """The licences of a row's sources, each once, in the order of the sources."""
    found: list[str] = []
    for source in sources.split(";"):
        licence = next((text for start, text in LICENCES.items() if source.startswith(start)), "unknown")
        if licence not in found:
            found.append(licence)
    return ";".join(found)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(name: str, columns: list[str], table: list[dict[str, str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        file.write("# Compiled by compile.py; edit additions.tsv, not this file.\n")
        file.write("\t".join(columns) + "\n")
        for row in table:
            file.write("\t".join(row[column] for column in columns) + "\n")


def people(folder: Path) -> None:
    """people.tsv and offices.tsv; an office row refers to its person by `person` (QID, or name where there is none)."""
    terms: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in read(folder / "people_offices.tsv"):
        terms[(row["qid"], row["name"] if not row["qid"] else "")].append(row)
    table = read(folder / "people.tsv")
    states = {row["iso2"]: f"{row['name_en']} {row['official_en']}" for row in read(folder / "countries.tsv")}
    offices: list[dict[str, str]] = []
    for row in table:
        row["person"] = row["qid"] or row["name"]
        row["licence"] = licence_of(row["source"])
        for term in terms[(row["qid"], row["name"] if not row["qid"] else "")]:
            term["person"] = row["person"]
            term["kind"] = kind_of(term["office_en"], states.get(term["country"], ""))
            term["licence"] = licence_of(term["source"])
            offices.append(term)
    write("people.tsv", ["person", "qid", "name", "aliases", "gender", "source", "licence"], table)
    write(
        "offices.tsv",
        ["person", "kind", "office_it", "office_en", "country", "org", "start", "end", "source", "licence"],
        offices,
    )


def main(folder: Path) -> None:
    people(folder)
    for name, target, columns in (
        (
            "countries.tsv",
            "countries.tsv",
            [
                "iso2",
                "qid",
                "name_it",
                "name_en",
                "official_it",
                "official_en",
                "alternates",
                "demonym_it_ms",
                "demonym_it_fs",
                "demonym_it_mp",
                "demonym_it_fp",
                "demonym_en",
                "capital_en",
                "capital_it",
                "capital_qid",
                "lat",
                "lon",
            ],
        ),
        (
            "places.tsv",
            "places.tsv",
            [
                "qid",
                "name_en",
                "name_it",
                "alternates",
                "kind",
                "country",
                "lat",
                "lon",
                "population",
                "geonames_id",
            ],
        ),
        (
            "organisations.tsv",
            "organisations.tsv",
            ["qid", "name_it", "name_en", "aliases", "kind", "stands_for"],
        ),
        ("offices.tsv", "titles.tsv", ["it_ms", "it_fs", "it_mp", "it_fp", "en", "kind"]),
    ):
        table = read(folder / name)
        for row in table:
            row["licence"] = licence_of(row["source"])
        write(target, [*columns, "source", "licence"], table)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
