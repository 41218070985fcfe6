"""What each kind of order does to the live database. Runs in the hand's process and nowhere else.

SPARQL 1.1 Update: https://www.w3.org/TR/sparql11-update/, the Graph Store Protocol:
https://www.w3.org/TR/sparql11-http-rdf-update/. The default graph is a graph like any other here; its merge
is kept for articles only.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph.store import articles
from server.syntax import updates
from server.writer.errors import (
    MissingError,
    PreconditionError,
    UnparsableError,
    UnprocessableError,
    WriteRejectedError,
)
from server.writer.orders import DEFAULT, Done, Order
from server.writer.touched import Touched

_OUTWARD = re.compile(r"\b(?:LOAD|SERVICE)\b", re.IGNORECASE)
_UNKNOWN_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")

Graph = NamedNode | DefaultGraph
Value = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Live:
    """The live database, and the graphs that all articles share."""

    database: Store
    shared: articles.Shared
    touched: Touched = field(default_factory=Touched)


def perform(live: Live, order: Order) -> Done:
    """Does what the order says; raises WriteError when nothing of it was done.

    After any other exception the database may hold a part of it, and is not to be used again.
    """
    if order.graph is not None and (order.absent or order.present):
        there = exists(live.database, order.graph)
        if there and order.absent:
            raise PreconditionError("the graph is there already")
        if not there and order.present:
            raise PreconditionError("there is no such graph")
    return _ACTIONS[order.kind](live, order)


def exists(database: Store, graph: str) -> bool:
    """Whether the dataset has the graph; it always has the default one."""
    return graph == DEFAULT or database.contains_named_graph(NamedNode(graph))


def _update(live: Live, order: Order) -> Done:
    text = _text(order)
    if _reaches_out(text):
        _check_syntax(text)
        raise WriteRejectedError("LOAD and SERVICE may not reach that address: they are off by default")
    try:
        text = updates.prepared(updates.hoisted(text), order.using, order.using_named)
    except updates.MisfitError as error:
        raise WriteRejectedError(str(error)) from error
    _run(live.database, text)
    live.touched.add_update(text)
    return Done()


def _patch(live: Live, order: Order) -> Done:
    assert order.graph is not None
    if not exists(live.database, order.graph):
        raise MissingError("there is no such graph")
    try:
        text = updates.confined(_text(order), order.graph)
    except updates.MisfitError as error:
        raise UnprocessableError(str(error)) from error
    _run(live.database, text)
    live.touched.add_update(text)
    return Done()


def _reaches_out(text: str) -> bool:
    """Whether an update needs the network, which its process has not; with SILENT it does without."""
    if not _OUTWARD.search(text):
        return False
    return any(
        word.keyword in ("LOAD", "SERVICE") and after.keyword != "SILENT"
        for operation in updates.operations(text)
        for word, after in pairwise(operation.words)
    )


def _check_syntax(text: str) -> None:
    """Raises UnparsableError for what is no update, tried on an empty database."""
    try:
        Store().update(text)
    except SyntaxError as error:
        raise UnparsableError(str(error)) from error
    except (OSError, RuntimeError, ValueError):
        return  # it is an update


def _run(database: Store, text: str) -> None:
    """Runs an update; functions that nobody knows are errors of their expressions (SPARQL 1.1, 17.6)."""
    unknown: dict[NamedNode, Callable[..., Value | None]] = {}
    while True:
        try:
            database.update(text, custom_functions=unknown)
        except SyntaxError as error:
            raise UnparsableError(str(error)) from error
        except (RuntimeError, ValueError) as error:
            missing = _UNKNOWN_FUNCTION.search(str(error))
            if missing is None or NamedNode(missing[1]) in unknown:
                raise WriteRejectedError(str(error)) from error
            unknown[NamedNode(missing[1])] = lambda *_: None
        else:
            return


def _text(order: Order) -> str:
    try:
        return order.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WriteRejectedError(f"the update is not UTF-8: byte {error.start + 1} is wrong") from error


def _put(live: Live, order: Order) -> Done:
    quads = list(_quads(order))
    if order.graph is None:
        live.database.clear()
        live.database.extend(quads)
        live.touched.unknown = True
        return Done()
    created = not exists(live.database, order.graph)
    live.touched.unknown |= order.graph == DEFAULT
    _clear(live.database, order.graph)
    live.database.extend(quads)
    return Done(created=created)


def _post(live: Live, order: Order) -> Done:
    created = order.graph is not None and not exists(live.database, order.graph)
    if order.graph:
        live.database.add_graph(NamedNode(order.graph))
    quads = list(_quads(order))
    live.database.extend(quads)
    live.touched.add_quads(quads)
    return Done(created=created)


def _delete(live: Live, order: Order) -> Done:
    live.touched.unknown |= not order.graph
    if order.graph is None:
        live.database.clear()
        return Done()
    if not exists(live.database, order.graph):
        raise MissingError("there is no such graph")
    live.database.remove_graph(_named(order.graph))
    return Done()


def _clear(database: Store, graph: str) -> None:
    """Empties a graph, which is there afterwards."""
    if graph:
        database.add_graph(NamedNode(graph))
    database.clear_graph(_named(graph))


def _quads(order: Order) -> Iterator[Quad]:
    """The quads of a body or of its parts, blank nodes renamed, those of a graph order in its graph."""
    if "parts" not in order.more:
        yield from _parsed(order, order.body, order.media_type)
        return
    begin = 0
    for media_type, length in json.loads(order.more["parts"]):
        yield from _parsed(order, order.body[begin : begin + length], media_type)
        begin += length


def _parsed(order: Order, data: bytes, media_type: str) -> Iterator[Quad]:
    syntax = RdfFormat.from_media_type(media_type)
    assert syntax is not None, media_type
    one = order.graph is not None
    try:
        found = parse(
            data,
            syntax,
            base_iri=order.more.get("base"),
            without_named_graphs=one and syntax.supports_datasets,
            rename_blank_nodes=True,
        )
        for quad in found:
            target = _named(order.graph) if order.graph is not None else quad.graph_name
            yield Quad(quad.subject, quad.predicate, quad.object, target)
    except (SyntaxError, ValueError) as error:
        raise UnparsableError(str(error)) from error


def _named(graph: str) -> Graph:
    return NamedNode(graph) if graph else DefaultGraph()


def _add(live: Live, order: Order) -> Done:
    """Adds the quads of an article that has been read, unless it is there already."""
    assert order.graph
    if live.database.contains_named_graph(NamedNode(order.graph)):
        return Done(created=False, changed=False)
    quads = parse(order.body, RdfFormat.N_QUADS)
    live.touched.things |= articles.add(live.database, quads, live.shared)
    return Done(created=True)


def _withdraw(live: Live, order: Order) -> Done:
    assert order.graph
    graph = NamedNode(order.graph)
    if not live.database.contains_named_graph(graph):
        raise MissingError("there is no such article")
    live.touched.things |= articles.withdraw(live.database, graph, live.shared)
    return Done()


_ACTIONS: dict[str, Callable[[Live, Order], Done]] = {
    "update": _update,
    "patch": _patch,
    "put": _put,
    "post": _post,
    "delete": _delete,
    "add": _add,
    "withdraw": _withdraw,
}
