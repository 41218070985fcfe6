"""The facets beside a view: for each what can be chosen, how many events it leaves, and what is chosen.

A facet's values are counted with the other facets in force. In a very large graph they are those of the first
20,000 claims selected, so that the page stays quick; the view itself always asks the whole graph.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from server.evaluator.pool import Pool
from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, asked
from server.views.selection import FACETS, Selection, term

_VALUES = {
    "type": "?event a ?value .",
    "modality": "BIND(?modality AS ?value)",
    "actor": "?event pg:hasParticipant ?value .",
    "place": "?event pg:takesPlaceWithin ?value .",
    "source": "?claim pg:attributedTo ?value .",
}
"""How the values of a facet are found from ?claim, ?event and ?modality."""

_TERMS = ("type", "modality")
"""Facets whose values are terms of the ontology."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet: what stands in the address, its name, its events (-1: not counted), if chosen."""

    value: str
    name: str
    events: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its options, those with most events first."""

    name: str
    options: tuple[Option, ...]


def facets(pool: Pool, selection: Selection, namer: Namer) -> list[Facet]:
    """All facets of a selection."""
    queries = [selection.without(facet).query("facet").replace("# value", _VALUES[facet]) for facet in FACETS]
    return [
        Facet(facet, tuple(_options(facet, found, selection, namer)))
        for facet, found in zip(FACETS, asked(pool, queries), strict=True)
    ]


def _options(facet: str, found: Sequence[Row], selection: Selection, namer: Namer) -> list[Option]:
    labels = labels_of(found, "value", "label")
    chosen, options = set(selection.chosen(facet)), []
    for row in {row["value"].text: row for row in found if row["value"].is_iri}.values():
        name = namer.name(row["value"].text, labels[row["value"].text])
        value = _value(facet, name, selection)
        if value:
            options.append(
                Option(value, _called(facet, name, namer), int(row["events"].text), value in chosen)
            )
    missing = chosen - {option.value for option in options}
    for value in sorted(missing):
        iri = term(value) if facet in _TERMS else selection.iri(value).value
        options.insert(0, Option(value, namer.word(iri), -1, chosen=True))
    return options


def _value(facet: str, name: Name, selection: Selection) -> str:
    """What stands for a thing in the address; empty for what no facet can hold."""
    start = term("") if facet in _TERMS else f"{selection.base}id/"
    value = name.iri.removeprefix(start)
    return "" if value == name.iri or value == "Event" else value


def _called(facet: str, name: Name, namer: Namer) -> str:
    if facet == "source" and "/id/article/" in name.iri:
        return f"{namer.speech.plain('claim.article')}: {name.label}"
    return name.label
