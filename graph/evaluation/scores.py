"""What is counted in one article: answers right, found and expected, by measure; and what went wrong.

An optional gold entry counts on neither side, matched or not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from graph.evaluation.matching import Cast, Entry, Pair, match_events, match_names, match_quotes
from graph.model import EventType, Modality

PLAIN = (Modality.OCCURRED, Modality.ONGOING)
"""Modalities of what happened; the others are what a careless reader takes for it."""


class Tally(NamedTuple):
    """Right answers of those found and of those expected; an accuracy has the same number for both."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        """Right ÷ found; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right ÷ expected; 0 when nothing was expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in [0, 1]; the accuracy itself for an accuracy."""
        both = self.found + self.expected
        return 2 * self.right / both if both else 0.0

    def plus(self, other: "Tally") -> "Tally":
        """The tally of both together."""
        return Tally(self.right + other.right, self.found + other.found, self.expected + other.expected)


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong answer: `kind` is the measure it spoils, `rule` names the rule behind a wrong event."""

    article: str
    kind: str
    what: str
    expected: str = ""
    found: str = ""
    rule: str = ""


@dataclass(slots=True)
class Sheet:
    """The tallies of one article by measure, and its faults."""

    article: str
    language: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, measure: str, right: int, found: int, expected: int) -> None:
        """Counts into a measure."""
        self.tallies[measure] = self.tallies.get(measure, Tally()).plus(Tally(right, found, expected))

    def judge(self, measure: str, right: bool) -> None:
        """Counts one judgement into an accuracy."""
        self.add(measure, int(right), 1, 1)

    def fault(self, kind: str, what: str, expected: object = "", found: object = "", rule: str = "") -> None:
        """Notes a wrong answer."""
        self.faults.append(Fault(self.article, kind, what, _words(expected), _words(found), rule))


def score(name: str, language: str, gold: Mapping[str, Any], found: Mapping[str, Any]) -> Sheet:
    """The sheet of one article: `gold` as data/gold/README.md has it, `found` as `extract` writes it."""
    sheet = Sheet(name, language)
    actors = Cast(gold["actors"], found["actors"])
    places = Cast(gold["locations"], found["locations"])
    for measure in ("actors", "locations"):
        _score_names(sheet, measure, gold[measure], found[measure])
    _score_events(sheet, gold["events"], found["events"], actors, places)
    _score_quotes(sheet, gold["quotes"], found["quotes"], actors)
    return sheet


