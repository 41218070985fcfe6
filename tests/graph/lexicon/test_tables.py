"""The form of every table: a header, tabs between cells, `#` before comments, `|` between values."""

from pathlib import Path

import pytest

from graph.errors import DataError
from graph.lexicon.tables import DATA, rows, values


def table(folder: Path, text: str) -> Path:
    path = folder / "table.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_gives_each_cell_under_the_name_of_its_column(tmp_path: Path) -> None:
    path = table(tmp_path, "lemma\tkind\ndire\tsay\nnegare\tdeny\n")
    assert list(rows(path)) == [{"lemma": "dire", "kind": "say"}, {"lemma": "negare", "kind": "deny"}]


def test_comments_and_empty_lines_are_no_rows_wherever_they_stand(tmp_path: Path) -> None:
    path = table(tmp_path, "# origin\n\nlemma\tkind\n# a group\n\ndire\tsay\n")
    assert list(rows(path)) == [{"lemma": "dire", "kind": "say"}]


def test_cells_that_a_row_leaves_out_at_its_end_are_empty(tmp_path: Path) -> None:
    assert list(rows(table(tmp_path, "a\tb\tc\n1\n"))) == [{"a": "1", "b": "", "c": ""}]


def test_a_cell_too_many_is_an_error_with_the_line_of_the_file(tmp_path: Path) -> None:
    path = table(tmp_path, "# origin\na\tb\n1\t2\n1\t2\t3\n")
    with pytest.raises(DataError, match="3 cells, the header 2") as caught:
        list(rows(path))
    assert caught.value.place == f"{path}:4"
    assert caught.value.remedy


def test_a_missing_column_is_an_error_that_names_it_and_those_there_are(tmp_path: Path) -> None:
    path = table(tmp_path, "lemma\tkind\ndire\tsay\n")
    with pytest.raises(DataError, match="'modality'") as caught:
        list(rows(path, required=("lemma", "modality")))
    assert caught.value.place == f"{path}:1"
    assert "lemma, kind" in caught.value.remedy


def test_a_table_that_is_not_there_is_an_error_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read") as caught:
        list(rows(tmp_path / "absent.tsv"))
    assert caught.value.place == str(tmp_path / "absent.tsv")


def test_a_table_that_is_not_utf8_is_an_error_for_the_user(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes("città\tplace\n".encode("latin-1"))
    with pytest.raises(DataError, match="cannot be read"):
        list(rows(path))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("uno", ("uno",)),
        ("due|uno", ("due", "uno")),
        (" uno | due ", ("uno", "due")),
        ("uno||due|", ("uno", "due")),
        ("", ()),
        ("the day after", ("the day after",)),
    ],
)
def test_the_values_of_a_cell_keep_their_order_and_lose_blanks_at_their_ends(
    cell: str, expected: tuple[str, ...]
) -> None:
    assert values(cell) == expected


@pytest.mark.parametrize("path", sorted([*DATA.glob("lexicon/*/*.tsv"), *DATA.glob("gazetteer/*.tsv")]))
def test_every_table_of_the_project_has_a_header_of_distinct_columns_and_sound_rows(path: Path) -> None:
    (header, *_) = (line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#")
    columns = header.split("\t")
    assert len(set(columns)) == len(columns)
    assert all(set(row) == set(columns) for row in rows(path))
