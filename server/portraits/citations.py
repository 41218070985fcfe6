"""How to cite a thing and how to ask about it: a BibTeX entry, and queries to run and to change."""

from functools import cache
from importlib import resources
from urllib.parse import quote

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
    """The name of each query for a thing of this kind, with its text about the thing as a part of an address.

    The reader gets the text to change it, so the IRI stands in it as a VALUES line; NamedNode refuses what
    is no IRI, so that nothing else can get into the query.
    """
    names = _BY_KIND.get(kind, ("statements", "incoming"))
    values = f"VALUES ?this {{ {NamedNode(iri)} }}"
    return [(name, quote(values).join(_packaged(name))) for name in names]


@cache
def _packaged(name: str) -> tuple[str, str]:
    """What stands before and after the mark, as parts of an address: to quote them anew takes long."""
    text = (resources.files("server") / "queries" / "about" / f"{name}.rq").read_text(encoding="utf-8")
    before, _, after = text.partition(_MARK)
    return quote(before), quote(after)
