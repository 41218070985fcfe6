"""Carriers: the verb that carries an event noun ("ha avuto una telefonata"), and the part that it gives its
subject."""

from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.predicates import Predicate
from graph.extraction.slots import Filled
from graph.extraction.subjects import Subject, subject_of
from graph.extraction.triggers import Trigger
from graph.extraction.words import Word

# A noun stands within this many words behind the verb whose object it is, or before the one whose subject it
# is ("l'incontro tra il ministro degli Esteri … e il collega … si è svolto").
_OBJECT = 14
_SUBJECT = 24

# Between a preposition and its noun stand an article and two adjectives at most.
_PHRASE = 4

# Between a genitive and its noun stand adjectives.
_GENITIVE = 9

# A possessive is one of the three words before its noun ("la sua prima telefonata").
_POSSESSIVE = 3


@dataclass(frozen=True, slots=True)
class Carrier:
    """The verb; `after` tells that it stands behind the noun, which is its subject, `relative` that "che"
    joins them."""

    predicate: Predicate
    after: bool = False
    relative: bool = False


def carrier_of(trigger: Trigger, clauses: Clauses) -> Carrier | None:
    """The verb that carries a noun: that of its relative clause, the one before, or the one behind it."""
    relative = _relative(trigger, clauses) if "subj" in trigger.frame.roles else None
    return relative or _ahead(trigger, clauses) or _behind(trigger, clauses)


def _relative(trigger: Trigger, clauses: Clauses) -> Carrier | None:
    """ "La telefonata che X e Y hanno avuto": the verb of the relative clause carries the noun."""
    following = clauses.words[trigger.last + 1 : trigger.last + 2]
    if not following or following[0].cls != "rel" or following[0].value != "that":
        return None
    here = clauses.predicates_of(clauses.words[trigger.first].sentence)
    verb = next((p for p in here if p.finite and p.first > trigger.last), None)
    if verb is None or verb.lemma not in clauses.vocabulary.lists.light_verbs:
        return None
    return Carrier(verb, relative=True) if clauses.has_subject(trigger.last, verb) else None


def _ahead(trigger: Trigger, clauses: Clauses) -> Carrier | None:
    words, sentence = clauses.words, clauses.words[trigger.first].sentence
    for index in range(trigger.first - 1, max(trigger.first - _OBJECT - 1, -1), -1):
        word, mention = words[index], clauses.at.get(index)
        if word.sentence != sentence:
            return None
        predicate = clauses.predicate_at.get(index)
        if predicate is not None and predicate.mood != "participle":
            return Carrier(predicate)
        free = mention is not None and not mention.prep
        if word.cls in ("rel", "sub") or word.text in (";", ":") or free:
            return None
    return None


def _behind(trigger: Trigger, clauses: Clauses) -> Carrier | None:
    words, sentence = clauses.words, clauses.words[trigger.first].sentence
    for word in words[trigger.last + 1 : trigger.last + _SUBJECT + 1]:
        if word.sentence != sentence:
            return None
        predicate = clauses.predicate_at.get(word.index)
        if predicate is not None and predicate.finite:
            return Carrier(predicate, after=True)
        if word.text in (";", ":") or (word.cls == "rel" and word.value == "that"):
            return None
    return None


def add_carried(filled: Filled, carrier: Carrier, clauses: Clauses) -> None:
    """Let the verb's subject, and those it addresses before the noun, take part in the event of the noun."""
    trigger, roles, verb = filled.trigger, filled.trigger.frame.roles, carrier.predicate
    if carrier.relative:
        filled.add_subject(roles["subj"], subject_of(verb, clauses))
        filled.add(roles.get("con", roles["subj"]), clauses.behind(verb.last, "con"))
        return
    if carrier.after:
        _add_behind(filled, verb, clauses)
        return
    for slot in ("a", "con"):
        role = roles.get(slot, "")
        if role not in ("", "place", "participant") and not filled.has(role):
            found = clauses.behind(verb.last, slot)
            filled.add(role, tuple(mention for mention in found if mention.first < trigger.first))
    if "subj" in roles and _direct(trigger, verb, clauses):
        _add_subject(filled, verb, clauses)


