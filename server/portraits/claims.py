"""Claims as cards: what is said, by whom, passed on by whom, with which certainty, in which words.

And the same claims side by side: where sources differ over a property, each value stands beside who says it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.evaluator.jobs import iri as iri_term
from server.evaluator.pool import Pool
from server.portraits.names import Name, Namer, labels_of
from server.portraits.passages import Mark, Piece
from server.portraits.questions import Question, Row, Value, ask
from server.portraits.wording import duration, when

WINDOW = 32
"""The length from which prefix and suffix were cut when the graph was made (graph.mapping.spans)."""

TYPE = f"{PREFIXES['rdf']}type"
_HIDDEN = {pg.earliest.value, pg.latest.value, pg.durationIsApproximate.value, pg.participation.value}
_ORDER = (TYPE, pg.participation, pg.edtf, pg.hasPlace, pg.duration, pg.concerns, pg.topic)
_RANK = {str(getattr(term, "value", term)): number for number, term in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article that supports a claim; `supports` are property IRIs."""

    span: str
    article: str
    start: int
    end: int
    exact: str
    before: str
    after: str
    supports: tuple[str, ...]

    def mark(self, claim: str, followed: bool) -> Mark:
        """The stretch as a mark in its article."""
        return Mark(self.start, self.end, kinds_of(self.supports), (claim,), followed)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a claim states, for a reader: the property, the value as a name or text, a remark on it."""

    predicate: str
    label: str
    value: Name | None
    text: str
    remark: str = ""

    @property
    def said(self) -> str:
        """The value in words, for comparing what sources say."""
        return f"{self.value.label if self.value else self.text}{self.remark}"


@dataclass(frozen=True)
class Card:
    """One claim. `relays` are those who pass it on, nearest first; empty statements mark a relay itself."""

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


def around(words: Words) -> Piece:
    """A stretch with what the graph keeps of its surroundings."""
    before, after = words.before, words.after
    if len(before) >= WINDOW:  # cut by its length, so it may begin inside a word
        before = before[before.find(" ") + 1 :]
    if len(after) >= WINDOW:
        after = after[: after.rfind(" ") + 1]
    return Piece(words.start - len(before), before + words.exact + after)


def kinds_of(supports: Iterable[str]) -> tuple[str, ...]:
    """What kind of words support these properties, as the pages name and colour them."""
    table = (
        (TYPE, "trigger"),
        (pg.participation, "actor"),
        (pg.inOffice, "office"),
        (pg.hasPlace, "place"),
        (pg.edtf, "time"),
        (pg.duration, "time"),
        (pg.topic, "topic"),
        (pg.modality, "modality"),
        (pg.attributedTo, "source"),
        (pg.exact, "quotation"),
    )
    given = set(supports)
    return tuple(dict.fromkeys(kind for term, kind in table if str(getattr(term, "value", term)) in given))


def cards(pool: Pool, event: str, namer: Namer) -> list[Card]:
    """All claims about an event, origins with their relays, in the order of their words."""
    bound = {"event": iri_term(event)}
    claims, contents, evidence = ask(
        pool, [Question(name, bound) for name in ("claims", "contents", "evidence")]
    )
    stated, words = _statements(contents, event, namer), words_of(evidence, "claim")
    single = {claim: _card(rows, namer) for claim, rows in _by(claims, "claim").items()}
    whole = [
        replace(card, statements=stated.get(claim, ()), words=words.get(claim, ()))
        for claim, card in single.items()
    ]
    return sorted(_with_relays(whole), key=_position)


def words_of(rows: Iterable[Row], key: str) -> dict[str, tuple[Words, ...]]:
    """Thing IRI → the stretches it rests on, in the order of the text."""
    found: dict[str, dict[str, Words]] = {}
    for row in rows:
        if not {key, "span", "article", "start", "end"} <= row.keys():
            continue
        spans = found.setdefault(row[key].text, {})
        supports = (row["supports"].text,) if "supports" in row else ()
        held = spans.get(row["span"].text)
        if held is not None:
            spans[row["span"].text] = replace(held, supports=tuple(dict.fromkeys(held.supports + supports)))
            continue
        spans[row["span"].text] = Words(
            row["span"].text,
            row["article"].text,
            int(row["start"].text),
            int(row["end"].text),
            _text(row, "exact"),
            _text(row, "prefix"),
            _text(row, "suffix"),
            supports,
        )
    return {
        thing: tuple(sorted(spans.values(), key=lambda each: each.start)) for thing, spans in found.items()
    }


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
            label = "certainty"
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
        inner=_text(first, "inner"),
        rule=_text(first, "rule"),
        confidence=_text(first, "confidence"),
        unstated=tuple(sorted(namer.noun(term) for term in unstated)),
        author=_named(rows, "author", "authorLabel", namer),
    )


def _named(rows: Sequence[Row], variable: str, label: str, namer: Namer) -> Name | None:
    labels = labels_of(rows, variable, label)
    for thing, found in labels.items():
        if thing.startswith(f"{namer.base}id/article/") and variable == "source":
            return Name(thing, "the article", "", namer.href(thing))
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


def _statements(rows: Sequence[Row], event: str, namer: Namer) -> dict[str, tuple[Statement, ...]]:
    """Claim IRI → what its graph states about the event, participations put into one line each."""
    found = {}
    for claim, contents in _by(rows, "claim").items():
        about: dict[str, dict[str, dict[str, list[Value]]]] = {}
        plain: dict[tuple[str, str, str], Value] = {}
        for row in contents:
            if "value" not in row:
                continue
            key = (row["subject"].text, row["property"].text, row["value"].text)
            plain[key] = row["value"]
            labels = about.setdefault(key[0], {}).setdefault(key[1], {}).setdefault(key[2], [])
            if "label" in row:
                labels.append(row["label"])
        found[claim] = tuple(
            sorted(_lines(event, about, plain, namer), key=lambda line: _rank(line.predicate))
        )
    return found


Facts = Mapping[str, Mapping[str, Mapping[str, list[Value]]]]
"""Subject → property → value → the value's labels."""


