"""The word lists of a language: each is there, none is unknown, an empty one is allowed."""

from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.lexicon.lists import Lists, lists_of
from graph.lexicon.tables import DATA

NAMES = [field.name for field in fields(Lists)]


def write(folder: Path, names: list[str]) -> Path:
    body = "".join(f"{name}\tuno|due\n" for name in names)
    (folder / "lists.tsv").write_text(f"name\twords\n{body}", "utf-8")
    return folder


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_language_has_every_list(language: str) -> None:
    lists = lists_of(DATA / "lexicon" / language)
    assert lists.frequent
    assert lists.abbreviations
    assert lists.simple_prepositions


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_words_of_a_list_are_in_lower_case_and_stand_once(language: str) -> None:
    lists = lists_of(DATA / "lexicon" / language)
    for name in NAMES:
        words = getattr(lists, name)
        assert [word for word in words if word != word.lower()] == [], name
        assert len(set(words)) == len(words), name


def test_enclitics_come_longest_first_so_that_the_longest_is_cut_off() -> None:
    enclitics = lists_of(DATA / "lexicon" / "it").enclitics
    assert enclitics.index("glielo") < enclitics.index("gli") < enclitics.index("lo")
    assert enclitics.index("glielo") < enclitics.index("lo")


def test_the_words_keep_the_order_of_their_row(tmp_path: Path) -> None:
    assert lists_of(write(tmp_path, NAMES)).leaders == ("uno", "due")


def test_a_list_without_words_is_empty(tmp_path: Path) -> None:
    write(tmp_path, NAMES[1:])
    with (tmp_path / "lists.tsv").open("a", encoding="utf-8") as table:
        table.write(f"{NAMES[0]}\t\n")
    assert getattr(lists_of(tmp_path), NAMES[0]) == ()


def test_a_missing_list_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'leaders' is missing") as caught:
        lists_of(write(tmp_path, [name for name in NAMES if name != "leaders"]))
    assert caught.value.place == str(tmp_path / "lists.tsv")


def test_an_unknown_list_is_an_error_that_names_it_and_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'leadders' is unknown") as caught:
        lists_of(write(tmp_path, [*NAMES, "leadders"]))
    assert "leaders" in caught.value.remedy
