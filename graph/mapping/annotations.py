"""Claims by people: files of TriG or Turtle that add to what was read, correct or withdraw it.

A file is about one article. Its relative IRIs hang below the data base (`<id/claim/…>`). What stands in no
graph goes to `{base}graph/annotation/{file's name}`; each claim of the file has a graph of its own, an author
(prov:wasAttributedTo) and a time (prov:generatedAtTime). An event or a claim that the pipeline has found is
named by a local IRI and described, for its own may change: `<#call> owl:sameAs [ a pg:Call ; pg:evidence
<id/article/…#char=3,9> ]`. Other local IRIs (`<#author>`) belong to the file's graph. Spans need no
description: their words are filled in from the article.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import DataError
from graph.mapping import vocabulary as v
from graph.mapping import withdrawal
from graph.mapping.iris import Iris, slug
from graph.mapping.spans import Spans
from graph.model import Reading, Span
from ontology import terms as pg

SYNTAXES = {".trig": RdfFormat.TRIG, ".ttl": RdfFormat.TURTLE}
SPAN = re.compile(r"(?P<article>.+/id/article/(?P<id>[0-9a-f]+))#char=(?P<start>\d+),(?P<end>\d+)")

Value = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Annotation:
    """One file: its place, the article it is about, its own graph, its quads with references unresolved."""

    place: str
    article: str
    graph: NamedNode
    quads: tuple[Quad, ...]

    def claims(self) -> set[NamedNode]:
        """The claims that the file makes."""
        typed = (q.subject for q in self.quads if q.predicate == v.RDF_TYPE and q.object == pg.Claim)
        return {subject for subject in typed if isinstance(subject, NamedNode)}


def files(folder: Path) -> list[Path]:
    """The annotation files of a folder, in a fixed order; none where there is no folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SYNTAXES) if folder.is_dir() else []


def read(path: Path, base: str) -> Annotation:
    """The annotation in `path`; raises DataError where it is not RDF or breaks a rule of annotations."""
    graph = NamedNode(f"{base}graph/annotation/{slug(path.stem)}")
    try:
        found = [
            _own(quad, graph, base)
            for quad in parse(
                path=str(path), format=SYNTAXES[path.suffix], base_iri=base, rename_blank_nodes=True
            )
        ]
    except (SyntaxError, OSError) as error:
        raise DataError(f"cannot be read: {error}", place=str(path), remedy="mend the file") from error
    annotation = Annotation(str(path), _article(found, path), graph, tuple(found))
    _check(annotation)
    return annotation


def _own(quad: Quad, graph: NamedNode, base: str) -> Quad:
    """The quad in the file's graph where it stood in none, local IRIs made the graph's own."""

    def local(iri: str) -> NamedNode:
        return NamedNode(graph.value + iri.removeprefix(base) if iri.startswith(f"{base}#") else iri)

    subject = local(quad.subject.value) if isinstance(quad.subject, NamedNode) else quad.subject
    value = local(quad.object.value) if isinstance(quad.object, NamedNode) else quad.object
    return Quad(
        subject, quad.predicate, value, graph if quad.graph_name == DefaultGraph() else quad.graph_name
    )


def _article(quads: Iterable[Quad], path: Path) -> str:
    spans = (SPAN.fullmatch(quad.object.value) for quad in quads if isinstance(quad.object, NamedNode))
    articles = {span["id"] for span in spans if span}
    if len(articles) != 1:
        raise DataError(
            f"gives words of {len(articles)} articles",
            place=str(path),
            remedy="a file is about one article: give each its own, with pg:evidence <id/article/…#char=3,9>",
        )
    return articles.pop()


def _check(annotation: Annotation) -> None:
    """Every claim has author and time; no graph is written but the file's own and those of its claims."""
    claims = annotation.claims()
    foreign = {q.graph_name for q in annotation.quads} - claims - {annotation.graph}
    if foreign:
        raise DataError(
            f"writes to {min(map(str, foreign))}, which is no claim of its own",
            place=annotation.place,
            remedy="a named graph holds what one claim states, and the claim is described beside it",
        )
    for prop in (v.PROV_ATTRIBUTED, v.PROV_TIME):
        lacking = claims - {q.subject for q in annotation.quads if q.predicate == prop}
        if lacking:
            raise DataError(
                f"the claim {min(map(str, lacking))} has no <{prop.value}>",
                place=annotation.place,
                remedy="say who wrote it (prov:wasAttributedTo) and when (prov:generatedAtTime)",
            )


