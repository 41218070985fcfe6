"""People's claims join the article's, name its events by their words, and can take its claims back."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.errors import DataError
from graph.mapping import annotations, dataset
from graph.mapping.annotations import Annotation
from graph.mapping.conformance import gate
from graph.mapping.iris import Iris
from graph.model import Reading
from graph.store import merge
from ontology import terms as pg
from ontology.prefixes import PREFIXES

BASE = "http://127.0.0.1:8000/"
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
AUTHORED = 'prov:wasAttributedTo <#me> ; prov:generatedAtTime "2031-06-01T10:00:00Z"^^xsd:dateTime'


def words(reading: Reading, text: str) -> str:
    start = reading.article.text.index(text)
    return f"<id/article/{reading.article.id}#char={start},{start + len(text)}>"


def call(reading: Reading) -> str:
    return f"<#call> owl:sameAs [ a pg:Call ; pg:evidence {words(reading, 'telefonato')} ] ."


def claim(reading: Reading, name: str = "id/claim/mine", further: str = "") -> str:
    """A claim by hand that the call was about a place."""
    return f"""<{name}> a pg:Claim ; pg:about <#call> ; pg:modality pg:occurred ; {AUTHORED} ;
      pg:attributedTo <id/article/{reading.article.id}> ;
      pg:evidence {words(reading, "telefonato")} {further} .
    <{name}> {{ <#call> a pg:Call ; pg:hasPlace <id/place/somewhere> }}
    <id/place/somewhere> a pg:Place ; rdfs:label "Somewhere"@en ."""


@pytest.fixture
def annotated(tmp_path: Path, reading: Reading):
    """The article's quads with those of an annotation of this content; and the annotation."""

    def apply(content: str) -> tuple[set[Quad], Annotation]:
        file = tmp_path / "my notes.trig"
        file.write_text(PROLOGUE + content, encoding="utf-8")
        annotation = annotations.read(file, BASE)
        return annotations.applied(annotation, dataset.quads(reading, BASE), reading, BASE), annotation

    return apply


def event(reading: Reading, key: str) -> NamedNode:
    return Iris(reading, BASE).event(key)


def test_a_claim_by_hand_speaks_of_the_event_that_its_words_name(annotated, reading: Reading) -> None:
    quads, annotation = annotated(call(reading) + claim(reading))
    mine = NamedNode(f"{BASE}id/claim/mine")
    place = NamedNode(f"{BASE}id/place/somewhere")
    assert Quad(event(reading, "call:1"), pg.hasPlace, place, mine) in quads
    assert Quad(mine, pg.about, event(reading, "call:1"), annotation.graph) in quads
    assert annotation.graph.value == f"{BASE}graph/annotation/my-notes"
    assert [str(quad) for quad in quads if "notes#call" in str(quad)] == []


def test_a_claim_by_hand_conforms_to_the_shapes_of_all_claims(annotated, reading: Reading) -> None:
    texts = {reading.article.id: reading.article.text}
    assert gate.violations(annotated(call(reading) + claim(reading))[0], texts) == []
    wrong = f'{words(reading, "telefonato")} pg:exact "scritto"@it .'
    reasons = gate.violations(annotated(call(reading) + claim(reading) + wrong)[0], texts)
    assert any("«telefonato»" in str(reason) for reason in reasons)


def test_words_are_filled_in_from_the_article(annotated, reading: Reading) -> None:
    quads, annotation = annotated(
        call(reading) + claim(reading, further=f", {words(reading, 'Ci andrò presto')}")
    )
    said = {q.object.value for q in quads if q.predicate == pg.exact and q.graph_name == annotation.graph}
    assert "Ci andrò presto" in said


def old_claim(reading: Reading) -> str:
    return f"""<#old> owl:sameAs [ a pg:Claim ; pg:about <#call> ;
      pg:attributedTo <{Iris(reading, BASE).entity("person:carla-neri").value}> ] ."""


@pytest.mark.parametrize(
    "mark", ["<id/claim/mine> dct:replaces <#old> .", "<#old> prov:wasInvalidatedBy <#mistake> ."]
)
def test_a_claim_taken_back_leaves_the_merge_with_its_relays_and_stays_on_record(
    annotated, reading: Reading, mark: str
) -> None:
    before = dataset.quads(reading, BASE)
    mine = claim(reading, further="; pg:notStated pg:hasParticipant")
    quads, _ = annotated(call(reading) + mine + old_claim(reading) + mark)
    neri = Iris(reading, BASE).entity("person:carla-neri")
    (old,) = {q.subject for q in before if q.predicate == pg.attributedTo and q.object == neri}
    relays = {q.subject for q in before if q.predicate == pg.relays and q.object == old}
    published = {q for q in quads if merge.is_merged(q)}
    assert relays
    for each in {old, *relays}:
        assert not [q for q in published if q.subject == each and q.predicate in (pg.about, pg.modality)]
    assert not [q for q in published if q.graph_name == old]
    record = {q.triple for q in quads if not merge.is_merged(q)}
    assert {q.triple for q in before if q.graph_name == old} <= record
    marks = {q.predicate.value.rpartition("/")[2] for q in published if q.subject == old}
    assert marks & {"isReplacedBy", "prov#wasInvalidatedBy"}
    assert gate.violations(published, {reading.article.id: reading.article.text}) == []


def test_an_event_of_which_nobody_speaks_any_more_is_not_published(annotated, reading: Reading) -> None:
    invitation = f"<#invited> owl:sameAs [ a pg:Invitation ; pg:evidence {words(reading, 'invitato')} ] ."
    old = "<#old> owl:sameAs [ a pg:Claim ; pg:about <#invited> ] . <#old> prov:wasInvalidatedBy <#mistake> ."
    quads, _ = annotated(call(reading) + claim(reading) + invitation + old)
    gone = event(reading, "invitation:2")
    assert not [q for q in quads if merge.is_merged(q) and q.subject == gone]


def test_a_description_must_fit_exactly_one_thing(annotated, reading: Reading) -> None:
    none = f"<#call> owl:sameAs [ a pg:Meeting ; pg:evidence {words(reading, 'telefonato')} ] ."
    with pytest.raises(DataError, match=r"#call> could be 0 things of the article"):
        annotated(none + claim(reading))
    with pytest.raises(DataError, match=r"#old> could be \d things"):
        annotated(call(reading) + claim(reading) + "<#old> owl:sameAs [ a pg:Claim ; pg:about <#call> ] .")


def test_a_claim_names_its_author_and_its_time(annotated, reading: Reading) -> None:
    with pytest.raises(DataError, match="wasAttributedTo"):
        annotated(call(reading) + claim(reading).replace("prov:wasAttributedTo <#me> ;", ""))
    with pytest.raises(DataError, match="generatedAtTime"):
        annotated(call(reading) + claim(reading).replace("prov:generatedAtTime", "dct:date"))


def test_a_file_writes_to_no_graph_but_its_own_and_its_claims(annotated, reading: Reading) -> None:
    with pytest.raises(DataError, match="no claim of its own"):
        annotated(call(reading) + claim(reading) + "<graph/entities> { <id/x> rdfs:label 'X' }")


def test_a_file_is_about_one_article(annotated, reading: Reading) -> None:
    other = "<id/claim/mine> pg:evidence <id/article/0123456789ab#char=0,3> ."
    with pytest.raises(DataError, match="words of 2 articles"):
        annotated(call(reading) + claim(reading) + other)


def test_words_outside_the_article_are_refused(annotated, reading: Reading) -> None:
    beyond = f", <id/article/{reading.article.id}#char=5,99999>"
    with pytest.raises(DataError, match="outside the article"):
        annotated(call(reading) + claim(reading, further=beyond))


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.ttl.*cannot be read"):
        annotations.read(file, BASE)
