"""The evaluation of a pipeline on gold articles: scores with their uncertainty, and every error.

The pipeline is passed in, as the function behind `parleygraph extract`; nothing here knows its rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.evaluation.gold import read
from graph.evaluation.scores import Fault, Sheet, Tally, score, total
from graph.model import Article

Extract = Callable[[Article], dict[str, Any]]
"""One article to what `parleygraph extract` prints of it."""

Samples = npt.NDArray[np.float64]

SAMPLES = 1000
"""Bootstrap samples: the bounds then move by less than half a point from seed to seed."""
SEED = 20250212
"""Of the resampling, so that one result has one interval."""
TAILS = (2.5, 97.5)
"""Percentiles that hold 95 % between them."""
ALL = "all"
"""The pseudo-language of every article together."""


@dataclass(frozen=True, slots=True)
class Score:
    """One measure over many articles: its tally, and the 95 % interval of its F1."""

    tally: Tally
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result: per language (and ALL) a score per measure; the sheet of each article."""

    scores: dict[str, dict[str, Score]]
    sheets: tuple[Sheet, ...]

    @property
    def faults(self) -> list[Fault]:
        """Every error, article by article."""
        return [fault for sheet in self.sheets for fault in sheet.faults]


def evaluate(gold_dir: Path, extract: Extract) -> Evaluation:
    """What `extract` gets right of the gold articles in `gold_dir`; raises DataError and ArticleError."""
    return summarise(
        [score(one.name, one.language, one.answers, extract(one.article)) for one in read(gold_dir)]
    )


def summarise(sheets: Sequence[Sheet]) -> Evaluation:
    """The evaluation that the sheets of single articles add up to."""
    groups = {ALL: list(sheets)}
    for sheet in sheets:
        groups.setdefault(sheet.language, []).append(sheet)
    return Evaluation({language: _scores(group) for language, group in groups.items()}, tuple(sheets))


def _scores(sheets: Sequence[Sheet]) -> dict[str, Score]:
    sums = total(sheets)
    intervals = bootstrap([[sheet.tallies.get(measure, Tally()) for measure in sums] for sheet in sheets])
    return {
        measure: Score(tally, float(low), float(high))
        for (measure, tally), (low, high) in zip(sums.items(), intervals, strict=True)
    }


def resampled(tallies: Sequence[Sequence[Tally]]) -> Samples:
    """F1 by sample and measure, of SAMPLES draws of as many articles, with replacement.

    `tallies` holds a row per article, each with a tally per measure in one order; a sample in which a measure
    has neither found nor expected anything is NaN there.
    """
    counts = np.array(tallies, dtype=np.float64).reshape(len(tallies), -1, 3)
    draws = np.random.default_rng(SEED).integers(0, len(tallies), size=(SAMPLES, len(tallies)))
    weights = np.stack([np.bincount(draw, minlength=len(tallies)) for draw in draws])
    right, found, expected = np.moveaxis(np.tensordot(weights, counts, axes=1), 2, 0)
    both = found + expected
    rates: Samples = np.divide(2 * right, both, out=np.full_like(right, np.nan), where=both > 0)
    return rates


def bootstrap(tallies: Sequence[Sequence[Tally]]) -> list[tuple[float, float]]:
    """The 95 % interval of the F1 of each measure; of one without any answer, nought to nought."""
    samples = resampled(tallies)
    return [_interval(column) for column in samples.T]


def _interval(values: Samples) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 0.0
    low, high = np.percentile(known, TAILS)
    return float(low), float(high)


def difference(
    before: Sequence[Sequence[Tally]], after: Sequence[Sequence[Tally]]
) -> list[tuple[float, float]]:
    """The 95 % interval of how much F1 changed, per measure, on the same articles in the same order."""
    changes = resampled(after) - resampled(before)
    return [_interval(column) for column in changes.T]