def applied(annotation: Annotation, mapped: set[Quad], reading: Reading, base: str) -> set[Quad]:
    """The article's quads with the annotation's: added to, and without what it supersedes or withdraws.

    Raises DataError where the file speaks of an event or a claim that is not there.
    """
    own = set(_resolved(annotation, mapped, base))
    own |= set(_words(own, annotation.graph, reading, base))
    return withdrawal.without(mapped, own, reading.article.id, base) | own


def _resolved(annotation: Annotation, mapped: set[Quad], base: str) -> Iterator[Quad]:
    """The file's quads, its local names replaced by the IRIs of what they describe."""
    described: dict[Value, Value] = {
        quad.object: quad.subject
        for quad in annotation.quads
        if quad.predicate == v.SAME_AS and isinstance(quad.object, BlankNode)
    }
    properties: dict[Value, list[tuple[NamedNode, Value]]] = defaultdict(list)
    for quad in annotation.quads:
        if quad.subject in described:
            properties[quad.subject].append((quad.predicate, quad.object))
    known: dict[Value, NamedNode] = {}
    # One description may name another local IRI; two passes serve the claim about a described event.
    for is_claim in (False, True):
        for node, name in described.items():
            if ((v.RDF_TYPE, pg.Claim) in properties[node]) is is_claim:
                wanted = {(prop, known.get(value, value)) for prop, value in properties[node]}
                known[name] = _found(wanted, mapped, str(name), annotation.place)
    for quad in annotation.quads:
        if quad.subject not in described and quad.object not in described:
            yield _replaced(quad, known)


def _replaced(quad: Quad, known: dict[Value, NamedNode]) -> Quad:
    return Quad(
        known.get(quad.subject, quad.subject),
        quad.predicate,
        known.get(quad.object, quad.object),
        quad.graph_name,
    )


def _found(wanted: set[tuple[NamedNode, Value]], mapped: set[Quad], name: str, place: str) -> NamedNode:
    """The one event or claim that has all the `wanted` properties; an event's evidence is its claims'."""
    about: dict[Value, Value] = {q.subject: q.object for q in mapped if q.predicate == pg.about}
    having: list[set[Value]] = []
    for prop, value in wanted:
        subjects: set[Value] = {q.subject for q in mapped if q.predicate == prop and q.object == value}
        if prop == pg.evidence and (v.RDF_TYPE, pg.Claim) not in wanted:
            subjects = {about[each] for each in subjects if each in about}
        having.append(subjects)
    found = {each for each in set.intersection(*having) if isinstance(each, NamedNode)} if having else set()
    if len(found) != 1:
        shown = ", ".join(sorted(f"<{p.value}> {o}" for p, o in wanted))
        raise DataError(
            f"{name} could be {len(found)} things of the article: {shown}",
            place=place,
            remedy="describe the one you mean by its class and the words that name it",
        )
    return found.pop()


def _words(quads: set[Quad], graph: NamedNode, reading: Reading, base: str) -> Iterator[Quad]:
    """The description of each span that the file rests on, but for what the file says of it itself."""
    spans = Spans(reading.article, reading.language, Iris(reading, base))
    for quad in quads:
        named = SPAN.fullmatch(quad.object.value) if isinstance(quad.object, NamedNode) else None
        if named and quad.predicate == pg.evidence:
            spans.add(_span(named, len(reading.article.text)))
    said = {(quad.subject, quad.predicate) for quad in quads}
    for quad in spans.quads():
        if (quad.subject, quad.predicate) not in said:
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _span(named: re.Match[str], length: int) -> Span:
    start, end = int(named["start"]), int(named["end"])
    if not start < end <= length:
        raise DataError(f"<{named[0]}> lies outside the article", remedy=f"it has {length} characters")
    return Span(start, end)
