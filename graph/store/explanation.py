"""What a query costs and why: its algebra with the matches of each pattern, the time it took, and advice.

The engine shows no plan of its own. The algebra is rdflib's (SPARQL 1.1, section 18); the matches are counted
by the engine, up to a bound; what is better written otherwise, graph.store.advice says.
"""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Store
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from graph.store import advice
from graph.store.advice import Pattern
from ontology.prefixes import PREFIXES

BOUND = 100_000
"""Matches up to which a pattern is counted: beyond, the exact number changes no advice, and takes time."""

COUNTED = 24
"""Patterns that are counted; few queries have more."""

_PARTS = ("p", "p1", "p2")
_SHOWN = {"ToMultiSet": "Values", "AggregateJoin": "Aggregate"}
_HIDDEN = ("SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the plan: how deep it stands, which operation it is, on what; `matches` None: not counted.

    `more` says that the count stops at the bound.
    """

    depth: int
    operation: str
    text: str = ""
    matches: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """The plan, the seconds of evaluation, the rows (or triples) of the answer, and advice in sentences."""

    seconds: float
    rows: int
    plan: tuple[Step, ...]
    advice: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The explanation as plain values."""
        return asdict(self)

    def as_text(self) -> str:
        """The explanation for a terminal."""
        lines = [f"{self.seconds:.4f} s, {self.rows:,} row{'' if self.rows == 1 else 's'}", ""]
        for step in self.plan:
            count = "" if step.matches is None else f"  [{step.matches:,}{'+' if step.more else ''}]"
            lines.append(f"{'  ' * step.depth}{step.operation} {step.text}".rstrip() + count)
        return "\n".join([*lines, *([""] if self.advice else []), *(f"- {each}" for each in self.advice)])


def explain(database: Store, query: str, prefixes: dict[str, str] | None = None) -> Explanation:
    """Evaluates the query and explains it. Raises what the engine raises for a query that it refuses."""
    begin = time.perf_counter()
    answer = database.query(query, prefixes=prefixes)
    rows = 1 if isinstance(answer, QueryBoolean) else sum(1 for _ in answer)
    seconds = round(time.perf_counter() - begin, 6)
    try:
        translated = translateQuery(parseQuery(query), initNs=PREFIXES if prefixes is None else prefixes)
    except (
        Exception
    ) as error:  # the library's parser knows no extension of the engine's, and has no error class
        unread = Step(0, "Query", f"as it stands (no algebra: {str(error).splitlines()[0]})")
        return Explanation(seconds, rows, (unread,), tuple(advice.of_answer(rows, query)))
    walk = _Walk(translated.prologue.namespace_manager)
    walk.follow(translated.algebra, 0, None)
    steps = _counted(database, walk)
    written = [(pattern, walk.steps[number].text) for number, (pattern, _) in walk.patterns.items()]
    nothing = [step.text for step in steps if step.matches == 0]
    said = [*walk.advice, *advice.of_patterns(written, nothing), *advice.of_answer(rows, query)]
    return Explanation(seconds, rows, tuple(steps), tuple(dict.fromkeys(said)))


class _Walk:
    """Collects the steps of an algebra, the patterns in them, and what is to be said of its form."""

    def __init__(self, names: Any) -> None:
        self.steps: list[Step] = []
        self.patterns: dict[int, tuple[Pattern, Node | None]] = {}
        self.groups: list[tuple[int, int]] = []
        self.advice: list[str] = []
        self._names = names

    def follow(self, node: Any, depth: int, graph: Node | None) -> None:
        """Adds a node of the algebra and what is below it; `graph` is the GRAPH that it stands in."""
        if not isinstance(node, CompValue):
            return
        if node.name == "BGP":
            self._add_patterns(node.triples, depth, graph)
            return
        if node.name == "Graph":
            graph = node.term
        if node.name == "Filter":
            self.advice += advice.of_filter(node.expr)
        if node.name in ("Join", "LeftJoin"):
            self._follow_both(node, depth, graph)
            return
        below = depth
        if node.name not in _HIDDEN:
            self.steps.append(Step(depth, _SHOWN.get(node.name, node.name), self._said(node)))
            below += 1
        for part in _PARTS:
            self.follow(node.get(part), below, graph)

    def _follow_both(self, node: CompValue, depth: int, graph: Node | None) -> None:
        """A join as one part after the other, an optional part below a step that says so."""
        if node.name == "Join" and advice.apart(node.p1, node.p2):
            self.advice.append(advice.MULTIPLIED)
        self.follow(node.p1, depth, graph)
        if node.name == "LeftJoin":
            self.steps.append(Step(depth, "Optional"))
            depth += 1
        self.follow(node.p2, depth, graph)

    def short(self, term: Any) -> str:
        """A term as it would be written in a query."""
        text = term.n3(self._names) if isinstance(term, Node | PropertyPath) else str(term)
        return str(text)

    def _add_patterns(self, triples: Iterable[Pattern], depth: int, graph: Node | None) -> None:
        listed = list(triples)
        if len(advice.connected(listed)) > 1:
            self.advice.append(advice.MULTIPLIED)
        self.groups.append((len(self.steps), len(self.steps) + len(listed)))
        for pattern in listed:
            self.patterns[len(self.steps)] = (pattern, graph)
            self.steps.append(Step(depth, "Pattern", " ".join(map(self.short, pattern))))

    def _said(self, node: CompValue) -> str:
        if node.name == "Slice":
            return f"{node.length} rows from {node.start}" if node.start else f"{node.length} rows"
        if node.name == "Project":
            return " ".join(self.short(each) for each in node.PV)
        if node.name in ("Extend", "Graph"):
            return self.short(node.get("var") or node.get("term"))
        if node.name == "Filter":
            return " ".join(advice.names_of(node.expr))
        return ""


def _counted(database: Store, walk: _Walk) -> list[Step]:
    """The steps with the matches of their patterns; the patterns of a group from fewest to most."""
    steps = list(walk.steps)
    for number, (pattern, graph) in list(walk.patterns.items())[:COUNTED]:
        if isinstance(pattern[1], PropertyPath) and any(sign in pattern[1].n3() for sign in "*+"):
            continue
        found = _matches(database, pattern, graph)
        steps[number] = replace(steps[number], matches=min(found, BOUND), more=found > BOUND)
    for begin, end in walk.groups:
        steps[begin:end] = sorted(steps[begin:end], key=_order)
    return steps


def _order(step: Step) -> float:
    return float("inf") if step.matches is None else step.matches


def _matches(database: Store, pattern: Pattern, graph: Node | None) -> int:
    text = " ".join(term.n3() for term in pattern)
    if graph is not None:
        text = f"GRAPH {graph.n3()} {{ {text} }}"
    counted = database.query(f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {text} }} LIMIT {BOUND + 1} }} }}")
    assert isinstance(counted, QuerySolutions)
    number = next(counted)["n"]
    assert isinstance(number, Literal)
    return int(number.value)
