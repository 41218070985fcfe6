"""What the rules have made of an article, as far as a language model's claims are held against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.findings import Extraction
from graph.model import Duration, Grounded, Period, Span


@dataclass(frozen=True, slots=True)
class Material:
    """`findings` are the rules'; `sentences` lie in the raw article, in order; `periods` and `durations` are
    the expressions of time that the grammar reads; `concepts` gives the topic of a folded label."""

    findings: Extraction
    sentences: tuple[Span, ...]
    periods: tuple[Grounded[Period], ...] = ()
    durations: tuple[Grounded[Duration], ...] = ()
    concepts: Mapping[str, str] = field(default_factory=dict)
