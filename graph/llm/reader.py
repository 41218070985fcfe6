"""Has a language model read what the rules have read, and adds those of its claims that the text bears out.

Whatever the model or its server does, the rules' findings go on: a failure is recorded with its reason. After
several failures in a row, or one that no other question will change, the rest of the articles is not asked.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from graph.findings import Extraction
from graph.llm.agents import Agents
from graph.llm.agreement import Agreement
from graph.llm.answers import SCHEMA, Told, UnreadableError, checked, events
from graph.llm.citations import CitationError, Passages
from graph.llm.client import AskingError, Client, Messages, Spent
from graph.llm.endpoint import Endpoint
from graph.llm.material import Material
from graph.llm.memory import Memory
from graph.llm.prompt import PARTS, messages, parts
from graph.llm.verification import RefusedError, Verifier
from graph.model import Claim, Usage

# Articles that may fail one after the other before the model is given up.
_PATIENCE = 3

# Events of one answer that are looked at: 8,000 characters have 1,300 words, and an event needs a clause.
_MOST = 200

log = logging.getLogger(__name__)


class Reader:
    """Reads articles with one model."""

    def __init__(self, endpoint: Endpoint, pause: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self._client = Client(endpoint, SCHEMA, pause)
        self._memory = Memory(endpoint)
        self._failures = 0
        self._given_up = ""

    def read(self, material: Material) -> Extraction:
        """The rules' findings with what the model adds, and what that took."""
        spent = Spent()
        answers, failure = self._answers(material, spent)
        usage = Usage(
            model=self.endpoint.model,
            requests=spent.requests,
            tokens=(spent.prompt_tokens, spent.completion_tokens),
            recalled=spent.recalled,
            failure=failure,
        )
        try:
            return _joined(material, answers, usage)
        except Exception as error:
            # A fault of ours in what a model said must not cost the rules' findings; the log has the trace.
            log.debug("claims of %s failed", self.endpoint.model, exc_info=True)
            reason = f"its answer could not be used: {type(error).__name__}: {error}"
            return replace(material.findings, usage=replace(usage, failure=reason))

    def _answers(self, material: Material, spent: Spent) -> tuple[list[list[Any]], str]:
        """The answer to each part of an article, and why there are no more."""
        found: list[list[Any]] = []
        for part in parts(material.sentences):
            if len(found) == PARTS:
                return found, f"too long: read up to sentence {part[0][0] - 1}"
            question = messages(material.findings.article, part)
            known = self._recalled(question)
            if known is None and self._given_up:
                return found, self._given_up
            try:
                found.append(self._answer(question, spent) if known is None else known)
            except AskingError as error:
                self._failures += 1
                if error.settled or self._failures >= _PATIENCE:
                    self._given_up = f"not asked any more, after: {error}"
                return found, str(error)
            spent.recalled += known is not None
        return found, ""

    def _recalled(self, question: Messages) -> list[Any] | None:
        """The events of the answer that was given before."""
        text = self._memory.recall(question)
        try:
            return events(text) if text is not None else None
        except UnreadableError:
            return None

    def _answer(self, question: Messages, spent: Spent) -> list[Any]:
        """The events of an answer, which is asked for again when it cannot be read, and kept when it can."""
        text = self._client.ask(question, spent)
        try:
            found = events(text)
        except UnreadableError:
            text = self._client.ask(question, spent)
            try:
                found = events(text)
            except UnreadableError as error:
                raise AskingError(f"{error} (asked twice)") from error
        self._failures = 0
        self._memory.keep(question, text)
        return found


def _joined(material: Material, answers: list[list[Any]], usage: Usage) -> Extraction:
    """The findings with those claims of the answers that are borne out."""
    findings = material.findings
    passages = Passages(findings.article.text, material.sentences)
    agreement, agents = Agreement(findings.claims, passages), Agents(material)
    rule = f"llm:{usage.model}"
    verifier = Verifier(material, passages, agents, rule)
    dropped = Counter[str]()
    for number, answer in enumerate(answers):
        _add(answer, f"{rule}:{number}", verifier, agreement, dropped)
    dropped.update(verifier.passed_over)
    agents.forget_unused({key for claim in agreement.claims for key in _keys(claim)})
    used = {topic.value for claim in agreement.claims for topic in claim.topics}
    known = {key for key, _ in findings.topics}
    added = ((key, label) for key, label in verifier.topics.items() if key in used - known)
    return replace(
        findings,
        clusters=agents.clusters,
        claims=agreement.claims,
        topics=(*findings.topics, *((key, ((findings.language, label),)) for key, label in added)),
        usage=replace(
            usage,
            kept=agreement.kept,
            confirmed=len(agreement.confirmed),
            dropped=tuple(sorted((+dropped).items())),
        ),
    )


def _add(
    answer: list[Any], prefix: str, verifier: Verifier, agreement: Agreement, dropped: Counter[str]
) -> None:
    """Verifies the events of one answer and adds their claims; counts why others are dropped."""
    told: list[Told] = []
    dropped["more events than the sentences have words for"] += max(0, len(answer) - _MOST)
    for event in answer[:_MOST]:
        form = checked(event)
        if isinstance(form, str):
            dropped[form] += 1
        else:
            told.append(form)
    local = {each.id: f"{prefix}:{each.id}" for each in told}
    for each in told:
        try:
            reason = agreement.add(verifier.claim(each, local))
        except (CitationError, RefusedError) as error:
            reason = str(error)
        if reason:
            dropped[reason] += 1


def _keys(claim: Claim) -> set[str]:
    """The agents and places that a claim names."""
    source = claim.source
    keys = {part.entity for part in claim.participations} | {*source.speakers, *source.via}
    keys |= {topic.value for topic in claim.topics}
    return keys | ({claim.place.value} if claim.place else set())
