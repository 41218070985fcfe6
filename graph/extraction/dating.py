"""Dating: to which event a date or a duration belongs."""

from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft, by_sentence
from graph.extraction.times import TimeExpression
from graph.extraction.words import Word
from graph.model import EventType

# Events that can be said to have lasted some minutes or hours.
_LASTING = frozenset(
    {
        EventType.CALL,
        EventType.MEETING,
        EventType.NEGOTIATION,
        EventType.INTERVIEW,
        EventType.COMMUNICATION,
        EventType.VISIT,
    }
)

# A date stands within this many words of the event it dates; an interview that many behind what was said in
# it.
_REACH = 16
_TOLD = 8

# "In un'intervista": the preposition is one of the two words before.
_INTERVIEW = 2


def attach_times(drafts: list[Draft], times: list[TimeExpression], clauses: Clauses) -> None:
    """Give each date and duration to the nearest event of its sentence that it can belong to."""
    words = clauses.words
    told = by_sentence(drafts, clauses)
    for expression in times:
        here = [d for d in told.get(words[expression.first].sentence, ()) if _near(d, expression)]
        if expression.duration is not None:
            here = [draft for draft in here if draft.type in _LASTING]
        elif _dates_the_saying(expression, here, clauses):
            continue
        if here:
            min(here, key=lambda draft: _distance(draft, expression, words)).times.append(expression)
    for draft in drafts:
        here = told[words[draft.filled.trigger.first].sentence]
        host = _told_in(draft, here, words) or _where(draft, here)
        if host is not None and not draft.times:
            draft.times = [expression for expression in host.times if expression.period is not None]


def _told_in(draft: Draft, here: list[Draft], words: list[Word]) -> Draft | None:
    """The event that was told in an interview ("evocata ieri in un'intervista"): it shares the date."""
    first = draft.filled.trigger.first
    before = words[max(0, first - _INTERVIEW) : first]
    if draft.type is not EventType.INTERVIEW or all(word.value != "in" for word in before):
        return None
    return next((d for d in reversed(here) if 0 < first - d.filled.trigger.last <= _TOLD), None)


def _where(draft: Draft, here: list[Draft]) -> Draft | None:
    """ "Ieri X era a Gozo, dove ha incontrato Y": the journey before shares its date."""
    trigger = draft.filled.trigger
    predicate = trigger.predicate or draft.filled.carrier
    if predicate is None or predicate.link != "where":
        return None
    return next((d for d in reversed(here) if d.filled.trigger.last < trigger.first and d.times), None)


def _near(draft: Draft, expression: TimeExpression) -> bool:
    trigger = draft.filled.trigger
    return min(abs(trigger.first - expression.last), abs(expression.first - trigger.last)) <= _REACH


def _distance(draft: Draft, expression: TimeExpression, words: list[Word]) -> tuple[int, int]:
    """Clause boundaries between, then words."""
    trigger = draft.filled.trigger
    verbs = [draft.filled.carrier if not draft.filled.after else None, trigger.predicate]
    first = min([trigger.first, *(verb.first for verb in verbs if verb is not None)])
    if first <= expression.first <= trigger.last:
        return 0, 0
    if expression.first > trigger.last:
        between = words[trigger.last + 1 : expression.first]
    else:
        between = words[expression.last + 1 : first]
    boundaries = sum(word.cls in ("rel", "sub") or word.text in (":", ";", '"') for word in between)
    return boundaries, len(between)


def _dates_the_saying(expression: TimeExpression, here: list[Draft], clauses: Clauses) -> bool:
    """ "Ha detto ieri X": a date right behind a verb that evokes and carries no event dates the saying."""
    predicate = clauses.predicate_at.get(expression.first - 1)
    if predicate is None or not predicate.finite or predicate.lemma in clauses.vocabulary.lists.light_verbs:
        return False
    return not any(
        draft.filled.carrier is predicate or predicate.first <= draft.filled.trigger.first <= predicate.last
        for draft in here
    )
