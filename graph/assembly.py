"""One article through the stages: text → extraction → reading → quads that conform, with its annotations.

It is the pure part of a build, the same in every process: an article's quads rest on nothing but the article,
the annotations about it, the lexicon and the ontology.
"""

import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.errors import ArticleError, DataError
from graph.extraction.pipeline import Pipeline
from graph.linking.reading import link
from graph.llm.endpoint import Endpoint
from graph.llm.reader import Reader
from graph.mapping import annotations, dataset
from graph.mapping.annotations import Annotation
from graph.mapping.conformance import gate
from graph.model import Article, Reading, Usage
from graph.store import merge, texts
from graph.store.identity import tellings
from graph.store.identity.tellings import Telling

log = logging.getLogger(__name__)

Outcome = tuple[Article, Reading] | ArticleError
Fault = ArticleError | DataError


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of one article: `id` is empty where it was rejected, `faults` say why, or which
    annotations were.

    `packed` are its quads as compressed N-Quads, `told` what it tells of events, for linking; `usage` what
    a language model was asked, if one was.
    """

    place: str
    id: str = ""
    packed: bytes = b""
    told: tuple[Telling, ...] = ()
    faults: tuple[Fault, ...] = ()
    usage: Usage | None = None

    def quads(self) -> Iterator[Quad]:
        """The article's quads."""
        return parse(zlib.decompress(self.packed), format=RdfFormat.N_QUADS)


@dataclass(frozen=True, slots=True)
class Assembly:
    """Makes the function that assembles articles, in whichever process; the raw texts go to the store's
    folder. The language model at the `endpoint`, if there is one, reads them, too."""

    base: str
    store: Path
    by_article: Mapping[str, Sequence[Annotation]] = field(default_factory=dict)
    endpoint: Endpoint | None = None

    def __call__(self) -> Callable[[Article | ArticleError], Assembled]:
        """The function; it holds a pipeline, which takes a second to make."""
        pipe = pipeline(self.endpoint)
        return lambda outcome: self._assembled(reading(pipe, outcome))

    def _assembled(self, outcome: Outcome) -> Assembled:
        if isinstance(outcome, ArticleError):
            return Assembled(outcome.place, faults=(outcome,))
        article, read = outcome
        try:
            read, mapped = published(read, self.base)
        except ArticleError as error:
            return Assembled(article.source, faults=(error,))
        mapped, faults = annotated(mapped, read, self.base, self.by_article.get(article.id, ()))
        texts.write(self.store, article.id, article.text)
        written = serialize(mapped, format=RdfFormat.N_QUADS)
        assert written is not None
        return Assembled(
            place=article.source,
            id=article.id,
            # The fastest level: it takes a millisecond and leaves a tenth.
            packed=zlib.compress(written, level=1),
            told=tuple(tellings.read(mapped)),
            faults=tuple(faults),
            usage=read.usage,
        )


def pipeline(endpoint: Endpoint | None) -> Pipeline:
    """The rules, and behind them the language model at the endpoint, if there is one."""
    return Pipeline(Reader(endpoint) if endpoint is not None else None)


def readings(
    outcomes: Iterable[Article | ArticleError], endpoint: Endpoint | None = None
) -> Iterator[Outcome]:
    """Each article with its reading, or why there is none."""
    pipe = pipeline(endpoint)
    return (reading(pipe, outcome) for outcome in outcomes)


def reading(pipeline: Pipeline, outcome: Article | ArticleError) -> Outcome:
    """The article with its reading, or why there is none."""
    if isinstance(outcome, ArticleError):
        return outcome
    try:
        return outcome, link(pipeline.extract(outcome))
    except ArticleError as error:
        return error
    except Exception as error:
        # A fault of ours in one article must not cost the others; the log has the trace.
        log.debug("extraction failed on %s", outcome.source, exc_info=True)
        reason = f"the extraction failed on it: {type(error).__name__}: {error}"
        return ArticleError(reason, place=outcome.source, remedy="report it with the article")


def published(read: Reading, base: str) -> tuple[Reading, set[Quad]]:
    """The reading with its quads, which conform; raises ArticleError.

    Where the claims of a language model make quads that do not, the reading is that of the rules alone.
    """
    try:
        return read, conforming(read, base)
    except ArticleError as error:
        if read.usage is None:
            raise
        failure = f"with its claims the graph would be wrong: {error.reason}"
        usage = replace(read.usage, kept=0, confirmed=0, failure=failure)
    read = replace(link(Pipeline().extract(read.article)), usage=usage)
    return read, conforming(read, base)


def conforming(read: Reading, base: str) -> set[Quad]:
    """The quads of a reading, checked; raises ArticleError that names each violation and its words."""
    mapped = dataset.quads(read, base)
    remedy = "report it with the article: the graph may not hold this"
    _refuse_violations(mapped, read, read.article.source, remedy, ArticleError)
    return mapped


def annotated(
    mapped: set[Quad], read: Reading, base: str, of_article: Iterable[Annotation]
) -> tuple[set[Quad], list[DataError]]:
    """The article's quads with those of its annotations that conform, and why the others do not."""
    faults: list[DataError] = []
    for annotation in of_article:
        try:
            together = annotations.applied(annotation, mapped, read, base)
            _refuse_violations(together, read, annotation.place, "mend the file", DataError)
        except DataError as error:
            faults.append(error)
        else:
            mapped = together
    return mapped, faults


def _refuse_violations(
    quads: set[Quad], read: Reading, place: str, remedy: str, error: type[ArticleError | DataError]
) -> None:
    """Raises `error` with each violation of the shapes, if there is one, in what will be published."""
    published = filter(merge.is_merged, quads)
    violations = gate.violations(published, {read.article.id: read.article.text})
    if violations:
        raise error("; ".join(str(each) for each in violations), place=place, remedy=remedy)
