"""How to cite a thing and how to ask about it: a BibTeX entry, and queries to run and to change."""

from functools import cache
from importlib import resources

from pyoxigraph import NamedNode

from server.portraits.names import Name

_MARK = "# about ?this"
"""The line of a query that gives way to the thing's IRI."""

_BY_KIND = {
    "Event": ("claims", "statements", "incoming"),
    "Person": ("events", "statements", "incoming"),
    "Organization": ("events", "statements", "incoming"),
    "Country": ("events", "statements", "incoming"),
}


def bibtex(name: Name, generation: str) -> str:
    """An entry of BibTeX; the version is the graph's generation, for a graph grows."""
    key = name.iri.rpartition("/")[2]
    title = name.label.replace("\\", "").replace("{", "(").replace("}", ")")
    lines = (
        f"@misc{{{key},",
        f"  title = {{{{{' '.join(title.split())}}}}},",
        "  publisher = {parleygraph},",
        f"  version = {{{generation}}},",
        f"  url = {{{name.iri}}}",
        "}",
    )
    return "\n".join(lines)


def queries(kind: str, iri: str) -> list[tuple[str, str]]:
    """The name of each query for a thing of this kind, with its text about the thing.

    The reader gets the text to change it, so the IRI stands in it as a VALUES line; NamedNode refuses what
    is no IRI, so that nothing else can get into the query.
    """
    names = _BY_KIND.get(kind, ("statements", "incoming"))
    values = f"VALUES ?this {{ {NamedNode(iri)} }}"
    return [(name, _packaged(name).replace(_MARK, values)) for name in names]


@cache
def _packaged(name: str) -> str:
    return (resources.files("server") / "queries" / "about" / f"{name}.rq").read_text(encoding="utf-8")
