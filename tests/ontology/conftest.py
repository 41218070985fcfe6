"""A small article about invented people, in the form that the mapping gives to every article."""

from collections.abc import Callable, Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple

from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import ALIGNMENT, EVENT, SCHEMES, TYPE, Kind, terms

TEXT = (
    "Varga rang Prime Minister Oduya for about forty minutes on Monday, the press agency Vesta reports, "
    "quoting the spokeswoman. The talks in Lakeside will be led by Oduya. 'We shall not sign', she said."
)
BASE = "http://example.org/"
TEXT_PROPERTY = NamedNode(PREFIXES["schema"] + "text")


def _span(words: str) -> str:
    start = TEXT.index(words)
    return f"<{BASE}id/article/a1#char={start},{start + len(words)}>"


def _described(words: str, supported: str) -> str:
    start = TEXT.index(words)
    return (
        f"{_span(words)} a pg:TextSpan ; pg:inDocument article:a1 ; "
        f"pg:start {start} ; pg:end {start + len(words)} ; "
        f'pg:exact "{words}"@en ; pg:supports {supported} .'
    )


CALLED, LASTED, VESTA = "rang", "about forty minutes", "the press agency Vesta"
TALKS, QUOTED, LED = "talks", "We shall not sign", "led by Oduya"

PROLOGUE = "\n".join(
    f"PREFIX {prefix}: <{iri}>"
    for prefix, iri in {
        **PREFIXES,
        "article": f"{BASE}id/article/",
        "id": f"{BASE}id/",
        "graph": f"{BASE}graph/",
    }.items()
)
DATASET = (
    PROLOGUE
    + f"""
id:claim-call {{
  id:call a pg:Call ; pg:participation id:call-p1, id:call-p2 ; pg:topic pg:topic-energy ;
    pg:edtf "2026-02" ; pg:earliest "2026-02-01"^^xsd:date ; pg:latest "2026-02-28"^^xsd:date ;
    pg:duration "PT40M"^^xsd:duration ; pg:durationIsApproximate true .
  id:call-p1 a pg:Participation ; pg:agent id:varga ; pg:role pg:caller .
  id:call-p2 a pg:Participation ; pg:agent id:oduya ; pg:role pg:callee ; pg:inOffice id:oduya-minister .
}}
id:claim-talks {{
  id:talks a pg:Negotiation ; pg:participation id:talks-p1 ; pg:hasPlace id:lakeside .
  id:talks-p1 a pg:Participation ; pg:agent id:oduya ; pg:role pg:leadNegotiator .
}}
id:claim-session {{ id:session a pg:Meeting ; pg:subEventOf id:round ; pg:participation id:session-p1 .
  id:session-p1 a pg:Participation ; pg:agent id:kenya ; pg:role pg:host . }}
id:claim-round {{ id:round a pg:Negotiation ; pg:subEventOf id:talks ; pg:hasNegotiator id:kenya . }}
id:claim-invitation {{ id:invitation a pg:Invitation ; pg:concerns id:talks ;
    pg:participation id:invitation-p1, id:invitation-p2, id:invitation-p3 .
  id:invitation-p1 a pg:Participation ; pg:agent id:varga ; pg:role pg:speaker .
  id:invitation-p2 a pg:Participation ; pg:agent id:oduya ; pg:role pg:addressee .
  id:invitation-p3 a pg:Participation ; pg:agent id:vesta ; pg:role pg:visitor . }}
graph:a1 {{
  article:a1 a pg:Article ; rdfs:label "Varga rang Oduya"@en ; dct:language "en" ; pg:edtf "2026-02" ;
    pg:earliest "2026-02-01"^^xsd:date ; pg:latest "2026-02-28"^^xsd:date .
  id:claim-call a pg:Claim ; pg:about id:call ; pg:modality pg:occurred ; pg:attributedTo id:spokeswoman ;
    pg:notStated pg:hasPlace ; pg:confidence 0.9 ; pg:rule "trigger+subject" ;
    pg:evidence {_span(CALLED)}, {_span(LASTED)} .
  id:claim-call-vesta a pg:Claim ; pg:about id:call ; pg:modality pg:occurred ; pg:attributedTo id:vesta ;
    pg:medium pg:agencyMedium ; pg:relays id:claim-call ; pg:evidence {_span(VESTA)} .
  id:claim-call-article a pg:Claim ; pg:about id:call ; pg:modality pg:occurred ; pg:attributedTo article:a1 ;
    pg:relays id:claim-call-vesta ; pg:evidence {_span(CALLED)} .
  id:claim-talks a pg:Claim ; pg:about id:talks ; pg:modality pg:planned ; pg:attributedTo article:a1 ;
    pg:evidence {_span(TALKS)}, {_span(LED)} .
  id:claim-session a pg:Claim ; pg:about id:session ; pg:modality pg:planned ; pg:attributedTo article:a1 ;
    pg:evidence {_span(TALKS)} .
  id:claim-round a pg:Claim ; pg:about id:round ; pg:modality pg:denied ; pg:attributedTo article:a1 ;
    pg:evidence {_span(TALKS)} .
  id:claim-invitation a pg:Claim ; pg:about id:invitation ; pg:modality pg:occurred ;
    pg:attributedTo article:a1 ; pg:evidence {_span(TALKS)} ; pg:madeIn id:session .
  id:quotation a pg:Quotation ; pg:attributedTo id:oduya ; pg:evidence {_span(QUOTED)} .
  id:call-p1 pg:evidence {_span(CALLED)} .
  id:call rdfs:label "Call: Oduya, Varga"@en . id:talks rdfs:label "Negotiation: Oduya"@en .
  id:session rdfs:label "Meeting"@en . id:round rdfs:label "Negotiation"@en .
  id:invitation rdfs:label "Invitation"@en .
  {_described(CALLED, "rdf:type")} {_described(LASTED, "pg:duration")} {_described(VESTA, "pg:attributedTo")}
  {_described(TALKS, "rdf:type")} {_described(LED, "pg:participation")} {_described(QUOTED, "pg:exact")}
}}
graph:entities {{
  id:varga a pg:Person ; rdfs:label "Elek Varga"@en . id:oduya a pg:Person ; rdfs:label "Amina Oduya"@en .
  id:spokeswoman a pg:Person ; rdfs:label "the spokeswoman"@en .
  id:vesta a pg:Organization ; rdfs:label "Vesta"@en .
  id:lakeside a pg:Place ; rdfs:label "Lakeside"@en ; pg:locatedIn id:valley .
  id:valley a pg:Place ; rdfs:label "the valley"@en ; pg:locatedIn id:kenya .
  id:kenya a pg:Country ; rdfs:label "Kenya"@en .
  id:oduya-minister a pg:OfficeHolding ; rdfs:label "Amina Oduya, prime minister"@en ; pg:holder id:oduya ;
    pg:office id:prime-minister .
  id:prime-minister a pg:Office ; rdfs:label "prime minister"@en .
}}
"""
)


