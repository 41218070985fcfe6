"""A thing in general: what it is, what is said of it, what points to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from ontology import schema
from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES
from server.portraits.names import Name, Namer
from server.portraits.questions import Row, Value
from server.portraits.subject import COUNTED, Subject

TYPE, LABEL = f"{PREFIXES['rdf']}type", f"{PREFIXES['rdfs']}label"
ALIAS, SAME = f"{PREFIXES['skos']}altLabel", f"{PREFIXES['owl']}sameAs"

PAGE = 50
"""Incoming links on one page."""

VALUES = 100
"""Values of one property that a page shows; a query shows them all."""

KINDS = (
    pg.Article,
    pg.Quotation,
    pg.Claim,
    pg.Event,
    pg.Person,
    pg.Organization,
    pg.Country,
    pg.Place,
    pg.TextSpan,
)
"""What a thing may be that has a page of its own form, the most telling first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values: names of things, texts with their languages, how many more there are."""

    predicate: str
    label: str
    href: str
    things: tuple[Name, ...]
    texts: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """One page of the links to a thing, grouped by property; `total` is exact up to COUNTED."""

    groups: tuple[tuple[str, tuple[Name, ...]], ...]
    total: int
    more: bool
    page: int
    pages: int


@dataclass(frozen=True)
class Thing:
    """What every page shows. `kind` is one of KINDS by local name, or "" for anything else."""

    name: Name
    kind: str
    types: tuple[Name, ...]
    facts: tuple[Fact, ...]
    incoming: Incoming
    rows: Sequence[Row]

    @property
    def aliases(self) -> list[Value]:
        """Other spellings, each once."""
        others = {value.text: value for predicate in (ALIAS, LABEL) for value in self.values(predicate)}
        return [value for text, value in sorted(others.items()) if text != self.name.label]

    @property
    def same(self) -> list[Name]:
        """The same thing in other data, by the name of the data and its identifier there."""
        found = []
        for value in self.values(SAME):
            source = "Wikidata" if value.text.startswith(PREFIXES["wd"]) else value.text.split("/")[2]
            found.append(Name(value.text, f"{source} {value.text.rpartition('/')[2]}", "", value.text))
        return found

    @property
    def json_ld(self) -> dict[str, object]:
        """What it is and is called, as JSON-LD for whoever reads the page by machine."""
        named = [
            {"@value": value.text, "@language": value.language} if value.language else {"@value": value.text}
            for value in self.values(LABEL)
        ]
        about: dict[str, object] = {
            "@id": self.name.iri,
            "@type": [value.text for value in self.values(TYPE)],
        }
        about |= {LABEL: named, SAME: [{"@id": value.text} for value in self.values(SAME)]}
        return {key: value for key, value in about.items() if value}

    def values(self, predicate: str) -> list[Value]:
        """The values of one property."""
        found = {row["value"] for row in self.rows if row["property"].text == predicate}
        return sorted(found, key=lambda value: (value.text, value.language))

    def first(self, predicate: str) -> str:
        """The first value of one property as text, empty without one."""
        return next((value.text for value in self.values(predicate)), "")


def thing(subject: Subject, namer: Namer, page: int = 1) -> Thing | None:
    """The subject as a thing, None when the graph does not know it; `page` of its incoming links, from 1."""
    rows = subject.statements
    if not rows and not subject.incoming:
        return None
    labels = [row["value"] for row in rows if row["property"].text == LABEL]
    types = sorted({row["value"].text for row in rows if row["property"].text == TYPE})
    return Thing(
        name=namer.name(subject.iri, labels),
        kind=_kind(tuple(types)),
        types=tuple(namer.name(each) for each in most_specific(types)),
        facts=tuple(_facts(subject, namer)),
        incoming=_incoming(subject, page, namer),
        rows=rows,
    )


@lru_cache(maxsize=1000)
def _kind(types: tuple[str, ...]) -> str:
    above = {each.value for name in types for each in schema.ancestors(NamedNode(name))}
    return next((kind.value.removeprefix(NAMESPACE) for kind in KINDS if kind.value in above), "")


def most_specific(types: Sequence[str]) -> list[str]:
    """The types that are not above another of them in the ontology."""
    return list(_most_specific(tuple(types)))


@lru_cache(maxsize=1000)
def _most_specific(types: tuple[str, ...]) -> tuple[str, ...]:
    implied = {
        each.value for name in types for each in schema.ancestors(NamedNode(name)) if each.value != name
    }
    return tuple(name for name in types if name not in implied) or types


def _facts(subject: Subject, namer: Namer) -> list[Fact]:
    grouped: dict[str, dict[Value, None]] = {}
    for row in subject.statements:
        grouped.setdefault(row["property"].text, {})[row["value"]] = None
    facts = []
    for predicate, values in grouped.items():
        things = tuple(namer.name(value.text, subject.labels(value.text)) for value in values if value.is_iri)
        texts = tuple(value for value in values if not value.is_iri)
        label, href = namer.word(predicate), namer.href(predicate)
        things, more = tuple(sorted(things, key=_by_label)), max(0, len(values) - VALUES)
        facts.append(
            Fact(predicate, label, href, things[:VALUES], texts[: max(0, VALUES - len(things))], more)
        )
    return sorted(facts, key=lambda fact: (fact.predicate not in (TYPE, LABEL, ALIAS), fact.label))


def _incoming(subject: Subject, page: int, namer: Namer) -> Incoming:
    rows = subject.incoming
    links = sorted({(row["property"].text, row["other"].text) for row in rows if row["other"].is_iri})
    more = len(links) > COUNTED
    links = links[:COUNTED]
    pages = max(1, -(-len(links) // PAGE))
    page = min(max(page, 1), pages)
    shown = links[(page - 1) * PAGE : page * PAGE]
    groups: dict[str, list[Name]] = {}
    for predicate, other in shown:
        groups.setdefault(namer.word(predicate), []).append(namer.name(other, subject.labels(other)))
    return Incoming(
        tuple((label, tuple(sorted(names, key=_by_label))) for label, names in groups.items()),
        len(links),
        more,
        page,
        pages,
    )


def _by_label(name: Name) -> tuple[str, str]:
    return (name.label.casefold(), name.iri)
