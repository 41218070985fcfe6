"""What extraction hands to linking: claims and quotations whose entities are still local to the article.

A claim here names its event by a number local to the article (`e3`), one per mention of an event; linking
merges the mentions into events. Entity keys are those of `Cluster.key`, local as well (`a5`).
"""

from dataclasses import dataclass

from graph.model import Article, Claim, EntityKind, Quotation, Span, Usage


@dataclass(frozen=True, slots=True)
class Title:
    """A role or office as the article words it ("portavoce del Cremlino"), and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cluster:
    """All mentions in one article of one agent or place.

    `name` is the fullest form; `surfaces` every form, `entry` the key of the gazetteer entry it is, if any;
    `acts` whether it is mentioned as an agent, `located` whether as a place (a state can be both).
    """

    key: str
    kind: EntityKind
    name: str
    surfaces: tuple[str, ...]
    spans: tuple[Span, ...]
    titles: tuple[Title, ...] = ()
    entry: str | None = None
    acts: bool = False
    located: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article, before linking; `claims` in the order of their triggers."""

    article: Article
    language: str
    clusters: tuple[Cluster, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    topics: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    usage: Usage | None = None
