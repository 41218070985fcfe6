"""The query process: opens one generation, walls itself in, answers jobs until it is killed.

It is forked from a server that holds no threads and no open store. It announces itself with READY, then
answers each job with WHOLE, with HEADER, DATA…, END, or with FAILURE.
"""

import json
import os
import re
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from server.evaluator import barrier, graphs
from server.evaluator.columns import LARGE, Columns
from server.evaluator.jobs import FAILURE, MOVE, READY, Heading, Job, Term
from server.evaluator.limits import Limits
from server.evaluator.outlet import Outlet
from server.evaluator.wire import Wire

_UNKNOWN_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")


Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class NotAcceptableError(Exception):
    """The query's kind of result has no representation that the client accepts."""


class UnavailableError(Exception):
    """The query asks for something that this endpoint does not do."""


class MissingGraphError(Exception):
    """The graph that is asked for is not there."""


def serve(connection: Connection, path: str, limits: Limits, parent: int) -> None:
    """Answer the jobs that come over `connection`, from the store folder `path`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; it ends its children itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    barrier.die_with_parent(parent)
    barrier.die_with_peer(connection.fileno())
    store = ox.Store.read_only(path)
    barrier.limit_memory(limits.memory)
    wall = barrier.forbid_network()
    wire = Wire(connection)
    wire.send(READY + wall.encode())
    compute = barrier.Compute(limits.timeout)
    generation, columns = Path(path), Columns()
    while True:
        try:
            message = wire.receive()
        except (EOFError, ConnectionResetError):
            return
        if message[:1] == MOVE:
            del store  # before the next is opened: both together might not fit into the memory it may have
            generation = Path(message[1:].decode())
            store = ox.Store.read_only(str(generation))
            wire.send(READY)
            continue
        compute.renew()
        try:
            job, outlet = Job.from_bytes(message), Outlet(wire)
            known = columns.answer(generation, job, LARGE)
            if columns.just_opened:  # what is mapped is not what a query takes
                barrier.limit_memory(limits.memory)
            if known is None:
                _answer(store, job, outlet, wall)
            else:
                outlet.announce(known[0])
                outlet.write(known[1])
                outlet.end()
        except BrokenPipeError:
            return
        except BaseException as error:
            wire.send(FAILURE + json.dumps(_failure(error)).encode())


def main(connection: Connection, path: str, limits: Limits) -> None:
    """The entry point of a forked query process; a store that does not open is a FAILURE, then the end."""
    try:
        serve(connection, path, limits, os.getppid())
    except OSError as error:
        failure = {"kind": "store", "message": str(error)}
        Wire(connection).send(FAILURE + json.dumps(failure).encode())


def _failure(error: BaseException) -> dict[str, str]:
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (SyntaxError, "syntax"),
        (NotAcceptableError, "not-acceptable"),
        (UnavailableError, "unavailable"),
        (MissingGraphError, "missing"),
        (MemoryError, "memory"),
    )
    if type(error).__name__ == "PanicException":  # the engine's own fault; pyo3 exports no class for it
        return {"kind": "engine", "message": f"a fault of the engine, not of the query: {error}"}
    kind = next((name for cls, name in kinds if isinstance(error, cls)), "evaluation")
    return {"kind": kind, "message": str(error)}


def _explain(store: ox.Store, job: Job, outlet: Outlet) -> None:
    """The query's explanation; loaded when asked for, as it takes half a second and some memory."""
    from graph.store.explanation import explain

    content = json.dumps(explain(store, job.query, {}).as_json(), ensure_ascii=False).encode()
    _announce(outlet, "explanation", "application/json")
    outlet.write(content)


def _dump(store: ox.Store, job: Job, outlet: Outlet) -> None:
    """The quads of the whole dataset, or the triples of one graph, as a job asks for them."""
    graph: ox.NamedNode | ox.DefaultGraph | None = None
    if job.dump != "*":
        graph = ox.NamedNode(job.dump) if job.dump else ox.DefaultGraph()
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            raise MissingGraphError(graph.value)
    _announce(outlet, "graph", job.graph)
    quads = store.quads_for_pattern(None, None, None, graph)
    if graph is None:
        graphs.write(quads, job.graph, outlet)
    else:
        graphs.write((quad.triple for quad in quads), job.graph, outlet)


def _query(store: ox.Store, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The results of a query; functions that nobody knows are errors of their expressions alone.

    SPARQL 1.1, section 17.6. The engine refuses such a query and names the first function it does not know.
    """
    unknown: dict[ox.NamedNode, Callable[..., Value | None]] = {}
    while True:
        try:
            return store.query(
                job.query,
                **_dataset(job),
                substitutions=_substitutions(job.substitutions),
                custom_functions=unknown,
            )
        except RuntimeError as error:
            missing = _UNKNOWN_FUNCTION.search(str(error))
            if missing is None or ox.NamedNode(missing[1]) in unknown:
                raise
            unknown[ox.NamedNode(missing[1])] = lambda *_: None


def _answer(store: ox.Store, job: Job, outlet: Outlet, wall: str) -> None:
    if job.dump is not None:
        _dump(store, job, outlet)
    elif job.explain:
        _explain(store, job, outlet)
    else:
        if wall == "none" and "service" in job.query.lower():
            raise UnavailableError(
                "this machine offers no way to keep a query off the network, so SERVICE is off"
            )
        _results(_query(store, job), job, outlet)
    outlet.end()


def _results(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, job: Job, outlet: Outlet
) -> None:
    """Write the results of a query in the form that the job wants for their kind."""
    if isinstance(results, ox.QueryTriples):
        _announce(outlet, "graph", job.graph)
        graphs.write(results, job.graph, outlet)
        return
    boolean = isinstance(results, ox.QueryBoolean)
    wanted = job.boolean if boolean else job.solutions
    _announce(outlet, "boolean" if boolean else "solutions", wanted)
    results.serialize(cast(IO[bytes], outlet), format=ox.QueryResultsFormat.from_media_type(wanted))


def _announce(outlet: Outlet, kind: str, media_type: str) -> None:
    if not media_type:
        raise NotAcceptableError(kind)
    outlet.announce(Heading(kind, media_type))


def _dataset(job: Job) -> dict[str, Any]:
    if job.default_graphs is None and job.named_graphs is None:
        return {}
    return {
        "default_graph": [ox.NamedNode(name) for name in job.default_graphs or ()],
        "named_graphs": [ox.NamedNode(name) for name in job.named_graphs or ()],
    }


def _substitutions(
    terms: Mapping[str, Term],
) -> dict[ox.Variable, ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]:
    return {ox.Variable(name): _term(*term) for name, term in terms.items()}


def _term(kind: str, value: str, language: str, datatype: str) -> ox.NamedNode | ox.Literal:
    if kind == "iri":
        return ox.NamedNode(value)
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)
