"""A claim as a named graph: what one source says about one event, and nothing about who says it.

The graph holds the event's type, its participations, place, time, duration, topics and the event it concerns.
While it is written, the words of each value are handed to the spans, with the property they support.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph.mapping import literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Iris, term
from graph.mapping.spans import Spans
from graph.model import Claim, EventType, Participation
from ontology import terms as pg

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def event_class(event_type: EventType) -> NamedNode:
    """The ontology's class of that JSON name: the name with a capital."""
    return term(event_type.value.capitalize())


def quads(claim: Claim, graph: NamedNode, iris: Iris) -> Iterator[Quad]:
    """The graph of the claim, named `graph`."""
    for subject, predicate, value in _statements(claim, iris):
        yield Quad(subject, predicate, value, graph)


def _statements(claim: Claim, iris: Iris) -> Iterator[Statement]:
    event = iris.event(claim.event)
    yield event, v.RDF_TYPE, event_class(claim.type)
    for participation in claim.participations:
        yield from _participation(event, participation, iris)
    if claim.place is not None:
        yield event, pg.hasPlace, iris.entity(claim.place.value)
    if claim.time is not None:
        period = claim.time.value
        yield event, pg.edtf, literals.text(period.edtf)
        yield event, pg.earliest, literals.day(period.earliest)
        yield event, pg.latest, literals.day(period.latest)
    if claim.duration is not None:
        yield event, pg.duration, literals.duration(claim.duration.value.minutes)
        yield event, pg.durationIsApproximate, literals.boolean(claim.duration.value.approximate)
    for topic in claim.topics:
        yield event, pg.topic, iris.topic(topic.value)
    if claim.concerns is not None:
        yield event, pg.concerns, iris.event(claim.concerns)


def _participation(event: NamedNode, participation: Participation, iris: Iris) -> Iterator[Statement]:
    node = iris.participation(event, participation)
    yield event, pg.participation, node
    yield node, v.RDF_TYPE, pg.Participation
    yield node, pg.agent, iris.entity(participation.entity)
    yield node, pg.role, term(participation.role.value)
    if participation.office is not None:
        yield node, pg.inOffice, iris.office_holding(participation.entity, participation.office)


def evidence(claim: Claim, iris: Iris, spans: Spans) -> set[NamedNode]:
    """The spans that support the claim, each with the property whose value it gives."""
    found = {spans.add(claim.trigger, v.RDF_TYPE, mentioned=iris.event(claim.event))}
    found.add(spans.add(claim.modality_span or claim.trigger, pg.modality))
    for participation in claim.participations:
        found.add(_naming(participation, claim, spans))
    if claim.place is not None:
        place = iris.entity(claim.place.value)
        found.add(spans.add(claim.place.span, pg.hasPlace, mentioned=place))
    if claim.time is not None:
        found.update(spans.add(claim.time.span, each) for each in (pg.edtf, pg.earliest, pg.latest))
    if claim.duration is not None:
        properties = (pg.duration, pg.durationIsApproximate)
        found.update(spans.add(claim.duration.span, each) for each in properties)
    for topic in claim.topics:
        found.add(spans.add(topic.span, pg.topic, mentioned=iris.topic(topic.value)))
    if claim.concerns is not None:
        # The word that names the invitation or the refusal is also the one that ties it to what it is about.
        found.add(spans.add(claim.trigger, pg.concerns))
    if claim.source.span is not None:
        found.add(spans.add(claim.source.span, pg.attributedTo))
    return found | {words for _, words in _offices(claim, iris, spans)}


def _offices(claim: Claim, iris: Iris, spans: Spans) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Each office held in the event with its words: beside the agent, else where they first stand."""
    first = {(office.holder, office.title): office.span for office in iris.offices}
    for each in claim.participations:
        if each.office is not None:
            beside = spans.found(each.office, each.span)
            words = beside or first.get((each.entity, each.office))
            if words is not None:
                yield iris.office_holding(each.entity, each.office), spans.add(words, pg.inOffice)


def participation_evidence(claim: Claim, graph: NamedNode, iris: Iris, spans: Spans) -> Iterator[Quad]:
    """The own words of each participation, and of each office held in it, in the article's graph."""
    event = iris.event(claim.event)
    for participation in claim.participations:
        node = iris.participation(event, participation)
        yield Quad(node, pg.evidence, _naming(participation, claim, spans), graph)
    for holding, words in _offices(claim, iris, spans):
        yield Quad(holding, pg.evidence, words, graph)


def _naming(participation: Participation, claim: Claim, spans: Spans) -> NamedNode:
    """The words that name the agent; where only the verb tells who it is, they are no name."""
    named = participation.span != claim.trigger
    return spans.add(participation.span, pg.participation, names_agent=named)
