"""A reading of one article as quads: the stage's single entry.

The order is of no meaning and the quads are a set: the same reading gives the same set in every run.
"""

from pyoxigraph import Quad

from graph.mapping import entities, provenance
from graph.mapping.iris import Iris
from graph.mapping.metonyms import resolved
from graph.mapping.spans import Spans
from graph.model import Reading


def quads(reading: Reading, base: str) -> set[Quad]:
    """All quads of the article in named graphs below `base`; raises ArticleError for a broken reading."""
    reading = resolved(reading)
    iris = Iris(reading, base)
    spans = Spans(reading.article, reading.language, iris)
    found = set(provenance.article_quads(reading.article, reading.language, iris))
    for event in reading.events:
        for index, claim in enumerate(event.claims):
            found.update(provenance.claim_quads(claim, index, reading.events, iris, spans))
    for quotation in reading.quotations:
        found.update(provenance.quotation_quads(quotation, iris, spans))
    found.update(entities.quads(reading, iris, spans))
    # Last, for all the others add spans.
    found.update(spans.quads())
    return found