def _add_behind(filled: Filled, verb: Predicate, clauses: Clauses) -> None:
    """ "Una telefonata è intercorsa tra X e Y": the parties stand behind a verb of taking place."""
    support = clauses.vocabulary.support.get(verb.lemma)
    before = clauses.words[filled.trigger.first - 1] if filled.trigger.first else None
    aside = before is not None and before.cls == "prep"  # "nel corso della conversazione X ha …"
    if support is None or not support.settles or filled.arguments or aside:
        return
    for slot in ("tra", "con"):
        role = filled.trigger.frame.roles.get(slot, "")
        if role not in ("", "place"):
            filled.add(role, clauses.behind(verb.last, slot))


def _direct(trigger: Trigger, verb: Predicate, clauses: Clauses) -> bool:
    """Whether the noun is the verb's own object ("ha avuto un colloquio"), not part of it ("la durata del
    colloquio")."""
    index = trigger.first - 1
    while index > verb.last and _attributive(index, clauses):
        index -= 1
    word = clauses.words[index]
    if index <= verb.last or word.cls != "prep" or trigger.first - index > _PHRASE:
        return True
    support = clauses.vocabulary.support.get(verb.lemma)
    inside = trigger.frame.type in ("visit", "interview") and word.value == "in"
    return inside or (support is not None and word.value == support.through)


def _attributive(index: int, clauses: Clauses) -> bool:
    """Whether a word can stand between an article and the noun."""
    word = clauses.words[index]
    closed = word.cls in ("det", "poss", "num", "adv", "")
    return closed and word.alphabetic and not word.capital


def _add_subject(filled: Filled, verb: Predicate, clauses: Clauses) -> None:
    """The subject of the carrying verb takes part, in the role that the verb gives it."""
    support = clauses.vocabulary.support.get(verb.lemma)
    before = clauses.words[filled.trigger.first - 1]
    if support is None or support.part in ("", "announce"):
        return
    if clauses.vocabulary.auxiliary(verb.lemma) == "be" and before.cls != "prep":
        return
    named = support.part in ("lead", "receive", "host")
    if named or not (support.part == "ask" or verb.passive or _caused(verb, clauses)):
        filled.add_subject(_role(filled.trigger, support.part), subject_of(verb, clauses))


def _role(trigger: Trigger, part: str) -> str:
    """The role of a carrying verb's subject: what the verb says ("condurre", "ricevere"), else what the noun
    says."""
    kind = trigger.frame.type
    roles = {
        ("lead", "negotiation"): "leadNegotiator",
        ("receive", "call"): "callee",
        ("receive", "invitation"): "addressee",
        ("host", kind): "host",
    }
    return roles.get((part, kind), trigger.frame.roles["subj"])


def _caused(verb: Predicate, clauses: Clauses) -> bool:
    """ "Far iniziare i negoziati": who has others do it takes no part himself."""
    before = clauses.predicate_at.get(verb.first - 1)
    causatives = clauses.vocabulary.lists.causatives
    return verb.mood == "infinitive" and before is not None and before.lemma in causatives


def _genitive(trigger: Trigger, clauses: Clauses) -> Word | None:
    """The "'s" of "Russia's barbaric and illegal full-scale invasion": adjectives alone stand between."""
    words = clauses.words
    for word in reversed(words[max(0, trigger.first - _GENITIVE) : trigger.first]):
        if word.cls == "poss":
            return word if word.lower.startswith("'") else None
        plain = word.alphabetic and not word.cls and not word.capital
        if not (plain or word.text in ("-", ",") or word.value == "and") or word.index in clauses.at:
            return None
    return None


def add_possessor(filled: Filled, clauses: Clauses) -> None:
    """ "La sua telefonata con X": whose it is, when nobody but X fills the subject's role."""
    trigger = filled.trigger
    role = trigger.frame.roles.get("subj")
    near = clauses.words[max(0, trigger.first - _POSSESSIVE) : trigger.first]
    possessive = next((word for word in near if word.cls == "poss"), None) or _genitive(trigger, clauses)
    others = [argument for argument in filled.arguments[1:] if argument.mention is not None]
    if possessive is None or role is None or any(argument.role == role for argument in others):
        return
    owner = clauses.at.get(possessive.index - 1)
    if owner is not None and owner.last == possessive.index - 1:  # "the president's call with Rossi"
        filled.add(role, clauses.group(owner))
        return
    if possessive.value[0] == "1" and possessive.quote >= 0:
        filled.add_subject(role, Subject(speaker=True))
        return
    governor = clauses.governor(trigger.first)
    if governor is not None and possessive.value == "3s":
        subject = subject_of(governor, clauses)
        filled.add_subject(role, Subject(subject.mentions, subject.speaker, dropped=True))
