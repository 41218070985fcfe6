"""The question that a language model is asked: the instructions, with the ontology's definitions, and the
sentences of an article as data."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from graph.llm.client import Messages
from graph.model import Article, EventType, Medium, Modality, Role, Span
from ontology import schema

INSTRUCTIONS = Path(__file__).with_name("instructions.txt")

# Characters of an article in one question: 2,000 tokens of text, whose events fit into one answer.
PART = 8_000

# Questions about one article: more text than 64,000 characters is a collection, not a news article.
PARTS = 8

# Media whose concept has another name than the medium: the short name is a class or a role.
_CONCEPTS = {
    medium.value: f"{medium.value}Medium" for medium in (Medium.AGENCY, Medium.INTERVIEW, Medium.CALL)
}


def parts(sentences: Iterable[Span]) -> Iterator[list[tuple[int, Span]]]:
    """The sentences with their numbers from 1, in groups of at most PART characters; longer ones are left
    out."""
    group: list[tuple[int, Span]] = []
    size = 0
    for number, sentence in enumerate(sentences, 1):
        length = sentence.end - sentence.start
        if length > PART:
            continue
        if group and size + length > PART:
            yield group
            group, size = [], 0
        group.append((number, sentence))
        size += length
    if group:
        yield group


def messages(article: Article, part: list[tuple[int, Span]]) -> Messages:
    """The messages of one question."""
    data = {
        "date": article.published.edtf if article.published else None,
        "title": article.title,
        "sentences": [
            {"number": number, "text": " ".join(sentence.of(article.text).split())}
            for number, sentence in part
        ],
    }
    question = json.dumps(data, ensure_ascii=False)
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": question}]


@cache
def instructions() -> str:
    """The instructions, with what the ontology says of each type, modality, role and medium."""
    classes = schema.terms()
    types = {type_.value: classes[type_.value.capitalize()].definitions["en"] for type_ in EventType}
    text = INSTRUCTIONS.read_text(encoding="utf-8")
    for name, lines in (
        ("types", types),
        ("modalities", _definitions("Modality", [modality.value for modality in Modality])),
        ("roles", _definitions("Role", [role.value for role in Role])),
        ("media", _definitions("Medium", [medium.value for medium in Medium])),
    ):
        listed = "\n".join(f"- {value}: {definition}" for value, definition in lines.items())
        text = text.replace(f"{{{name}}}", listed)
    return text


def _definitions(scheme: str, values: list[str]) -> dict[str, str]:
    known = {concept.name: concept.definitions["en"] for concept in schema.concepts(scheme)}
    return {value: known[_CONCEPTS.get(value, value) if scheme == "Medium" else value] for value in values}
