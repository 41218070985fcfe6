"""One change of a database's events: the articles that came or are to go, and the events renamed that this
touches."""

from collections.abc import Iterable
from itertools import chain

from pyoxigraph import NamedNode, Quad, Store, Triple

from graph.store import merge
from graph.store.identity import clusters, renaming
from graph.store.identity.ledger import Ledger, beside
from graph.store.identity.tellings import ARTICLES, REPLACED_BY, TYPE, Telling
from ontology import terms as pg
from ontology.prefixes import PREFIXES

RECORD = NamedNode(PREFIXES["prov"] + "Entity")


def relink(database: Store, region: Iterable[Telling]) -> set[Triple]:
    """Gives the tellings of a whole region the IRIs of their events; the triples of the merge that
    changed."""
    listed, ledger = list(region), Ledger(database)
    wanted = clusters.names(listed)
    moves: dict[str, dict[str, str]] = {}
    removed: list[Quad] = []
    added: list[Quad] = []
    for telling in listed:
        now, then = ledger.name(telling.own), wanted[telling.own]
        if now != then:
            moves.setdefault(telling.article, {})[now] = then
            if now != telling.own:
                removed.append(renaming.leading_on(telling, now))
            if then != telling.own:
                added.append(renaming.leading_on(telling, then))
            else:
                hidden = _hidden(database, telling)
                removed += hidden
                added += (Quad(each.subject, renaming.LABEL, each.object, each.graph_name) for each in hidden)
    for quad, article in _of_events(database, {event for of in moves.values() for event in of}):
        moved = renaming.of_event(quad, moves.get(article, {}))
        if moved != quad:
            removed.append(quad)
            added.append(moved)
    return merge.remove(database, removed) | merge.add(database, added)


def remember(
    database: Store, gone: Iterable[tuple[Telling, str]], staying: Iterable[tuple[Telling, str]]
) -> None:
    """Records where the IRIs of withdrawn tellings lead: to what the others of the same event bear now."""
    ledger = Ledger(database)
    heirs: dict[str, list[str]] = {}
    for telling, name in staying:
        heirs.setdefault(name, []).append(ledger.name(telling.own))
    for telling, name in gone:
        if name in heirs:
            graph = beside(telling.article, merge.SUPERSEDED)
            database.add(Quad(NamedNode(telling.own), REPLACED_BY, NamedNode(min(heirs[name])), graph))


def forget(database: Store, told: Iterable[Telling]) -> None:
    """Takes back what the record says of IRIs that are in use again."""
    for telling in told:
        graph = beside(telling.article, merge.SUPERSEDED)
        for quad in list(database.quads_for_pattern(NamedNode(telling.own), REPLACED_BY, None, graph)):
            database.remove(quad)


def _of_events(database: Store, events: Iterable[str]) -> set[tuple[Quad, str]]:
    """The quads of articles that speak of these events or of parts of them, each with its article's graph."""
    found: set[Quad] = set()
    for event in map(NamedNode, events):
        found.update(_with(database, event))
        parts = {
            quad.object for quad in found if quad.subject == event and quad.predicate == pg.participation
        }
        for part in parts:
            if isinstance(part, NamedNode):
                found.update(_with(database, part))
    articles = {graph: _article(database, graph) for graph in {quad.graph_name for quad in found}}
    return {(quad, article) for quad in found if (article := articles[quad.graph_name]) is not None}


def _hidden(database: Store, telling: Telling) -> list[Quad]:
    """The labels of the article's own IRI that are hidden while the event bears another."""
    labels = database.quads_for_pattern(NamedNode(telling.own), renaming.HIDDEN, None, None)
    return [each for each in labels if _article(database, each.graph_name) == telling.article]


def _with(database: Store, node: NamedNode) -> Iterable[Quad]:
    return chain(
        database.quads_for_pattern(node, None, None, None), database.quads_for_pattern(None, None, node, None)
    )


def _article(database: Store, graph: object) -> str | None:
    """The graph of the article that a graph belongs to, be it of a claim, of annotations or of a record."""
    if not isinstance(graph, NamedNode):
        return None
    if ARTICLES in graph.value:
        return graph.value
    if merge.WITHDRAWN in graph.value:
        base, _, name = graph.value.partition(merge.WITHDRAWN)
        holders = database.quads_for_pattern(NamedNode(f"{base}/id/claim/{name}"), TYPE, RECORD, None)
    elif (span := next(database.quads_for_pattern(None, pg.inDocument, None, graph), None)) is not None:
        assert isinstance(span.object, NamedNode)
        holders = database.quads_for_pattern(span.object, TYPE, pg.Article, None)
    else:
        holders = database.quads_for_pattern(graph, TYPE, pg.Claim, None)
    found = (_article(database, quad.graph_name) for quad in holders if quad.graph_name != merge.DEFAULT)
    return next(found, None)
