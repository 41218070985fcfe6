"""Events as a model tells them, with what a test leaves out filled in."""

from typing import Any

Citation = dict[str, Any]


def words(text: str, sentence: int = 1, before: str = "") -> Citation:
    """A citation."""
    return {"sentence": sentence, "words": text, "before": before}


def party(name: str, role: str = "participant", kind: str = "person", sentence: int = 1) -> dict[str, Any]:
    """Somebody in an event."""
    return {"name": words(name, sentence), "kind": kind, "role": role}


def told(trigger: str, *participants: dict[str, Any], sentence: int = 1, **more: Any) -> dict[str, Any]:
    """An event."""
    event = {
        "id": "e1",
        "type": "meeting",
        "trigger": words(trigger, sentence),
        "modality": "occurred",
        "modality_words": None,
        "participants": list(participants),
        "place": None,
        "date": None,
        "duration": None,
        "topics": [],
        "source": None,
        "concerns": None,
    }
    return {**event, **more}


def answer(*events: Any) -> dict[str, Any]:
    """An answer."""
    return {"events": list(events)}
