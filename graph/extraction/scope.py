"""Scope: to which event a date, a duration, a topic belongs, and which event another one is about."""

from graph.extraction.arguments import Argument, Filled
from graph.extraction.attribution import Attributions
from graph.extraction.claims import Draft, Drafter
from graph.extraction.clauses import Clauses
from graph.extraction.times import TimeExpression
from graph.extraction.topics import Topic, topics_after
from graph.extraction.triggers import Trigger
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Frame
from graph.model import EventType, Medium

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

# Events that have topics, and the verbs that list them.
_TALKS = frozenset(
    {EventType.CALL, EventType.MEETING, EventType.NEGOTIATION, EventType.COMMUNICATION, EventType.INTERVIEW}
)
_DISCUSS = frozenset(
    {
        "discutere",
        "parlare",
        "affrontare",
        "toccare",
        "esaminare",
        "trattare",
        "dedicare",
        "riflettere",
        "confrontarsi",
    }
)

# A date stands within this many words of the event it dates.
_REACH = 16

_POST = Frame("statement.post", "verb", "", "statement", {"subj": "speaker"})


def attach_times(
    drafts: list[Draft], times: list[TimeExpression], words: list[Word], clauses: Clauses
) -> None:
    """Give each date and duration to the nearest event of its sentence that it can belong to."""
    for expression in times:
        here = [d for d in drafts if _near(d, expression, words)]
        if expression.duration is not None:
            lasting = [d for d in here if d.type in _LASTING]
            draft = min(lasting, key=lambda d: _distance(d, expression, words), default=None)
        elif _dates_the_saying(expression, words, clauses, {d.filled.trigger.first for d in drafts}):
            continue
        else:
            draft = min(here, key=lambda d: _distance(d, expression, words), default=None)
        if draft is not None:
            draft.times.append(expression)
    for draft in drafts:
        host = _said_in(draft, drafts, words)
        if host is not None and not draft.times:
            draft.times = [expression for expression in host.times if expression.period is not None]


def _said_in(draft: Draft, drafts: list[Draft], words: list[Word]) -> Draft | None:
    """The event that was told in an interview ("evocata ieri in un'intervista"): it shares the date."""
    trigger = draft.filled.trigger
    if draft.type is not EventType.INTERVIEW or not any(
        w.value == "in" for w in words[max(0, trigger.first - 2) : trigger.first]
    ):
        return None
    near = [
        d
        for d in drafts
        if 0 < trigger.first - d.filled.trigger.last <= 8
        and words[d.filled.trigger.first].sentence == words[trigger.first].sentence
    ]
    return near[-1] if near else None


def _near(draft: Draft, expression: TimeExpression, words: list[Word]) -> bool:
    trigger = draft.filled.trigger
    same = words[trigger.first].sentence == words[expression.first].sentence
    return same and (
        abs(trigger.first - expression.last) <= _REACH or abs(expression.first - trigger.last) <= _REACH
    )


def _distance(draft: Draft, expression: TimeExpression, words: list[Word]) -> tuple[int, int]:
    """Words between, a clause boundary counting as many."""
    trigger = draft.filled.trigger
    carrier = draft.filled.carrier if draft.filled.carrier is not None and not draft.filled.after else None
    first = min(
        trigger.first,
        carrier.first if carrier else trigger.first,
        trigger.predicate.first if trigger.predicate else trigger.first,
    )
    if first <= expression.first <= trigger.last:
        return 0, 0
    if expression.first > trigger.last:
        between = words[trigger.last + 1 : expression.first]
    else:
        between = words[expression.last + 1 : first]
    boundaries = sum(word.cls in ("rel", "sub") or word.text in (":", ";", '"') for word in between)
    return boundaries, len(between)


def _dates_the_saying(
    expression: TimeExpression, words: list[Word], clauses: Clauses, triggers: set[int]
) -> bool:
    """ "Ha detto ieri X": a date right behind a verb that evokes no event dates the saying."""
    before = expression.first - 1
    predicate = clauses.predicate_at.get(before)
    if (
        predicate is None
        or not predicate.finite
        or predicate.lemma in ("avere", "essere", "tenere", "svolgere")
    ):
        return False
    return not any(predicate.first <= index <= predicate.last for index in triggers)


def attach_callers(drafts: list[Draft], clauses: Clauses) -> None:
    """"La conversazione è avvenuta su iniziativa di X": X called."""
    words = clauses.words
    for word in words[:-3]:
        if word.lower not in ("iniziativa", "richiesta", "initiative", "request") or words[word.index - 1].lower not in ("su", "per", "at", "dietro"):
            continue
        calls = [d for d in drafts if d.type is EventType.CALL and d.filled.trigger.first < word.index]
        callers = {m.cluster for m in clauses.behind(word.index, "di")}
        if not calls or word.sentence - words[calls[-1].filled.trigger.first].sentence > 2:
            continue
        draft = calls[-1]
        for place, (role, cluster, mention) in enumerate(draft.participants):
            if cluster in callers and role in ("participant", "caller?"):
                draft.participants[place] = ("caller", cluster, mention)


