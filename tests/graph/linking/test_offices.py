"""The state of an office: from the words of the title, else from what the tables know of its holder."""

from graph.findings import Cluster
from graph.lexicon.gazetteer import gazetteer
from graph.linking.entities import state_of_office, states_of
from graph.model import Entity, EntityKind, Office, Span


def holder(entry: str | None = None) -> Cluster:
    return Cluster("a1", EntityKind.PERSON, "Ines Varga", ("Ines Varga",), (Span(0, 10),), entry=entry)


def label(key: str | None) -> str:
    assert key is not None
    (state,) = [each for each in gazetteer().states.values() if each.key == key]
    return dict(state.labels)["en"]


def test_the_adjective_of_a_title_names_its_state() -> None:
    assert label(state_of_office("ministra francese dei Trasporti", holder())) == "France"
    assert label(state_of_office("inviato maltese per il Medio Oriente", holder())) == "Malta"


def test_a_title_without_adjective_is_of_the_state_that_the_tables_give_its_holder() -> None:
    entry = next(each for each in gazetteer().by_name["mario draghi"] if each.country == "IT")
    assert label(state_of_office("presidente del Consiglio", holder(entry.key))) == "Italy"


def test_a_title_of_somebody_unknown_is_of_no_known_state() -> None:
    assert state_of_office("ministra dei Trasporti", holder()) is None


def test_a_state_that_only_an_office_names_is_described_once() -> None:
    france = gazetteer().states["FR"].key
    offices = [Office("person:x", title, Span(0, 5), france) for title in ("ministra", "inviata")]
    (found,) = states_of(offices, [])
    assert (found.key, found.kind) == (france, EntityKind.STATE)
    assert states_of(offices, [Entity(france, EntityKind.STATE, "Francia")]) == []
