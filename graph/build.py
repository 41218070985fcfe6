"""The stages composed: files → articles → extractions → readings → quads → a published store.

One bad article is rejected with its reason and the others go on; where none can be read, nothing is
published.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple, parse

from graph import processes, settings
from graph.assembly import Assembly, conforming, pipeline, published, readings
from graph.corpus import articles
from graph.errors import ArticleError, DataError, ParleygraphError, StoreError
from graph.linking.reading import link
from graph.llm import report as llm_report
from graph.llm.endpoint import Endpoint
from graph.mapping import annotations, records, run, serialisation
from graph.mapping.annotations import Annotation
from graph.mapping.iris import Minter
from graph.model import Article, Reading, Usage
from graph.progress import Progress
from graph.spool import Spool
from graph.store import examples, fingerprint, generations, reader, texts, writer
from ontology import rules, schema

INPUTS = ("graph", "ontology", "data/lexicon", "data/gazetteer", "data/annotations")
"""What a graph depends on beside the articles: folders below the checkout."""


@dataclass(slots=True)
class Report:
    """What a build did: how much the graph holds then, which articles and annotations it rejected, and what a
    language model was asked about which article, if one was."""

    counts: dict[str, int] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    rejected: list[ArticleError | DataError] = field(default_factory=list)
    usages: list[tuple[str, Usage]] = field(default_factory=list)


class _NothingReadableError(ParleygraphError):
    """Ends the making of a generation in which there would be no article."""


def build(
    paths: Iterable[Path],
    store: Path,
    base: str,
    progress: Progress | None = None,
    annotated: Path = settings.ANNOTATIONS,
    parallel: int = 1,
    endpoint: Endpoint | None = None,
    fresh: bool = False,
) -> Report:
    """Builds `store` anew from the articles in `paths`; `progress` is told of each one.

    Raises StoreError where the store holds what was written over HTTP, unless `fresh` says to drop that.

    The annotations in the folder `annotated` are applied to the articles that they are about. Where not one
    article can be published (`accepted` is empty), the store stays as it was. The graph is the same whatever
    the number of processes, `parallel`, that read articles. A language model at the `endpoint` reads them
    after the rules.
    """
    report, minter, started = Report(), Minter(base), datetime.now(UTC)
    told = progress or Progress()
    listed = list(paths)
    inputs = staleness(listed, base)

    def quads() -> Iterator[Quad]:
        if not fresh:
            _require_unwritten(store)  # here the store is locked: nothing is written between this and the end
        assembly = Assembly(base, store, _annotations(annotated, base, report), endpoint)
        # Unnamed, so that nothing is left behind; in the store's folder, where there is room for a graph.
        with tempfile.TemporaryFile(dir=store) as file:
            spool = Spool(file)
            for each in processes.over(assembly, articles.read(listed), parallel):
                report.rejected += each.faults
                report.usages += [(each.place, each.usage)] if each.usage else []
                if each.id:
                    spool.add(each)
                    report.accepted.append(each.id)
                told.read(each.place)
            if not report.accepted:
                raise _NothingReadableError("no article could be read")
            yield from spool.quads(told.write)
        yield from ontology_quads(minter.graph("ontology"))
        yield from (
            Quad(triple.subject, triple.predicate, triple.object, minter.graph("ontology"))
            for triple in _for_editors(base)
        )
        yield from run.quads(minter, started, datetime.now(UTC), sorted(report.accepted))
        if endpoint is not None:
            yield from run.model_quads(minter, endpoint.model, llm_report.lines(report.usages))

    try:
        writer.build(store, quads(), minter.graph("entailed"), [rule.construct for rule in rules.RULES])
    except _NothingReadableError:
        return report
    texts.keep_only(store, set(report.accepted))
    fingerprint.keep(store, inputs)
    report.counts = reader.counts(reader.open_current(store))
    return report


def _require_unwritten(store: Path) -> None:
    if generations.exists(store) and fingerprint.is_written(store):
        raise StoreError(
            "holds articles or updates that were written over HTTP, which a build from files would drop",
            place=str(store),
            remedy="post more articles to the server; or keep a copy (parleygraph backup) and build --fresh",
        )


def _annotations(folder: Path, base: str, report: Report) -> dict[str, list[Annotation]]:
    """The annotations of each article; files that cannot be used go to the report."""
    found: dict[str, list[Annotation]] = {}
    for path in annotations.files(folder):
        try:
            annotation = annotations.read(path, base)
        except DataError as error:
            report.rejected.append(error)
        else:
            found.setdefault(annotation.article, []).append(annotation)
    return found


def count(paths: Iterable[Path]) -> int:
    """How many articles `paths` name, for a progress bar: files, and the lines of files of JSON Lines."""
    return sum(_articles_in(file) for path in paths for file in articles.files(path))


def _articles_in(file: Path) -> int:
    if file.suffix.lower() not in articles.LINES or not file.is_file():
        return 1
    try:
        with file.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1  # It will be rejected, once, with the reason.


def extracted(
    paths: Iterable[Path],
    stdin: BinaryIO,
    form: str,
    base: str,
    endpoint: Endpoint | None = None,
    usages: list[tuple[str, Usage]] | None = None,
) -> Iterator[bytes | ArticleError]:
    """Per article what `extract` prints: a line of JSON, Turtle or TriG; `-` among the paths is `stdin`.

    What the language model at the `endpoint`, if there is one, was asked is added to `usages`.
    """
    read = (articles.read_stream(stdin) if str(path) == "-" else articles.read([path]) for path in paths)
    for outcome in readings(chain.from_iterable(read), endpoint):
        if isinstance(outcome, ArticleError):
            yield outcome
            continue
        try:
            found, written = _written(outcome[1], form, base)
        except ArticleError as error:
            yield error
        else:
            if found.usage is not None and usages is not None:
                usages.append((found.article.source, found.usage))
            yield written


def extractor(
    base: str, endpoint: Endpoint | None = None, usages: list[tuple[str, Usage]] | None = None
) -> Callable[[Article], records.Record]:
    """One article to its JSON object, as a function: what an evaluation asks.

    What the language model at the `endpoint`, if there is one, was asked is added to `usages`.
    """
    pipe = pipeline(endpoint)

    def extract(article: Article) -> records.Record:
        read = link(pipe.extract(article))
        if read.usage is not None and usages is not None:
            usages.append((article.source, read.usage))
        return records.record(read, base)

    return extract


def intake(base: str) -> Callable[[bytes, bool], tuple[Article, set[Quad]]]:
    """The bytes of one article (JSON or not) to itself and its conforming quads; raises ArticleError."""
    rules_alone = pipeline(None)

    def take(data: bytes, is_json: bool) -> tuple[Article, set[Quad]]:
        decode = articles.decode_record if is_json else articles.decode
        article = decode(data, "the article")
        return article, conforming(link(rules_alone.extract(article)), base)

    return take


def _written(read: Reading, form: str, base: str) -> tuple[Reading, bytes]:
    """The reading that is written, and its text; raises ArticleError."""
    if form == "jsonl":
        return read, json.dumps(records.record(read, base), ensure_ascii=False).encode("utf-8") + b"\n"
    read, quads = published(read, base)
    return read, serialisation.trig(quads) if form == "trig" else serialisation.turtle(quads)


def ontology_quads(graph: NamedNode) -> Iterator[Quad]:
    """The vocabulary, its blank nodes named by their content (RDFC-1.0), so that two builds agree."""
    vocabulary = Dataset()
    for file in schema.FILES:
        for quad in parse(path=str(file), rename_blank_nodes=True):
            vocabulary.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    vocabulary.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from vocabulary


def _for_editors(base: str) -> Iterator[Triple]:
    """What query editors look for in a graph: prefixes and example queries."""
    yield from examples.prefixes(base)
    yield from examples.executables(base)


def staleness(paths: Iterable[Path], base: str) -> str:
    """The fingerprint of all that a build of `paths` depends on; a language model apart, whose answers are
    nobody's to repeat."""
    folders = [settings.ROOT / each for each in INPUTS]
    values = [base]
    if settings.parses():
        folders.append(settings.ROOT / "data" / "models")
        values += [settings.read(settings.MODEL_IT), settings.read(settings.MODEL_EN)]
    return fingerprint.of([*paths, *(folder for folder in folders if folder.exists())], *values)


def is_stale(paths: Iterable[Path], store: Path, base: str) -> bool:
    """Whether `store` has to be built, as far as its inputs tell; never where others have written to it."""
    if generations.exists(store) and fingerprint.is_written(store):
        return False
    return not generations.exists(store) or fingerprint.stored(store) != staleness(paths, base)
