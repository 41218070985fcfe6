"""Figures beside their goals, as the last table of a run: what was to be reached, and whether it was."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `goal` is the least or, with `most`, the greatest value that meets it, or None."""

    name: str
    value: float
    goal: float | None
    unit: str = ""
    most: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the goal is met; true where there is none."""
        if self.goal is None:
            return True
        return self.value <= self.goal if self.most else self.value >= self.goal

    def row(self) -> str:
        """The figure as a row of the table."""
        if self.goal is None:
            return f"| {self.name} | {_shown(self.value)}{self.unit} | – | |"
        bound = f"{'≤' if self.most else '≥'} {_shown(self.goal)}{self.unit}"
        verdict = "met" if self.is_met else "**missed**"
        return f"| {self.name} | {_shown(self.value)}{self.unit} | {bound} | {verdict} |"


def table(figures: Iterable[Figure]) -> str:
    """All figures in Markdown."""
    return "\n".join(
        ("| figure | measured | goal | |", "|---|---|---|---|", *(each.row() for each in figures))
    )


def middle(values: Iterable[float], share: float = 0.5) -> float:
    """The value that this share of all is not above; not a number where there is none."""
    listed = sorted(values)
    return listed[min(int(len(listed) * share), len(listed) - 1)] if listed else float("nan")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
