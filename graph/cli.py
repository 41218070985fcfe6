"""The command `parleygraph`: articles to a graph, the graph to answers.

Each command is a thin shell around one function of the stages; what it prints is for people on a terminal and
plain lines otherwise. Exit status 1: something could not be read, or an error was reported; 2: wrong usage.
"""

import signal
import sys
from pathlib import Path
from typing import Any

import click
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from graph import settings
from graph.errors import ParleygraphError
from graph.store import reader, results, writer

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


PATHS = click.Path(path_type=Path, allow_dash=True)


@main.command(epilog="Example: parleygraph build my-articles/ --store /tmp/store")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_store_option
@_base_option
@click.option("--if-stale", is_flag=True, help="Do nothing when articles, rules and ontology are unchanged.")
def build(paths: tuple[Path, ...], store: Path, base: str, if_stale: bool) -> None:
    """Turns the articles in PATHS (files and folders; data/articles without any) into the graph."""
    # Imported when needed: what reads articles takes two seconds to load, and a query should not wait for it.
    from graph import build as stages

    listed = list(paths or (settings.ARTICLES,))
    if if_stale and not stages.is_stale(listed, store, base):
        click.echo(f"{store}: up to date")
        return
    with _Progress(stages.count(listed)) as progress:
        report = stages.build(listed, store, base, progress.advance)
    for error in report.rejected:
        click.echo(f"rejected: {error}", err=True)
    if not report.accepted:
        raise click.ClickException("no article could be read; the graph stays as it was")
    figures = ", ".join(f"{count:,} {name}" for name, count in report.counts.items())
    click.echo(f"{store}: {figures}; {len(report.rejected)} rejected")
    if report.rejected:
        sys.exit(1)


class _Progress:
    """A bar on a terminal; nothing otherwise, for the summary says it all."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("reading articles"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("articles", total=total, name="")

    def __enter__(self) -> "_Progress":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def advance(self, name: str) -> None:
        """One more file is done."""
        self._bar.update(self._task, advance=1, name=name)


@main.command(epilog="Example: parleygraph extract article.txt --format trig")
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option("--format", "form", type=click.Choice(["jsonl", "turtle", "trig"]), default="jsonl")
@_base_option
def extract(paths: tuple[Path, ...], form: str, base: str) -> None:
    """Writes what is found in each article of PATHS, without storing it; - reads standard input."""
    from graph import build as stages

    failed = False
    for outcome in stages.extracted(paths, sys.stdin.buffer, form, base):
        if isinstance(outcome, ParleygraphError):
            click.echo(f"rejected: {outcome}", err=True)
            failed = True
        else:
            sys.stdout.buffer.write(outcome)
            sys.stdout.buffer.flush()
    if failed:
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
def query(query: str, store: Path, endpoint: str | None, form: str | None) -> None:
    """Answers QUERY: SPARQL, or the name of a file that holds it."""
    # The engine does not look for Ctrl-C while it works, so the signal has to end the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    text = _query_text(query)
    if endpoint is None:
        _show(results.local(store, text), form)
        return
    media_type, body = results.remote(endpoint, text, form)
    answer = results.parsed(media_type, body) if form is None else None
    if answer is None:
        sys.stdout.buffer.write(body)
    else:
        _show(answer, form)


def _query_text(query: str) -> str:
    """The argument itself, or the content of the file it names."""
    if not query.endswith((".rq", ".sparql")):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{query}: cannot be read: {error}") from error


def _show(answer: results.Answer, form: str | None) -> None:
    if form is not None:
        results.write(answer, form, sys.stdout.buffer)
    elif isinstance(answer, QuerySolutions) and sys.stdout.isatty():
        _show_table(answer)
    elif isinstance(answer, QueryBoolean):
        click.echo("yes" if answer else "no")
    else:
        results.write(answer, "csv" if isinstance(answer, QuerySolutions) else "turtle", sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _show_table(solutions: QuerySolutions) -> None:
    names = [variable.value for variable in solutions.variables]
    table = Table(*names)
    for solution in solutions:
        row = [solution[name] for name in names]
        table.add_row(*("" if term is None else getattr(term, "value", str(term)) for term in row))
    Console().print(table)
    click.echo(f"{table.row_count} row{'' if table.row_count == 1 else 's'}")


@main.command(epilog="Example: parleygraph dump --format trig --output graph.trig")
@_store_option
@click.option("--format", "form", type=click.Choice(list(DUMPS)), default="nquads", show_default=True)
@click.option(
    "--output", type=click.File("wb"), default="-", help="File to write; standard output without it."
)
def dump(store: Path, form: str, output: Any) -> None:
    """Writes the whole dataset, the default graph included."""
    reader.dump(reader.open_current(store), output, DUMPS[form])