def social_posts(attributions: Attributions) -> list[Filled]:
    """A post on a platform is a statement: an event of saying of its own."""
    found = []
    for attribution in attributions.found:
        if attribution.medium is Medium.SOCIAL_POST and attribution.speakers and attribution.predicate.finite:
            predicate = attribution.predicate
            trigger = Trigger(predicate.head, predicate.head, _POST, predicate)
            found.append(Filled(trigger, [Argument("speaker", mention) for mention in attribution.speakers]))
    return found


def attach_topics(drafts: list[Draft], drafter: Drafter, language: str) -> None:
    """Topics behind "su" after a talk, and those that a verb of discussing lists for the last talk of the same people."""
    clauses, words = drafter.clauses, drafter.clauses.words
    for draft in drafts:
        if draft.type in _TALKS:
            start = _behind(words, draft.filled.trigger.last, ("su",), clauses)
            if start is not None:
                _extend(draft, topics_after(words, start, clauses, language))
    for predicate in clauses.predicates:
        if predicate.lemma not in _DISCUSS or not predicate.finite or predicate.negated:
            continue
        start = _behind(words, predicate.last, ("di", "su"), clauses)
        start = (
            predicate.last + 1
            if start is None and predicate.lemma in ("affrontare", "toccare", "esaminare")
            else start
        )
        if start is None:
            continue
        own = [d for d in drafts if d.filled.trigger.predicate is predicate and d.type in _TALKS]
        sentence = words[predicate.first].sentence
        before = [
            d for d in drafts
            if d.type in _TALKS and d.filled.trigger.first < predicate.first
            and 0 <= sentence - words[d.filled.trigger.first].sentence <= 2
        ]  # fmt: skip
        draft = own[0] if own else before[-1] if before else None
        if draft is not None and _same_voice(draft, predicate.first, drafter):
            _extend(draft, topics_after(words, start, clauses, language))


def _same_voice(draft: Draft, index: int, drafter: Drafter) -> bool:
    """Topics listed by one speaker are not put into the claim of another."""
    attribution = drafter.attributions.of(index)
    mine = {m.cluster for m in draft.attribution.speakers} if draft.attribution else set()
    theirs = {m.cluster for m in attribution.speakers} if attribution else set()
    return mine == theirs


def _extend(draft: Draft, topics: list[Topic]) -> None:
    for topic in topics:
        known = any(
            topic.key == t.key
            and (topic.mention is None or t.mention is None or t.mention.cluster == topic.mention.cluster)
            for t in draft.topics
        )
        if not known:
            draft.topics.append(topic)


def _behind(words: list[Word], last: int, prepositions: tuple[str, ...], clauses: Clauses) -> int | None:
    """The word behind the first of `prepositions` after word `last`, within the clause."""
    for word in words[last + 1 : last + 14]:
        if word.sentence != words[last].sentence or word.cls in ("rel", "sub") or word.text in (";", ":"):
            return None
        predicate = clauses.predicate_at.get(word.index)
        if predicate is not None and predicate.finite:
            return None
        if word.cls == "prep" and word.value in prepositions:
            inside = clauses.at.get(word.index)
            platform = clauses.at.get(word.index + 1)
            outlet = (
                platform is not None
                and bool(platform.entries)
                and platform.entries[0].subkind == "social_network"
            )
            return word.index + 1 if inside is None and not outlet else None
    return None


def link_concerns(drafts: list[Draft], drafter: Drafter) -> list[Draft]:
    """An invitation is about a visit (made here when its goal is named), a rejection about what it rejects."""
    words = drafter.clauses.words
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        about = draft.filled.trigger.frame.about
        if about == "visit" and draft.filled.place is not None:
            visit = _visit(draft, drafter)
            draft.concerns, draft.filled.place = visit.event, None
            found.append(visit)
        elif about:
            trigger = draft.filled.trigger
            behind = [
                d for d in drafts
                if d.filled.trigger.first > trigger.last and words[d.filled.trigger.first].sentence == words[trigger.first].sentence
                and (about == "*" or d.type.value == about) and d.event != draft.event
            ]  # fmt: skip
            draft.concerns = behind[0].event if behind else None
    return found


_VISIT = Frame("visit.invited", "verb", "", "visit", {}, modality="hypothetical")


def _visit(invitation: Draft, drafter: Drafter) -> Draft:
    """The visit that an invitation is about: the invited goes, the inviter is the host."""
    trigger = Trigger(
        invitation.filled.trigger.first,
        invitation.filled.trigger.last,
        _VISIT,
        invitation.filled.trigger.predicate,
    )
    filled = Filled(trigger, place=invitation.filled.place)
    draft = Draft(filled, f"{invitation.event}v", invitation.attribution)
    roles = {"addressee": "visitor", "speaker": "host"}
    draft.participants = [
        (roles.get(role, role), cluster, mention) for role, cluster, mention in invitation.participants
    ]
    return draft
