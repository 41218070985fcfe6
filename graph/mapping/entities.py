"""Agents, places, offices and topics: their names, identifiers, coordinates.

They are described in the graph that all articles share, so that a name is there once; and in the article's
own graph too, which tells which articles a description rests on: when an article is withdrawn, what no
other article describes goes with it.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from graph.mapping import claims, literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Iris, wikidata
from graph.mapping.spans import Spans
from graph.model import Entity, EntityKind, Event, Office, Reading
from ontology import terms as pg

CLASSES = {
    EntityKind.PERSON: pg.Person,
    EntityKind.ORGANIZATION: pg.Organization,
    EntityKind.STATE: pg.Country,
    EntityKind.PLACE: pg.Place,
}
Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def quads(reading: Reading, iris: Iris, spans: Spans) -> Iterator[Quad]:
    """The descriptions of all that the reading names, and that the article mentions it."""
    shared, own = iris.minter.graph("entities"), iris.article_graph
    for subject, predicate, value in _statements(reading, iris):
        yield Quad(subject, predicate, value, shared)
        yield Quad(subject, predicate, value, own)
    for entity in reading.entities:
        yield Quad(iris.article, v.MENTIONS, iris.entity(entity.key), own)
    for office in reading.offices:
        holding = iris.office_holding(office.holder, office.title)
        yield Quad(holding, pg.evidence, spans.add(office.span, pg.inOffice), own)
    for event in reading.events:
        yield Quad(iris.event(event.key), v.LABEL, _event_label(event, iris), own)


def _statements(reading: Reading, iris: Iris) -> Iterator[Statement]:
    for entity in reading.entities:
        yield from _entity(entity, reading.language, iris)
    for office in reading.offices:
        yield from _office(office, reading.language, iris)
    for key, labels in reading.topics.items():
        yield from _topic(key, labels, iris)


def _entity(entity: Entity, language: str, iris: Iris) -> Iterator[Statement]:
    node = iris.entity(entity.key)
    yield node, v.RDF_TYPE, CLASSES[entity.kind]
    labels = dict(entity.labels) or {language: entity.name}
    for tag, label in labels.items():
        yield node, v.LABEL, literals.text(label, tag)
    for alias in {entity.name, *entity.aliases} - {labels.get(language)}:
        yield node, v.ALT_LABEL, literals.text(alias, language)
    if entity.wikidata:
        yield node, v.SAME_AS, wikidata(entity.wikidata)
    for former in iris.minter.former(entity):
        yield former, v.SAME_AS, node
        yield former, v.REPLACED_BY, node
    if entity.located_in is not None and iris.is_described(entity.located_in):
        yield node, pg.locatedIn, iris.entity(entity.located_in)
    if entity.latitude is not None and entity.longitude is not None:
        yield from _coordinates(node, entity.latitude, entity.longitude)


def _coordinates(node: NamedNode, latitude: float, longitude: float) -> Iterator[Statement]:
    """The point in WGS84 and in GeoSPARQL, where a feature has a geometry and is none itself."""
    geometry = NamedNode(f"{node.value}#geometry")
    yield node, v.LATITUDE, literals.decimal(latitude, literals.DEGREE_DIGITS)
    yield node, v.LONGITUDE, literals.decimal(longitude, literals.DEGREE_DIGITS)
    yield node, v.HAS_GEOMETRY, geometry
    yield geometry, v.RDF_TYPE, v.GEOMETRY
    yield geometry, v.AS_WKT, literals.wkt_point(latitude, longitude)


def _office(office: Office, language: str, iris: Iris) -> Iterator[Statement]:
    """The office, and that somebody holds it."""
    holding = iris.office_holding(office.holder, office.title)
    node = iris.minter.office(office.title)
    name = iris.described(office.holder).name
    yield holding, v.RDF_TYPE, pg.OfficeHolding
    yield holding, v.LABEL, literals.text(f"{name}, {office.title}", language)
    yield holding, pg.holder, iris.entity(office.holder)
    yield holding, pg.office, node
    if office.country is not None and iris.is_described(office.country):
        # Of the holding: "the foreign minister" is an office of every state.
        yield holding, v.JURISDICTION, iris.entity(office.country)
    yield node, v.RDF_TYPE, pg.Office
    yield node, v.LABEL, literals.text(office.title, language)


def _topic(key: str, labels: Mapping[str, str], iris: Iris) -> Iterator[Statement]:
    """A topic that is neither a concept of the ontology nor an entity is described here."""
    if iris.is_described(key) or key.startswith("topic-"):
        return
    node = iris.topic(key)
    yield node, v.RDF_TYPE, v.CONCEPT
    for tag, label in labels.items():
        yield node, v.LABEL, literals.text(label, tag)


def _event_label(event: Event, iris: Iris) -> Literal:
    """`Call: Anna Verdi, Piero Bruni`, in English like the class's own name."""
    keys = {each.entity for claim in event.claims for each in claim.participations}
    names = ", ".join(sorted(_english(iris.described(key)) for key in keys))
    kind = claims.event_class(event.type).value.partition("#")[2]
    return literals.text(f"{kind}: {names}" if names else kind, "en")


def _english(entity: Entity) -> str:
    return dict(entity.labels).get("en") or entity.name
