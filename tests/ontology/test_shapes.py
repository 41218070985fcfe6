"""Each shape passes the sound article and fails on the smallest change that breaks what it says."""

from collections.abc import Callable

import pyshacl
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from ontology.prefixes import PREFIXES
from ontology.schema import EVENT, SCHEMES, SHAPES

Build = Callable[..., Store]
SHAPE = "https://w3id.org/parleygraph/shapes#"

MUTATIONS = [
    ("Named", 'rdfs:label "Elek Varga"@en', "a pg:Agent"),
    ("Named", 'rdfs:label "Call: Oduya, Varga"@en', "a pg:Event"),
    ("Event", "a pg:Claim ; pg:about id:round ;", "a pg:Claim ; pg:about id:talks ;"),
    ("Event", "pg:hasPlace id:lakeside", "pg:hasPlace id:vesta"),
    ("Event", "pg:concerns id:talks", "pg:concerns id:lakeside"),
    ("Event", "pg:subEventOf id:talks", "pg:subEventOf id:lakeside"),
    ("Event", "pg:topic pg:topic-energy", "pg:topic 'energy'"),
    ("Event", '"PT40M"^^xsd:duration', '"-PT40M"^^xsd:duration'),
    ("Event", '"PT40M"^^xsd:duration', "40"),
    ("Event", "pg:durationIsApproximate true", "pg:durationIsApproximate 'about'"),
    ("Event", '"2026-02-28"^^xsd:date ;\n    pg:duration', '"2026-02" ;\n    pg:duration'),
    ("Event", "id:round a pg:Negotiation ;", "id:round a pg:Negotiation ; pg:modality pg:denied ;"),
    ("CallOrMeeting", "id:call a pg:Call ;", "id:call a pg:Call, pg:Meeting ;"),
    ("Call", "pg:participation id:call-p1, id:call-p2 ;", "pg:participation id:call-p1 ;"),
    ("Participation", "pg:agent id:kenya ;", ""),
    ("Participation", "pg:agent id:kenya ;", "pg:agent id:kenya, id:vesta ;"),
    ("Participation", "pg:role pg:leadNegotiator", "pg:role pg:occurred"),
    ("Participation", "; pg:role pg:leadNegotiator", ""),
    ("Participation", "pg:participation id:session-p1", "pg:participation id:session-p1, id:talks-p1"),
    ("Participation", "pg:inOffice id:oduya-minister", "pg:inOffice id:prime-minister"),
    ("OfficeHolding", "pg:holder id:oduya ;", "pg:holder id:oduya, id:varga ;"),
    ("OfficeHolding", "pg:holder id:oduya ;", "pg:holder id:kenya ;"),
    ("OfficeHolding", "pg:office id:prime-minister", "pg:office id:kenya"),
    ("Person", "id:varga a pg:Person", "id:varga a pg:Person, pg:Organization"),
    ("Claim", "pg:modality pg:denied ;", ""),
    ("Claim", "pg:modality pg:denied ;", "pg:modality pg:denied, pg:occurred ;"),
    ("Claim", "pg:modality pg:denied ;", "pg:modality pg:speaker ;"),
    ("Claim", "pg:about id:round ;", "pg:about id:round, id:talks ;"),
    ("Claim", "pg:attributedTo id:spokeswoman ;", ""),
    ("Claim", "pg:attributedTo id:spokeswoman ;", "pg:attributedTo id:lakeside ;"),
    ("Claim", "pg:medium pg:agencyMedium", "pg:medium pg:occurred"),
    ("Claim", "pg:medium pg:agencyMedium", "pg:medium pg:agencyMedium, pg:newspaper"),
    ("Claim", "pg:relays id:claim-call-vesta", "pg:relays id:vesta"),
    ("Claim", "pg:madeIn id:session", "pg:madeIn id:lakeside"),
    ("Claim", "pg:confidence 0.9", "pg:confidence 1.1"),
    ("Quotation", "pg:Quotation ; pg:attributedTo id:oduya ;", "pg:Quotation ;"),
    (
        "Quotation",
        "pg:Quotation ; pg:attributedTo id:oduya ;",
        "pg:Quotation ; pg:attributedTo id:lakeside ;",
    ),
    ("TextSpan", "pg:start 6 ;", ""),
    ("TextSpan", "pg:start 6 ; pg:end 10", "pg:start 10 ; pg:end 6"),
    ("TextSpan", "pg:start 6 ;", "pg:start -6 ;"),
    ("TextSpan", "pg:end 10 ;", "pg:end 10, 11 ;"),
    ("TextSpan", 'pg:exact "rang"@en ;', ""),
    ("Document", 'dct:language "en"', 'dct:language "en", "it"'),
    (
        "Document",
        '"2026-02-01"^^xsd:date ; pg:latest "2026-02-28"^^xsd:date .',
        '"2026-03-01"^^xsd:date ; pg:latest "2026-02-28"^^xsd:date .',
    ),
    ("SpanText", 'pg:exact "rang"@en', 'pg:exact "rung"@en'),
    ("SpanLength", 'pg:exact "rang"@en', 'pg:exact "rang "@en'),
    ("SpanAddress", "pg:start 6 ; pg:end 10", "pg:start 5 ; pg:end 9"),
    ("SpanIsMinimal", "pg:end 10 ;", "pg:end 210 ;"),
    (
        "SpanIsUsed",
        "id:quotation a pg:Quotation ; pg:attributedTo id:oduya ; pg:evidence",
        "id:quotation a pg:Quotation ; pg:attributedTo id:oduya ; pg:supports",
    ),
    (
        "Days",
        '"2026-02-01"^^xsd:date ; pg:latest "2026-02-28"^^xsd:date ;\n    pg:duration',
        '"2026-02-01"^^xsd:date ; pg:latest "2026-01-28"^^xsd:date ;\n    pg:duration',
    ),
    ("Date", 'pg:edtf "2026-02" ; pg:earliest', "pg:earliest"),
    ("OneSubject", "id:round a pg:Negotiation ;", "id:round"),
    ("ClaimHasGraph", "id:claim-round { id:round", "graph:other { id:round"),
    ("NotStated", "pg:notStated pg:hasPlace ;", "pg:notStated pg:duration ;"),
    ("NotStated", "pg:notStated pg:hasPlace ;", "pg:notStated pg:hasCaller ;"),
    ("OwnCaller", "pg:agent id:oduya ; pg:role pg:callee", "pg:agent id:varga ; pg:role pg:callee"),
    ("OneSource", "pg:attributedTo id:spokeswoman ;", "pg:attributedTo id:spokeswoman, article:a1 ;"),
    ("OfficeOfAgent", "pg:agent id:oduya ; pg:role pg:callee", "pg:agent id:vesta ; pg:role pg:callee"),
    ("RelayCycle", "pg:confidence 0.9", "pg:relays id:claim-call-article"),
    ("PlaceCycle", 'rdfs:label "Kenya"@en', 'rdfs:label "Kenya"@en ; pg:locatedIn id:lakeside'),
    (
        "SubEventCycle",
        "id:talks a pg:Negotiation ;",
        "id:talks a pg:Negotiation ; pg:subEventOf id:session ;",
    ),
    ("OwnConcern", "pg:concerns id:talks", "pg:concerns id:invitation"),
]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def violated(store: Store, shapes: Graph) -> dict[str, set[str]]:
    """The severities of what `store` violates, by node shape."""
    ontology = NamedNode("http://example.org/graph/ontology")
    for path in (EVENT, SCHEMES):
        store.load(path=path, format=RdfFormat.TURTLE, to_graph=ontology)
    _, report, _ = pyshacl.validate(store, shacl_graph=shapes)
    found: dict[str, set[str]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = holder(report.value(result, SH.sourceShape), shapes)
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        found.setdefault(shape, set()).add(severity)
    return found


def holder(shape: Node | None, shapes: Graph) -> str:
    """The local name of the node shape that `shape` is, or to which it belongs."""
    while isinstance(shape, BNode):
        shape = next(shapes.subjects(SH.property, shape))
    return str(shape).removeprefix(SHAPE)


def test_the_sound_article_conforms(article: Build, shapes: Graph) -> None:
    assert violated(article(), shapes) == {}


@pytest.mark.parametrize(("shape", "old", "new"), MUTATIONS)
def test_a_single_fault_is_found_by_the_shape_that_forbids_it(
    shape: str, old: str, new: str, article: Build, shapes: Graph
) -> None:
    assert shape in violated(article(old, new), shapes)


def test_a_call_with_one_participant_passes_when_a_claim_says_that_the_other_is_not_stated(
    article: Build, shapes: Graph
) -> None:
    store = article("pg:participation id:call-p1, id:call-p2 ;", "pg:participation id:call-p1 ;")
    store.update(
        "PREFIX pg: <https://w3id.org/parleygraph/ns#> PREFIX id: <http://example.org/id/>"
        "DELETE WHERE { GRAPH id:claim-call { id:call-p2 ?p ?o } } ;"
        "INSERT DATA { GRAPH <http://example.org/graph/a1> { id:claim-call pg:notStated pg:hasCallee } }"
    )
    assert violated(store, shapes) == {}


def test_a_quotation_without_a_speaker_passes_when_it_says_so(article: Build, shapes: Graph) -> None:
    old = "pg:Quotation ; pg:attributedTo id:oduya ;"
    assert violated(article(old, "pg:Quotation ; pg:notStated pg:attributedTo ;"), shapes) == {}


def test_two_claims_may_give_an_event_days_that_exclude_each_other(article: Build, shapes: Graph) -> None:
    other = (
        'id:claim-round { id:call a pg:Call ; pg:edtf "2026-03-01" ; pg:earliest "2026-03-01"^^xsd:date ; '
        'pg:latest "2026-03-01"^^xsd:date . id:round'
    )
    assert violated(article("id:claim-round { id:round", other), shapes) == {}


def test_an_event_that_is_call_and_meeting_is_worth_a_warning_and_no_more(
    article: Build, shapes: Graph
) -> None:
    store = article("id:call a pg:Call ;", "id:call a pg:Call, pg:Meeting ;")
    assert violated(store, shapes) == {"CallOrMeeting": {"Warning"}}


def test_every_shape_has_a_fault_that_it_finds(shapes: Graph) -> None:
    named = {str(shape) for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    parts_of_others = {SHAPE + "RoleConcept", SHAPE + "MediumConcept"}
    assert named - parts_of_others == {SHAPE + shape for shape, _, _ in MUTATIONS}


def test_the_shapes_are_valid_shacl(shapes: Graph) -> None:
    """pyshacl checks the shapes against the shapes of SHACL itself."""
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_the_prefixes_of_the_constraints_are_those_of_the_table(shapes: Graph) -> None:
    ontology = URIRef("https://w3id.org/parleygraph/ns")
    declared = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.objects(ontology, SH.declare)
    }
    assert declared == PREFIXES
