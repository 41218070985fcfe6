"""What the tests of extraction share: sentences about invented people, and what the pipeline says of them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from graph.corpus import formats
from graph.extraction.pipeline import Pipeline
from graph.findings import Extraction
from graph.model import Claim

DATE = "2031-05-14"


@dataclass(frozen=True)
class Told:
    """One claim with names for keys, so that a test reads as the sentence does."""

    type: str
    modality: str
    rule: str
    roles: dict[str, str]
    place: str | None
    time: str | None
    minutes: int | None
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    topics: tuple[str, ...]
    words: str
    event: str
    concerns: str | None


@dataclass(frozen=True)
class Said:
    """One quotation: its words, who said them, through whom and by which medium."""

    words: str
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    medium: str | None


class Text:
    """The extraction of one text, by name."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.raw = extraction.article.text
        self.names = {cluster.key: cluster.name for cluster in extraction.clusters}

    def claims(self, type_: str | None = None) -> list[Told]:
        """The claims in the order of the text, of one type or of all."""
        return [self._told(c) for c in self.extraction.claims if type_ in (None, c.type.value)]

    def quotations(self) -> list[Said]:
        """The quotations in the order of the text."""
        return [
            Said(
                quotation.span.of(self.raw),
                tuple(self._name(key) for key in quotation.source.speakers),
                tuple(self._name(key) for key in quotation.source.via),
                quotation.source.medium and quotation.source.medium.value,
            )
            for quotation in self.extraction.quotations
        ]

    def people(self) -> dict[str, tuple[str, ...]]:
        """The names of agents and places with the forms that the text uses."""
        return {cluster.name: cluster.surfaces for cluster in self.extraction.clusters}

    def _name(self, key: str) -> str:
        return self.names[key]

    def _told(self, claim: Claim) -> Told:
        return Told(
            type=claim.type.value,
            modality=claim.modality.value,
            rule=claim.rule,
            roles={self._name(part.entity): part.role.value for part in claim.participations},
            place=self._name(claim.place.value) if claim.place else None,
            time=claim.time.value.edtf if claim.time else None,
            minutes=claim.duration.value.minutes if claim.duration else None,
            speakers=tuple(self._name(key) for key in claim.source.speakers),
            via=tuple(self._name(key) for key in claim.source.via),
            topics=tuple(self.names.get(topic.value, topic.value) for topic in claim.topics),
            words=claim.trigger.of(self.raw),
            event=claim.event,
            concerns=claim.concerns,
        )


@pytest.fixture(scope="session")
def read() -> Callable[..., Text]:
    """Reads a text as an Italian article of DATE, or of another date."""
    pipeline = Pipeline()

    def reader(text: str, date: str = DATE, language: str = "it") -> Text:
        head = (
            f"---\ndate: {date}\nlanguage: {language}\n---\n" if date else f"---\nlanguage: {language}\n---\n"
        )
        return Text(pipeline.extract(formats.article(head + text, "invented.md")))

    return reader
