"""RDF results as bytes: each triple once, only the prefixes in use, the same bytes each time.

The engine repeats a triple that several solutions build, and writes prefixes in an order that differs between
processes; an entity tag that promises equal bytes needs both mended.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Protocol, TypeVar, cast

import pyoxigraph as ox

from ontology.prefixes import PREFIXES

KNOWN = 20_000
"""Triples that are remembered, to write each once and to know the prefixes: about 10 MB. What a larger result
holds beyond them may repeat, as the engine has it."""

_TURTLE_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD = re.compile(rb"<rdf:RDF((?: xmlns:[\w-]+=\"[^\"]*\")+)>")


Statement = TypeVar("Statement", ox.Triple, ox.Quad)


class Output(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take `data`."""


def write(triples: Iterable[Statement], media_type: str, output: Output) -> None:
    """Write triples, or the quads of a dataset, to `output` in the syntax of that media type."""
    each = _each(triples)
    first = list(islice(each, KNOWN))
    prefixes = used_prefixes(first)
    ordered = _HeadSorter(output)
    rdf = ox.RdfFormat.from_media_type(media_type)
    ox.serialize(chain(first, each), cast(IO[bytes], ordered), rdf, prefixes=prefixes)


class _HeadSorter:
    """Passes bytes on, with the prefix declarations of the first ones in alphabetical order."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._begun = False

    def write(self, data: bytes) -> int:
        taken = len(data)
        if not self._begun:  # the declarations take some hundred bytes, the engine writes 8 KiB at a time
            self._begun = True
            data = _TURTLE_HEAD.sub(
                lambda match: b"".join(sorted(match[0].splitlines(keepends=True))), data, count=1
            )
            data = _XML_HEAD.sub(
                lambda match: b"<rdf:RDF " + b" ".join(sorted(match[1].split())) + b">", data, count=1
            )
        self._output.write(data)
        return taken

    def flush(self) -> None:
        """Nothing is held back."""


def _each(triples: Iterable[Statement]) -> Iterator[Statement]:
    seen: set[Statement] = set()
    for triple in triples:
        if triple in seen:
            continue
        if len(seen) < KNOWN:
            seen.add(triple)
        yield triple


def used_prefixes(triples: Iterable[ox.Triple | ox.Quad]) -> dict[str, str]:
    """The prefixes whose namespaces occur in the triples."""
    iris: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    namespaces = {re.sub(r"[^/#]*$", "", iri) for iri in iris}
    return {prefix: iri for prefix, iri in PREFIXES.items() if iri in namespaces}
