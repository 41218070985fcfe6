"""What a run's articles cost a language model and what became of its claims, in words for people."""

from collections import Counter
from collections.abc import Sequence

from graph.model import Usage

Usages = Sequence[tuple[str, Usage]]
"""The name of each article with what the model was asked about it."""


def lines(usages: Usages) -> list[str]:
    """A summary, then one line for each reason for which articles, or parts of them, were not read."""
    if not usages:
        return []
    read = sum(1 for _, usage in usages if not usage.failure)
    recalled = _sum(usages, "recalled")
    known = f", {_count(recalled, 'answer')} known from before" if recalled else ""
    found = [f"{_count(read, 'article')} read in {_count(_sum(usages, 'requests'), 'request')}{known}"]
    prompt, completion = (sum(usage.tokens[side] for _, usage in usages) for side in (0, 1))
    found.append(f"{prompt:,} tokens of prompts, {completion:,} of answers")
    own, confirmed = _count(_sum(usages, "kept"), "claim"), _sum(usages, "confirmed")
    found.append(f"{own} of its own, {confirmed:,} confirmed{_dropped(usages)}")
    return ["; ".join(found), *_failures(usages)]


def _dropped(usages: Usages) -> str:
    """`, 3 left out (words not in the article: 2, unknown type: 1)`, the commonest reason first."""
    reasons: Counter[str] = Counter()
    for _, usage in usages:
        reasons.update(dict(usage.dropped))
    if not reasons:
        return ""
    listed = ", ".join(f"{reason}: {number:,}" for reason, number in reasons.most_common())
    return f", {reasons.total():,} left out ({listed})"


def _failures(usages: Usages) -> list[str]:
    places: dict[str, list[str]] = {}
    for place, usage in usages:
        if usage.failure:
            places.setdefault(usage.failure, []).append(place)
    return [
        f"not read: {named[0]}{f' and {len(named) - 1:,} more' if named[1:] else ''}: {reason}"
        for reason, named in places.items()
    ]


def _sum(usages: Usages, name: str) -> int:
    return sum(getattr(usage, name) for _, usage in usages)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
