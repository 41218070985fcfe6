"""How far a build is, on one line of a terminal: a bar, how many, how many per second, how long still."""

from rich import progress
from rich.console import Console
from rich.text import Text


class Progress:
    """Who is told how far a build is; this one does nothing with it."""

    def read(self, name: str) -> None:
        """The article of this name is read."""

    def write(self, articles: int) -> None:
        """The quads of one more of so many articles are written."""


class RateColumn(progress.ProgressColumn):
    """`12.3/s`, as it was lately; nothing until it is known."""

    def render(self, task: progress.Task) -> Text:
        """The column of one task."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "", style="progress.data.speed")


class ProgressLine(Progress):
    """Shown on standard error while the context lasts, and only where that is a terminal."""

    def __init__(self, total: int, console: Console | None = None) -> None:
        """`total` articles are to be read."""
        console = console or Console(stderr=True)
        self._line = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            RateColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.fields[name]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._reading = self._line.add_task("reading articles", total=total, name="")
        self._writing = self._line.add_task("writing the graph", total=None, name="", visible=False)

    def __enter__(self) -> "ProgressLine":
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def read(self, name: str) -> None:
        """One more article is read; `name` is shown."""
        self._line.update(self._reading, advance=1, name=name)

    def write(self, articles: int) -> None:
        """The bar begins anew: articles are written when all are read."""
        self._line.update(self._reading, visible=False)
        self._line.update(self._writing, advance=1, total=articles, visible=True)
