"""An evaluation as a table for people and as JSON for comparison, and the comparison of two such files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from graph.errors import DataError
from graph.evaluation.evaluation import ALL, Evaluation, Score, difference
from graph.evaluation.scores import Tally, faults_by_rule

ACCURACIES = (
    "modality",
    "modality of what did not occur",
    "participants exact",
    "direction of calls",
    "direction where stated",
    "place",
    "time",
    "duration",
)
"""Measures over the matched events alone, in the order of the table."""
RETRIEVED = (
    "calls",
    "events",
    "events, any type",
    "actors",
    "locations",
    "quotations",
    "quotations with speaker",
    "negotiators",
)
FORMAT = 1
"""Version of the JSON; raised when a reader of the old one would misread the new one."""


def markdown(evaluation: Evaluation) -> str:
    """The tables of the scores: what is retrieved, and the accuracies over matched events."""
    parts = []
    for language, scores in sorted(evaluation.scores.items(), key=lambda item: (item[0] != ALL, item[0])):
        articles = sum(language in (ALL, sheet.language) for sheet in evaluation.sheets)
        parts.append(f"### {'All' if language == ALL else language}: {articles} articles\n\n{_table(scores)}")
    return "\n\n".join(parts) + "\n"


def _table(scores: Mapping[str, Score]) -> str:
    types = sorted(measure for measure in scores if measure.startswith("type "))
    lines = ["| Measure | P | R | F1 | 95 % | gold | found |", "|---|--:|--:|--:|:-:|--:|--:|"]
    for measure in (*RETRIEVED, *types):
        if measure in scores:
            tally, low, high = scores[measure].tally, scores[measure].low, scores[measure].high
            rates = " | ".join(_rate(rate) for rate in (tally.precision, tally.recall, tally.f1))
            between = f"{_rate(low)}–{_rate(high)}"
            lines.append(f"| {measure} | {rates} | {between} | {tally.expected} | {tally.found} |")
    lines += ["", "| Accuracy over matched events | right | of | | 95 % |", "|---|--:|--:|--:|:-:|"]
    for measure in ACCURACIES:
        if measure in scores:
            tally, low, high = scores[measure].tally, scores[measure].low, scores[measure].high
            share, between = _rate(tally.f1), f"{_rate(low)}–{_rate(high)}"
            lines.append(f"| {measure} | {tally.right} | {tally.expected} | {share} | {between} |")
    return "\n".join(lines)


def errors(evaluation: Evaluation) -> str:
    """Every error on a line of its own, by article, and the rules behind wrong events."""
    lines = []
    for sheet in evaluation.sheets:
        if sheet.faults:
            lines.append(f"{sheet.article}")
        for fault in sheet.faults:
            values = f": expected {fault.expected or '–'}, found {fault.found or '–'}"
            shown = values if fault.expected or fault.found else ""
            lines.append(f"  {fault.kind} · {fault.what}{shown}{f' [{fault.rule}]' if fault.rule else ''}")
    worst = faults_by_rule(evaluation.faults)
    lines += [f"{count:4d} errors by rule {rule}" for rule, count in worst]
    return "\n".join(lines) + "\n" if lines else "no errors\n"


def to_json(evaluation: Evaluation) -> str:
    """The whole evaluation as JSON: scores, tallies by article, errors."""
    scores = {
        language: {measure: _score(score) for measure, score in by_measure.items()}
        for language, by_measure in evaluation.scores.items()
    }
    articles = [
        {"article": sheet.article, "language": sheet.language, "tallies": sheet.tallies}
        for sheet in evaluation.sheets
    ]
    faults = [asdict(fault) for fault in evaluation.faults]
    document = {"format": FORMAT, "scores": scores, "articles": articles, "errors": faults}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _score(score: Score) -> dict[str, float]:
    tally = score.tally
    rates = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    rounded = {
        name: round(rate, 4) for name, rate in (rates | {"low": score.low, "high": score.high}).items()
    }
    return rounded | tally._asdict()


def compare(before: Path, after: Path) -> str:
    """What changed between two saved evaluations, on the articles that both hold; raises DataError."""
    old, new = _saved(before), _saved(after)
    shared = sorted(old.keys() & new.keys())
    if not shared:
        remedy = "compare two evaluations of the same folder"
        raise DataError(f"shares no article with {after}", place=str(before), remedy=remedy)
    measures = sorted(
        {measure for name in shared for measure in (*old[name], *new[name])},
        key=lambda name: (_rank(name), name),
    )
    rows = [
        [saved[name].get(measure, Tally()) for measure in measures] for saved in (old, new) for name in shared
    ]
    first, second = rows[: len(shared)], rows[len(shared) :]
    return _changes(measures, first, second)


def _changes(
    measures: Sequence[str], before: Sequence[Sequence[Tally]], after: Sequence[Sequence[Tally]]
) -> str:
    """A line per measure; a change whose interval excludes zero is marked."""
    intervals = difference(before, after)
    lines = [
        f"| Measure ({len(before)} articles) | before | after | change | 95 % | |",
        "|---|--:|--:|--:|:-:|---|",
    ]
    for column, (measure, (low, high)) in enumerate(zip(measures, intervals, strict=True)):
        old, new = (_sum(row[column] for row in rows).f1 for rows in (before, after))
        mark = "better" if low > 0 else "worse" if high < 0 else ""
        between = f"{low:+.3f} to {high:+.3f}"
        lines.append(f"| {measure} | {_rate(old)} | {_rate(new)} | {new - old:+.3f} | {between} | {mark} |")
    return "\n".join(lines) + "\n"


def _sum(tallies: Iterable[Tally]) -> Tally:
    sums = Tally()
    for tally in tallies:
        sums = sums.plus(tally)
    return sums


def _rank(measure: str) -> int:
    order = (*RETRIEVED, *ACCURACIES)
    return order.index(measure) if measure in order else len(order)


def _saved(path: Path) -> dict[str, dict[str, Tally]]:
    """The tallies of a saved evaluation, by article and measure."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise DataError(
                f"has format {document['format']}, not {FORMAT}", place=str(path), remedy="evaluate anew"
            )
        return {
            sheet["article"]: {measure: Tally(*tally) for measure, tally in sheet["tallies"].items()}
            for sheet in document["articles"]
        }
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        remedy = "name a file written by parleygraph evaluate --json"
        raise DataError("is no saved evaluation", place=str(path), remedy=remedy) from error


def _rate(rate: float) -> str:
    return f"{rate:.3f}"
