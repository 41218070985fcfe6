"""A query's answer, from a store folder or from a SPARQL endpoint, and its rendering in the usual syntaxes.

An endpoint is asked by the SPARQL 1.1 Protocol (a POST with the query as its body), with nothing but the
standard library: one request of one form needs no client.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from graph.errors import QueryError
from graph.store import reader
from ontology.prefixes import PREFIXES

Answer = QuerySolutions | QueryBoolean | QueryTriples

TABLES = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
TIMEOUT = 600
"""Seconds to wait for an endpoint; the deadline of a query is the endpoint's own business."""


def local(store: Path, query: str) -> Answer:
    """The answer of the current generation; the project's prefixes need not be declared."""
    database = reader.open_current(store)
    with _telling(query):
        return database.query(query, prefixes=PREFIXES)


def explained(store: Path, query: str) -> str:
    """Plan, time and advice for a query on the current generation."""
    from graph.store import explanation  # loads rdflib, which takes half a second

    database = reader.open_current(store)
    with _telling(query):
        return explanation.explain(database, query, PREFIXES).as_text()


@contextmanager
def _telling(query: str) -> Iterator[None]:
    """What the engine refuses, as a QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(query, str(error)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"cannot be evaluated: {error}", remedy="change the query") from error


def remote(endpoint: str, query: str, form: str | None) -> tuple[str, bytes]:
    """The endpoint's answer as (media type, bytes), in the syntax `form` where it is given."""
    import urllib.error  # with it comes all of HTTP and TLS
    import urllib.request

    wanted = [each.media_type for each in (TABLES.get(form or "json"), GRAPHS.get(form or "turtle")) if each]
    if not endpoint.startswith(("http://", "https://")):
        raise QueryError("is not a web address", place=endpoint, remedy="give http://… or https://…")
    request = urllib.request.Request(
        endpoint,
        data=query.encode("utf-8"),
        headers={"Content-Type": "application/sparql-query", "Accept": ", ".join(wanted)},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.headers.get_content_type(), response.read()
    except urllib.error.HTTPError as error:
        said = error.read(2000).decode("utf-8", "replace").strip()
        raise QueryError(
            f"answered {error.code}: {said}", place=endpoint, remedy="see its message"
        ) from error
    except (OSError, ValueError) as error:
        raise QueryError(f"cannot be reached: {error}", place=endpoint, remedy="check the address") from error


def parsed(media_type: str, body: bytes) -> Answer | None:
    """A table or a truth value from an endpoint's bytes; None for a graph, which is shown as it came."""
    syntax = QueryResultsFormat.from_media_type(media_type)
    return None if syntax is None else parse_query_results(body, syntax)


def write(answer: Answer, form: str, output: IO[bytes]) -> None:
    """Serialises the answer in the syntax named `form`; raises QueryError where it is of another kind."""
    if isinstance(answer, QueryTriples):
        if form not in GRAPHS:
            raise QueryError("the answer is a graph", remedy=f"ask for one of {', '.join(GRAPHS)}")
        prefixes = PREFIXES if form == "turtle" else None
        serialize(answer, output, GRAPHS[form], prefixes=prefixes)
        return
    if form not in TABLES:
        raise QueryError("the answer is no graph", remedy=f"ask for one of {', '.join(TABLES)}")
    if isinstance(answer, QueryBoolean) and form in ("csv", "tsv"):
        output.write(b"true\n" if answer else b"false\n")
        return
    answer.serialize(output, TABLES[form])


def show(answer: Answer, form: str | None) -> None:
    """Writes the answer to standard output, in `form` or as a table on a terminal, else CSV or Turtle."""
    if form is not None:
        write(answer, form, sys.stdout.buffer)
    elif isinstance(answer, QuerySolutions) and sys.stdout.isatty():
        _show_table(answer)
    elif isinstance(answer, QueryBoolean):
        print("yes" if answer else "no")
    else:
        write(answer, "csv" if isinstance(answer, QuerySolutions) else "turtle", sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _show_table(solutions: QuerySolutions) -> None:
    from rich.console import Console  # takes as long to load as most commands to run
    from rich.markup import escape
    from rich.table import Table

    names = [variable.value for variable in solutions.variables]
    table = Table(*names)
    for solution in solutions:
        row = [solution[name] for name in names]
        table.add_row(*("" if term is None else escape(_short(term)) for term in row))
    Console().print(table)
    print(f"{table.row_count} row{'' if table.row_count == 1 else 's'}")


def _short(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """A term for people: an address under a known prefix as `pg:Call`, a text without its tag."""
    if isinstance(term, NamedNode):
        for prefix, iri in PREFIXES.items():
            local = term.value.removeprefix(iri)
            if local != term.value and local and not set(local) & set("/#"):
                return f"{prefix}:{local}"
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _syntax_error(query: str, message: str) -> QueryError:
    """The parser's complaint with its place and the line itself; what it expected would often fill a page."""
    found = re.search(r"\b(\d+):(\d+)\b", message)
    if "Prefix not found" in message:
        remedy = "declare the prefix, or use one of " + ", ".join(f"{each}:" for each in PREFIXES)
    else:
        remedy = "mend the query there, or just before it"
    if found is None:
        return QueryError("is no SPARQL query", remedy=remedy)
    line, column = int(found[1]), int(found[2])
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    reason = f"is no SPARQL query\n  {shown}\n  {' ' * (column - 1)}^\n"
    return QueryError(reason, place=f"line {line}, column {column}", remedy=remedy)
