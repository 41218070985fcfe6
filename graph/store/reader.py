"""Reading a published generation: open, packaged queries, dump.

A generation is frozen, so any number of processes may hold it open while the next one is made.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, Variable

from graph.errors import QueryError, StoreError
from graph.store import generations, version
from ontology.prefixes import PREFIXES


def open_current(store: Path) -> Store:
    """The current generation of a store folder, read-only; raises StoreError."""
    version.check(store)
    folder = generations.current(store)
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"cannot be opened: {error}", place=str(folder), remedy="build it anew") from error


@cache
def packaged(name: str) -> str:
    """The text of a query in `graph/store/queries`, by its name without `.rq`."""
    return (resources.files("graph.store") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def select(
    database: Store, name: str, values: Mapping[str, NamedNode | Literal] | None = None
) -> QuerySolutions:
    """The rows of a packaged SELECT, its variables bound to `values` beforehand."""
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
    substitutions.update((Variable(variable), value) for variable, value in (values or {}).items())
    solutions = database.query(packaged(name), prefixes=PREFIXES, substitutions=substitutions)
    if not isinstance(solutions, QuerySolutions):
        raise QueryError(f"the packaged query {name} is no SELECT", remedy="report this")
    return solutions


def count(database: Store) -> int:
    """The triples of the default graph, counted by the engine: ten times as fast as one by one."""
    if next(database.named_graphs(), None) is None:
        return len(database)  # twice as fast again
    found = database.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(found, QuerySolutions)
    number = next(found)["n"]
    assert isinstance(number, Literal)
    return int(number.value)


def counts(database: Store) -> dict[str, int]:
    """How many articles, events, claims and triples the graph holds, for a summary."""
    row = next(select(database, "counts"))
    return {name: int(row[name].value) for name in ("articles", "events", "claims", "triples")}


def dump(database: Store, output: IO[bytes], syntax: RdfFormat) -> None:
    """Writes the whole dataset, the default graph included; only TriG and N-Quads can hold it."""
    database.dump(output, syntax, prefixes=PREFIXES if syntax == RdfFormat.TRIG else None)
