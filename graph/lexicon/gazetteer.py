"""Who and what is known by name: people with their offices and dates, states with demonyms, places,
organisations.

Read from the tables of `data/gazetteer/` (origin and licence of each row stand there). Indexes are by folded
name. An office is found by kind, country and day, so that "the French president" is whoever held it then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from graph.lexicon import names
from graph.lexicon.tables import DATA, rows, values
from graph.model import EntityKind

# Offices in the order in which a bare surname or "the leader" is more likely to mean their holder.
PROMINENCE = {
    "head_of_state": 9,
    "head_of_government": 9,
    "pontiff": 9,
    "foreign_minister": 7,
    "defence_minister": 6,
    "international_official": 6,
    "eu_official": 5,
    "envoy": 5,
    "spokesperson": 5,
    "intelligence": 4,
    "adviser": 4,
    "royal": 4,
    "minister": 3,
    "deputy": 2,
    "speaker": 2,
    "ambassador": 2,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office; `start` and `end` are ISO dates as precise as known, empty when not."""

    kind: str
    title: str
    country: str
    start: str
    end: str

    def covers(self, first: date, last: date) -> bool:
        """Whether the term can include a day from `first` to `last`; an unknown bound excludes nothing."""
        return (not self.start or self.start <= last.isoformat()) and (
            not self.end or self.end >= first.isoformat()[: len(self.end)]
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing: `country` is ISO 3166 alpha-2 (of a person: of the first office), `subkind` the table's
    own kind."""

    key: str
    kind: EntityKind
    name: str
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str = ""
    subkind: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    terms: tuple[Term, ...] = ()


class Gazetteer:
    """All tables, indexed by folded name, the likeliest entry first.

    `starts` gives for the first word of a name (people apart) how many words the longest such name has;
    `titles` for an office title its kind and whether it is a plural, `seats` the country whose office it
    always is; `demonyms` the country of an adjective.
    """

    def __init__(self, folder: Path = DATA / "gazetteer") -> None:
        self.by_name: dict[str, list[Entry]] = defaultdict(list)
        self.by_surname: dict[str, list[Entry]] = defaultdict(list)
        self.by_office: dict[tuple[str, str], list[tuple[Term, Entry]]] = defaultdict(list)
        self.states: dict[str, Entry] = {}
        self.demonyms: dict[str, str] = {}
        self.titles: dict[str, tuple[str, bool]] = {}
        self.seats: dict[str, str] = {}
        self.first_names: set[str] = set()
        self.starts: dict[str, int] = {}
        for entry in self._entries(folder):
            self._index(entry)
        self._read_titles(folder)

    def _entries(self, folder: Path) -> Iterator[Entry]:
        yield from self._additions(folder)
        yield from self._read_states(folder)
        yield from _organisations(folder)
        yield from _places(folder)
        yield from _people(folder)

    def _index(self, entry: Entry) -> None:
        spellings = {entry.name, *entry.aliases, *(label for _, label in entry.labels)}
        for spelling in spellings:
            folded = names.fold(spelling)
            if entry not in self.by_name[folded]:
                self.by_name[folded].append(entry)
            if entry.kind is not EntityKind.PERSON:
                first = folded.partition(" ")[0]
                self.starts[first] = max(self.starts.get(first, 0), folded.count(" ") + 1)
        if entry.kind is EntityKind.PERSON:
            for spelling in spellings:
                key = names.transliteration_key(names.surname(spelling, entry.country))
                if entry not in self.by_surname[key]:
                    self.by_surname[key].append(entry)
            parts = names.fold(entry.name).split()
            if len(parts) > 1 and len(parts[0]) > 2 and entry.country not in names.FAMILY_FIRST:
                self.first_names.add(parts[0])
            for term in entry.terms:
                self.by_office[(term.kind, term.country)].append((term, entry))

    def _read_states(self, folder: Path) -> Iterator[Entry]:
        short: dict[str, tuple[str, ...]] = {}
        for row in rows(folder / "short_names.tsv", required=("iso2",)):
            short[row["iso2"]] = values(row["names"])
            for form in values(row["demonyms"]):
                self.demonyms.setdefault(names.fold(form), row["iso2"])
        for row in rows(folder / "countries.tsv", required=("iso2", "name_it", "name_en")):
            labels = (("it", row["name_it"]), ("en", row["name_en"]))
            entry = Entry(
                key=f"state:{row['qid'] or names.slug(row['name_en'])}",
                kind=EntityKind.STATE,
                name=row["name_it"],
                labels=labels,
                aliases=(
                    row["official_it"],
                    row["official_en"],
                    *values(row["alternates"]),
                    *short.get(row["iso2"], ()),
                    # "South Korean": an adjective of two words names the state as its name does
                    *(form for form in values(row["demonym_en"]) if " " in form),
                ),
                wikidata=row["qid"] or None,
                country=row["iso2"],
                latitude=_number(row["lat"]),
                longitude=_number(row["lon"]),
                source=row["source"],
            )
            self.states[row["iso2"]] = entry
            for column in ("demonym_it_ms", "demonym_it_fs", "demonym_it_mp", "demonym_it_fp", "demonym_en"):
                for form in values(row[column]):
                    self.demonyms.setdefault(names.fold(form), row["iso2"])
            yield entry

    def _read_titles(self, folder: Path) -> None:
        for table in ("italian_titles.tsv", "english_titles.tsv"):
            for row in rows(folder / table, required=("title", "kind")):
                title = names.fold(row["title"])
                self.titles.setdefault(title, (row["kind"], row["plural"] == "yes"))
                if row["country"]:
                    self.seats.setdefault(title, row["country"])
        for row in rows(folder / "titles.tsv", required=("it_ms", "en", "kind")):
            for column in ("it_ms", "it_fs", "it_mp", "it_fp", "en"):
                for part in row[column].split("/"):
                    if part.strip():
                        plural = column.endswith("p") and row[column] not in (row["it_ms"], row["it_fs"])
                        self.titles.setdefault(names.fold(part), (row["kind"], plural))

    def _additions(self, folder: Path) -> Iterator[Entry]:
        for row in rows(folder / "additions.tsv", required=("kind", "name")):
            kind = EntityKind(row["kind"])
            terms = (
                (Term("generic", row["office"], row["country"], row["start"], row["end"]),)
                if row["office"]
                else ()
            )
            yield Entry(
                key=f"{kind}:{row['wikidata'] or names.slug(row['name'])}",
                kind=kind,
                name=row["name"],
                labels=(("it", row["name"]), ("en", row["name"])),
                aliases=values(row["aliases"]),
                wikidata=row["wikidata"] or None,
                country=row["country"],
                source=row["source"],
                terms=terms,
            )

    def find(self, name: str, *kinds: EntityKind) -> list[Entry]:
        """The entries called `name`, of any of `kinds` (all when none is given)."""
        found = self.by_name.get(names.fold(name), [])
        return [entry for entry in found if not kinds or entry.kind in kinds]

    def holders(self, kinds: Iterable[str], country: str, first: date, last: date) -> list[Entry]:
        """Who held an office of one of `kinds` for `country` at some day of the period, each once."""
        found: list[Entry] = []
        for kind in kinds:
            for term, entry in self.by_office.get((kind, country), []):
                if term.covers(first, last) and entry not in found:
                    found.append(entry)
        return found

    def prominence(self, entry: Entry, first: date, last: date) -> int:
        """How likely a bare surname means this person in the period: 0 without an office then, at most 9."""
        return max(
            (PROMINENCE.get(term.kind, 1) for term in entry.terms if term.covers(first, last)), default=0
        )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The tables of `data/gazetteer/`, read once per process (about half a second)."""
    return Gazetteer()


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _labels(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((language, row[f"name_{language}"]) for language in ("it", "en") if row[f"name_{language}"])


def _organisations(folder: Path) -> Iterator[Entry]:
    for row in rows(folder / "organisations.tsv", required=("name_it", "name_en", "kind")):
        yield Entry(
            key=f"organization:{row['qid'] or names.slug(row['name_en'] or row['name_it'])}",
            kind=EntityKind.ORGANIZATION,
            name=row["name_it"] or row["name_en"],
            labels=_labels(row),
            aliases=values(row["aliases"]),
            wikidata=row["qid"] or None,
            country=row["stands_for"],
            subkind=row["kind"],
            source=row["source"],
        )


def _places(folder: Path) -> Iterator[Entry]:
    for row in rows(folder / "places.tsv", required=("name_en", "name_it", "country")):
        # A place without a QID is told from its namesakes by kind and country.
        local = row["qid"] or names.slug(f"{row['name_en']} {row['kind']} {row['country']}")
        yield Entry(
            key=f"place:{local}",
            kind=EntityKind.PLACE,
            name=row["name_it"] or row["name_en"],
            labels=_labels(row),
            aliases=values(row["alternates"]),
            wikidata=row["qid"] or None,
            country=row["country"],
            subkind=row["kind"],
            latitude=_number(row["lat"]),
            longitude=_number(row["lon"]),
            source=row["source"],
        )


def _people(folder: Path) -> Iterator[Entry]:
    terms: dict[str, list[Term]] = defaultdict(list)
    for row in rows(folder / "offices.tsv", required=("person", "kind")):
        title = row["office_it"] or row["office_en"]
        terms[row["person"]].append(Term(row["kind"], title, row["country"], row["start"], row["end"]))
    for row in rows(folder / "people.tsv", required=("person", "name")):
        held = tuple(terms.get(row["person"], ()))
        yield Entry(
            key=f"person:{row['qid'] or names.slug(row['name'])}",
            kind=EntityKind.PERSON,
            name=row["name"],
            labels=(("en", row["name"]),),
            aliases=values(row["aliases"]),
            wikidata=row["qid"] or None,
            country=held[0].country if held else "",
            source=row["source"],
            terms=held,
        )
