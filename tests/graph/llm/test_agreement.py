"""What rules and model both tell is surer; what the model adds is a claim of its own about the same event."""

from collections.abc import Callable

import pytest

from graph.linking.reading import link
from tests.graph.llm.answering import Server, saying
from tests.graph.llm.conftest import Asked
from tests.graph.llm.telling import answer, party, told, words

TEXT = (
    "Piero Bruni ha telefonato ad Anna Verdi, ha detto il portavoce Carlo Neri. "
    "Più tardi la cancelliera Verdi si è detta soddisfatta."
)
CALL = told(
    "ha telefonato",
    party("Piero Bruni", "caller"),
    party("Anna Verdi", "callee"),
    type="call",
    source={"speakers": [words("Carlo Neri")], "via": [], "medium": None, "words": words("ha detto")},
)

Ask = Callable[..., Asked]
Serve = Callable[..., Server]


def test_a_claim_that_both_tell_is_the_rules_and_surer(ask: Ask, serve: Serve) -> None:
    (alone,) = ask(TEXT, None).extraction.claims
    found = ask(TEXT, serve(saying(answer(CALL))))
    (claim,) = found.extraction.claims
    assert claim.rule == f"{alone.rule}+llm:test-model"
    assert alone.confidence < claim.confidence <= 0.99
    assert claim.participations == alone.participations
    assert found.extraction.usage is not None
    assert (found.extraction.usage.kept, found.extraction.usage.confirmed) == (0, 1)


@pytest.mark.parametrize(
    "less",
    [
        {"source": None},
        {"participants": [party("Anna Verdi", "participant")]},
        {"trigger": words("telefonato")},
        {"type": "communication"},
    ],
    ids=["no source", "fewer participants", "fewer words", "a wider type"],
)
def test_a_claim_that_says_less_confirms_and_is_no_claim_of_its_own(
    less: dict[str, object], ask: Ask, serve: Serve
) -> None:
    found = ask(TEXT, serve(saying(answer({**CALL, **less}))))
    assert len(found.extraction.claims) == 1
    assert found.claims == []
    assert found.extraction.claims[0].rule.endswith("+llm:test-model")


def test_a_claim_that_says_more_is_another_claim_of_the_same_event(ask: Ask, serve: Serve) -> None:
    more = {**CALL, "participants": [*CALL["participants"], party("Carlo Neri")]}
    found = ask(TEXT, serve(saying(answer(more))))
    (claim,) = found.claims
    reading = link(found.extraction)
    assert [event.key for event in reading.events] == [reading.events[0].key]
    assert len(reading.events[0].claims) == 2
    assert claim.confidence < min(c.confidence for c in found.extraction.claims if c is not claim)
    assert set(found.parts(claim)) == {"Piero Bruni", "Anna Verdi", "Carlo Neri"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"modality": "denied"}, "the rules read another modality"),
        ({"type": "meeting"}, "the rules read another type"),
    ],
)
def test_where_they_differ_on_the_same_words_the_rules_are_believed(
    change: dict[str, object], reason: str, ask: Ask, serve: Serve
) -> None:
    found = ask(TEXT, serve(saying(answer({**CALL, **change}))))
    assert found.dropped == {reason: 1}
    assert found.extraction.claims == ask(TEXT, None).extraction.claims


def test_a_claim_that_the_model_tells_twice_counts_once(ask: Ask, serve: Serve) -> None:
    satisfied = told("soddisfatta", party("Verdi", sentence=2), sentence=2)
    found = ask(TEXT, serve(saying(answer(satisfied, {**satisfied, "id": "e2"}))))
    assert len(found.claims) == 1
    assert found.dropped == {"told twice": 1}


def test_an_event_of_its_own_goes_through_the_same_linking(ask: Ask, serve: Serve) -> None:
    satisfied = told("soddisfatta", party("Verdi", sentence=2), sentence=2, id="e9")
    reading = link(ask(TEXT, serve(saying(answer(CALL, satisfied)))).extraction)
    assert [event.type.value for event in reading.events] == ["call", "meeting"]
    assert reading.events[1].claims[0].participations[0].entity == "person:anna-verdi"
    assert reading.usage is not None


def test_the_claims_stand_in_the_order_of_the_text(ask: Ask, serve: Serve) -> None:
    satisfied = told("soddisfatta", party("Verdi", sentence=2), sentence=2, id="e9")
    claims = ask(TEXT, serve(saying(answer(satisfied, CALL)))).extraction.claims
    assert [claim.trigger.start for claim in claims] == sorted(claim.trigger.start for claim in claims)


def test_an_invitation_and_the_visit_that_it_is_about_may_share_their_words(ask: Ask, serve: Serve) -> None:
    text = "Anna Verdi ha invitato Piero Bruni."
    visit = told("ha invitato", party("Piero Bruni", "visitor"), type="visit", modality="hypothetical")
    found = ask(text, serve(saying(answer(visit))))
    assert found.dropped == {}
    assert {"invitation", "visit"} <= {claim.type.value for claim in found.extraction.claims}
