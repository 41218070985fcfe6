"""The words: every stretch of an article that supports something, once, with what it supports.

A span is a pg:TextSpan under an RFC 5147 fragment, with its position (as in oa:TextPositionSelector) and its
words with what stands around them (as in oa:TextQuoteSelector), so that it can be found again in a text
that has shifted.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from graph.mapping import literals
from graph.mapping import vocabulary as v
from graph.mapping.iris import Iris
from graph.model import Article, Span
from ontology import terms as pg

CONTEXT = 32
"""Code points of prefix and suffix: what Hypothesis and the W3C's examples of the selector use."""


class Spans:
    """Collects the spans of one article; `quads` describes each of them once."""

    def __init__(self, article: Article, language: str, iris: Iris) -> None:
        self._article = article
        self._language = language
        self._iris = iris
        self._supported: dict[Span, set[NamedNode]] = {}
        self._mentioned: dict[Span, set[NamedNode]] = {}
        self._naming: set[Span] = set()

    def add(
        self,
        span: Span,
        supported: NamedNode | None = None,
        *,
        mentioned: NamedNode | None = None,
        names_agent: bool = False,
    ) -> NamedNode:
        """The IRI of `span`, which gives the value of the property `supported`, or names an agent.

        `mentioned` is the event, place or topic that its words are for: several values of one property, or
        one word that tells of two events, are told apart by it.
        """
        properties = self._supported.setdefault(span, set())
        if supported is not None:
            properties.add(supported)
        if mentioned is not None:
            self._mentioned.setdefault(span, set()).add(mentioned)
        if names_agent:
            self._naming.add(span)
        return self._iris.span(span)

    def found(self, words: str, inside: Span) -> Span | None:
        """Where `words` stand inside a span, if they do."""
        start = inside.of(self._article.text).find(words)
        return None if start < 0 else Span(inside.start + start, inside.start + start + len(words))

    def quads(self) -> Iterator[Quad]:
        """The description of every span, in the article's graph."""
        graph, text = self._iris.article_graph, self._article.text
        for span in sorted(self._supported):
            node = self._iris.span(span)
            words = literals.text(span.of(text), self._language)
            yield Quad(node, v.RDF_TYPE, pg.TextSpan, graph)
            yield Quad(node, pg.inDocument, self._iris.article, graph)
            yield Quad(node, pg.start, literals.integer(span.start), graph)
            yield Quad(node, pg.end, literals.integer(span.end), graph)
            yield Quad(node, pg.exact, words, graph)
            if span in self._naming:
                yield Quad(node, pg.surfaceForm, words, graph)
            before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end :][:CONTEXT]
            for predicate, context in ((v.PREFIX, before), (v.SUFFIX, after)):
                if context:
                    yield Quad(node, predicate, literals.text(context, self._language), graph)
            for supported in self._supported[span]:
                yield Quad(node, pg.supports, supported, graph)
            for mentioned in self._mentioned.get(span, ()):
                yield Quad(node, v.MENTIONS, mentioned, graph)