@pytest.fixture
def article() -> Callable[[str, str], Store]:
    """Gives the dataset as a store, after an optional replacement, which must find its text."""

    def build(old: str = "", new: str = "") -> Store:
        text = DATASET
        if old:
            assert old in text, f"nothing to change: {old}"
            text = text.replace(old, new)
        store = Store()
        store.load(text.encode(), format=RdfFormat.TRIG)
        words = Quad(
            NamedNode(f"{BASE}id/article/a1"), TEXT_PROPERTY, Literal(TEXT), NamedNode(f"{BASE}graph/text")
        )
        store.add(words)
        return store

    return build


@pytest.fixture(scope="session")
def vocabulary() -> Store:
    """The ontology's files in one default graph."""
    store = Store()
    for path in (EVENT, SCHEMES, ALIGNMENT):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture
def statements() -> Callable[..., list[Triple]]:
    """Gives the dataset's triples without their graphs, and what further Turtle states."""

    def build(further: str = "") -> list[Triple]:
        store = Store()
        store.load(DATASET.encode(), format=RdfFormat.TRIG)
        store.load(f"{PROLOGUE}\n{further}".encode(), format=RdfFormat.TURTLE)
        return [quad.triple for quad in store]

    return build


@pytest.fixture(scope="session")
def comparable() -> Callable[[Iterable[Triple], str], set[Triple]]:
    """What rules and reasoner share: types and object property values in own terms, below a base."""
    annotations = {term.iri for term in terms().values() if term.kind is Kind.ANNOTATION_PROPERTY}

    def own(predicate: NamedNode, value: NamedNode) -> bool:
        return (value if predicate == TYPE else predicate).value.startswith(NAMESPACE)

    def keep(triples: Iterable[Triple], base: str) -> set[Triple]:
        return {
            triple
            for triple in triples
            if isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and triple.subject.value.startswith(base)
            and triple.predicate not in annotations
            and own(triple.predicate, triple.object)
        }

    return keep
