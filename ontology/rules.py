"""What follows from the ontology's axioms and is worth storing, as SPARQL CONSTRUCT over the default graph.

Only the entailments that queries use, in an order in which one pass suffices: a rule reads only what the data
or an earlier rule gives. A general OWL RL engine needs minutes where these need seconds; each rule is tested
to yield something, and all of them together to yield what HermiT infers.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, parse

from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import SCHEMES, Kind, ancestors, terms


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the axiom it implements in functional syntax, and the CONSTRUCT query."""

    name: str
    axiom: str
    construct: str


_PROLOGUE = f"PREFIX pg: <{NAMESPACE}>\n"


def _rows(pairs: list[tuple[NamedNode, NamedNode]]) -> str:
    """The rows of a VALUES block."""
    return " ".join(f"(<{first.value}> <{second.value}>)" for first, second in sorted(pairs, key=str))


def role_properties() -> dict[NamedNode, NamedNode]:
    """Per role, the property that it stands for, where it stands for one (dct:relation in schemes.ttl)."""
    relation = NamedNode(PREFIXES["dct"] + "relation")
    return {
        quad.subject: quad.object
        for quad in parse(path=SCHEMES, format=RdfFormat.TURTLE)
        if quad.predicate == relation
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }


def _superclasses() -> list[tuple[NamedNode, NamedNode]]:
    classes = [term.iri for term in terms().values() if term.kind is Kind.CLASS]
    return [(iri, above) for iri in classes for above in ancestors(iri) if above != iri]


def _participant_properties() -> list[NamedNode]:
    names = terms().values()
    return [
        term.iri
        for term in names
        if pg.hasParticipant in ancestors(term.iri) and term.iri != pg.hasParticipant
    ]


def _rule(name: str, axiom: str, construct: str, where: str) -> Rule:
    return Rule(name, axiom, f"{_PROLOGUE}CONSTRUCT {{ {construct} }} WHERE {{ {where} }}")


RULES = (
    _rule(
        "superclass",
        "SubClassOf(C D), for every C below D in the hierarchy",
        "?thing a ?above",
        f"VALUES (?class ?above) {{ {_rows(_superclasses())} }} ?thing a ?class",
    ),
    _rule(
        "role-property",
        "participation(e, p), role(p, r), agent(p, a) -> the property of r (e, a)",
        "?event ?property ?agent",
        f"VALUES (?role ?property) {{ {_rows(list(role_properties().items()))} }} "
        "?part pg:role ?role ; pg:agent ?agent . ?event pg:participation ?part",
    ),
    _rule(
        "participation-agent",
        "SubObjectPropertyOf(ObjectPropertyChain(participation agent) hasParticipant)",
        "?event pg:hasParticipant ?agent",
        "?event pg:participation ?part . ?part pg:agent ?agent",
    ),
    _rule(
        "participant-subproperty",
        "SubObjectPropertyOf(P hasParticipant), for hasCaller, hasCallee, hasNegotiator and the like",
        "?event pg:hasParticipant ?agent",
        f"VALUES ?property {{ {' '.join(f'<{iri.value}>' for iri in _participant_properties())} }} "
        "?event ?property ?agent",
    ),
    _rule(
        "participant-inverse",
        "InverseObjectProperties(participatesIn hasParticipant)",
        "?agent pg:participatesIn ?event",
        "?event pg:hasParticipant ?agent",
    ),
    _rule(
        "reported-modality",
        "SubObjectPropertyOf(ObjectPropertyChain(ObjectInverseOf(about) modality) reportedModality)",
        "?event pg:reportedModality ?modality",
        "?claim pg:about ?event ; pg:modality ?modality",
    ),
    _rule(
        "reported-in",
        "SubObjectPropertyOf(ObjectPropertyChain(evidence inDocument) reportedIn)",
        "?thing pg:reportedIn ?document",
        "?thing pg:evidence ?span . ?span pg:inDocument ?document",
    ),
    _rule(
        "traces-to",
        "SubObjectPropertyOf(relays tracesTo), TransitiveObjectProperty(tracesTo)",
        "?claim pg:tracesTo ?origin",
        "?claim (pg:relays|pg:tracesTo)+ ?origin",
    ),
    _rule(
        "located-in",
        "TransitiveObjectProperty(locatedIn)",
        "?place pg:locatedIn ?larger",
        "?place pg:locatedIn/pg:locatedIn+ ?larger",
    ),
    _rule(
        "sub-event",
        "TransitiveObjectProperty(subEventOf)",
        "?event pg:subEventOf ?longer",
        "?event pg:subEventOf/pg:subEventOf+ ?longer",
    ),
    _rule(
        "place-within",
        "SubObjectPropertyOf(hasPlace takesPlaceWithin), "
        "SubObjectPropertyOf(ObjectPropertyChain(hasPlace locatedIn) takesPlaceWithin)",
        "?event pg:takesPlaceWithin ?larger",
        "?event pg:hasPlace/pg:locatedIn* ?larger",
    ),
)
"""All rules, in the order in which they are to run."""
