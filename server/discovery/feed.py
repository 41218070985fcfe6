"""Events in order of arrival, as an Atom feed: RFC 4287.

An event arrives with its article; when that was, the file tells in which the article's text is kept, for the
graph itself holds no clock. A store without texts gives the events under the time of its generation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from graph.store import texts
from server.evaluator.jobs import iri as iri_term
from server.evaluator.pool import Pool
from server.portraits.names import Namer, labels_of
from server.portraits.questions import Question, ask, by, text_of

ATOM = "http://www.w3.org/2005/Atom"
ARTICLES = 40
"""Articles whose events are in the feed, the latest ones."""

ENTRIES = 100
"""Entries at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that has arrived: with which words it is told, and when its article came."""

    iri: str
    label: str
    words: tuple[str, ...]
    arrived: datetime


def arrivals(store: Path) -> list[tuple[str, datetime]]:
    """The ids of the articles that came last, the latest first, with when that was."""
    folder = store / texts.FOLDER
    found = [
        (file.stem, datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(microsecond=0))
        for file in (folder.glob("*.txt") if folder.is_dir() else ())
    ]
    return sorted(found, key=lambda item: (item[1], item[0]), reverse=True)[:ARTICLES]


def entries(pool: Pool, namer: Namer, came: Sequence[tuple[str, datetime]]) -> list[Entry]:
    """The events of those articles, an event of several ones at its first arrival."""
    questions = [
        Question("arrivals", {"graph": iri_term(f"{namer.base}graph/article/{article}")})
        for article, _ in came
    ]
    found: dict[str, Entry] = {}
    for (_, arrived), rows in zip(came, ask(pool, questions), strict=True):
        labels = labels_of(rows, "event", "label")
        for event, told in by(rows, "event").items():
            words = tuple(dict.fromkeys(text_of(row, "words") for row in told if "words" in row))
            label = namer.name(event, labels.get(event, ())).label
            found[event] = Entry(event, label, words, arrived)  # came from late to early: the first stays
    return sorted(found.values(), key=lambda entry: (-entry.arrived.timestamp(), entry.iri))[:ENTRIES]


def document(base: str, title: str, language: str, listed: Iterable[Entry], made: datetime) -> bytes:
    """The feed; `made` stands for its time where it is empty."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": language})
    listed = list(listed)
    _text(feed, "id", f"{base}feed.atom")
    _text(feed, "title", title)
    _text(feed, "updated", max((entry.arrived for entry in listed), default=made).isoformat())
    _link(feed, "self", f"{base}feed.atom", "application/atom+xml")
    _link(feed, "alternate", base, "text/html")
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", "parleygraph")
    for entry in listed:
        element = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(element, "id", entry.iri)
        _text(element, "title", entry.label)
        _text(element, "updated", entry.arrived.isoformat())
        _link(element, "alternate", entry.iri, "text/html")
        if entry.words:
            _text(element, "summary", " · ".join(f"“{words}”" for words in entry.words))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, "unicode")}'.encode()


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(
        sign if sign >= " " or sign in "\n\t" else " " for sign in text
    )


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    attributes = {"rel": relation, "href": address, "type": media_type}
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", attributes)
