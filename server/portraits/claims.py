"""Claims as cards: what is said, by whom, passed on by whom, with which certainty, in which words.

And the same claims side by side: where sources differ over a property, each value stands beside who says it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ontology import terms as pg
from server.evaluator.jobs import iri as iri_term
from server.evaluator.pool import Pool
from server.portraits.contents import Statement, statements
from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Question, Row, Value, ask, by, text_of
from server.portraits.things import TYPE
from server.portraits.words import Words, words_of

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


def cards(pool: Pool, event: str, namer: Namer) -> list[Card]:
    """All claims about an event, origins with their relays, in the order of their words."""
    bound = {"event": iri_term(event)}
    claims, contents, evidence = ask(
        pool, [Question(name, bound) for name in ("claims", "contents", "evidence")]
    )
    stated, words = statements(contents, event, namer), words_of(evidence, "claim")
    titles = labels_of(evidence, "article", "articleLabel")
    single = {claim: _card(rows, namer) for claim, rows in by(claims, "claim").items()}
    whole = [
        replace(
            card,
            statements=stated.get(claim, ()),
            words=words.get(claim, ()),
            article=_article(words.get(claim, ()), titles, namer),
        )
        for claim, card in single.items()
    ]
    return sorted(_with_relays(whole), key=_position)


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


def _card(rows: Sequence[Row], namer: Namer) -> Card:
    first = rows[0]
    unstated = {row["unstated"].text for row in rows if "unstated" in row}
    return Card(
        claim=Name(first["claim"].text, "", "", namer.href(first["claim"].text)),
        event=_named(rows, "event", "eventLabel", namer) or Name("", "", "", ""),
        modality=_named(rows, "modality", "", namer),
        source=_named(rows, "source", "sourceLabel", namer),
        medium=namer.word(first["medium"].text) if "medium" in first else "",
        platform=_named(rows, "platform", "platformLabel", namer),
        inner=text_of(first, "inner"),
        rule=text_of(first, "rule"),
        confidence=text_of(first, "confidence"),
        unstated=tuple(sorted(namer.noun(term) for term in unstated)),
        author=_named(rows, "author", "authorLabel", namer),
        certainty=namer.speech.plain("event.certainty"),
    )


def _article(words: Sequence[Words], titles: Mapping[str, list[Value]], namer: Namer) -> Name | None:
    return namer.name(words[0].article, titles.get(words[0].article, ())) if words else None


def _named(rows: Sequence[Row], variable: str, label: str, namer: Namer) -> Name | None:
    labels = labels_of(rows, variable, label)
    for thing, found in labels.items():
        if thing.startswith(f"{namer.base}id/article/") and variable == "source":
            return Name(thing, namer.speech.plain("claim.article"), "", namer.href(thing))
        return namer.name(thing, found)
    return None


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
