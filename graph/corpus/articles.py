"""Articles from files, folders and streams, in one order whatever order they are named in.

What cannot be read comes out as an ArticleError in its place, never as an end of the reading. Bytes are
decoded here and only here, as UTF-8 in the strict sense of RFC 3629.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from graph.corpus import formats
from graph.errors import ArticleError
from graph.model import Article

LIMIT = 5_000_000
"""Bytes that one article may have: the 5 MB of the contract, a thousand times a long newspaper page."""

LINES = (".jsonl", ".ndjson")
UNREAD = ("readme", "readme.md", "readme.txt")
"""Files of a folder that speak about it; they are no articles. Hidden files are passed over too."""

# Signatures of the files that most often stray into a folder of texts; anything else binary has a NUL byte.
MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x1f\x8b": "a gzip archive",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(paths: Iterable[Path]) -> Iterator[Article | ArticleError]:
    """The articles of all files named or in a folder named, sorted by path; a repeated text is an error."""
    seen: dict[tuple[str, str], str] = {}
    listed: dict[Path, Path] = {}
    for path in paths:
        found = list(files(path))
        if not found:
            yield ArticleError("holds no file", place=str(path), remedy="put articles into the folder")
        for file in found:
            listed.setdefault(file.resolve(), file)
    for real in sorted(listed):
        for outcome in _read_file(listed[real]):
            yield _unless_repeated(outcome, seen)


def read_stream(stream: BinaryIO, source: str = "-") -> Iterator[Article | ArticleError]:
    """The articles of a byte stream: JSON Lines when its first character is a brace, else one text."""
    head = stream.read(LIMIT + 1)
    if not head.lstrip().startswith(b"{"):
        yield _attempt(head, source)
        return
    seen: dict[tuple[str, str], str] = {}
    lines = _lines(head, stream)
    for outcome in _read_lines(lines, source):
        yield _unless_repeated(outcome, seen)


def decode(data: bytes, source: str) -> Article:
    """The article in the bytes of one text file; raises ArticleError."""
    return formats.article(_text(data, source), source)


def decode_record(data: bytes, source: str) -> Article:
    """The article in the bytes of one JSON object; raises ArticleError."""
    text = _text(data, source)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArticleError(
            f"is not JSON: {error.msg} at character {error.pos}",
            place=source,
            remedy="write one object a line",
        ) from error
    except (RecursionError, ValueError) as error:
        remedy = "write one flat object a line"
        raise ArticleError("is not JSON of an article", place=source, remedy=remedy) from error
    return formats.record(values, source)


def files(path: Path) -> Iterator[Path]:
    """The path itself, or the files below it that may be articles; hidden ones are passed over."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower() not in UNREAD:
                yield Path(folder, name)


def _read_file(path: Path) -> Iterator[Article | ArticleError]:
    """The article of a text file, or those of a file of JSON Lines."""
    source = str(path)
    try:
        if path.exists() and not path.is_file():
            yield ArticleError("is not a regular file", place=source, remedy="name a text file or a folder")
            return
        with path.open("rb") as stream:
            if path.suffix.lower() in LINES:
                yield from _read_lines(stream, source)
            else:
                # One byte beyond the limit is enough to know; a file of gigabytes is not read whole.
                yield _attempt(stream.read(LIMIT + 1), source)
    except FileNotFoundError:
        yield ArticleError("does not exist", place=source, remedy="check the path")
    except OSError as error:
        yield ArticleError(f"cannot be read: {error.strerror}", place=source, remedy="check its permissions")


def _lines(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `head` and of the rest of the stream behind it."""
    *whole, rest = head.split(b"\n")
    yield from whole
    yield rest + stream.readline()
    yield from stream


def _read_lines(lines: Iterable[bytes], source: str) -> Iterator[Article | ArticleError]:
    """One outcome per line that is not blank."""
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield decode_record(line.rstrip(b"\r\n"), f"{source}, line {number}")
        except ArticleError as error:
            yield error
    if empty:
        yield ArticleError("is empty", place=source, remedy="remove the file or write articles into it")


def _attempt(data: bytes, source: str) -> Article | ArticleError:
    try:
        return decode(data, source)
    except ArticleError as error:
        return error


def _unless_repeated(
    outcome: Article | ArticleError, seen: dict[tuple[str, str], str]
) -> Article | ArticleError:
    """The outcome, or an error when the same prose with the same date came before."""
    if isinstance(outcome, ArticleError):
        return outcome
    published = outcome.published.edtf if outcome.published else ""
    key = (hashlib.sha256(outcome.body.of(outcome.text).encode("utf-8")).hexdigest(), published)
    first = seen.setdefault(key, outcome.source)
    if first is outcome.source:
        return outcome
    return ArticleError(f"has the same text as {first}", place=outcome.source, remedy="remove one of the two")


def _text(data: bytes, source: str) -> str:
    """The bytes decoded, or the reason why they are no text."""
    if not data.strip():
        raise ArticleError("is empty", place=source, remedy="remove the file or write the article into it")
    if len(data) > LIMIT:
        raise ArticleError(
            f"has more than {LIMIT:,} bytes, the limit of one article",
            place=source,
            remedy="split it into articles",
        )
    kind = next((name for magic, name in MAGIC.items() if data.startswith(magic)), None)
    if kind is not None:
        raise ArticleError(f"is {kind}, not a text", place=source, remedy="save its text as UTF-8")
    if data.startswith(UTF_16):
        remedy = "convert it: iconv -f UTF-16 -t UTF-8"
        raise ArticleError("is UTF-16, not UTF-8", place=source, remedy=remedy)
    if b"\0" in data:
        raise ArticleError(
            f"is binary: byte {data.index(0)} is zero", place=source, remedy="save its text as UTF-8"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            f"is not UTF-8: byte 0x{data[error.start]:02X} at position {error.start} (line {line})",
            place=source,
            remedy="convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8",
        ) from error
