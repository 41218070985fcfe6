"""The line that tells how far a build is, on a terminal and elsewhere."""

from io import StringIO

from rich.console import Console
from rich.progress import Progress

from graph.progress import ProgressLine, RateColumn


def shown(*, terminal: bool) -> str:
    output = StringIO()
    console = Console(file=output, force_terminal=terminal, width=120)
    with ProgressLine(3, console) as line:
        for name in ("a.txt", "b.txt", "c.txt"):
            line.read(name)
        line.write(3)
    return output.getvalue()


def test_a_terminal_shows_what_is_done_and_how_much_of_it() -> None:
    said = shown(terminal=True)
    assert "writing the graph" in said
    assert "1/3" in said


def test_a_pipe_shows_nothing() -> None:
    assert shown(terminal=False) == ""


def test_the_rate_is_shown_when_it_is_known() -> None:
    clock = iter(range(0, 100, 2))
    bar = Progress(disable=True, get_time=lambda: next(clock))
    number = bar.add_task("", total=4)
    (task,) = bar.tasks
    assert str(RateColumn().render(task)) == ""
    for _ in range(3):
        bar.advance(number)
    assert str(RateColumn().render(task)) == "0.5/s"
