"""What the file of additions says of names under which articles told of somebody before."""

from pathlib import Path

from graph.linking.learned import learned

HEADER = "kind\tname\taliases\twikidata\tcountry\toffice\tstart\tend\tsource\n"


def table(folder: Path, *lines: str) -> Path:
    file = folder / "additions.tsv"
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_who_gets_an_identifier_was_known_by_each_full_name(tmp_path: Path) -> None:
    file = table(tmp_path, "person\tInes Vargá\tVargá|Inês Varga|Agnes Varga\tQ999999901")
    assert learned(file) == {
        "person:Q999999901": (
            ("Ines Vargá", "person:ines-varga"),
            ("Agnes Varga", "person:agnes-varga"),
        )
    }


def test_who_gets_none_keeps_the_key_and_takes_those_of_other_spellings(tmp_path: Path) -> None:
    file = table(tmp_path, "person\tInes Varga\tInes Vargha")
    assert learned(file) == {"person:ines-varga": (("Ines Vargha", "person:ines-vargha"),)}


def test_a_body_of_one_word_counts_with_its_kind(tmp_path: Path) -> None:
    file = table(tmp_path, "organization\tOrbe\t\tQ999999902")
    assert learned(file) == {"organization:Q999999902": (("Orbe", "organization:orbe"),)}


def test_nothing_added_is_nothing_learned(tmp_path: Path) -> None:
    assert learned(table(tmp_path)) == {}
