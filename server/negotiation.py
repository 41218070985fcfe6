"""Which form of an answer a client gets: media types, their short names, and the choice by Accept.

RFC 9110, section 12.5.1; the Accept header itself is read by werkzeug.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

HTML = "text/html"
XHTML = "application/xhtml+xml"

SOLUTIONS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Forms of SELECT and ASK results: short name → media type, the preferred first."""

GRAPHS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""Syntaxes of RDF: file suffix → media type, the preferred first."""

_ALSO = {
    "application/json": SOLUTIONS["json"],
    "application/xml": SOLUTIONS["xml"],
    "text/xml": SOLUTIONS["xml"],
    "application/x-turtle": GRAPHS["ttl"],
    "text/plain": GRAPHS["nt"],
    "text/x-nquads": GRAPHS["nq"],
    "application/x-trig": GRAPHS["trig"],
}
"""Names that clients use for the same thing: media type asked for → media type meant."""

_GRAPH_ALSO = {
    **_ALSO,
    "application/json": GRAPHS["jsonld"],
    "application/xml": GRAPHS["rdf"],
    "text/xml": GRAPHS["rdf"],
}

_FORMATS = {
    **{name: name for name in (*SOLUTIONS, *GRAPHS)},
    **{media: name for name, media in (*SOLUTIONS.items(), *GRAPHS.items())},
    "turtle": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "json-ld": "jsonld",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
    "nquads": "nq",
    "application/json": "json",
    "application/xml": "xml",
}

_SHORT = 500
"""Characters of an Accept header that is remembered with its forms; what browsers send is shorter."""

NAMES = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
    "trig": "TriG",
    "nq": "N-Quads",
    "json": "JSON",
    "xml": "XML",
    "csv": "CSV",
    "tsv": "TSV",
}
"""Short name → the name people use."""


def choose(accept: MIMEAccept, offered: Sequence[str], also: Mapping[str, str] | None = None) -> str:
    """The offered media type that the client likes best; the first of equals; empty when it takes none.

    No Accept header takes anything. `also` maps other names to offered ones.
    """
    if not accept:
        return offered[0]
    asked = {name(value): quality for value, quality in reversed(list(accept))}
    # Another name counts where it is asked for; a range such as text/* is about the forms themselves.
    others = {other: meant for other, meant in (also or {}).items() if meant in offered and other in asked}
    names = {**{media: media for media in offered}, **others}
    best, best_rank = "", (0.0, -1, 0)
    for media, meant in names.items():
        ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
        quality = next((asked[each] for each in ranges if each in asked), 0.0)
        rank = (quality, int(media in asked), -offered.index(meant))
        if quality > 0 and rank > best_rank:
            best, best_rank = meant, rank
    return best


def name(value: str) -> str:
    """A media type or range without its parameters: every form here is UTF-8 whatever they say."""
    plain = value.partition(";")[0].strip().lower()
    return "*/*" if plain == "*" else plain


def solutions_form(accept: MIMEAccept, wanted: str | None) -> str:
    """The media type for SELECT and ASK results; `wanted` is the `format` parameter."""
    if wanted is not None:
        return SOLUTIONS.get(_FORMATS.get(wanted.lower(), ""), "")
    return choose(accept, tuple(SOLUTIONS.values()), _ALSO)


def graph_form(accept: MIMEAccept, wanted: str | None) -> str:
    """The media type for CONSTRUCT and DESCRIBE results; `format=json` and `xml` mean their RDF kin."""
    if wanted is not None:
        name = _FORMATS.get(wanted.lower(), "")
        return GRAPHS.get({"json": "jsonld", "xml": "rdf"}.get(name, name), "")
    return choose(accept, tuple(GRAPHS.values()), _GRAPH_ALSO)


class Forms(NamedTuple):
    """What a client gets for each kind of result: media types, empty where it accepts none."""

    solutions: str
    graph: str
    page: bool
    """Whether it is a reader, who gets a page."""


def forms(accept: str | None, wanted: str | None) -> Forms:
    """The forms for an Accept header as it is written, and the `format` parameter."""
    return _forms(accept, wanted) if len(accept or "") <= _SHORT else _forms.__wrapped__(accept, wanted)


@lru_cache(maxsize=512)
def _forms(accept: str | None, wanted: str | None) -> Forms:
    asked = parse_accept_header(accept, MIMEAccept)
    return Forms(
        solutions_form(asked, wanted), graph_form(asked, wanted), wanted is None and prefers_page(asked)
    )


def known_format(wanted: str) -> bool:
    """Whether `format=` has a value that means anything here."""
    return wanted.lower() in _FORMATS


def prefers_page(accept: MIMEAccept) -> bool:
    """Whether the client is a reader: it asks for HTML by name, and nothing else more."""
    asked = {name(value) for value, _ in accept}
    if HTML not in asked and XHTML not in asked:
        return False
    return choose(accept, (HTML, *GRAPHS.values(), *SOLUTIONS.values()), {**_ALSO, XHTML: HTML}) == HTML
