"""What is known by name: the project's own tables, and small ones for the rules of precedence."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.lexicon.gazetteer import Gazetteer, Term, gazetteer
from graph.lexicon.tables import DATA
from graph.model import EntityKind

TABLES = (
    "additions countries english_titles italian_titles offices organisations people places short_names titles"
).split()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The project's tables with their headers and no rows: a test writes the rows it is about."""
    for name in TABLES:
        lines = (DATA / "gazetteer" / f"{name}.tsv").read_text("utf-8").splitlines()
        (header, *_) = (line for line in lines if line and not line.startswith("#"))
        (tmp_path / f"{name}.tsv").write_text(f"{header}\n", "utf-8")
    return tmp_path


def write(folder: Path, table: str, /, **cells: str) -> None:
    path = folder / f"{table}.tsv"
    columns = path.read_text("utf-8").splitlines()[0].split("\t")
    assert set(cells) <= set(columns)
    with path.open("a", encoding="utf-8") as file:
        file.write("\t".join(cells.get(column, "") for column in columns) + "\n")


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        ("", "", True),
        ("2031-05-14", "", True),
        ("2031-05-15", "", False),
        ("2031", "", True),
        ("2032", "", False),
        ("", "2031-05-14", True),
        ("", "2031-05-13", False),
        ("", "2031", True),
        ("", "2031-05", True),
        ("", "2030", False),
    ],
)
def test_a_term_covers_a_day_unless_a_known_bound_excludes_it(start: str, end: str, covered: bool) -> None:
    day = date(2031, 5, 14)
    assert Term("envoy", "inviato", "MT", start, end).covers(day, day) is covered


def test_a_term_covers_a_period_that_it_touches_at_one_end() -> None:
    term = Term("envoy", "inviato", "MT", "2031-05-01", "2031-06-30")
    assert term.covers(date(2031, 6, 30), date(2031, 12, 31))
    assert term.covers(date(2031, 1, 1), date(2031, 5, 1))
    assert not term.covers(date(2031, 7, 1), date(2031, 12, 31))


@pytest.mark.parametrize("name", ["Portogallo", "Portugal", "PORTOGALLO", "Repubblica portoghese"])
def test_a_state_is_found_by_any_of_its_names_in_any_case(name: str) -> None:
    assert gazetteer().states["PT"] in gazetteer().find(name, EntityKind.STATE)


@pytest.mark.parametrize(
    ("word", "country"),
    [("francese", "FR"), ("francesi", "FR"), ("tedesca", "DE"), ("german", "DE"), ("maltese", "MT")],
)
def test_the_adjective_of_a_state_gives_its_country_in_every_form(word: str, country: str) -> None:
    assert gazetteer().demonyms[word] == country


def test_find_gives_only_the_kinds_that_are_asked_for() -> None:
    both = gazetteer().find("Georgia")
    assert {entry.kind for entry in both} == {EntityKind.STATE, EntityKind.PLACE}
    assert [entry.country for entry in gazetteer().find("Georgia", EntityKind.STATE)] == ["GE"]
    assert gazetteer().find("Georgia", EntityKind.PERSON) == []


def test_an_unknown_name_is_found_nowhere_and_leaves_no_trace() -> None:
    assert gazetteer().find("Lestovia del Nord") == []
    assert "lestovia del nord" not in gazetteer().by_name


@pytest.mark.parametrize(
    ("title", "kind", "plural"),
    [
        ("ministro degli esteri", "foreign_minister", False),
        ("ministra degli esteri", "foreign_minister", False),
        ("ministri degli esteri", "foreign_minister", True),
        ("presidenti", "head_of_state", True),
        ("foreign secretary", "foreign_minister", False),
    ],
)
def test_a_title_tells_its_office_and_whether_it_is_of_several(title: str, kind: str, plural: bool) -> None:
    assert gazetteer().titles[title] == (kind, plural)


def test_a_capital_is_a_place_of_its_country_with_coordinates() -> None:
    (entry,) = gazetteer().find("Lisbona", EntityKind.PLACE)
    assert (entry.country, entry.subkind, dict(entry.labels)["en"]) == ("PT", "capital", "Lisbon")
    assert entry.latitude == pytest.approx(38.7, abs=0.2)
    assert entry.longitude == pytest.approx(-9.1, abs=0.2)


def test_keys_start_with_the_kind_and_every_state_has_its_own() -> None:
    tables = gazetteer()
    assert all(e.key.startswith(f"{e.kind}:") for entries in tables.by_name.values() for e in entries)
    assert len({state.key for state in tables.states.values()}) == len(tables.states)


def test_the_tables_are_read_once() -> None:
    assert gazetteer() is gazetteer()


