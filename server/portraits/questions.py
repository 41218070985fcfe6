"""The site's own queries: packaged, bound by substitution, answered by the evaluator pool in one go.

They list what lies further off, over many things; what is said of one thing itself is looked up, see
server.portraits.lookups. Those of one page go as one query, the union of theirs. The answer comes as SPARQL
TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), half as long as JSON and read in a fifth of the time.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology.prefixes import PREFIXES
from server.evaluator.jobs import Job, Term

TABLE = "text/tab-separated-values"
"""The form in which the site's own queries are answered."""

PART = "part"
"""The variable of a union that tells from which of its questions a row comes."""

XSD = PREFIXES["xsd"]
_BARE = (
    (re.compile(r"[+-]?\d+"), f"{XSD}integer"),
    (re.compile(r"[+-]?\d*\.\d+"), f"{XSD}decimal"),
    (re.compile(r"true|false"), f"{XSD}boolean"),
    (re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+"), f"{XSD}double"),
)
"""Literals that TSV, as Turtle, writes without quotation marks, and their datatypes."""

_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_SELECT = re.compile(r"^SELECT\s+((?:\?\w+\s*)+)\{", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX.*$", re.MULTILINE)


class Value(NamedTuple):
    """A term of an answer. `kind` is "uri", "literal" or "bnode"."""

    kind: str
    text: str
    language: str = ""
    datatype: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether it names a thing."""
        return self.kind == "uri"


Row = Mapping[str, Value]


class Answering(Protocol):
    """What answers the site's own queries: the pool, or a graph that is not published yet."""

    def answers(self, jobs: Sequence[Job]) -> list[bytes]:
        """The whole result of each job, in order."""


@dataclass(frozen=True)
class Question:
    """A packaged query by its file's name without `.rq`, and the terms of its variables."""

    name: str
    bound: Mapping[str, Term]


@cache
def packaged(name: str) -> str:
    """The text of a packaged query."""
    return (resources.files("server") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


class Answers:
    """What is told of one thing: question name → rows; what is asked together goes as one query."""

    def __init__(self, pool: Answering, bound: Mapping[str, Term]) -> None:
        """`bound` are the terms of the questions' variables; a question may use some of them."""
        self._pool = pool
        self._bound = bound
        self._found: dict[str, list[Row]] = {}

    def ask(self, *names: str) -> None:
        """Ask those questions that are not answered yet. Raises what the pool raises."""
        open_ones = [name for name in names if name not in self._found]
        found = ask(self._pool, [Question(name, self._bound) for name in open_ones])
        self._found.update(zip(open_ones, found, strict=True))

    def __getitem__(self, name: str) -> list[Row]:
        """The rows of a question, which is asked now if it was not before."""
        if name not in self._found:
            self.ask(name)
        return self._found[name]


def ask(pool: Answering, questions: Sequence[Question]) -> list[list[Row]]:
    """The rows of each question, in order; what is bound alike goes as one query."""
    groups: list[list[int]] = []
    for number, question in enumerate(questions):
        together = next((group for group in groups if questions[group[0]].bound == question.bound), None)
        if together is None:
            groups.append([number])
        else:
            together.append(number)
    jobs = [_job([questions[number] for number in group]) for group in groups]
    found: dict[int, list[Row]] = {}
    for group, body in zip(groups, pool.answers(jobs), strict=True):
        names = tuple(questions[number].name for number in group)
        found.update(zip(group, _parted(body, names), strict=True))
    return [found[number] for number in range(len(questions))]


def asked(pool: Answering, queries: Sequence[str]) -> list[list[Row]]:
    """The rows of queries that are no packaged ones, in order."""
    return [rows(body) for body in pool.answers([Job(query, solutions=TABLE) for query in queries])]


def counted(pool: Answering, names: Sequence[str]) -> list[list[Row]]:
    """The rows of packaged queries over the whole graph: each for itself and in JSON, as the replica of a
    generation answers (graph.store.columns), which takes a tenth of the engine's time on large graphs."""
    bodies = pool.answers([Job(packaged(name)) for name in names])
    return [rows_of(json.loads(body)["results"]["bindings"]) for body in bodies]


def _job(questions: Sequence[Question]) -> Job:
    query = union(tuple(question.name for question in questions))
    bound = {name: term for name, term in questions[0].bound.items() if name in _projected(query)}
    return Job(query, solutions=TABLE, substitutions=bound)


@cache
def _projected(query: str) -> frozenset[str]:
    """The variables of a query's answer; no others can be bound beforehand."""
    begin = _SELECT.search(query)
    return frozenset(name[1:] for name in begin[1].split()) if begin else frozenset()


@cache
def union(names: tuple[str, ...]) -> str:
    """One query whose rows are those of all the packaged ones, marked by ?part."""
    if len(names) == 1:
        return packaged(names[0])
    prefixes: dict[str, None] = {}
    variables: dict[str, None] = {}
    parts = []
    for number, name in enumerate(names):
        text = packaged(name)
        begin = _SELECT.search(text)
        assert begin, name
        prefixes |= dict.fromkeys(_PREFIX.findall(text))
        variables |= dict.fromkeys(begin[1].split())
        parts.append(f"{{ SELECT ({number} AS ?{PART}) {text[begin.start(1) :].strip()} }}")
    lines = (*prefixes, f"SELECT ?{PART} {' '.join(variables)} {{", "\nUNION\n".join(parts), "}")
    return "\n".join(lines)


@cache
def _variables(name: str) -> tuple[str, ...]:
    """What a packaged query gives, but for the thing itself that it is about: nobody reads that again."""
    begin = _SELECT.search(packaged(name))
    assert begin, name
    return tuple(variable[1:] for variable in begin[1].split() if variable != "?this")


def _parted(body: bytes, names: tuple[str, ...]) -> list[list[Row]]:
    """The rows of a union, by question; of a row only the columns of its own question are looked at."""
    if len(names) == 1:
        return [rows(body)]
    parts: list[list[Row]] = [[] for _ in names]
    columns, lines = _table(body)
    place = {column: number for number, column in enumerate(columns)}
    own = [[(place[variable], variable) for variable in _variables(name)] for name in names]
    known: dict[str, Value] = {}
    for line in lines:
        cells = line.split("\t")
        part = int(cells[0])
        parts[part].append(_row([(variable, cells[number]) for number, variable in own[part]], known))
    return parts


def rows(body: bytes) -> list[Row]:
    """The rows of a SELECT result in TSV."""
    columns, lines = _table(body)
    known: dict[str, Value] = {}
    return [_row(zip(columns, line.split("\t"), strict=True), known) for line in lines]


def _table(body: bytes) -> tuple[list[str], list[str]]:
    head, *lines = body.decode().removesuffix("\n").split("\n")
    return [name.removeprefix("?") for name in head.split("\t")], lines


def _row(cells: Iterable[tuple[str, str]], known: dict[str, Value]) -> Row:
    row = {}
    for column, cell in cells:
        if cell:
            value = known.get(cell)
            if value is None:
                value = known[cell] = _value(cell)
            row[column] = value
    return row


def _value(cell: str) -> Value:
    """A term from its form in Turtle."""
    if cell[0] == "<":
        return Value("uri", cell[1:-1])
    if cell[0] == '"':
        end = cell.rindex('"')
        text, after = cell[1:end], cell[end + 1 :]
        if "\\" in text:
            text = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)
        if after.startswith("@"):
            return Value("literal", text, after[1:].partition("--")[0])
        return Value("literal", text, "", after[3:-1])
    if cell.startswith("_:"):
        return Value("bnode", cell[2:])
    datatype = next((datatype for form, datatype in _BARE if form.fullmatch(cell)), "")
    return Value("literal", cell, "", datatype)


def term(value: Value) -> NamedNode | BlankNode | Literal:
    """The term that a value of an answer is; as text it is what a query calls it."""
    if value.kind == "uri":
        return NamedNode(value.text)
    if value.kind == "bnode":
        return BlankNode(value.text)
    if value.language:
        return Literal(value.text, language=value.language)
    return Literal(value.text, datatype=NamedNode(value.datatype)) if value.datatype else Literal(value.text)


def rows_of(bindings: Iterable[Mapping[str, Mapping[str, str]]]) -> list[Row]:
    """The rows of the bindings of a SELECT result in JSON."""
    return [
        {
            name: Value(term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
            for name, term in binding.items()
        }
        for binding in bindings
    ]


def by(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    """The rows grouped by the text of one variable; rows without it are left out."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if variable in row:
            grouped.setdefault(row[variable].text, []).append(row)
    return grouped


def text_of(row: Row, name: str) -> str:
    """The text of one variable of a row, empty where it is unbound."""
    return row[name].text if name in row else ""
