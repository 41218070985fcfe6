"""The gate of a build: the violations of one article's quads, with the words that they are about.

The queries among the shapes run in Oxigraph over the article's own graphs; the rest is applied here. The one
constraint that reads the whole text, span by span, is a slice in Python instead of a SUBSTR that counts from
the start of the text each time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Variable, parse

from graph.mapping import vocabulary as v
from graph.mapping.conformance import shapes
from graph.mapping.conformance.constraints import MERGE, Facts, failures
from ontology import terms as pg
from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import EVENT, SCHEMES, descendants

LONGEST_SHOWN = 200
"""Characters of the article that a message quotes: what a span that is no quotation may have."""

WHOLE = re.compile(r"[+-]?\d+")
MERGED = "INSERT { ?subject ?property ?object } WHERE { GRAPH ?graph { ?subject ?property ?object } }"
"""The merge of an article's graphs; made by the engine, for half of the time would go into copying terms."""

THIS = Variable("this")
OF_CONCEPTS = (v.RDF_TYPE, NamedNode(PREFIXES["skos"] + "inScheme"), NamedNode(PREFIXES["dct"] + "relation"))
"""What the shapes ask of the vocabulary's own concepts; the hierarchy of classes comes from the schema."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with which node, by which shape; `words` are of a span that belongs to it, if any."""

    node: str
    reason: str
    shape: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.reason}: <{self.node}>" + (f" («{self.words}»)" if self.words else "")


def violations(quads: Iterable[Quad], texts: Mapping[str, str]) -> list[Violation]:
    """All violations in the quads (in named graphs) of articles whose raw texts are given by article id."""
    store = Store()
    store.extend(quads)
    store.update(MERGED)
    store.extend(concepts())
    facts = Facts(store)
    found = set(_wrong_words(facts, texts))
    for shape in shapes.targeted():
        if not shape.is_warning:
            for node in _targets(facts, shape):
                found.update(_of_node(facts, node, shape))
    return sorted(found)


@cache
def concepts() -> tuple[Quad, ...]:
    """What the shapes need to know of roles, modalities and media."""
    return tuple(
        Quad(quad.subject, quad.predicate, quad.object, MERGE)
        for file in (EVENT, SCHEMES)
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if quad.predicate in OF_CONCEPTS
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(NAMESPACE)
    )


def _targets(facts: Facts, shape: shapes.Shape) -> list[NamedNode]:
    """The article's nodes of the shape's target classes and of those below them; not the vocabulary's own."""
    below = {each for target in shape.targets for each in descendants(target)}
    found = {node for kind in below for node in facts.values(kind, v.RDF_TYPE, inverse=True)}
    named = {node for node in found if isinstance(node, NamedNode) and not node.value.startswith(NAMESPACE)}
    return sorted(named, key=str)


def _of_node(facts: Facts, node: NamedNode, shape: shapes.Shape) -> Iterator[Violation]:
    for message in failures(facts, node, shape):
        yield _violation(facts, node, message, shape)
    for query, message in shape.queries:
        rows = facts.store.query(query, prefixes=PREFIXES, substitutions={THIS: node})
        assert isinstance(rows, QuerySolutions)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            values = {name: _text(row[name]) for name in names}
            told = message
            for name, text in values.items():
                told = told.replace(f": {{?{name}}}", "").replace(f"{{?{name}}}", text)
            yield _violation(facts, NamedNode(values["value"]) if "value" in values else node, told, shape)


def _wrong_words(facts: Facts, texts: Mapping[str, str]) -> Iterator[Violation]:
    """The spans whose words are not those of their article at their offsets."""
    for span in facts.values(pg.TextSpan, v.RDF_TYPE, inverse=True):
        described = (facts.values(span, each) for each in (pg.inDocument, pg.start, pg.end, pg.exact))
        for article, start, end, words in product(*described):
            text = texts.get(_text(article).rpartition("/")[2])
            offsets = [int(_text(each)) for each in (start, end) if WHOLE.fullmatch(_text(each))]
            if text is None or len(offsets) < 2:
                continue
            there = text[max(0, offsets[0]) : max(0, offsets[1])]
            if there != _text(words):
                reason = f"the article has «{there[:LONGEST_SHOWN]}» at the offsets of the span"
                yield Violation(_text(span), reason, "SpanText", _text(words))


def _violation(facts: Facts, node: NamedNode, reason: str, shape: shapes.Shape) -> Violation:
    """The violation with the words of the node, or of the first of its spans."""
    own = facts.values(node, pg.exact)
    for span in sorted(facts.values(node, pg.evidence), key=str):
        own += facts.values(span, pg.exact)
    return Violation(node.value, reason, shape.name, _text(own[0]) if own else "")


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