def test_an_office_is_held_by_who_held_it_on_that_day(small: Path) -> None:
    for local, name, start, end in (
        ("p1", "Ines Varga", "2028-01-01", "2031-05-01"),
        ("p2", "Piero Bruni", "2031-05-02", ""),
    ):
        write(small, "people", person=local, name=name)
        write(small, "offices", person=local, kind="head_of_state", country="MT", start=start, end=end)
    tables = Gazetteer(small)

    def held(first: date, last: date) -> list[str]:
        return [entry.name for entry in tables.holders(("head_of_state",), "MT", first, last)]

    assert held(date(2030, 3, 1), date(2030, 3, 1)) == ["Ines Varga"]
    assert held(date(2032, 3, 1), date(2032, 3, 1)) == ["Piero Bruni"]
    assert held(date(2031, 5, 1), date(2031, 5, 31)) == ["Ines Varga", "Piero Bruni"]
    assert held(date(2020, 1, 1), date(2020, 1, 1)) == []
    assert tables.holders(("envoy",), "MT", date(2030, 3, 1), date(2030, 3, 1)) == []


def test_who_held_an_office_twice_is_one_holder_and_one_person(small: Path) -> None:
    write(small, "people", person="p1", name="Ines Varga")
    for start in ("2028", "2028-01-15"):
        write(small, "offices", person="p1", kind="envoy", country="MT", start=start)
    (holder,) = Gazetteer(small).holders(("envoy",), "MT", date(2030, 1, 1), date(2030, 1, 1))
    assert (holder.key, len(holder.terms)) == ("person:ines-varga", 2)


def test_prominence_is_that_of_the_highest_office_of_the_day(small: Path) -> None:
    write(small, "people", person="p1", name="Ines Varga")
    write(small, "offices", person="p1", kind="ambassador", country="MT", start="2025", end="2027")
    write(small, "offices", person="p1", kind="head_of_government", country="MT", start="2028", end="2031")
    write(small, "offices", person="p1", kind="minister", country="MT", start="2028", end="2029")
    tables = Gazetteer(small)
    (varga,) = tables.find("Ines Varga")

    def in_year(year: int) -> int:
        return tables.prominence(varga, date(year, 6, 1), date(year, 6, 1))

    assert in_year(2028) > in_year(2026) > in_year(2020) == 0
    assert in_year(2028) == in_year(2030)


def test_an_addition_of_the_user_comes_before_the_compiled_entry_of_its_name(small: Path) -> None:
    write(small, "people", person="Q1", qid="Q1", name="Ines Varga")
    write(small, "additions", kind="person", name="Ines Varga", wikidata="Q2", country="MT", office="envoy")
    assert [entry.key for entry in Gazetteer(small).find("ines varga")] == ["person:Q2", "person:Q1"]


def test_an_entry_without_identifier_has_a_key_from_its_name(small: Path) -> None:
    write(small, "organisations", name_en="Orbe Press", name_it="Agenzia Orbe", aliases="Orbe", kind="agency")
    (entry,) = Gazetteer(small).find("Orbe")
    assert (entry.key, entry.wikidata, entry.name) == ("organization:orbe-press", None, "Agenzia Orbe")


def test_namesakes_among_places_without_identifier_have_keys_of_their_own(small: Path) -> None:
    for country in ("MT", "PT"):
        write(small, "places", name_en="Portalba", name_it="Portalba", kind="city", country=country)
    assert len({entry.key for entry in Gazetteer(small).find("Portalba")}) == 2


def test_a_surname_finds_people_by_any_transliteration_and_the_given_name_is_a_first_name(
    small: Path,
) -> None:
    write(small, "people", person="p1", name="Sergey Khalilov")
    tables = Gazetteer(small)
    assert [entry.name for entry in tables.by_surname["halilov"]] == ["Sergey Khalilov"]
    assert tables.first_names == {"sergey"}


def test_a_family_name_that_comes_first_is_no_first_name(small: Path) -> None:
    write(small, "people", person="p1", name="Deng Meilan")
    write(small, "offices", person="p1", kind="envoy", country="CN")
    tables = Gazetteer(small)
    assert tables.first_names == set()
    assert [entry.name for entry in tables.by_surname["deng"]] == ["Deng Meilan"]


def test_the_first_word_of_a_name_tells_how_long_the_longest_is(small: Path) -> None:
    write(small, "organisations", name_en="Lega", kind="agency", aliases="Lega dei porti liberi|Lega porti")
    write(small, "people", person="p1", name="Ines Varga")
    assert Gazetteer(small).starts == {"lega": 4}


def test_a_table_without_a_needed_column_is_an_error_that_names_the_file(small: Path) -> None:
    (small / "people.tsv").write_text("person\tqid\n", "utf-8")
    with pytest.raises(DataError, match="'name'") as caught:
        Gazetteer(small)
    assert "people.tsv" in caught.value.place


def test_a_folder_that_lacks_a_table_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    shutil.copy(DATA / "gazetteer" / "additions.tsv", tmp_path)
    with pytest.raises(DataError, match="cannot be read") as caught:
        Gazetteer(tmp_path)
    assert "short_names.tsv" in caught.value.place
