"""The three forms an article's text comes in: a plain text, a text with front matter, a record of JSON.

A plain text may begin, after white space, with `date YYYY[-MM[-DD]]`, its prose following on the same or the
next line; front matter is YAML between two lines `---` (the form of Jekyll and its kin); a record is a JSON
object with the same keys and `text`. Offsets count code points of the decoded text as it stands: nothing is
normalised, line ends are not translated, and a byte order mark counts as the code point that it is.
"""

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import yaml

from graph.corpus.dates import period
from graph.errors import ArticleError
from graph.model import Article, Span

KEYS = ("title", "date", "url", "publisher", "language", "author", "licence")
SYNONYMS = {"license": "licence"}

BLANK = r"[\s\ufeff]*"
# A header is a header when what follows "date" looks like a date, rightly written or not: "date 2025-13" is
# an error to report, while "date 100 euro" and "date a Cesare" are how an Italian sentence may begin.
HEADER = re.compile(BLANK + r"date[ \t]+(?P<date>[0-9]{4}\S*|[0-9]{1,3}[-/.]\S*)(?=\s|\Z)")
FRONT = re.compile(r"\ufeff?\s*^---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.M | re.S)
OPENED = re.compile(r"\ufeff?\s*^---[ \t]*\r?\n\s*[A-Za-z]+[ \t]*:", re.M)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
UNFIT_FOR_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def article(text: str, source: str) -> Article:
    """The article that the decoded file `text` holds; `source` names the file in messages."""
    front = FRONT.match(text)
    if front is not None:
        return _article(text, front.end(), _front_matter(front["yaml"], source), source)
    if OPENED.match(text):
        raise ArticleError(
            "the front matter is not closed", place=source, remedy="end it with a line that holds only ---"
        )
    header = HEADER.match(text)
    if header is None:
        return _article(text, 0, {}, source)
    return _article(text, header.end(), {"date": header["date"]}, source)


def record(values: object, source: str) -> Article:
    """The article of one JSON object; its text may have a date header of its own, which `date` overrules."""
    if not isinstance(values, Mapping):
        raise ArticleError("is not a JSON object", place=source, remedy='give {"text": "…", "date": "…"}')
    text = values.get("text")
    if not isinstance(text, str):
        raise ArticleError("has no text", place=source, remedy='put the article under the key "text"')
    header = HEADER.match(text)
    metadata = _metadata(values, source)
    if header is not None:
        metadata.setdefault("date", header["date"])
    return _article(text, 0 if header is None else header.end(), metadata, source)


def _front_matter(front: str, source: str) -> dict[str, str]:
    """The metadata of a YAML block, scalars as written (a date is no number, a `no` no falsehood)."""
    try:
        values = yaml.load(front, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise ArticleError(
            f"the front matter is not YAML: {problem}",
            place=source + line,
            remedy="write one key: value a line",
        ) from error
    if values in (None, ""):
        return {}
    if not isinstance(values, Mapping):
        raise ArticleError("the front matter has no keys", place=source, remedy="write one key: value a line")
    return _metadata(values, source)


def _metadata(values: Mapping[object, object], source: str) -> dict[str, str]:
    """The known keys that have a value; a list of texts (several authors) is joined with commas."""
    metadata: dict[str, str] = {}
    for name, value in values.items():
        key = SYNONYMS.get(str(name).lower(), str(name).lower())
        if key not in KEYS or value in (None, "", []):
            continue
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if isinstance(value, int) and not isinstance(value, bool) and key == "date":
            value = str(value)
        if not isinstance(value, str):
            remedy = "put it in quotation marks"
            raise ArticleError(f"the value of {key} is not a text", place=source, remedy=remedy)
        metadata[key] = value.strip()
    return metadata


def _article(text: str, start: int, metadata: Mapping[str, str], source: str) -> Article:
    """The article whose prose begins at or after `start`, all values checked."""
    while start < len(text) and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    if start == len(text):
        raise ArticleError("holds no text", place=source, remedy="remove it or write the article into it")
    _check_characters(text, source)
    language, url = metadata.get("language"), metadata.get("url")
    if language and not LANGUAGE.fullmatch(language):
        raise ArticleError(
            f"{language!r} is not a language tag", place=source, remedy="give a code such as it, en or pt-BR"
        )
    if url and (urlsplit(url).scheme not in ("http", "https") or UNFIT_FOR_IRI.search(url)):
        raise ArticleError(
            f"{url!r} is not a web address", place=source, remedy="give it with http:// or https://"
        )
    published = metadata.get("date")
    return Article(
        id=hashlib.sha256(text.encode("utf-8")).hexdigest()[:12],
        text=text,
        body=Span(start, len(text.rstrip())),
        source=source,
        published=period(published, source) if published else None,
        language=language.lower() if language else None,
        title=metadata.get("title"),
        url=url,
        publisher=metadata.get("publisher"),
        author=metadata.get("author"),
        licence=metadata.get("licence"),
    )


def _check_characters(text: str, source: str) -> None:
    """Refuses what UTF-8 cannot hold (JSON can write half a surrogate pair) and what no text holds."""
    unfit = re.search(r"[\x00\ud800-\udfff]", text)
    if unfit is not None:
        raise ArticleError(
            f"holds U+{ord(unfit[0]):04X} at offset {unfit.start()}, which is no character",
            place=source,
            remedy="write the text anew from its source",
        )
