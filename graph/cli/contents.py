"""The commands that fill a store with RDF, ask it, write it out and check it."""

import signal
import sys
from pathlib import Path
from typing import Any

import click
from pyoxigraph import RdfFormat

from graph.cli.options import store_option
from graph.store import reader, results, writer

DUMPS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


@click.command(epilog="Example: parleygraph load agents.ttl more.nq.gz --store /tmp/store")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
def load(files: tuple[Path, ...], store: Path) -> None:
    """Adds RDF FILES of any syntax, plain or .gz, to the store; all of them or, on an error, none."""
    triples = writer.load(store, files)
    click.echo(f"{store}: {triples:,} triples")


@click.command(
    epilog="Example: parleygraph query 'SELECT ?p WHERE { ?call a pg:Call ; pg:hasParticipant ?p }'"
)
@click.argument("query")
@store_option
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


@click.command(epilog="Example: parleygraph dump --format trig --output graph.trig")
@store_option
@click.option("--format", "form", type=click.Choice(list(DUMPS)), default="nquads", show_default=True)
@click.option(
    "--output", type=click.File("wb"), default="-", help="File to write; standard output without it."
)
def dump(store: Path, form: str, output: Any) -> None:
    """Writes the whole dataset, the default graph included."""
    reader.dump(reader.open_current(store), output, DUMPS[form])


@click.command(epilog="Example: parleygraph validate --format json")
@store_option
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
