"""What can be found by its words: names of things, quotations, the articles' texts, each as documents.

Labels come from the default graph by the usual naming properties, so that a graph loaded from elsewhere can
be searched, too. A quotation is found by the words it quotes, an article by the passages of its text.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from graph.store import merge, texts
from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")

NAMING = {
    NamedNode(PREFIXES["rdfs"] + "label"): "label",
    NamedNode(PREFIXES["skos"] + "prefLabel"): "label",
    NamedNode(PREFIXES["dct"] + "title"): "label",
    NamedNode(PREFIXES["foaf"] + "name"): "label",
    NamedNode(PREFIXES["schema"] + "name"): "label",
    NamedNode(PREFIXES["skos"] + "altLabel"): "alias",
}
"""Properties that name a thing, and whether the name is its first or another one."""

KINDS = ("person", "organization", "country", "place", "event", "office", "quotation", "article", "claim")
"""Kinds of things, as the paths of their IRIs say them; other things are of the kind "thing" or "term"."""

PASSAGE = 1200
"""Code points after which a new passage begins at the next paragraph: a screenful, so that a hit in a long
article ranks by the words around it."""

LONGEST = 4000
"""Code points of a passage at most, where no paragraph ends."""

_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)


class Document(NamedTuple):
    """Some words of a thing. `field` is label, alias, quotation or text; `start` is a text's offset."""

    iri: str
    kind: str
    field: str
    language: str
    start: int
    text: str


def kind_of(iri: str) -> str:
    """What kind of thing an IRI names, by its path."""
    if iri.startswith(NAMESPACE):
        return "term"
    path = iri.partition("/id/")[2].partition("/")[0]
    return path if path in KINDS else "thing"


def all_documents(database: Store, store: Path) -> Iterator[Document]:
    """Every document of a graph; `store` is the folder that keeps the articles' texts."""
    for naming, field in NAMING.items():
        # A query finds them faster than a pattern: the engine looks up nothing else of the triple.
        found = database.query(f"SELECT ?thing ?name {{ ?thing {naming} ?name }}")
        assert isinstance(found, QuerySolutions)
        yield from _named(found, field)
    for quad in database.quads_for_pattern(None, TYPE, pg.Quotation, merge.DEFAULT):
        yield from _quoted(database, quad.subject)
    for quad in database.quads_for_pattern(None, TYPE, pg.Article, merge.DEFAULT):
        yield from _passages(quad.subject, store)


def documents_of(database: Store, store: Path, things: Iterable[str]) -> Iterator[Document]:
    """The documents of some things, given by their IRIs."""
    for iri in things:
        thing = NamedNode(iri)
        for naming, field in NAMING.items():
            quads = database.quads_for_pattern(thing, naming, None, merge.DEFAULT)
            yield from _named(((thing, quad.object) for quad in quads), field)
        if Quad(thing, TYPE, pg.Quotation) in database:
            yield from _quoted(database, thing)
        if Quad(thing, TYPE, pg.Article) in database:
            yield from _passages(thing, store)


def _named(names: Iterable[Iterable[object]], field: str) -> Iterator[Document]:
    """The documents of things and their names."""
    for thing, name in names:
        if isinstance(thing, NamedNode) and isinstance(name, Literal):
            iri, text = thing.value, name.value
            if text and not text.isspace():
                yield Document(iri, kind_of(iri), field, name.language or "", 0, text[:LONGEST])


def _quoted(database: Store, quotation: object) -> Iterator[Document]:
    if not isinstance(quotation, NamedNode):
        return
    for evidence in database.quads_for_pattern(quotation, pg.evidence, None, merge.DEFAULT):
        span = evidence.object
        if not isinstance(span, NamedNode) or Quad(span, pg.supports, pg.exact) not in database:
            continue
        start = span.value.partition("#char=")[2].partition(",")[0]
        for words in database.quads_for_pattern(span, pg.exact, None, merge.DEFAULT):
            if isinstance(words.object, Literal):
                text, language = words.object.value, words.object.language or ""
                place = int(start) if start.isdigit() else 0
                yield Document(quotation.value, "quotation", "quotation", language, place, text)


def _passages(article: object, store: Path) -> Iterator[Document]:
    if not isinstance(article, NamedNode):
        return
    text = texts.read(store, article.value.rpartition("/")[2]) or ""
    for start, passage in passages(text):
        yield Document(article.value, "article", "text", "", start, passage)


def passages(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces of some paragraphs each, with the offset at which each begins."""
    begin = end = -1
    for paragraph in _PARAGRAPH.finditer(text):
        if begin >= 0 and paragraph.end() - begin > PASSAGE:
            yield from _cut(begin, text[begin:end])
            begin = -1
        begin, end = (paragraph.start() if begin < 0 else begin), paragraph.end()
    if begin >= 0:
        yield from _cut(begin, text[begin:end])


def _cut(start: int, text: str) -> Iterator[tuple[int, str]]:
    """A passage, or several where it is too long, cut between words."""
    while len(text) > LONGEST:
        at = text.rfind(" ", 0, LONGEST) + 1 or LONGEST
        yield start, text[:at]
        start, text = start + at, text[at:]
    yield start, text
