"""Which things a write may have given other words: the full-text index follows, and is not made anew.

The index holds names, quotations and articles of the default graph; see graph.store.search.documents.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graph.store.search import documents, index
from ontology import terms as pg
from server.syntax.tokens import tokens
from server.syntax.updates import Operation, operations

WATCHED = {each.value for each in (*documents.NAMING, pg.evidence, pg.supports, pg.exact, documents.TYPE)}
"""Properties from which the index is made."""

MOST = 5_000
"""Things whose documents are looked up one by one; beyond, making the index anew is quicker."""

READABLE = 64 * 1024
"""Characters of an update that are read here; a longer one is compared by its effect."""


class Touched:
    """The things since the last copy; `unknown` once a write's effect is only seen in the result."""

    def __init__(self) -> None:
        self.things: set[str] = set()
        self.unknown = False

    def add_quads(self, quads: Iterable[Quad]) -> None:
        """What quads that came or went are about."""
        default = DefaultGraph()
        for quad in quads:
            if quad.graph_name == default and isinstance(quad.subject, NamedNode):
                self.things.add(quad.subject.value)

    def add_update(self, update: str) -> None:
        """What an update is about, as far as its text tells."""
        if len(update) > READABLE:
            self.unknown = True
            return
        for operation in operations(update):
            if operation.second == "DATA":
                self._add_data(update, operation)
            elif _may_touch(operation, update):
                self.unknown = True

    def follow(self, previous: Path | None, target: Path, database: Store, store: Path) -> None:
        """Give the copy in `target` the index that `previous` has, with what differs; begin anew."""
        things, unknown = self.things, self.unknown
        self.things, self.unknown = set(), False
        if previous is None or not (previous / index.BASE).exists() or len(things) > MOST:
            return  # publication makes the whole index
        if unknown:
            things |= _different(Store.read_only(str(previous)), database, store)
        things |= {thing for each in things for thing in _resting_on(database, each)}
        index.follow(previous, target, database, things, store)

    def _add_data(self, update: str, operation: Operation) -> None:
        """The subjects of INSERT DATA and DELETE DATA: between their braces stands TriG, GRAPH and all."""
        prologue = update[: operation.words[0].offset].rpartition(";")[2]
        begin, end = operation.groups()[0]
        text = prologue + update[begin.offset + 1 : end.offset]
        for ending in ("", " ."):  # the last dot may be left out in SPARQL
            try:
                self.add_quads(list(parse(text + ending, RdfFormat.TRIG)))
            except SyntaxError:
                continue
            return
        self.unknown = True


def _may_touch(operation: Operation, update: str) -> bool:
    """Whether an operation may change what the index is made from: not if all its properties are others."""
    if operation.name not in ("INSERT", "DELETE") or operation.second == "WHERE":
        return True
    declared = _prefixes(update)
    before: tuple[str, str] = ("{", "{")
    for word in operation.words:
        if any(begin.offset < word.offset < end.offset for begin, end in operation.groups()[:-1]):
            prefix, _, local = word.text.partition(":")
            iri = word.text[1:-1] if word.kind == "IRIREF" else declared.get(f"{prefix}:", "") + local
            if word.text == "a" or iri in WATCHED:
                return True
            second = before[0] in ("{", ".", "}") and before[1].upper() != "GRAPH"
            if word.kind == "VAR" and (second or before[1] in (";", "[", "]", ")")):
                return True  # it may stand for any property
        before = (before[1], word.text)
    return False


def _prefixes(update: str) -> dict[str, str]:
    words = list(tokens(update))
    return {
        prefix.text: iri.text[1:-1]
        for keyword, prefix, iri in zip(words, words[1:], words[2:], strict=False)
        if keyword.keyword == "PREFIX"
    }


def _different(before: Store, after: Store, store: Path) -> set[str]:
    """The things that have other documents in one graph than in the other."""
    old, new = (set(documents.all_documents(each, store)) for each in (before, after))
    return {document.iri for document in old ^ new}


def _resting_on(database: Store, thing: str) -> Iterator[str]:
    """What has its words from a span of text."""
    for quad in database.quads_for_pattern(None, pg.evidence, NamedNode(thing), DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
