"""Concerns: which event another one is about, and what one sentence adds to the event of another."""

from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft, by_sentence
from graph.extraction.slots import Argument, Filled
from graph.extraction.sources import Sources
from graph.extraction.triggers import Trigger
from graph.lexicon.vocabulary import Frame
from graph.model import EventType, Medium

# "La conversazione è avvenuta su iniziativa di X" is said at most two sentences behind the call.
_INITIATIVE = 2

_VISIT = Frame("visit.invited", "verb", "", "visit", {}, modality="hypothetical")
_POST = Frame("statement.post", "verb", "", "statement", {"subj": "speaker"})


def attach_callers(drafts: list[Draft], clauses: Clauses) -> None:
    """ "La conversazione è avvenuta su iniziativa di X": X called."""
    lists = clauses.vocabulary.lists
    calls = by_sentence((draft for draft in drafts if draft.type is EventType.CALL), clauses)
    for word in clauses.words[1:-1]:
        before = clauses.words[word.index - 1].lower
        if word.lower not in lists.initiative_nouns or before not in lists.initiative_prepositions:
            continue
        near = [d for s in range(word.sentence - _INITIATIVE, word.sentence + 1) for d in calls.get(s, ())]
        call = next((d for d in reversed(near) if d.filled.trigger.first < word.index), None)
        callers = {mention.cluster for mention in clauses.behind(word.index, "di")}
        for place, (role, cluster, mention) in enumerate(call.participants if call else ()):
            if call is not None and cluster in callers and role in ("participant", "caller?"):
                call.participants[place] = ("caller", cluster, mention)


def social_posts(sources: Sources) -> list[Filled]:
    """A post on a platform is a statement: an event of saying of its own."""
    found = []
    for attribution in sources.attributions.found:
        predicate = attribution.predicate
        posted = attribution.channel.medium is Medium.SOCIAL_POST
        if posted and attribution.speakers and predicate.finite:
            trigger = Trigger(predicate.head, predicate.head, _POST, predicate)
            found.append(Filled(trigger, [Argument("speaker", mention) for mention in attribution.speakers]))
    return found


def link_concerns(drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """An invitation is about a visit (made here when it has a goal), a rejection about what it rejects."""
    told = by_sentence(drafts, clauses)
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        about, trigger = draft.filled.trigger.frame.about, draft.filled.trigger
        if about == "visit" and draft.filled.place is not None:
            visit = _visit(draft)
            draft.concerns, draft.filled.place = visit.event, None
            found.append(visit)
        elif about:
            here = told[clauses.words[trigger.first].sentence]
            behind = (d for d in here if d.filled.trigger.first > trigger.last and d.event != draft.event)
            fitting = (d for d in behind if about in ("*", d.type.value))
            draft.concerns = next((d.event for d in fitting), None)
    return found


def _visit(invitation: Draft) -> Draft:
    """The visit that an invitation is about: the invited goes, the inviter is the host."""
    inviting = invitation.filled.trigger
    trigger = Trigger(inviting.first, inviting.last, _VISIT, inviting.predicate)
    filled = Filled(trigger, place=invitation.filled.place)
    draft = Draft(filled, f"{invitation.event}v", invitation.attribution)
    roles = {"addressee": "visitor", "speaker": "host"}
    draft.participants = [
        (roles.get(role, role), cluster, mention) for role, cluster, mention in invitation.participants
    ]
    return draft
