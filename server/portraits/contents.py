"""What the graph of a claim states, in lines for a reader: a property's name, a value, a remark on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ontology import terms as pg
from server.portraits.names import Name, Namer
from server.portraits.questions import Row, Value
from server.portraits.things import TYPE
from server.portraits.wording import duration, when

_HIDDEN = {pg.earliest.value, pg.latest.value, pg.durationIsApproximate.value, pg.participation.value}


_ORDER = (TYPE, pg.participation, pg.edtf, pg.hasPlace, pg.duration, pg.concerns, pg.topic)


_RANK = {str(getattr(term, "value", term)): number for number, term in enumerate(_ORDER)}


_PARTS = (
    pg.caller,
    pg.speaker,
    pg.appointer,
    pg.host,
    pg.leadNegotiator,
    pg.negotiator,
    pg.visitor,
    pg.participant,
    pg.callee,
    pg.addressee,
    pg.appointee,
    pg.patient,
)
"""Roles in the order in which a reader expects them: who acts before whom it concerns."""

_PART = {role.value: number for number, role in enumerate(_PARTS)}


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


Labels = Callable[[str], Sequence[Value]]
"""Thing IRI → its labels."""

Facts = Mapping[str, Mapping[str, Mapping[str, Sequence[Value]]]]
"""Subject → property → value → the value's labels."""


def statements(rows: Iterable[Row], event: str, labels: Labels, namer: Namer) -> tuple[Statement, ...]:
    """What the graph of a claim states about the event, participations put into one line each."""
    about: dict[str, dict[str, dict[str, Sequence[Value]]]] = {}
    plain: dict[tuple[str, str, str], Value] = {}
    for row in rows:
        said = row["value"]
        key = (row["subject"].text, row["property"].text, said.text)
        plain[key] = said
        named = labels(said.text) if said.is_iri else ()
        about.setdefault(key[0], {}).setdefault(key[1], {})[key[2]] = named
    return tuple(sorted(_lines(event, about, plain, namer), key=lambda line: _rank(line.predicate)))


def _lines(
    event: str, facts: Facts, values: Mapping[tuple[str, str, str], Value], namer: Namer
) -> list[Statement]:
    lines = []
    own = facts.get(event, {})
    nodes = [facts.get(node, {}) for node in own.get(pg.participation.value, {})]
    for node in sorted(nodes, key=_part):
        lines += _participation(node, namer)
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


def _participation(node: Mapping[str, Mapping[str, Sequence[Value]]], namer: Namer) -> list[Statement]:
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


def _part(node: Mapping[str, object]) -> int:
    roles = node.get(pg.role.value)
    role = next(iter(roles), "") if isinstance(roles, Mapping) else ""
    return _PART.get(role, len(_PART))


def _rank(predicate: str) -> int:
    return _RANK.get(predicate, len(_RANK))
