"""What several commands share: options, and how figures and a model's work are told."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph import settings
from graph.llm.endpoint import Endpoint, endpoint

if TYPE_CHECKING:
    from graph.llm.report import Usages


def store_option(function: Any) -> Any:
    """`--store DIR`, by default what PARLEYGRAPH_STORE says."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=settings.store,
        help="Folder of the store; else PARLEYGRAPH_STORE, else data/build/store.",
    )(function)


def base_option(function: Any) -> Any:
    """`--base IRI`, by default what PARLEYGRAPH_BASE says."""
    return click.option(
        "--base",
        default=settings.base,
        callback=lambda _context, _option, iri: settings.checked_base(iri, "--base"),
        help="IRI below which the data's own IRIs hang; else PARLEYGRAPH_BASE, else http://127.0.0.1:8000/.",
    )(function)


llm_option = click.option(
    "--llm",
    is_flag=True,
    help="Have the language model at PARLEYGRAPH_LLM_URL read, too; the articles are sent there.",
)


def asked_model(llm: bool) -> Endpoint | None:
    """The language model of the settings, when it is asked for."""
    return endpoint() if llm else None


def told(usages: "Usages") -> bool:
    """Whether the language model, if one was asked, read every article; what it took goes to the terminal."""
    from graph.llm import report

    for line in report.lines(usages):
        click.echo(f"language model: {line}", err=True)
    return not any(usage.failure for _, usage in usages)


def figures(counts: dict[str, int]) -> str:
    """`1 article, 12 events, …`, as a summary ends."""
    return ", ".join(f"{count:,} {name[:-1] if count == 1 else name}" for name, count in counts.items())
