"""The schema that is sent is of the subset that strict decoding takes, and has the values of the ontology."""

from collections.abc import Iterator
from typing import Any

from graph.llm.answers import SCHEMA, Told, checked
from graph.model import EventType, Modality, Role
from ontology import terms as pg
from tests.graph.llm.telling import party, told


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_every_object_requires_all_its_fields_and_allows_no_other() -> None:
    forms = [each for each in objects(SCHEMA) if each.get("type") == "object"]
    assert len(forms) == 5
    for form in forms:
        assert form["additionalProperties"] is False
        assert form["required"] == list(form["properties"])


def test_nothing_stands_beside_a_reference_and_nothing_has_a_default() -> None:
    for each in objects(SCHEMA):
        assert "$ref" not in each or set(each) == {"$ref"}
        assert "default" not in each


def test_the_values_are_those_of_the_findings() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["EventType"]["enum"] == [type_.value for type_ in EventType]
    assert definitions["Modality"]["enum"] == [modality.value for modality in Modality]
    assert definitions["Role"]["enum"] == [role.value for role in Role]
    assert all(hasattr(pg, value.capitalize()) for value in definitions["EventType"]["enum"])


def test_an_event_in_the_form_is_read_and_one_value_too_many_is_passed_over() -> None:
    event = told("x", party("Y"))
    assert isinstance(checked({**event, "confidence": 1}), Told)
    assert checked({key: value for key, value in event.items() if key != "id"}) == "not in the form asked for"
