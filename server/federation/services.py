"""SERVICE and LOAD done before the engine: what they would bring stands in the text as VALUES or as data.

The engine itself is walled off from every network. A SERVICE clause is evaluated by itself and joined (SPARQL
1.1 Federated Query, section 4), so its solutions in its place mean the same; only blank nodes come as IRIs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from server.federation.allowed import Allowed
from server.federation.fetch import Fetched, UnreachableError, fetch
from server.syntax.tokens import Token, tokens
from server.syntax.updates import Operation, operations

QUERY = "application/sparql-query"
JSON = "application/sparql-results+json"
RDF = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7"

ROWS = 10_000
"""Solutions that one clause may bring: they are joined as written, and the planner reads each."""

MOST = 5
"""Clauses of one query: each is a request that somebody waits for."""

BLANK = "urn:x-parleygraph:blank:"


class FederationError(Exception):
    """A clause that brought nothing; `offset` is where it stands in the text, in code points from 0."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Clause:
    """One SERVICE clause: its stretch of the text, the endpoint, what is asked there, whether it may fail."""

    begin: int
    end: int
    endpoint: str
    pattern: str
    silent: bool


def federated(query: str, allowed: Allowed) -> str:
    """The text with its SERVICE clauses answered. Raises FederationError."""
    if not allowed.addresses or "service" not in query.lower():
        return query
    words = list(tokens(query))
    clauses = list(_clauses(query, words))
    if len(clauses) > MOST:
        raise FederationError(f"a query may ask other endpoints {MOST} times", clauses[MOST].begin)
    prologue = _prologue(query, words)
    for clause in reversed(clauses):
        try:
            found = _asked(clause, prologue, allowed)
        except UnreachableError as error:
            if not clause.silent:
                raise FederationError(str(error), clause.begin) from error
            found = "{ }"
        query = query[: clause.begin] + found + query[clause.end :]
    return query


def loaded(update: str, allowed: Allowed) -> str:
    """The update with its LOAD operations as data. Raises FederationError."""
    if not allowed.addresses or "load" not in update.lower():
        return update
    declared = _prefixes(list(tokens(update)))
    for operation in reversed(list(operations(update))):
        if operation.name == "LOAD":
            last = operation.words[-1]
            begin, end = operation.words[0].offset, last.offset + len(last.text)
            update = update[:begin] + _document(operation, declared, allowed) + update[end:]
    return update


def named(words: Sequence[Token], number: int, declared: dict[str, str]) -> str:
    """The IRI that the token of this number stands for; empty for a variable."""
    if number >= len(words):
        return ""
    word = words[number]
    if word.kind == "IRIREF":
        return word.text[1:-1]
    prefix, _, local = word.text.partition(":")
    known = word.kind in ("PNAME_LN", "PNAME_NS") and f"{prefix}:" in declared
    return declared[f"{prefix}:"] + local if known else ""


def _clauses(query: str, words: Sequence[Token]) -> Iterator[Clause]:
    """The outermost SERVICE clauses."""
    declared, number = _prefixes(words), 0
    while number < len(words):
        if words[number].keyword != "SERVICE":
            number += 1
            continue
        silent = words[number + 1].keyword == "SILENT" if number + 1 < len(words) else False
        at = number + 1 + silent
        close = _closing(words, at + 1)
        if close is None:
            return  # no query at all, as the engine's parser will say
        begin, end = words[at + 1].offset, words[close].offset + 1
        endpoint = named(words, at, declared)
        yield Clause(words[number].offset, end, endpoint, query[begin:end], silent)
        number = close + 1


def _closing(words: Sequence[Token], opening: int) -> int | None:
    """The number of the brace that closes the one of this number."""
    depth = 0
    for number in range(opening, len(words)):
        depth += (words[number].text == "{") - (words[number].text == "}")
        if depth == 0:
            return number if number > opening else None
    return None


def _prologue(query: str, words: Sequence[Token]) -> str:
    """The declarations at the head of a query."""
    first = next((word for word in words if word.keyword in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), None)
    changing = next((word for word in words if word.keyword in ("INSERT", "DELETE", "WITH")), None)
    heads = [word.offset for word in (first, changing) if word is not None]
    return query[: min(heads)] if heads else ""


def _prefixes(words: Sequence[Token]) -> dict[str, str]:
    return {
        prefix.text: iri.text[1:-1]
        for keyword, prefix, iri in zip(words, words[1:], words[2:], strict=False)
        if keyword.keyword == "PREFIX"
    }


def _asked(clause: Clause, prologue: str, allowed: Allowed) -> str:
    """The solutions of a clause as a group with VALUES."""
    question = f"{prologue}SELECT * WHERE {clause.pattern}".encode()
    answer = fetch(allowed, clause.endpoint, JSON, question, QUERY)
    syntax = QueryResultsFormat.from_media_type(answer.media_type)
    if syntax is None:
        raise UnreachableError(f"{clause.endpoint} answered with {answer.media_type}, which is no table")
    try:
        return _values(answer, syntax, clause.endpoint)
    except (SyntaxError, ValueError) as error:
        raise UnreachableError(f"{clause.endpoint} answered with a broken table: {error}") from error


def _values(answer: Fetched, syntax: QueryResultsFormat, endpoint: str) -> str:
    found = parse_query_results(answer.body, syntax)
    if not isinstance(found, QuerySolutions):
        raise UnreachableError(f"{endpoint} answered with no table")
    names = [variable.value for variable in found.variables]
    rows: list[str] = []
    for row in found:
        if len(rows) == ROWS:
            raise UnreachableError(f"{endpoint} answered with more than {ROWS:,} rows")
        rows.append("(" + " ".join(_written(row[name]) for name in names) + ")")
    return f"{{ VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(rows)} }} }}"


def _written(term: object) -> str:
    if term is None:
        return "UNDEF"
    return f"<{BLANK}{term.value}>" if isinstance(term, BlankNode) else str(term)


def _document(operation: Operation, declared: dict[str, str], allowed: Allowed) -> str:
    """The operation that adds what a LOAD names."""
    words = operation.words
    silent = operation.second == "SILENT"
    iri, graph = named(words, 1 + silent, declared), ""
    if words[-2].keyword == "GRAPH":
        graph = named(words, len(words) - 1, declared)
    try:
        answer = fetch(allowed, iri, RDF)
        syntax = RdfFormat.from_media_type(answer.media_type)
        if syntax is None or b"<!doctype" in answer.body.lower():
            raise UnreachableError(f"{iri} is {answer.media_type}, which is no RDF that is read here")
        quads = parse(answer.body, syntax, base_iri=iri, without_named_graphs=True, rename_blank_nodes=True)
        triples = " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
    except (UnreachableError, SyntaxError, ValueError) as error:
        if silent:
            return "INSERT DATA { }"
        place = urlsplit(iri).netloc or iri or "it"
        raise FederationError(f"nothing could be loaded from {place}: {error}", words[0].offset) from error
    return f"INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}" if graph else f"INSERT DATA {{ {triples} }}"
