"""Concerns: which event another one is about, and what one sentence adds to the event of another."""

from collections.abc import Iterator
from dataclasses import replace

from graph.extraction.attribution import Attribution
from graph.extraction.channels import NEWS, Channel, subkind
from graph.extraction.clauses import Clauses
from graph.extraction.drafts import Draft, by_sentence
from graph.extraction.slots import Argument, Filled
from graph.extraction.sources import Sources
from graph.extraction.subjects import subject_of
from graph.extraction.triggers import Trigger
from graph.lexicon.vocabulary import Frame
from graph.model import EventType, Medium, Role

# "La conversazione è avvenuta su iniziativa di X" is said at most two sentences behind the call.
_INITIATIVE = 2

# "La guida delle difficili trattative": the noun stands within four words before the talks.
_GUIDED = 4

# Acts of saying: no proposal or rejection is about one.
_SPEECH = frozenset({EventType.INTERVIEW, EventType.STATEMENT, EventType.PROPOSAL, EventType.REJECTION})

# What can be rejected by the name of who made it.
_MADE = (EventType.PROPOSAL, EventType.INVITATION)

_PROPOSED = Frame("claim.proposed", "verb", "", "event", {}, modality="hypothetical")
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


def attach_leaders(drafts: list[Draft], clauses: Clauses) -> None:
    """ "Il negoziato … Lo guiderà X": X leads the talks that the pronoun stands for."""
    lists, support = clauses.vocabulary.lists, clauses.vocabulary.support
    talks = by_sentence((draft for draft in drafts if draft.type is EventType.NEGOTIATION), clauses)
    for predicate in clauses.predicates:
        verb = support.get(predicate.lemma)
        pronouns = clauses.words[predicate.first : predicate.head]
        leads = verb is not None and verb.part == "lead" and predicate.finite and not predicate.passive
        if not leads or all(word.lower not in lists.object_clitics for word in pronouns):
            continue
        sentence = clauses.words[predicate.first].sentence
        near = [d for s in range(sentence - _INITIATIVE, sentence + 1) for d in talks.get(s, ())]
        talk = next((d for d in reversed(near) if d.filled.trigger.first < predicate.first), None)
        for mention in subject_of(predicate, clauses).mentions if talk is not None else ():
            if talk is not None and mention.cluster >= 0 and mention.cluster not in talk.agents:
                talk.participants.append((Role.LEAD_NEGOTIATOR, mention.cluster, mention))


def attach_entrusted(drafts: list[Draft], clauses: Clauses) -> None:
    """ "Ha affidato a X la guida delle trattative con Y": X leads them."""
    told = by_sentence(drafts, clauses)
    for talk in (draft for draft in drafts if draft.type is EventType.NEGOTIATION):
        first = talk.filled.trigger.first
        before = clauses.words[max(0, first - _GUIDED) : first]
        if all(word.lower not in clauses.vocabulary.lists.leading_nouns for word in before):
            continue
        for appointment in told[clauses.words[first].sentence]:
            if appointment.type is EventType.APPOINTMENT and appointment.filled.trigger.last < first:
                talk.participants += [
                    (Role.LEAD_NEGOTIATOR, cluster, mention)
                    for role, cluster, mention in appointment.participants
                    if role == Role.APPOINTEE and cluster not in talk.agents
                ]


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
            here = [d for d in told[clauses.words[trigger.first].sentence] if d.event != draft.event]
            fitting = [d for d in here if about == d.type.value or (about == "*" and d.type not in _SPEECH)]
            matter = _matter(draft, fitting)
            draft.concerns = matter.event if matter else None
            _add_proposer(draft, here)
            if matter is not None and draft.type is EventType.PROPOSAL:
                found.extend(_proposed(draft, matter, here))
    return found


def _add_proposer(rejection: Draft, here: list[Draft]) -> None:
    """ "Ha respinto la proposta di X": the rejection is addressed to X."""
    verb = rejection.filled.trigger.predicate
    if rejection.type is not EventType.REJECTION or verb is None:
        return
    for proposal in here:
        if proposal.type in _MADE and proposal.filled.carrier is verb:
            rejection.participants += [
                ("addressee", cluster, mention)
                for role, cluster, mention in proposal.participants
                if role == "speaker" and cluster not in rejection.agents
            ]


def _matter(draft: Draft, others: list[Draft]) -> Draft | None:
    """The event told behind; behind a participle or passive ("ipotesi evocata da X") the one before."""
    trigger = draft.filled.trigger
    behind = [d for d in others if d.filled.trigger.first > trigger.last]
    before = [d for d in others if d.filled.trigger.last < trigger.first]
    verb = trigger.predicate
    participle = verb is not None and (verb.mood == "participle" or verb.passive)
    if participle and before:
        return before[-1]
    return behind[0] if behind else None


def _proposed(proposal: Draft, matter: Draft, here: list[Draft]) -> Iterator[Draft]:
    """Whoever proposes an event claims it as a possibility, in the interview if he does so in one."""
    speakers = tuple(mention for role, _, mention in proposal.participants if role == "speaker" and mention)
    predicate = proposal.filled.trigger.predicate
    own = matter.attribution is not None and matter.attribution.speakers == speakers
    if predicate is None or own or not speakers:
        return
    told = [d for d in here if d.type is EventType.INTERVIEW]
    outlets = [m for d in told[:1] for _, _, m in d.participants if m is not None and subkind(m) in NEWS]
    channel = Channel(via=tuple(outlets), medium=Medium.INTERVIEW if told else None)
    frame = replace(_PROPOSED, type=matter.type.value)
    trigger = Trigger(proposal.filled.trigger.first, proposal.filled.trigger.last, frame, predicate)
    attribution = Attribution(predicate, "say", speakers, channel)
    yield Draft(Filled(trigger), matter.event, attribution, list(matter.participants))


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
