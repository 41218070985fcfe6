"""Reading files, folders and streams: every fault is reported with file, reason and remedy."""

import io
import json
import os
import socket
from pathlib import Path

import pytest

from graph.corpus import articles
from graph.errors import ArticleError
from graph.model import Article

PROSE = "Anna Verdi ha telefonato a Piero Bruni."


def outcome(path: Path, data: bytes) -> Article | ArticleError:
    path.write_bytes(data)
    (found,) = articles.read([path])
    return found


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("header.txt", b"date 2025-02\n", "holds no text"),
        ("latin.txt", "date 2025-02 Però, è così".encode("latin-1"), "byte 0xF2 at position 16 (line 1)"),
        ("cut.txt", "a\nperò".encode()[:-1], "byte 0xC3 at position 5 (line 2)"),
        ("zero.txt", b"abc\0def", "byte 3 is zero"),
        ("photo.txt", b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        ("doc.txt", b"%PDF-1.7 rest", "a PDF file"),
        ("wide.txt", PROSE.encode("utf-16"), "UTF-16"),
        ("month.txt", b"date 2025-13 Testo.", "'2025-13' has no such month: 13"),
        ("long.txt", b"a" * (articles.LIMIT + 1), "5,000,000 bytes"),
        ("list.jsonl", b"\n\n", "is empty"),
        ("list.jsonl", b"{", "line 1: is not JSON"),
        ("deep.jsonl", b"[" * 100_000, "is not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    error = outcome(tmp_path / name, data)
    assert isinstance(error, ArticleError)
    assert reason in str(error)
    assert str(tmp_path / name) in str(error)
    assert error.remedy


def test_an_article_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    assert isinstance(outcome(tmp_path / "a.txt", b"a " * (articles.LIMIT // 2)), Article)


def test_line_ends_come_through_untranslated(tmp_path: Path) -> None:
    found = outcome(tmp_path / "a.txt", b"uno\r\ndue\rtre\n")
    assert isinstance(found, Article)
    assert found.text == "uno\r\ndue\rtre\n"


def test_what_does_not_exist_or_is_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket"))
        found = list(articles.read([tmp_path / "none.txt", tmp_path / "folder", tmp_path / "socket"]))
    assert all(isinstance(each, ArticleError) for each in found)
    reasons = " ".join(str(each) for each in found)
    assert "does not exist" in reasons
    assert "holds no file" in reasons
    assert "not a regular file" in reasons


def test_a_folder_is_walked_in_order_and_hidden_files_and_its_readme_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c.txt", ".hidden", ".git/x.txt", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} {PROSE}")
    found = [each.source for each in articles.read([tmp_path]) if isinstance(each, Article)]
    assert found == [str(tmp_path / name) for name in ("a/z.txt", "b.txt", "c.txt")]


def test_a_repeated_text_is_reported_with_the_file_it_repeats_whatever_the_order(tmp_path: Path) -> None:
    first, second, other = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    first.write_text(f"date 2025-02 {PROSE}")
    second.write_text(f"date 2025-02\n{PROSE}\n")
    other.write_text(f"date 2025-03 {PROSE}")
    for paths in ([first, second, other], [other, second, first], [tmp_path, tmp_path]):
        kept, repeated, later = articles.read(paths)
        assert isinstance(kept, Article)
        assert isinstance(repeated, ArticleError)
        assert f"has the same text as {first}" in str(repeated)
        assert isinstance(later, Article)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    assert len(list(articles.read([tmp_path / "a.txt", tmp_path, tmp_path / "a.txt"]))) == 1


def test_lines_of_json_fail_one_by_one(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": PROSE}),
        "{",
        "",
        json.dumps({"text": "Altro."}),
        json.dumps({"text": PROSE}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    found = list(articles.read([tmp_path / "a.jsonl"]))
    assert [isinstance(each, Article) for each in found] == [True, False, True, False]
    assert "line 2" in str(found[1])
    assert "same text" in str(found[3])


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_stream_is_one_text_or_lines_of_json(end: str) -> None:
    (text,) = articles.read_stream(io.BytesIO(f"date 2025-02 {PROSE}{end}".encode()))
    assert isinstance(text, Article)
    lines = "\n".join(json.dumps({"text": f"{number} {PROSE}"}) for number in range(3)) + end
    found = list(articles.read_stream(io.BytesIO(lines.encode())))
    assert [each.text[0] for each in found if isinstance(each, Article)] == ["0", "1", "2"]
