"""The commands that read articles."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import processes, settings
from graph.cli.options import asked_model, base_option, figures, llm_option, store_option, told
from graph.errors import ParleygraphError

if TYPE_CHECKING:
    from graph.model import Usage

PATHS = click.Path(path_type=Path, allow_dash=True)


@click.command(epilog="Example: parleygraph build my-articles/ --store /tmp/store")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@store_option
@base_option
@click.option("--if-stale", is_flag=True, help="Do nothing when articles, rules and ontology are unchanged.")
@click.option("--fresh", is_flag=True, help="Drop what was written to the store over HTTP.")
@click.option(
    "--processes",
    type=click.IntRange(min=1, max=processes.MOST),
    default=processes.available,
    help="Processes that read articles; without it, one per processor.",
)
@llm_option
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
        asked = asked_model(llm)
        report = stages.build(listed, store, base, line, parallel=processes, endpoint=asked, fresh=fresh)
    for error in report.rejected:
        click.echo(f"rejected: {error}", err=True)
    if not report.accepted:
        raise click.ClickException("no article could be read; the graph stays as it was")
    click.echo(f"{store}: {figures(report.counts)}; {len(report.rejected)} rejected")
    if not told(report.usages) or report.rejected:
        sys.exit(1)


@click.command(epilog="Example: parleygraph extract article.txt --format trig")
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option("--format", "form", type=click.Choice(["jsonl", "turtle", "trig"]), default="jsonl")
@base_option
@llm_option
def extract(paths: tuple[Path, ...], form: str, base: str, llm: bool) -> None:
    """Writes what is found in each article of PATHS, without storing it; - reads standard input."""
    from graph import build as stages

    failed = False
    usages: list[tuple[str, Usage]] = []
    for outcome in stages.extracted(paths, sys.stdin.buffer, form, base, asked_model(llm), usages):
        if isinstance(outcome, ParleygraphError):
            click.echo(f"rejected: {outcome}", err=True)
            failed = True
        else:
            sys.stdout.buffer.write(outcome)
            sys.stdout.buffer.flush()
    if not told(usages) or failed:
        sys.exit(1)


@click.command(epilog="Example: parleygraph evaluate data/gold/dev --errors")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), default=settings.GOLD)
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown")
@click.option("--errors", is_flag=True, help="List every error, article by article.")
@llm_option
def evaluate(gold: Path, form: str, errors: bool, llm: bool) -> None:
    """Scores the extraction on the articles in GOLD, whose right answers stand beside them."""
    from graph import build as stages
    from graph.evaluation import evaluation, report

    usages: list[tuple[str, Usage]] = []
    found = evaluation.evaluate(gold, stages.extractor(settings.base(), asked_model(llm), usages))
    click.echo(report.to_json(found) if form == "json" else report.markdown(found))
    if errors:
        click.echo(report.errors(found), err=form == "json")
    if not told(usages):
        sys.exit(1)
