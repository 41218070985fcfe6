"""The command `parleygraph`: articles to a graph, the graph to answers.

Each command is a thin shell around one function of the stages; what it prints is for people on a terminal and
plain lines otherwise. Exit status 1: something could not be read, or an error was reported; 2: wrong usage.
"""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pyoxigraph import RdfFormat

from graph import processes, settings
from graph.errors import ParleygraphError
from graph.llm.endpoint import Endpoint, endpoint
from graph.store import generations, reader, results, snapshots, writer

if TYPE_CHECKING:
    from graph.llm.report import Usages
    from graph.model import Usage

DUMPS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


class Commands(click.Group):
    """A group whose commands report the errors a user can cause as one message, without a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error of ours becomes click's own, with exit status 1."""
        try:
            return super().invoke(ctx)
        except ParleygraphError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parleygraph")
def main() -> None:
    """News articles as a graph that says who says what, in which words."""


def _store_option(function: Any) -> Any:
    """`--store DIR`, by default what PARLEYGRAPH_STORE says."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=settings.store,
        help="Folder of the store; else PARLEYGRAPH_STORE, else data/build/store.",
    )(function)


def _base_option(function: Any) -> Any:
    """`--base IRI`, by default what PARLEYGRAPH_BASE says."""
    return click.option(
        "--base",
        default=settings.base,
        callback=lambda _context, _option, iri: settings.checked_base(iri, "--base"),
        help="IRI below which the data's own IRIs hang; else PARLEYGRAPH_BASE, else http://127.0.0.1:8000/.",
    )(function)


_llm_option = click.option(
    "--llm",
    is_flag=True,
    help="Have the language model at PARLEYGRAPH_LLM_URL read, too; the articles are sent there.",
)


def _endpoint(llm: bool) -> Endpoint | None:
    """The language model of the settings, when it is asked for."""
    return endpoint() if llm else None


def _told(usages: "Usages") -> bool:
    """Whether the language model, if one was asked, read every article; what it took goes to the terminal."""
    from graph.llm import report

    for line in report.lines(usages):
        click.echo(f"language model: {line}", err=True)
    return not any(usage.failure for _, usage in usages)


PATHS = click.Path(path_type=Path, allow_dash=True)


@main.command(epilog="Example: parleygraph build my-articles/ --store /tmp/store")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_store_option
@_base_option
@click.option("--if-stale", is_flag=True, help="Do nothing when articles, rules and ontology are unchanged.")
@click.option("--fresh", is_flag=True, help="Drop what was written to the store over HTTP.")
@click.option(
    "--processes",
    type=click.IntRange(min=1, max=processes.MOST),
    default=processes.available,
    help="Processes that read articles; without it, one per processor.",
)
@_llm_option
def build(
    paths: tuple[Path, ...], store: Path, base: str, if_stale: bool, fresh: bool, processes: int, llm: bool
) -> None:
    """Turns the articles in PATHS (files and folders; data/articles without any) into the graph."""
    # Imported when needed: what reads articles takes two seconds to load, and a query should not wait for it.
    from graph import build as stages
    from graph.progress import ProgressLine

    if if_stale and llm:
        raise click.UsageError("what a language model would say now is not known: leave --if-stale out")
    listed = list(paths or (settings.ARTICLES,))
    if if_stale and not stages.is_stale(listed, store, base):
        click.echo(f"{store}: up to date")
        return
    with ProgressLine(stages.count(listed)) as line:
        asked = _endpoint(llm)
        report = stages.build(listed, store, base, line, parallel=processes, endpoint=asked, fresh=fresh)
    for error in report.rejected:
        click.echo(f"rejected: {error}", err=True)
    if not report.accepted:
        raise click.ClickException("no article could be read; the graph stays as it was")
    click.echo(f"{store}: {_figures(report.counts)}; {len(report.rejected)} rejected")
    if not _told(report.usages) or report.rejected:
        sys.exit(1)


def _figures(counts: dict[str, int]) -> str:
    """`1 article, 12 events, …`, as a summary ends."""
    return ", ".join(f"{count:,} {name[:-1] if count == 1 else name}" for name, count in counts.items())


@main.command(epilog="Example: parleygraph extract article.txt --format trig")
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option("--format", "form", type=click.Choice(["jsonl", "turtle", "trig"]), default="jsonl")
@_base_option
@_llm_option
def extract(paths: tuple[Path, ...], form: str, base: str, llm: bool) -> None:
    """Writes what is found in each article of PATHS, without storing it; - reads standard input."""
    from graph import build as stages

    failed = False
    usages: list[tuple[str, Usage]] = []
    for outcome in stages.extracted(paths, sys.stdin.buffer, form, base, _endpoint(llm), usages):
        if isinstance(outcome, ParleygraphError):
            click.echo(f"rejected: {outcome}", err=True)
            failed = True
        else:
            sys.stdout.buffer.write(outcome)
            sys.stdout.buffer.flush()
    if not _told(usages) or failed:
        sys.exit(1)


@main.command(epilog="Example: parleygraph load agents.ttl more.nq.gz --store /tmp/store")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_store_option
def load(files: tuple[Path, ...], store: Path) -> None:
    """Adds RDF FILES of any syntax, plain or .gz, to the store; all of them or, on an error, none."""
    triples = writer.load(store, files)
    click.echo(f"{store}: {triples:,} triples")


@main.command(
    epilog="Example: parleygraph query 'SELECT ?p WHERE { ?call a pg:Call ; pg:hasParticipant ?p }'"
)
@click.argument("query")
@_store_option
@click.option("--endpoint", help="Ask the SPARQL endpoint at this address, not the store.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*results.TABLES, *results.GRAPHS]),
    help="Syntax of the answer; without it a table on a terminal, else CSV (or Turtle for a graph).",
)
@click.option("--explain", is_flag=True, help="Tell plan, time and advice, and not the answer.")
def query(query: str, store: Path, endpoint: str | None, form: str | None, explain: bool) -> None:
    """Answers QUERY: SPARQL, or the name of a file that holds it."""
    # The engine does not look for Ctrl-C while it works, so the signal has to end the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    text = _query_text(query)
    if explain:
        if endpoint is not None:
            raise click.UsageError(f"--explain reads a store; ask {endpoint}?explain=1&query=… instead")
        click.echo(results.explained(store, text))
        return
    if endpoint is None:
        results.show(results.local(store, text), form)
        return
    media_type, body = results.remote(endpoint, text, form)
    answer = results.parsed(media_type, body) if form is None else None
    if answer is None:
        sys.stdout.buffer.write(body)
    else:
        results.show(answer, form)


def _query_text(query: str) -> str:
    """The argument itself, or the content of the file it names."""
    if not query.endswith((".rq", ".sparql")):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{query}: cannot be read: {error}") from error


@main.command(epilog="Example: parleygraph dump --format trig --output graph.trig")
@_store_option
@click.option("--format", "form", type=click.Choice(list(DUMPS)), default="nquads", show_default=True)
@click.option(
    "--output", type=click.File("wb"), default="-", help="File to write; standard output without it."
)
def dump(store: Path, form: str, output: Any) -> None:
    """Writes the whole dataset, the default graph included."""
    reader.dump(reader.open_current(store), output, DUMPS[form])


@main.command(epilog="Example: parleygraph validate --format json")
@_store_option
@click.option("--format", "form", type=click.Choice(["text", "turtle", "json"]), default="text")
@click.option("--reason", is_flag=True, help="Ask HermiT too whether graph and ontology are consistent.")
def validate(store: Path, form: str, reason: bool) -> None:
    """Checks the graph against the SHACL shapes of the ontology; exit status 1 when it violates one."""
    from graph.store import validation

    database = reader.open_current(store)
    found = validation.report(store, database)
    click.echo(validation.FORMS[form](found))
    sound = validation.conforms(found)
    if reason:
        from ontology import reasoning

        try:
            verdict = reasoning.judge(validation.facts(database))
        except reasoning.ReasoningError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"HermiT: {'consistent' if verdict.consistent else 'inconsistent'}", err=form != "text")
        for name in verdict.unsatisfiable:
            click.echo(f"HermiT: nothing can be a <{name}>", err=form != "text")
        sound = sound and verdict.sound
    if not sound:
        sys.exit(1)


@main.command(epilog="Example: parleygraph backup news.tar.gz")
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
@_store_option
def backup(archive: Path, store: Path) -> None:
    """Writes a snapshot of the store, its texts included, to the file ARCHIVE."""
    snapshots.backup(store, archive)
    click.echo(f"{archive}: {archive.stat().st_size:,} bytes")


@main.command(epilog="Example: parleygraph index --store /tmp/store")
@_store_option
def index(store: Path) -> None:
    """Makes the full-text index of a store that was written without one; a server does it by itself."""
    from graph.store.search import index as words

    words.ensure(generations.current(store), store)
    click.echo(f"{store}: can be searched")


@main.command(epilog="Example: parleygraph replica --store /tmp/store")
@_store_option
def replica(store: Path) -> None:
    """Makes the columns that count and join fast, for the current generation; a server does it by itself."""
    from graph.store.columns import replicas

    made = replicas.make(store)
    click.echo(f"{store}: {'the replica is there' if made else 'somebody else is making the replica'}")


@main.command(epilog="Example: parleygraph prune --keep 1")
@_store_option
@click.option("--keep", type=click.IntRange(min=1), default=1, show_default=True, help="Generations kept.")
def prune(store: Path, keep: int) -> None:
    """Removes old generations, to free their space; the one in force always stays."""
    with generations.locked(store):
        generations.prune(store, keep)
    click.echo(f"{store}: {_figures({'generations': len(generations.numbers(store))})}")


@main.command(epilog="Example: parleygraph restore news.tar.gz --store /tmp/store")
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
@_store_option
def restore(archive: Path, store: Path) -> None:
    """Makes the snapshot in ARCHIVE the current content of the store."""
    snapshots.restore(store, archive)
    click.echo(f"{store}: {_figures(reader.counts(reader.open_current(store)))}")


@main.command(epilog="Example: parleygraph evaluate data/gold/dev --errors")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), default=settings.GOLD)
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown")
@click.option("--errors", is_flag=True, help="List every error, article by article.")
@_llm_option
def evaluate(gold: Path, form: str, errors: bool, llm: bool) -> None:
    """Scores the extraction on the articles in GOLD, whose right answers stand beside them."""
    from graph import build as stages
    from graph.evaluation import evaluation, report

    usages: list[tuple[str, Usage]] = []
    found = evaluation.evaluate(gold, stages.extractor(settings.base(), _endpoint(llm), usages))
    click.echo(report.to_json(found) if form == "json" else report.markdown(found))
    if errors:
        click.echo(report.errors(found), err=form == "json")
    if not _told(usages):
        sys.exit(1)
