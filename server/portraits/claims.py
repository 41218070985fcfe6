"""Claims as cards: what is said, by whom, passed on by whom, with which certainty, in which words.

And the same claims side by side: where sources differ over a property, each value stands beside who says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.portraits.contents import Labels, Statement, statements
from server.portraits.names import Name, Namer
from server.portraits.questions import Row, Value
from server.portraits.subject import Subject
from server.portraits.things import TYPE
from server.portraits.words import Words, words_of

_PUBLISHER, _AUTHOR = f"{PREFIXES['dct']}publisher", f"{PREFIXES['prov']}wasAttributedTo"

PLAIN_ROLE = pg.participant.value
"""The role that says no more than that somebody takes part."""


@dataclass(frozen=True)
class Card:
    """One claim. `relays` are those who pass it on, nearest first; empty statements mark a relay itself.

    `certainty` is what the reader's language calls the modality; `article` the one that holds its words.
    """

    claim: Name
    event: Name
    modality: Name | None
    source: Name | None
    medium: str
    platform: Name | None
    inner: str
    rule: str
    confidence: str
    unstated: tuple[str, ...]
    author: Name | None = None
    article: Name | None = None
    certainty: str = ""
    statements: tuple[Statement, ...] = ()
    words: tuple[Words, ...] = ()
    relays: tuple["Card", ...] = field(default=())

    @property
    def lines(self) -> list[tuple[str, list[Statement]]]:
        """What it states, the values of one label together."""
        grouped: dict[str, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(statement.label, []).append(statement)
        return list(grouped.items())

    @property
    def local(self) -> str:
        """The last part of its IRI, which names it in an address."""
        return self.claim.iri.rpartition("/")[2]


def cards(subject: Subject, namer: Namer) -> list[Card]:
    """All claims about an event, or in a claim's chain: origins with relays, in the order of their words."""
    words = words_of(subject.evidence, "claim")
    single = []
    for claim, rows in subject.claims.items():
        card = _card(claim, _Facts(rows, subject.labels), namer)
        supporting = words.get(claim, ())
        stated = statements(subject.content(claim), card.event.iri, subject.labels, namer)
        single.append(replace(card, statements=stated, words=supporting))
    return sorted(_with_relays(single), key=_position)


def differences(found: Sequence[Card]) -> list[tuple[str, list[tuple[str, list[Card]]]]]:
    """Properties on which claims differ: label, then each value with the claims that state it.

    Participants and topics add up rather than contradict, so they are no difference.
    """
    single = (TYPE, pg.edtf.value, pg.hasPlace.value, pg.duration.value)
    said: dict[str, tuple[str, dict[str, list[Card]]]] = {}
    for card in found:
        for statement in card.statements:
            if statement.predicate in single:
                _, values = said.setdefault(statement.predicate, (statement.label, {}))
                values.setdefault(statement.said, []).append(card)
        if card.modality is not None and card.statements:
            label = card.certainty
            _, values = said.setdefault(pg.modality.value, (label, {}))
            values.setdefault(card.modality.label, []).append(card)
    return [(label, list(values.items())) for label, values in said.values() if len(values) > 1]


class _Facts:
    """What is said of one claim: property → values."""

    def __init__(self, rows: Sequence[Row], labels: Labels) -> None:
        self._labels = labels
        self._values: dict[str, dict[Value, None]] = {}
        for row in rows:
            self._values.setdefault(row["property"].text, {})[row["value"]] = None

    def texts(self, predicate: str) -> list[str]:
        """The values of a property."""
        return [value.text for value in self._values.get(predicate, ())]

    def text(self, predicate: str) -> str:
        """The first value of a property, empty without one."""
        return next(iter(self.texts(predicate)), "")

    def name(self, predicate: str, namer: Namer) -> Name | None:
        """The first value of a property by its name."""
        thing = self.text(predicate)
        return namer.name(thing, self._labels(thing)) if thing else None


def _card(claim: str, facts: _Facts, namer: Namer) -> Card:
    medium = facts.text(pg.medium.value)
    unstated = sorted(namer.noun(term) for term in facts.texts(pg.notStated.value))
    return Card(
        claim=Name(claim, "", "", namer.href(claim)),
        event=facts.name(pg.about.value, namer) or Name("", "", "", ""),
        modality=facts.name(pg.modality.value, namer),
        source=_source(facts.name(pg.attributedTo.value, namer), namer),
        medium=namer.word(medium) if medium else "",
        platform=facts.name(_PUBLISHER, namer),
        inner=facts.text(pg.relays.value),
        rule=facts.text(pg.rule.value),
        confidence=facts.text(pg.confidence.value),
        unstated=tuple(unstated),
        author=facts.name(_AUTHOR, namer),
        article=facts.name(pg.reportedIn.value, namer),
        certainty=namer.speech.plain("event.certainty"),
    )


def _source(source: Name | None, namer: Namer) -> Name | None:
    """Who makes a claim; an article that does so itself is called what it is."""
    if source is None or not source.iri.startswith(f"{namer.base}id/article/"):
        return source
    return Name(source.iri, namer.speech.plain("claim.article"), "", source.href)


def _with_relays(found: Sequence[Card]) -> list[Card]:
    """The origins, each with those who pass it on; a relay whose origin is elsewhere stands for itself."""
    by_claim = {card.claim.iri: card for card in found}
    outer: dict[str, list[Card]] = {}
    for card in found:
        outer.setdefault(card.inner, []).append(card)

    def chain(claim: str, seen: frozenset[str]) -> tuple[Card, ...]:
        relays: tuple[Card, ...] = ()
        for relay in outer.get(claim, []):
            if relay.claim.iri not in seen:
                relays += (relay, *chain(relay.claim.iri, seen | {relay.claim.iri}))
        return relays

    origins = [card for card in found if card.inner not in by_claim]
    return [replace(card, relays=chain(card.claim.iri, frozenset((card.claim.iri,)))) for card in origins]


def _position(card: Card) -> tuple[int, str]:
    return (card.words[0].start if card.words else 0, card.claim.iri)