def _score_names(sheet: Sheet, measure: str, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
    pairs = match_names(gold, found)
    sheet.add(measure, *_counted(gold, found, pairs))
    for entry in _missed(gold, pairs):
        sheet.fault(f"{measure}: missed", entry["name"])
    for entry in _spurious(found, pairs):
        sheet.fault(f"{measure}: spurious", entry["name"])


def _score_events(
    sheet: Sheet, gold: Sequence[Entry], found: Sequence[Entry], actors: Cast, places: Cast
) -> None:
    pairs = match_events(gold, found, actors)
    sheet.add("events", *_counted(gold, found, pairs))
    sheet.add("events, any type", *_counted(gold, found, match_events(gold, found, actors, typed=False)))
    for type_ in sorted({event["type"] for event in (*gold, *found)}):
        measure = "calls" if type_ == EventType.CALL else f"type {type_}"
        right, answered, expected = _of_type(gold, found, pairs, type_)
        sheet.add(measure, right, answered, expected)
    for event in _missed(gold, pairs):
        sheet.fault("events: missed", _label(event), expected=event["modality"])
    for event in _spurious(found, pairs):
        sheet.fault("events: spurious", _label(event), found=event["modality"], rule=event.get("rule", ""))
    kept = [(gold[i], found[j]) for i, j in pairs if not gold[i].get("optional")]
    for one, other in kept:
        _judge(sheet, one, other, actors, places)
    _score_negotiators(sheet, gold, found, pairs, actors)


def _of_type(gold: Sequence[Entry], found: Sequence[Entry], pairs: Sequence[Pair], type_: str) -> Tally:
    """The counts of one type; a pair is always of one type."""
    ours = [(i, j) for i, j in pairs if gold[i]["type"] == type_]
    aside = sum(bool(gold[i].get("optional")) for i, _ in ours)
    expected = sum(event["type"] == type_ and not event.get("optional") for event in gold)
    return Tally(len(ours) - aside, sum(event["type"] == type_ for event in found) - aside, expected)


def _judge(sheet: Sheet, gold: Entry, found: Entry, actors: Cast, places: Cast) -> None:
    """The accuracies, over the matched events alone."""
    checks = {
        "modality": ("modality", gold["modality"] == found["modality"]),
        "participants exact": (
            "participants",
            _same_list(gold["participants"], found["participants"], actors),
        ),
    }
    if gold["modality"] not in PLAIN:
        checks["modality of what did not occur"] = checks["modality"]
    direction = all(actors.same(gold[side], found.get(side)) for side in ("initiator", "addressee"))
    if gold["type"] == EventType.CALL:
        checks["direction of calls"] = ("initiator", direction)
    if gold["initiator"] or gold["addressee"]:
        checks["direction where stated"] = ("initiator", direction)
    if gold["place"] or found.get("place"):
        checks["place"] = ("place", places.same(gold["place"], found.get("place")))
    if gold["time"]:
        checks["time"] = ("time", _compatible(gold["time"], found.get("time")))
    if gold["duration_minutes"]:
        checks["duration"] = ("duration_minutes", gold["duration_minutes"] == found.get("duration_minutes"))
    for measure, (key, right) in checks.items():
        sheet.judge(measure, right)
        if not right and measure not in ("modality of what did not occur", "direction of calls"):
            rule = found.get("rule", "")
            sheet.fault(measure, _label(gold), expected=gold[key], found=found.get(key), rule=rule)


def _score_negotiators(
    sheet: Sheet, gold: Sequence[Entry], found: Sequence[Entry], pairs: Sequence[Pair], actors: Cast
) -> None:
    """Negotiators by name, of all events; those of an optional event count on neither side."""
    right = aside = 0
    for i, j in pairs:
        names = found[j].get("negotiators") or ()
        if gold[i].get("optional"):
            aside += len(names)
        else:
            right += len(actors.shared(gold[i]["negotiators"], names))
    expected = sum(len(event["negotiators"]) for event in gold if not event.get("optional"))
    answered = sum(len(event.get("negotiators") or ()) for event in found)
    sheet.add("negotiators", right, answered - aside, expected)


def _score_quotes(sheet: Sheet, gold: Sequence[Entry], found: Sequence[Entry], actors: Cast) -> None:
    pairs = match_quotes(gold, found)
    spans = _counted(gold, found, pairs)
    attributed = [(i, j) for i, j in pairs if actors.same(gold[i]["speaker"], found[j].get("speaker"))]
    sheet.add("quotations", *spans)
    sheet.add("quotations with speaker", len(attributed), spans.found, spans.expected)
    for i, j in pairs:
        one, other = gold[i]["speaker"], found[j].get("speaker")
        if (i, j) not in attributed:
            sheet.fault("quotations with speaker", _shortened(gold[i]["text"]), expected=one, found=other)
    for quote in _missed(gold, pairs):
        sheet.fault("quotations: missed", _shortened(quote["text"]), expected=quote["speaker"])
    for quote in _spurious(found, pairs):
        sheet.fault("quotations: spurious", _shortened(quote["text"]), found=quote.get("speaker"))


def _counted(gold: Sequence[Entry], found: Sequence[Entry], pairs: Sequence[Pair]) -> Tally:
    aside = sum(bool(gold[i].get("optional")) for i, _ in pairs)
    expected = sum(not entry.get("optional") for entry in gold)
    return Tally(len(pairs) - aside, len(found) - aside, expected)


def _missed(gold: Sequence[Entry], pairs: Iterable[Pair]) -> list[Entry]:
    matched = {i for i, _ in pairs}
    return [entry for i, entry in enumerate(gold) if i not in matched and not entry.get("optional")]


def _spurious(found: Sequence[Entry], pairs: Iterable[Pair]) -> list[Entry]:
    matched = {j for _, j in pairs}
    return [entry for j, entry in enumerate(found) if j not in matched]


def _same_list(gold: Sequence[str], found: Sequence[str], cast: Cast) -> bool:
    return len(gold) == len(found) == len(cast.shared(gold, found))


def _compatible(gold: Mapping[str, str], found: Mapping[str, str] | None) -> bool:
    """Whether the two periods share a day and the found one is at most twice as long, a day more or less."""
    if not found or not found.get("earliest") or not found.get("latest"):
        return False
    first, last, start, end = (
        date.fromisoformat(period[bound]) for period in (gold, found) for bound in ("earliest", "latest")
    )
    return first <= end and start <= last and (end - start).days <= 2 * (last - first).days + 1


def _label(event: Entry) -> str:
    """The event in words, for a list of errors."""
    spans = event.get("trigger") if isinstance(event.get("trigger"), list) else event.get("evidence")
    words = next((span["text"] for span in spans or ()), "")
    return f"{event['type']} “{words}” ({', '.join(event['participants'])})"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _words(value: object) -> str:
    """A value as a reader wants it in a list of errors."""
    if value is None:
        return "–"
    if isinstance(value, Mapping):
        return f"{value.get('earliest')}…{value.get('latest')}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def total(sheets: Iterable[Sheet]) -> dict[str, Tally]:
    """The tallies of several articles together, by measure."""
    sums: dict[str, Tally] = {}
    for sheet in sheets:
        for measure, tally in sheet.tallies.items():
            sums[measure] = sums.get(measure, Tally()).plus(tally)
    return sums


def faults_by_rule(faults: Iterable[Fault]) -> list[tuple[str, int]]:
    """How many wrong events each rule is behind, the worst first."""
    return Counter(fault.rule for fault in faults if fault.rule).most_common()
