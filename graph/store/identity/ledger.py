"""The tellings in a store: found by what alike ones have in common, and read from the claims.

The graph `{base}graph/linking` is the index: it gives each article's own IRI of an event the keys under which
alike tellings stand (schema:keywords). It follows from the claims and is no part of the merge.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from graph.store import merge
from graph.store.identity import clusters
from graph.store.identity.likeness import Candidate, alike, candidate
from graph.store.identity.tellings import ARTICLES, REPLACED_BY, TYPE, Telling, read
from ontology import terms as pg
from ontology.prefixes import PREFIXES

KEY = NamedNode(PREFIXES["schema"] + "keywords")

Node = NamedNode | BlankNode | Triple


def index(telling: Telling) -> Iterator[Quad]:
    """The quads by which the telling is found."""
    each = candidate(telling)
    if each is not None:
        graph = beside(telling.article, merge.LINKING)
        for key in clusters.keys(each):
            yield Quad(NamedNode(telling.own), KEY, Literal(key), graph)


def indexed(database: Store, telling: Telling) -> Iterator[Quad]:
    """The quads by which a store finds the telling."""
    return database.quads_for_pattern(
        NamedNode(telling.own), KEY, None, beside(telling.article, merge.LINKING)
    )


def beside(article: str, name: str) -> NamedNode:
    """The graph of this path beside an article's own."""
    return NamedNode(f"{article.partition(ARTICLES)[0]}{name}")


class Ledger:
    """The tellings of one database, each event read at most once: for one change, then to be thrown away."""

    def __init__(self, database: Store) -> None:
        self._database = database
        self._events: dict[str, list[Telling]] = {}
        self._described: dict[NamedNode, list[Quad]] = {}
        self._sharing: dict[str, list[str]] = {}

    def of_article(self, graph: NamedNode) -> list[Telling]:
        """What the article whose own graph is `graph` tells."""
        events = {quad.object for quad in self._quads(None, pg.about, None, graph)}
        named = sorted(event.value for event in events if isinstance(event, NamedNode))
        found = (telling for event in named for telling in self.of_event(event))
        return [telling for telling in found if telling.article == graph.value]

    def of_event(self, event: str) -> list[Telling]:
        """What the articles tell of the event that bears this IRI."""
        if event not in self._events:
            self._events[event] = list(read(self._told_of(NamedNode(event))))
        return self._events[event]

    def name(self, own: str) -> str:
        """The IRI that the event bears now to which an article gives the IRI `own`."""
        replaced = self._quads(NamedNode(own), REPLACED_BY, None, merge.DEFAULT)
        return next((quad.object.value for quad in replaced if isinstance(quad.object, NamedNode)), own)

    def region(self, seeds: Iterable[Telling]) -> list[Telling]:
        """The tellings given, and all that hang together with them by likeness."""
        found = {telling.own: telling for telling in seeds}
        open_ones = [each for each in map(candidate, found.values()) if each is not None]
        while open_ones:
            one = open_ones.pop()
            for other in self._candidates(one):
                if other.telling.own not in found and alike(one, other):
                    found[other.telling.own] = other.telling
                    open_ones.append(other)
        return list(found.values())

    def _candidates(self, one: Candidate) -> Iterator[Candidate]:
        """The candidates that share a key with one."""
        graph = beside(one.telling.article, merge.LINKING)
        for key in clusters.keys(one):
            if key not in self._sharing:
                quads = self._quads(None, KEY, Literal(key), graph)
                self._sharing[key] = [
                    quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)
                ]
            for own in self._sharing[key]:
                told = (telling for telling in self.of_event(self.name(own)) if telling.own == own)
                yield from (each for each in map(candidate, told) if each is not None)

    def _told_of(self, event: NamedNode) -> Iterator[Quad]:
        """The quads that say what articles tell of an event, and in which articles."""
        graphs: set[NamedNode] = set()
        for claim in list(self._quads(None, pg.about, event, None)):
            graph = claim.graph_name
            if isinstance(graph, DefaultGraph) or not merge.is_merged(claim):
                continue
            assert isinstance(graph, NamedNode)
            graphs.add(graph)
            yield claim
            yield from self._quads(claim.subject, pg.modality, None, graph)
            if isinstance(claim.subject, NamedNode):
                yield from self._stated(event, claim.subject)
        for graph in graphs:
            yield from self._article(graph)
            yield from self._quads(None, REPLACED_BY, event, graph)

    def _stated(self, event: NamedNode, claim: NamedNode) -> Iterator[Quad]:
        for quad in self._quads(event, None, None, claim):
            yield quad
            if quad.predicate == pg.participation and isinstance(quad.object, NamedNode):
                yield from self._quads(quad.object, None, None, claim)

    def _article(self, graph: NamedNode) -> list[Quad]:
        """Which article a graph is of; of the article's own also its days, and where the places lie."""
        if graph not in self._described:
            found = list(self._quads(None, TYPE, pg.Article, graph))
            for article in list(found):
                for days in (pg.earliest, pg.latest):
                    found += self._quads(article.subject, days, None, graph)
            if not found:
                found = [next(self._quads(None, pg.inDocument, None, graph))]
            found += self._quads(None, pg.locatedIn, None, graph)
            self._described[graph] = found
        return self._described[graph]

    def _quads(
        self, subject: Node | None, predicate: NamedNode | None, value: NamedNode | Literal | None,
        graph: NamedNode | DefaultGraph | None,
    ) -> Iterator[Quad]:  # fmt: skip
        return self._database.quads_for_pattern(subject, predicate, value, graph)
