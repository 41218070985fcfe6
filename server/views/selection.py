"""What a view looks at: the facets in its address, as patterns of the query that it asks and shows.

The reader may take the query to the editor, so the chosen values stand in it as terms, written by pyoxigraph
from terms that it has checked: nothing of the address reaches a query in any other way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from pyoxigraph import Literal, NamedNode
from werkzeug.datastructures import MultiDict

from ontology import schema
from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import Kind
from server.problems import ProblemError

FACETS = ("type", "modality", "actor", "place", "source")
"""What can be chosen from a list; the bounds of the time beside them are given as dates."""

_MARK = re.compile(r"^( *)# selection$", re.MULTILINE)
_DATE = NamedNode(f"{PREFIXES['xsd']}date")
_PATH = re.compile(
    r"(?:person|organization|country|place|article|event|topic|office)/[^\s<>\"{}|\\^`]{1,200}"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen facets. `type` and `modality` are local names of terms; `actors`, `place`, `source` paths
    under the base's `id/`; `since` and `until` days in ISO form; all are empty where nothing is chosen.
    """

    base: str
    type: str = ""
    modality: str = ""
    actors: tuple[str, ...] = ()
    place: str = ""
    source: str = ""
    since: str = ""
    until: str = ""

    def patterns(self) -> list[str]:
        """Patterns over ?claim, ?event and ?modality, one a line; claims that pass on others are left out."""
        lines = ["?claim pg:about ?event ; pg:modality ?modality ."]
        if self.modality:
            lines = [f"?claim pg:about ?event ; pg:modality pg:{self.modality} ."]
        if self.type:
            lines.append(f"?event a pg:{self.type} .")
        lines += [f"?event pg:hasParticipant {self.iri(actor)} ." for actor in self.actors]
        if self.place:
            lines.append(f"?event pg:takesPlaceWithin {self.iri(self.place)} .")
        if self.since:
            lines.append(f"?event pg:latest ?ends . FILTER(?ends >= {Literal(self.since, datatype=_DATE)})")
        if self.until:
            lines.append(
                f"?event pg:earliest ?begins . FILTER(?begins <= {Literal(self.until, datatype=_DATE)})"
            )
        lines.append("FILTER NOT EXISTS { ?claim pg:relays ?origin }")
        if self.modality:  # at the end: the engine joins what stands behind a BIND apart, row by row
            lines.append(f"BIND(pg:{self.modality} AS ?modality)")
        if self.source:  # first and apart: else the engine reads all claims of a certainty before it joins
            who = self.iri(self.source)
            own = f"{{ ?claim pg:attributedTo {who} }}"
            relayed = f"{{ ?relay pg:attributedTo {who} ; pg:tracesTo ?claim }}"
            lines = [f"{own} UNION", relayed, "LATERAL {", *(f"  {line}" for line in lines), "}"]
        return lines

    @property
    def is_narrow(self) -> bool:
        """Whether it is about somebody, somewhere, a source or a time."""
        return bool(self.actors or self.place or self.source or self.since or self.until)

    def iri(self, path: str) -> NamedNode:
        """The thing at a path of the address."""
        return NamedNode(f"{self.base}id/{path}")

    def without(self, facet: str) -> "Selection":
        """The same with one facet open."""
        open_ones = {
            "type": replace(self, type=""),
            "modality": replace(self, modality=""),
            "actor": replace(self, actors=()),
            "place": replace(self, place=""),
            "source": replace(self, source=""),
        }
        return open_ones[facet]

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values of one facet."""
        if facet == "actor":
            return self.actors
        value = str(getattr(self, facet))
        return (value,) if value else ()

    def query(self, name: str) -> str:
        """A packaged query of a view with these patterns in the place of its mark."""

        def lines(found: re.Match[str]) -> str:
            return "\n".join(found[1] + line for line in self.patterns())

        return _MARK.sub(lines, packaged(name))


@cache
def packaged(name: str) -> str:
    """The text of a view's query."""
    return (resources.files("server") / "queries" / "views" / f"{name}.rq").read_text(encoding="utf-8")


@cache
def types() -> Mapping[str, NamedNode]:
    """The types of events by their local names, in the ontology's order."""
    return {
        name: term.iri
        for name, term in schema.terms().items()
        if term.kind is Kind.CLASS and pg.Event in schema.ancestors(term.iri)
    }


@cache
def modalities() -> tuple[str, ...]:
    """The local names of the modalities."""
    return tuple(concept.name for concept in schema.concepts("Modality"))


def read(parameters: "MultiDict[str, str]", base: str, usual: str = "") -> Selection:
    """The selection of an address. `usual` is the type where none is given; `type=Event` means any.

    Raises ProblemError for a value that can be none.
    """
    given = {name: parameters.get(name, "").strip() for name in (*FACETS, "from", "to")}
    kind = given["type"] or usual
    _check("type", kind, kind in ("", *types()), f"Use one of {', '.join(types())}.")
    modality = given["modality"]
    _check("modality", modality, modality in ("", *modalities()), f"Use one of {', '.join(modalities())}.")
    actors = tuple(dict.fromkeys(text.strip() for text in parameters.getlist("actor") if text.strip()))[:4]
    remedy = "Give the end of its address, such as person/…."
    for name, paths in (("actor", actors), ("place", (given["place"],)), ("source", (given["source"],))):
        for path in paths:
            _check(name, path, not path or bool(_PATH.fullmatch(path)), remedy)
    for name in ("from", "to"):
        _check(name, given[name], not given[name] or _is_day(given[name]), "Give a day as 2025-02-28.")
    return Selection(
        base,
        "" if kind == "Event" else kind,
        modality,
        actors,
        given["place"],
        given["source"],
        given["from"],
        given["to"],
    )


def _check(name: str, text: str, possible: bool, remedy: str) -> None:
    if not possible:
        raise ProblemError(400, "That cannot be chosen", f"{name}={text} is given.", remedy)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def term(local: str) -> str:
    """The IRI of a term by its local name."""
    return f"{NAMESPACE}{local}"