def _lines(
    event: str, facts: Facts, values: Mapping[tuple[str, str, str], Value], namer: Namer
) -> list[Statement]:
    lines = []
    own = facts.get(event, {})
    for node in own.get(pg.participation.value, {}):
        lines += _participation(facts.get(node, {}), namer)
    for predicate, objects in own.items():
        if predicate in _HIDDEN:
            continue
        for text, labels in objects.items():
            value = values[event, predicate, text]
            label = namer.noun(predicate)
            if value.is_iri:
                lines.append(Statement(predicate, label, namer.name(text, labels), ""))
            else:
                lines.append(Statement(predicate, label, None, _in_words(predicate, text, own, namer)))
    return lines


def _in_words(predicate: str, text: str, own: Mapping[str, Mapping[str, object]], namer: Namer) -> str:
    if predicate == pg.duration.value:
        return duration(text, "true" in own.get(pg.durationIsApproximate.value, {}), namer.language)
    if predicate == pg.edtf.value:
        bounds = [next(iter(own.get(term.value, {})), "") for term in (pg.earliest, pg.latest)]
        return when(text, bounds[0], bounds[1], namer.language)
    return text


def _participation(node: Mapping[str, Mapping[str, list[Value]]], namer: Namer) -> list[Statement]:
    role = next(iter(node.get(pg.role.value, {})), "")
    label = namer.word(role) if role else namer.word(pg.hasParticipant.value)
    offices = [namer.name(office, labels) for office, labels in node.get(pg.inOffice.value, {}).items()]
    agents = [namer.name(agent, labels) for agent, labels in node.get(pg.agent.value, {}).items()]
    lines = []
    for agent in agents:
        titles = [office.label.removeprefix(f"{agent.label}, ") for office in offices]
        remark = f", {', '.join(titles)}" if titles else ""
        lines.append(Statement(pg.participation.value, label, agent, "", remark))
    return lines


def _by(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if variable in row:
            grouped.setdefault(row[variable].text, []).append(row)
    return grouped


def _rank(predicate: str) -> int:
    return _RANK.get(predicate, len(_RANK))


def _position(card: Card) -> tuple[int, str]:
    return (card.words[0].start if card.words else 0, card.claim.iri)


def _text(row: Row, name: str) -> str:
    return row[name].text if name in row else ""
