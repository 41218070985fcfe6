"""The commands that keep a store: snapshots, indexes, old generations."""

from pathlib import Path

import click

from graph.cli.options import figures, store_option
from graph.store import generations, reader, snapshots


@click.command(epilog="Example: parleygraph backup news.tar.gz")
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
@store_option
def backup(archive: Path, store: Path) -> None:
    """Writes a snapshot of the store, its texts included, to the file ARCHIVE."""
    snapshots.backup(store, archive)
    click.echo(f"{archive}: {archive.stat().st_size:,} bytes")


@click.command(epilog="Example: parleygraph index --store /tmp/store")
@store_option
def index(store: Path) -> None:
    """Makes the full-text index of a store that was written without one; a server does it by itself."""
    from graph.store.search import index as words

    words.ensure(generations.current(store), store)
    click.echo(f"{store}: can be searched")


@click.command(epilog="Example: parleygraph replica --store /tmp/store")
@store_option
def replica(store: Path) -> None:
    """Makes the columns that count and join fast, for the current generation; a server does it by itself."""
    from graph.store.columns import replicas

    made = replicas.make(store)
    click.echo(f"{store}: {'the replica is there' if made else 'somebody else is making the replica'}")


@click.command(epilog="Example: parleygraph prune --keep 1")
@store_option
@click.option("--keep", type=click.IntRange(min=1), default=1, show_default=True, help="Generations kept.")
def prune(store: Path, keep: int) -> None:
    """Removes old generations, to free their space; the one in force always stays."""
    with generations.locked(store):
        generations.prune(store, keep)
    click.echo(f"{store}: {figures({'generations': len(generations.numbers(store))})}")


@click.command(epilog="Example: parleygraph restore news.tar.gz --store /tmp/store")
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
@store_option
def restore(archive: Path, store: Path) -> None:
    """Makes the snapshot in ARCHIVE the current content of the store."""
    snapshots.restore(store, archive)
    click.echo(f"{store}: {figures(reader.counts(reader.open_current(store)))}")
