"""What one article tells of one event, as far as it decides whether another article tells of the same.

It is read from the article's own quads and from nothing else, so a store says as much as a build: type,
participants with their roles, places, modalities, topics, and the days on which the event can have been.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from pyoxigraph import Literal, NamedNode, Quad

from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")
REPLACED_BY = NamedNode(PREFIXES["dct"] + "isReplacedBy")
ARTICLES = "/graph/article/"
"""What the IRIs of the articles' own graphs have in them."""

Part = TypeVar("Part", bound=Hashable)
Days = tuple[int, int]
"""The first and the last of some days, as proleptic ordinals; the last before the first where none is
left."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one article tells it; IRIs and local names are plain strings, for there are many.

    `own` is the IRI that the article alone gives the event, `article` the IRI of the article's graph. Each of
    `places` stands with all that it lies in. `stated` are the days that the claims name, `published` those of
    the article; None where there are none.
    """

    own: str
    article: str
    kinds: frozenset[str]
    roles: frozenset[tuple[str, str]]
    places: frozenset[frozenset[str]]
    modalities: frozenset[str]
    topics: frozenset[str]
    stated: Days | None
    published: Days | None

    @property
    def agents(self) -> frozenset[str]:
        """Who takes part, in whatever role."""
        return frozenset(agent for agent, _ in self.roles)


class Sharing:
    """Makes tellings share their equal parts: of many, each then takes a third of the memory."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Hashable] = {}

    def of(self, telling: Telling) -> Telling:
        """The telling, made of parts that others have too."""
        return Telling(
            own=telling.own,
            article=self._same(telling.article),
            kinds=self._same(telling.kinds),
            roles=self._same(
                frozenset((self._same(agent), self._same(role)) for agent, role in telling.roles)
            ),
            places=self._same(telling.places),
            modalities=self._same(telling.modalities),
            topics=self._same(telling.topics),
            stated=self._same(telling.stated),
            published=self._same(telling.published),
        )

    def _same(self, part: Part) -> Part:
        return cast(Part, self._known.setdefault(part, part))


READ = frozenset(
    {
        pg.about, pg.inDocument, pg.modality, pg.earliest, pg.latest, pg.locatedIn, pg.participation,
        pg.agent, pg.role, pg.hasPlace, pg.topic, TYPE, REPLACED_BY,
    }
)  # fmt: skip
"""The properties by which articles are compared; most of what an article says is of others."""


class _Facts:
    """Values by graph, subject and predicate, and which graph belongs to which article."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.values: dict[tuple[str, str, NamedNode], list[str]] = defaultdict(list)
        self.about: list[tuple[str, str, str]] = []
        self.article_of: dict[str, str] = {}
        self.own: dict[tuple[str, str], str] = {}
        for quad in quads:
            if quad.predicate not in READ:
                continue
            if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode):
                self._note(quad.graph_name.value, quad.subject.value, quad)
        self.graph_of = {article: graph for graph, article in self.article_of.items() if ARTICLES in graph}

    def _note(self, graph: str, subject: str, quad: Quad) -> None:
        if not isinstance(quad.object, NamedNode | Literal):
            return
        value = quad.object.value
        self.values[graph, subject, quad.predicate].append(value)
        if quad.predicate == pg.about:
            self.about.append((subject, value, graph))
        elif quad.predicate == pg.inDocument:
            self.article_of[graph] = value
        elif quad.predicate == TYPE and quad.object == pg.Article:
            self.article_of[graph] = subject
        elif quad.predicate == REPLACED_BY:
            self.own[graph, value] = subject

    def days(self, graph: str, subject: str) -> list[Days]:
        """The days that one graph gives a thing; none where they are no dates of the calendar."""
        first = self.values[graph, subject, pg.earliest]
        last = self.values[graph, subject, pg.latest]
        try:
            return [(_ordinal(max(first)), _ordinal(min(last)))] if first and last else []
        except ValueError:
            return []

    def within(self, graph: str, place: str) -> frozenset[str]:
        """The place and all that it lies in, as the article's graph has it."""
        found, open_ones = {place}, [place]
        while open_ones:
            larger = set(self.values[graph, open_ones.pop(), pg.locatedIn]) - found
            found |= larger
            open_ones += larger
        return frozenset(found)


def read(quads: Iterable[Quad]) -> Iterator[Telling]:
    """The tellings in the quads of articles, annotations included: one per event and article, in no order.

    The events may stand under their own IRIs or, as in a store, under those that replace them. An event of
    which an article's annotations alone tell is left out: who wrote them has chosen its IRI.
    """
    facts = _Facts(quads)
    claims: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for claim, event, graph in facts.about:
        article = facts.graph_of.get(facts.article_of.get(graph, ""))
        if article is not None:
            claims[article, event].append((claim, graph))
    for (article, event), told in claims.items():
        if any(graph == article for _, graph in told):
            yield _telling(facts, article, event, told)


def _telling(facts: _Facts, article: str, event: str, claims: list[tuple[str, str]]) -> Telling:
    graphs = [claim for claim, _ in claims]
    days = [each for graph in graphs for each in facts.days(graph, event)]
    published = facts.days(article, facts.article_of[article])
    parts = [(graph, part) for graph in graphs for part in facts.values[graph, event, pg.participation]]
    return Telling(
        own=facts.own.get((article, event), event),
        article=article,
        kinds=_locals(kind for graph in graphs for kind in facts.values[graph, event, TYPE]),
        roles=frozenset(
            (agent, role.removeprefix(NAMESPACE))
            for graph, part in parts
            for agent in facts.values[graph, part, pg.agent]
            for role in facts.values[graph, part, pg.role]
        ),
        places=frozenset(
            facts.within(article, place)
            for graph in graphs
            for place in facts.values[graph, event, pg.hasPlace]
        ),
        modalities=_locals(
            modality for claim, graph in claims for modality in facts.values[graph, claim, pg.modality]
        ),
        topics=frozenset(topic for graph in graphs for topic in facts.values[graph, event, pg.topic]),
        stated=(max(first for first, _ in days), min(last for _, last in days)) if days else None,
        published=published[0] if published else None,
    )


def _locals(iris: Iterable[str]) -> frozenset[str]:
    """The names of the project's own terms, without their namespace."""
    return frozenset(iri.removeprefix(NAMESPACE) for iri in iris)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
