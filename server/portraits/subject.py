"""The subject of a page: one thing, and what the graph says around it, each looked up when it is wanted.

The rows are those that a query would give: variable → value.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.portraits.lookups import LABEL, TYPE, Lookups, Node, value
from server.portraits.questions import Row, Value

STATEMENTS = 4000
"""Statements about a thing that are read."""

COUNTED = 1000
"""Incoming links that are counted exactly; an entity of a large graph may have a hundred thousand."""

CLAIMS = 400
"""Claims about an event that its page tells."""

HELD = 2000
"""Statements of one claim's graph that are read."""

RELATED = 100
"""Events about an event, and speakers of a quotation, that are named."""

_PREFIX, _SUFFIX = NamedNode(f"{PREFIXES['oa']}prefix"), NamedNode(f"{PREFIXES['oa']}suffix")
_REPLACED = NamedNode(f"{PREFIXES['dct']}isReplacedBy")


class Subject:
    """One thing in the graph."""

    def __init__(self, lookups: Lookups, iri: str) -> None:
        """Raises ValueError for what is no IRI."""
        self.iri = iri
        self.labels = lookups.labels
        self._node = NamedNode(iri)
        self._lookups = lookups
        self._stretches: dict[Node, Sequence[Row]] = {}

    @cached_property
    def statements(self) -> Sequence[Row]:
        """What is said of it: ?property ?value."""
        return [
            {"property": value(quad.predicate), "value": value(quad.object)}
            for quad in self._lookups.about(self._node, STATEMENTS)
        ]

    @cached_property
    def incoming(self) -> Sequence[Row]:
        """What points to it: ?other ?property; one more than are counted."""
        return [
            {"other": value(quad.subject), "property": value(quad.predicate)}
            for quad in self._lookups.pointing(self._node, COUNTED + 1)
        ]

    @property
    def is_known(self) -> bool:
        """Whether it is the subject, the value or the name of the graph of anything."""
        look = self._lookups
        found = (look.about(self._node, 1), look.pointing(self._node, 1), look.graph(self._node, 1))
        return any(next(each, None) is not None for each in found)

    @property
    def successor(self) -> str:
        """The IRI of what has replaced it, where nothing else is said of it but its old label; else empty."""
        if self._lookups.values(self._node, TYPE, 1):
            return ""
        return next((value(each).text for each in self._lookups.anywhere(self._node, _REPLACED)), "")

    @cached_property
    def claims(self) -> dict[str, Sequence[Row]]:
        """Claim IRI → what is said of it, ?property ?value, of each claim about it or in its chain."""
        return {
            value(claim).text: [
                {"property": value(quad.predicate), "value": value(quad.object)}
                for quad in self._lookups.about(claim, STATEMENTS)
                if quad.predicate != pg.evidence
            ]
            for claim in self._claims
        }

    def content(self, claim: str) -> Sequence[Row]:
        """What the graph of a claim states: ?subject ?property ?value."""
        return [
            {
                "subject": value(quad.subject),
                "property": value(quad.predicate),
                "value": value(quad.object),
            }
            for quad in self._lookups.graph(NamedNode(claim), HELD)
        ]

    @property
    def evidence(self) -> Sequence[Row]:
        """The words of its claims: ?claim ?span ?exact ?prefix ?suffix ?supports."""
        return [{"claim": value(claim), **row} for claim in self._claims for row in self._resting_on(claim)]

    @property
    def words(self) -> Sequence[Row]:
        """The words that it rests on itself: ?span ?exact ?prefix ?suffix ?supports."""
        return list(self._resting_on(self._node))

    @property
    def concerning(self) -> Sequence[Row]:
        """Invitations, proposals and the like that concern it: ?other ?label."""
        return list(self._named("other", self._lookups.subjects(pg.concerns, self._node, RELATED)))

    @property
    def speakers(self) -> Sequence[Row]:
        """To whom it is attributed: ?speaker ?label."""
        return list(self._named("speaker", self._lookups.values(self._node, pg.attributedTo, RELATED)))

    @property
    def relays(self) -> Sequence[Row]:
        """Who passes it on: ?relay ?label."""
        outer = self._lookups.subjects(pg.relays, self._node, RELATED)
        found = [who for each in outer for who in self._lookups.values(each, pg.attributedTo, RELATED)]
        return list(self._named("relay", found))

    @cached_property
    def _claims(self) -> Sequence[Node]:
        """The claims about it, and those in the chain of relays that it is part of."""
        found: dict[Node, None] = dict.fromkeys(self._lookups.subjects(pg.about, self._node, CLAIMS))
        for node in self._chain():
            if len(found) < CLAIMS and self._lookups.holds(node, TYPE, pg.Claim):
                found[node] = None
        return list(found)

    def _chain(self) -> Iterable[Node]:
        """It, what it passes on however far, and all that passes one of these on."""
        look = self._lookups

        def inner(node: Node) -> list[Node]:
            found = look.values(node, pg.relays, CLAIMS)
            return [each for each in found if isinstance(each, NamedNode | BlankNode)]

        def outer(node: Node) -> list[Node]:
            return look.subjects(pg.relays, node, CLAIMS)

        chain: dict[Node, None] = {self._node: None}
        for step in (inner, outer):
            open_ = list(chain)
            while open_ and len(chain) <= CLAIMS:
                for each in step(open_.pop()):
                    if each not in chain:
                        chain[each] = None
                        open_.append(each)
        return chain

    def _resting_on(self, thing: Node) -> Iterator[Row]:
        """The stretches of text that something rests on: ?span ?exact ?prefix ?suffix ?supports."""
        for span in self._lookups.values(thing, pg.evidence, CLAIMS):
            if isinstance(span, NamedNode | BlankNode):
                if span not in self._stretches:  # a claim and those who pass it on share them
                    self._stretches[span] = self._stretch(span)
                yield from self._stretches[span]

    def _stretch(self, span: Node) -> Sequence[Row]:
        known: dict[NamedNode, list[Value]] = {}
        for quad in self._lookups.about(span, STATEMENTS):
            known.setdefault(quad.predicate, []).append(value(quad.object))
        if pg.exact not in known:
            return ()
        row = {"span": value(span), "exact": known[pg.exact][0]}
        for name, predicate in (("prefix", _PREFIX), ("suffix", _SUFFIX)):
            if predicate in known:
                row[name] = known[predicate][0]
        supported = known.get(pg.supports)
        return [{**row, "supports": each} for each in supported] if supported else [row]

    def _named(self, variable: str, things: Iterable[object]) -> Iterator[Row]:
        """Things with their labels, in rows of ?label and one variable."""
        for thing in things:
            if isinstance(thing, NamedNode | BlankNode):
                found = self._lookups.values(thing, LABEL)
                row = {variable: value(thing)}
                yield from ({**row, "label": value(label)} for label in found) if found else (row,)
