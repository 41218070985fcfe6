"""The vocabulary at /ns: its documentation for people, its files for programs, both from the same Turtle.

A term's IRI has a fragment, so all of them are described by the one document; each has its anchor there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from werkzeug.exceptions import NotFound

from ontology import schema
from ontology.prefixes import NAMESPACE, PREFIXES, VERSION
from ontology.schema import Kind, Term
from server.evaluator.graphs import used_prefixes
from server.negotiation import GRAPHS, HTML, NAMES, choose, known_format, prefers_page
from server.pages import namer, page
from server.problems import ProblemError
from server.results import short

blueprint = Blueprint("vocabulary", __name__)

FILES = (schema.EVENT, schema.SCHEMES, schema.ALIGNMENT)
SCHEMES = ("Modality", "Role", "Medium", "Topic", "EventCode")
FORMS = ("ttl", "nt", "jsonld", "rdf")
SUFFIXES = {name: GRAPHS[name] for name in FORMS}


@dataclass(frozen=True, slots=True)
class Link:
    """A term of ours or of another vocabulary, as the documentation links to it."""

    label: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A term with what stands around it in the ontology."""

    term: Term
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    inverse: Link | None
    used_by: tuple[Link, ...]
    alignments: tuple[tuple[str, tuple[Link, ...]], ...]
    notes: tuple[str, ...]


@blueprint.route("/ns")
@blueprint.route(f"/ns/{VERSION}")
def vocabulary() -> Response:
    """The documentation, or the ontology in the syntax that the client likes best."""
    wanted = request.args.get("format")
    if wanted is None and (prefers_page(request.accept_mimetypes) or not request.accept_mimetypes):
        return _documentation()
    media_type = _form(wanted)
    answer = Response(content(media_type), mimetype=media_type)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.vary.add("Accept")
    return answer


@blueprint.route(f"/ns.<any({', '.join(FORMS)}):suffix>")
@blueprint.route(f"/ns/{VERSION}.<any({', '.join(FORMS)}):suffix>")
def file(suffix: str) -> Response:
    """The ontology in one syntax."""
    if suffix not in SUFFIXES:
        raise NotFound
    return Response(content(SUFFIXES[suffix]), mimetype=SUFFIXES[suffix])


def _form(wanted: str | None) -> str:
    if wanted is not None and known_format(wanted) and wanted in SUFFIXES:
        return SUFFIXES[wanted]
    also = {"application/json": SUFFIXES["jsonld"], "application/xml": SUFFIXES["rdf"]}
    chosen = choose(request.accept_mimetypes, tuple(SUFFIXES.values()), also) if wanted is None else ""
    if not chosen:
        offered = ", ".join((HTML, *SUFFIXES.values()))
        raise ProblemError(
            406, "None of the accepted forms is available", remedy=f"Accept one of: {offered}."
        )
    return chosen


@cache
def content(media_type: str) -> bytes:
    """The ontology, its schemes and its alignment in one syntax; in Turtle as the files have it."""
    if media_type == GRAPHS["ttl"]:
        return b"\n".join(path.read_bytes() for path in FILES)
    triples = _triples()
    rdf = RdfFormat.from_media_type(media_type)
    return serialize(triples, format=rdf, prefixes=used_prefixes(triples)) or b""


@cache
def _triples() -> tuple[Triple, ...]:
    found = (quad.triple for path in FILES for quad in parse(path=path, format=RdfFormat.TURTLE))
    return tuple(dict.fromkeys(found))


def _documentation() -> Response:
    entries = all_entries()
    return page(
        "vocabulary.html",
        header=schema.header(),
        namespace=NAMESPACE,
        version=VERSION,
        tree=_tree(),
        classes=[entry for entry in entries if entry.term.kind is Kind.CLASS],
        properties=[entry for entry in entries if entry.term.kind is not Kind.CLASS],
        schemes=[(name, schema.concepts(name)) for name in SCHEMES],
        language=namer().language,
        prefixes=PREFIXES,
        forms=[(name, NAMES[name]) for name in FORMS],
        boxes=BY_NAME,
        arrows=ARROWS,
    )


