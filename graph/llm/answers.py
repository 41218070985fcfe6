"""The form of a model's answer: the pipeline's findings with citations for spans, as a JSON schema.

The same classes make the schema that is sent (JSON Schema 2020-12, of the subset that strict decoding knows)
and check what comes back, event by event, so that one bad event costs no other.
"""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.model import EntityKind, EventType, Medium, Modality, Role


class Form(BaseModel):
    """An object all of whose fields are required; one more, from a server that does not enforce the schema,
    is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, json_schema_extra={"additionalProperties": False})


class Citation(Form):
    """Words of the article."""

    sentence: int = Field(description="number of the sentence in which the words stand")
    words: str = Field(description="the words, copied character by character from that sentence")
    before: str = Field(
        description="where the sentence has the words more than once, those right before them; else empty"
    )


class Party(Form):
    """Somebody in an event, by the words that name him there, a title included."""

    name: Citation
    kind: EntityKind
    role: Role


class Saying(Form):
    """Who says so."""

    speakers: list[Citation] = Field(description="who says that; empty when the article itself does")
    via: list[Citation] = Field(description="who passes it on, such as an agency, the nearest first")
    medium: Medium | None
    words: Citation | None = Field(description="the verb of saying")


class Told(Form):
    """What one clause says of one event, which the one to four words of the trigger name."""

    id: str = Field(description="a short name of your own for the event, such as e1")
    type: EventType
    trigger: Citation
    modality: Modality
    modality_words: Citation | None = Field(description="the words that tell the modality, if there are any")
    participants: list[Party]
    place: Citation | None
    date: Citation | None = Field(description="the words that date it")
    duration: Citation | None = Field(description="the words that tell how long it took")
    topics: list[Citation] = Field(description="what it was about")
    source: Saying | None
    concerns: str | None = Field(
        description="id of the event that an invitation, proposal, rejection or appointment is about"
    )


class Findings(Form):
    """All events of the sentences given."""

    events: list[Told]


SCHEMA: dict[str, Any] = Findings.model_json_schema()
"""The JSON schema of an answer."""


class UnreadableError(Exception):
    """The answer is no JSON object with a list of events."""


def events(text: str) -> list[Any]:
    """The events of an answer, unchecked; raises UnreadableError."""
    try:
        found = json.loads(_object(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("the answer is no JSON") from error
    listed = found.get("events") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise UnreadableError("the answer has no list of events")
    return listed


def _object(text: str) -> str:
    """The JSON in an answer: some models think aloud before it or fence it."""
    text = text.rpartition("</think>")[2].strip()
    first, last = text.find("{"), text.rfind("}")
    return text[first : last + 1] if text[:1] != "[" and first >= 0 else text


def checked(event: Any) -> Told | str:
    """One event of an answer, or what is wrong with it."""
    try:
        return Told.model_validate(event)
    except ValidationError as error:
        return _reason(error)
    except RecursionError:
        return "not in the form asked for"


def _reason(error: ValidationError) -> str:
    """The first value that is none of an enumeration, else that the form is another."""
    unknown = (each["loc"][-1] for each in error.errors() if each["type"] == "enum")
    return next((f"unknown {name}" for name in unknown), "not in the form asked for")
