"""The facets beside a view: for each what can be chosen, how many events it leaves, and what is chosen.

A facet's values are counted with the other facets in force. In a very large graph they are those of the first
CLAIMS claims selected, as the view itself is, and of any time, so that a page stays quick over ten million
triples.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.answers import remembered
from server.evaluator.pool import Pool
from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Answering, Row, asked
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


CLAIMS = 5000
"""Claims that a view and its facets look at; their queries say so too. It takes a quarter of a second."""


def is_large(pool: Answering, selection: Selection) -> bool:
    """Whether more claims are selected than a view looks at; ask without a time, which no index knows."""
    (row,) = _asked(pool, selection, selection.query("size"))
    return int(row["claims"].text) > CLAIMS


def facets(pool: Pool, selection: Selection, namer: Namer) -> list[Facet]:
    """All facets of a selection."""
    timeless = replace(selection, since="", until="")
    if timeless != selection and is_large(pool, timeless):
        selection = timeless  # each facet would read all claims of a large graph
    found = []
    for facet in FACETS:
        others = selection.without(facet)
        rows = _asked(pool, others, others.query("facet").replace("# value", _VALUES[facet]))
        found.append(Facet(facet, tuple(_options(facet, rows, selection, namer))))
    return found


def _asked(pool: Answering, selection: Selection, query: str) -> list[Row]:
    """The rows of a query, kept for selections of which there are few: those by type and certainty alone."""
    if selection.is_narrow:
        return asked(pool, [query])[0]
    return remembered(query, lambda: asked(pool, [query])[0])


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