@cache
def all_entries() -> tuple[Entry, ...]:
    """Every class and property with its surroundings, by name."""
    aligned, notes = _alignments()
    return tuple(
        _entry(term, aligned.get(term.iri, {}), notes.get(term.iri, ())) for term in schema.terms().values()
    )


def _entry(term: Term, aligned: Mapping[str, tuple[Link, ...]], notes: tuple[str, ...]) -> Entry:
    others = schema.terms().values()
    own = [each for each in others if each.kind == term.kind]
    return Entry(
        term=term,
        parents=_links(each for each in term.parents if each.value.startswith(NAMESPACE)),
        children=_links(each.iri for each in own if term.iri in each.parents),
        domain=_links(term.domain),
        range=_links(term.range),
        inverse=link(term.inverse) if term.inverse is not None else None,
        used_by=_links(each.iri for each in others if term.iri in (*each.domain, *each.range)),
        alignments=tuple(aligned.items()),
        notes=notes,
    )


def link(iri: NamedNode) -> Link:
    """A term as a link: inside the page for ours, with its prefix for others."""
    if iri.value.startswith(NAMESPACE):
        name = iri.value.removeprefix(NAMESPACE)
        return Link(name, f"#{name}")
    return Link(short(iri.value), iri.value)


def _links(iris: Iterable[NamedNode]) -> tuple[Link, ...]:
    return tuple(link(iri) for iri in iris)


def _alignments() -> tuple[dict[NamedNode, dict[str, tuple[Link, ...]]], dict[NamedNode, tuple[str, ...]]]:
    """Term → kind of mapping → terms it is mapped to; and the notes of those without."""
    aligned: dict[NamedNode, dict[str, tuple[Link, ...]]] = {}
    notes: dict[NamedNode, tuple[str, ...]] = {}
    for quad in parse(path=schema.ALIGNMENT, format=RdfFormat.TURTLE):
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(NAMESPACE):
            continue
        if isinstance(value, NamedNode) and not predicate.value.endswith("#type"):
            kinds = aligned.setdefault(subject, {})
            kinds[short(predicate.value)] = (*kinds.get(short(predicate.value), ()), link(value))
        elif isinstance(value, Literal):
            notes[subject] = (*notes.get(subject, ()), value.value)
    return aligned, notes


Branch = tuple[Link, "list[Branch]"]
"""A class and the branches below it."""


def _tree() -> list[Branch]:
    """The classes as a tree; one with two parents stands under both."""
    classes = [term for term in schema.terms().values() if term.kind is Kind.CLASS]

    def below(parent: NamedNode) -> list[Branch]:
        return [(link(term.iri), below(term.iri)) for term in classes if parent in term.parents]

    ours = {term.iri for term in classes}
    roots = [term for term in classes if not ours & set(term.parents)]
    return [(link(term.iri), below(term.iri)) for term in roots]


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the diagram: its name and the middle of its box."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property in the diagram, from one class to another; `dx`, `dy` move its label off the line."""

    name: str
    start: str
    end: str
    dx: int = 0
    dy: int = -6


BOXES = (
    Box("Article", 90, 60),
    Box("TextSpan", 330, 60),
    Box("Claim", 570, 60),
    Box("Modality", 810, 60),
    Box("Event", 570, 190),
    Box("Agent", 90, 190),
    Box("Participation", 330, 320),
    Box("Place", 810, 190),
    Box("OfficeHolding", 570, 320),
    Box("Office", 810, 320),
)
ARROWS = (
    Arrow("inDocument", "TextSpan", "Article"),
    Arrow("evidence", "Claim", "TextSpan"),
    Arrow("modality", "Claim", "Modality"),
    Arrow("about", "Claim", "Event", 30, 4),
    Arrow("hasPlace", "Event", "Place"),
    Arrow("participation", "Event", "Participation", -50, 0),
    Arrow("agent", "Participation", "Agent", -30, 4),
    Arrow("inOffice", "Participation", "OfficeHolding"),
    Arrow("office", "OfficeHolding", "Office"),
    Arrow("hasParticipant", "Event", "Agent"),
)
BY_NAME = {box.name: box for box in BOXES}
"""The heart of the model; a test holds its arrows equal to the ontology's domains and ranges."""
