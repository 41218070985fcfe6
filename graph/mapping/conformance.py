"""The constraints of ontology/shapes.ttl on one article's quads, in Python.

SHACL over rdflib needs about a second per article; a build of thousands checks the same invariants here in
milliseconds. That both agree is tested on mutated graphs. The article that violates one is rejected whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from graph.mapping import vocabulary as v
from ontology import terms as pg
from ontology.schema import ancestors

Term = object
Check = Callable[["Index"], Iterator["Violation"]]

LONGEST_MENTION = 200
"""Characters of a claim's words at most: a mention, not a paragraph; quotations may be longer."""

LABELLED = frozenset({pg.Agent, pg.Place, pg.Event, pg.Office, pg.OfficeHolding, pg.Document, v.CONCEPT})


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with which node; `words` are those of a span that belongs to it, to find the place."""

    node: str
    reason: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.node} {self.reason}" + (f" («{self.words}»)" if self.words else "")


class Index:
    """Quads for looking up: the merge of the graphs by subject and predicate, and the graphs apart."""

    def __init__(self, quads: Iterable[Quad], texts: Mapping[str, str]) -> None:
        """`texts`: the raw articles by id."""
        self.texts = texts
        self._values: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
        self._members: dict[Term, set[Term]] = defaultdict(set)
        self.subjects: dict[Term, set[Term]] = defaultdict(set)
        self.bounds: dict[tuple[Term, Term], dict[Term, str]] = defaultdict(dict)
        for quad in quads:
            self._values[quad.subject, quad.predicate].add(quad.object)
            self.subjects[quad.predicate].add(quad.subject)
            if quad.predicate == v.RDF_TYPE and isinstance(quad.object, NamedNode):
                for above in ancestors(quad.object):
                    self._members[above].add(quad.subject)
            if quad.predicate in (pg.earliest, pg.latest) and isinstance(quad.object, Literal):
                self.bounds[quad.graph_name, quad.subject][quad.predicate] = quad.object.value

    def values(self, subject: Term, predicate: Term) -> set[Term]:
        """All objects of the subject's triples with that predicate."""
        return self._values.get((subject, predicate), set())

    def members(self, kind: Term) -> list[Term]:
        """The nodes of a class or of one below it, in a fixed order."""
        return sorted(self._members.get(kind, ()), key=str)

    def violation(self, node: Term, reason: str) -> Violation:
        """The violation of `node`, with the words of its first span."""
        spans = chain([node], sorted(self.values(node, pg.evidence), key=str))
        words = [_text(each) for span in spans for each in self.values(span, pg.exact)]
        return Violation(_text(node), reason, words[0] if words else "")


def violations(quads: Iterable[Quad], texts: Mapping[str, str]) -> list[Violation]:
    """All violations in the quads of one or more articles, whose raw texts are given by article id."""
    index = Index(quads, texts)
    return sorted({violation for check in CHECKS for violation in check(index)})


def _events(index: Index) -> Iterator[Violation]:
    claimed = {event for claim in index.members(pg.Claim) for event in index.values(claim, pg.about)}
    for event in index.members(pg.Event):
        if event not in claimed:
            yield index.violation(event, "has no claim")


def _claims(index: Index) -> Iterator[Violation]:
    for claim in index.members(pg.Claim):
        if len(index.values(claim, pg.modality)) != 1:
            yield index.violation(claim, "does not have exactly one modality")
        if not index.values(claim, pg.attributedTo):
            yield index.violation(claim, "has no source")
        if not index.values(claim, pg.evidence):
            yield index.violation(claim, "has no words")


def _spans(index: Index) -> Iterator[Violation]:
    for span in index.members(pg.TextSpan):
        text = _only(index.values(span, pg.exact))
        start, end = _number(index.values(span, pg.start)), _number(index.values(span, pg.end))
        article = _only(index.values(span, pg.inDocument))
        if text is None or start is None or end is None or article is None:
            yield index.violation(span, "does not have one document, start, end and text")
            continue
        if not 0 <= start < end:
            yield index.violation(span, f"ends at {end}, not after its start at {start}")
        raw = index.texts.get(article.rpartition("/")[2])
        if raw is not None and raw[start:end] != text:
            yield index.violation(span, f"differs from the article, which has «{raw[start:end]}» there")


def _bounds(index: Index) -> Iterator[Violation]:
    """Per graph, for two sources may well give bounds that exclude each other."""
    for (_, node), bounds in index.bounds.items():
        earliest, latest = bounds.get(pg.earliest), bounds.get(pg.latest)
        if earliest is not None and latest is not None and earliest > latest:
            yield index.violation(node, f"is not before {earliest} and not after {latest}")


def _calls(index: Index) -> Iterator[Violation]:
    open_calls = {
        event
        for claim in index.subjects[pg.notStated]
        if index.values(claim, pg.notStated) & {pg.hasParticipant, pg.hasCaller, pg.hasCallee}
        for event in index.values(claim, pg.about)
    }
    for call in index.members(pg.Call):
        parts = index.values(call, pg.participation)
        agents = {agent for part in parts for agent in index.values(part, pg.agent)}
        if len(agents | index.values(call, pg.hasParticipant)) < 2 and call not in open_calls:
            yield index.violation(
                call, "has fewer than two participants and does not say which is not stated"
            )


def _quotations(index: Index) -> Iterator[Violation]:
    for quotation in index.members(pg.Quotation):
        silent = pg.attributedTo in index.values(quotation, pg.notStated)
        if not index.values(quotation, pg.attributedTo) and not silent:
            yield index.violation(quotation, "has no speaker and does not say so")
        if not index.values(quotation, pg.evidence):
            yield index.violation(quotation, "has no words")


def _relays(index: Index) -> Iterator[Violation]:
    for claim in sorted(index.subjects[pg.relays], key=str):
        reached, frontier = set[Term](), {claim}
        while frontier:
            frontier = {inner for outer in frontier for inner in index.values(outer, pg.relays)} - reached
            reached |= frontier
        if claim in reached:
            yield index.violation(claim, "relays itself")


def _labels(index: Index) -> Iterator[Violation]:
    for kind in sorted(LABELLED, key=str):
        for node in index.members(kind):
            if not index.values(node, v.LABEL):
                yield index.violation(node, "has no label")


CHECKS: tuple[Check, ...] = (_events, _claims, _spans, _bounds, _calls, _quotations, _relays, _labels)
"""In the order of the shapes that they mirror."""


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _only(values: set[Term]) -> str | None:
    return _text(next(iter(values))) if len(values) == 1 else None


def _number(values: set[Term]) -> int | None:
    written = _only(values)
    return int(written) if written is not None and written.lstrip("-").isdecimal() else None
