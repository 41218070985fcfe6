"""A model that reads perfectly: its answers are made of the gold annotations, over real HTTP."""

import json
import re
from collections.abc import Iterable
from typing import Any

from graph.evaluation.gold import Gold
from tests.graph.llm.answering import Behaviour, Handler, saying
from tests.graph.llm.telling import answer

INITIATOR = {
    "call": "caller",
    "invitation": "speaker",
    "proposal": "speaker",
    "rejection": "speaker",
    "statement": "speaker",
    "appointment": "appointer",
}
ADDRESSEE = {
    "call": "callee",
    "invitation": "addressee",
    "proposal": "addressee",
    "statement": "addressee",
    "appointment": "appointee",
    "release": "patient",
    "transfer": "patient",
}


def perfect(gold: Gold) -> Behaviour:
    """Answers a question about a gold article with all that its annotation says of events."""

    def behave(handler: Handler) -> None:
        question = json.loads(handler.server.requests[-1][2]["messages"][1]["content"])
        sentences = {each["number"]: each["text"] for each in question["sentences"]}
        saying(answer(*_Answer(gold, sentences).events()))(handler)

    return behave


class _Answer:
    def __init__(self, gold: Gold, sentences: dict[int, str]) -> None:
        self._text = gold.article.text
        self._answers = gold.answers
        self._sentences = sentences
        agents = [*gold.answers["actors"], *gold.answers["locations"]]
        self._forms = {each["name"]: [each["name"], *each.get("aliases", [])] for each in agents}
        self._kinds = {each["name"]: each["kind"] for each in gold.answers["actors"]}

    def events(self) -> Iterable[dict[str, Any]]:
        for event in self._answers["events"]:
            for trigger in event["trigger"]:
                cited = self._at(trigger["text"], trigger["start"])
                if cited is not None and not event.get("optional"):
                    yield self._told(event, cited)

    def _told(self, event: dict[str, Any], trigger: dict[str, Any]) -> dict[str, Any]:
        near = trigger["sentence"]
        source = {
            "speakers": self._all(event["attributed_to"], near),
            "via": self._all(event["via"], near),
            "medium": None,
            "words": None,
        }
        return {
            "id": event["id"],
            "type": event["type"],
            "trigger": trigger,
            "modality": event["modality"],
            "modality_words": None,
            "participants": [
                {"name": name, "kind": self._kinds.get(each, "person"), "role": _role(event, each)}
                for each in event["participants"]
                if (name := self._named(each, near)) is not None
            ],
            "place": self._named(event["place"], near) if event["place"] else None,
            "date": None,
            "duration": None,
            "topics": [],
            "source": source if source["speakers"] or source["via"] else None,
            "concerns": None,
        }

    def _at(self, words: str, start: int) -> dict[str, Any] | None:
        """A citation of the words at an offset: told apart by the two words before them."""
        before = " ".join(self._text[:start].split()[-2:])
        plain = " ".join(words.split())
        joined = [f"{before} {plain}", f"{before}{plain}"]  # "dell'incontro" has no blank
        numbers = [n for n, text in self._sentences.items() if any(each in text for each in joined)]
        numbers += [n for n, text in self._sentences.items() if text.startswith(plain)]
        numbers += [n for n, text in self._sentences.items() if plain in text]
        return {"sentence": numbers[0], "words": plain, "before": before} if numbers else None

    def _named(self, name: str, near: int) -> dict[str, Any] | None:
        """The fullest form of a name in the sentence, else in the one closest to it."""
        found = [
            (abs(number - near), -len(form), number, form)
            for form in self._forms.get(name, [name])
            for number, text in self._sentences.items()
            if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        ]
        if not found:
            return None
        _, _, number, form = min(found)
        return {"sentence": number, "words": form, "before": ""}

    def _all(self, names: list[str], near: int) -> list[dict[str, Any]]:
        return [cited for name in names if (cited := self._named(name, near)) is not None]


def _role(event: dict[str, Any], name: str) -> str:
    if name in event["negotiators"]:
        return "negotiator"
    if name == event["initiator"]:
        return INITIATOR.get(event["type"], "participant")
    return ADDRESSEE.get(event["type"], "participant") if name == event["addressee"] else "participant"
