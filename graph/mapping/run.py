"""The graph of a build, in PROV: when it ran, with which software, over how many articles.

It is the only graph with a clock in it, and so left out of the merge and of every comparison of two builds.
"""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from pyoxigraph import Literal, NamedNode, Quad

from graph.mapping import literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Minter


def quads(minter: Minter, started: datetime, ended: datetime, articles: list[str]) -> Iterator[Quad]:
    """The activity that used the articles of these ids; both times with their zone."""
    graph = minter.graph("run")
    activity = NamedNode(f"{graph.value}#build")
    software = NamedNode(f"{graph.value}#parleygraph")
    yield Quad(activity, v.RDF_TYPE, v.ACTIVITY, graph)
    yield Quad(activity, v.LABEL, literals.text("Build of the graph", "en"), graph)
    yield Quad(activity, v.STARTED, _instant(started), graph)
    yield Quad(activity, v.ENDED, _instant(ended), graph)
    yield Quad(activity, v.ASSOCIATED_WITH, software, graph)
    yield Quad(software, v.RDF_TYPE, v.SOFTWARE_AGENT, graph)
    yield Quad(software, v.LABEL, literals.text("parleygraph", "en"), graph)
    yield Quad(software, v.VERSION, literals.text(version("parleygraph")), graph)
    for article in articles:
        yield Quad(activity, v.USED, minter.article(article), graph)


def model_quads(minter: Minter, model: str, notes: list[str]) -> Iterator[Quad]:
    """That a language model of this name read the articles, too, with what is to be said of it."""
    graph = minter.graph("run")
    agent = NamedNode(f"{graph.value}#llm")
    yield Quad(NamedNode(f"{graph.value}#build"), v.ASSOCIATED_WITH, agent, graph)
    yield Quad(agent, v.RDF_TYPE, v.SOFTWARE_AGENT, graph)
    yield Quad(agent, v.LABEL, literals.text(model), graph)
    for note in notes:
        yield Quad(agent, v.COMMENT, literals.text(note, "en"), graph)


def _instant(moment: datetime) -> Literal:
    return Literal(moment.isoformat(timespec="seconds"), datatype=v.XSD_DATE_TIME)
