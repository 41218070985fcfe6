"""Arguments: who plays which part in the event that a trigger evokes, where, and about what.

A verb gives its subject, its object and its prepositional arguments; a noun its prepositional arguments, the
subject of the verb that carries it ("ha avuto una telefonata con"), and what a possessive stands for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.extraction.clauses import Clauses, Subject
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.triggers import Trigger
from graph.extraction.words import Word
from graph.model import EntityKind

# Verbs that carry an event noun as their object without a meaning of their own, and what their subject is in it.
SUPPORT = {
    "avere": "", "tenere": "", "svolgere": "", "fare": "", "effettuare": "", "intrattenere": "", "concludere": "",
    "iniziare": "", "avviare": "", "condurre": "lead", "guidare": "lead", "presiedere": "host", "ospitare": "host",
    "ricevere": "receive", "rilasciare": "", "concedere": "", "dare": "", "firmare": "", "raggiungere": "", "siglare": "",
    "rivolgere": "", "compiere": "", "chiedere": "ask", "partecipare": "", "prendere": "", "cominciare": "",
    "proseguire": "", "continuare": "", "riprendere": "", "pubblicare": "", "scambiare": "", "annunciare": "announce",
    "programmare": "", "organizzare": "", "prevedere": "", "mettere": "", "trovare": "", "accettare": "", "stipulare": "",
    "sottoscrivere": "", "annullare": "", "cancellare": "", "rinviare": "", "confermare": "announce", "smentire": "announce",
    "pronunciare": "", "tornare": "", "essere": "", "rifiutare": "", "respingere": "", "proporre": "", "offrire": "",
    "escludere": "", "negare": "announce", "preparare": "", "definire": "", "interrompere": "", "sospendere": "", "chiudere": "",
    "volere": "", "auspicare": "ask", "attendere": "", "festeggiare": "", "declinare": "", "mediare": "",
}  # fmt: skip

# A noun's arguments stand within this many words behind it.
_REACH = 18

_PLACE_PREPOSITIONS = ("a", "in")


@dataclass(slots=True)
class Argument:
    """One filled slot: the role, and the mention; `speaker` when it is whoever speaks the quotation around it."""

    role: str
    mention: Mention | None = None
    speaker: bool = False
    dropped: bool = False


@dataclass(slots=True)
class Filled:
    """A trigger with its arguments; `carrier` is the verb that carries a noun, `place` the mention of where.

    `states` are (role, ISO country, word) of the adjectives that name a state.
    """

    trigger: Trigger
    arguments: list[Argument] = field(default_factory=list)
    place: Mention | None = None
    carrier: Predicate | None = None
    after: bool = False
    states: list[tuple[str, str, int]] = field(default_factory=list)

    def add(self, role: str, mentions: tuple[Mention, ...], dropped: bool = False) -> None:
        """Put mentions into a role, each mention once."""
        for mention in mentions:
            if all(argument.mention is not mention for argument in self.arguments):
                self.arguments.append(Argument(role, mention, dropped=dropped))


def fill(trigger: Trigger, clauses: Clauses, stops: frozenset[int]) -> Filled:
    """The arguments of `trigger`; `stops` are the words of other triggers, where a noun's arguments end."""
    filled = Filled(trigger)
    if trigger.predicate is not None:
        _fill_verb(filled, trigger.predicate, clauses, stops)
    else:
        _fill_noun(filled, clauses, stops - {*range(trigger.first, trigger.last + 1)})
    if filled.place is None and "place" not in trigger.frame.roles.values():
        filled.place = _place(filled, clauses, stops)
    return filled


def _subject(filled: Filled, role: str, subject: Subject) -> None:
    if subject.speaker:
        filled.arguments.append(Argument(role, speaker=True))
    filled.add(role, subject.mentions, subject.dropped)


def _fill_verb(filled: Filled, predicate: Predicate, clauses: Clauses, stops: frozenset[int]) -> None:
    roles = filled.trigger.frame.roles
    participle = predicate.mood == "participle"
    if predicate.passive or participle:
        acted, actor = roles.get("obj", ""), roles.get("subj", "")
        if acted and acted != "place":
            subject = (
                clauses.subject(predicate) if not participle else Subject(_noun_before(predicate, clauses))
            )
            _subject(filled, acted, subject)
        if actor:
            filled.add(actor, clauses.behind(predicate.last, "da", stops))
    else:
        if "subj" in roles:
            _subject(filled, roles["subj"], clauses.subject(predicate))
        if "obj" in roles and roles["obj"] != "place":
            filled.add(roles["obj"], clauses.object(predicate))
    if not predicate.passive and not participle:
        _clitic(filled, predicate, clauses)
    for slot, role in roles.items():
        if slot in ("subj", "obj"):
            if role == "place" and slot == "obj" and not predicate.passive:
                filled.place = next((m for m in clauses.object(predicate) if is_place(m)), None)
            continue
        found = clauses.behind(predicate.last, slot, stops - {predicate.head})
        if role == "place":
            filled.place = filled.place or next((m for m in found if is_place(m)), None)
        elif slot != "da" or not predicate.passive:
            filled.add(role, found)


def _clitic(filled: Filled, predicate: Predicate, clauses: Clauses) -> None:
    """ "Mi ha telefonato": the first person is the one called, asked, invited."""
    roles = filled.trigger.frame.roles
    role = roles.get("a") or roles.get("obj")
    for word in clauses.words[predicate.first : predicate.head]:
        other = _anaphoric(word.lower, roles)
        if other:
            filled.add(other, _spoken_of(filled, word.index, clauses), True)
        if (
            word.lower in ("mi", "m'")
            and word.quote >= 0
            and predicate.person[:1] != "1"
            and role
            and role != "place"
        ):
            filled.arguments.append(Argument(role, speaker=True))


def _anaphoric(word: str, roles: Mapping[str, str]) -> str:
    """The role of "lo", "la" (the object) or "gli", "le" (the one addressed) before a verb, or ""."""
    slot = {"lo": "obj", "la": "obj", "l'": "obj", "li": "obj", "gli": "a", "le": "a"}.get(word, "")
    role = roles.get(slot, "")
    return role if role != "place" else ""


def _spoken_of(filled: Filled, index: int, clauses: Clauses) -> tuple[Mention, ...]:
    """The last person named before word `index` who does not take part otherwise, two sentences back at most."""
    known = {argument.mention.cluster for argument in filled.arguments if argument.mention is not None}
    for mention in reversed(clauses.mentions):
        if mention.last < index and mention.kind is EntityKind.PERSON and mention.cluster not in known | {-1}:
            near = clauses.words[mention.first].sentence >= clauses.words[index].sentence - 2
            return (mention,) if near else ()
    return ()


def _noun_before(predicate: Predicate, clauses: Clauses) -> tuple[Mention, ...]:
    """The mention that a participle directly follows ("Fogel, liberato ieri"), else the subject of its sentence."""
    index = predicate.first - 1
    comma = index >= 0 and clauses.words[index].text == ","
    index -= comma
    mention = clauses.at.get(index)
    if (
        mention is not None
        and mention.last == index
        and mention.kind in (EntityKind.PERSON, EntityKind.ORGANIZATION)
    ):
        return (mention,)
    governor = clauses.governor(predicate.first) if comma else None
    return clauses.subject(governor).mentions if governor is not None else ()


def _fill_noun(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> None:
    trigger, roles = filled.trigger, filled.trigger.frame.roles
    for slot, role in roles.items():
        if slot in ("subj", "obj"):
            continue
        found = _behind_noun(trigger, slot, clauses, stops)
        if role == "place":
            filled.place = filled.place or next((m for m in found if is_place(m)), None)
        elif slot in _PLACE_PREPOSITIONS and found and all(m.kind is EntityKind.PLACE for m in found):
            continue
        else:
            filled.add(role, found or (clauses.ahead(trigger.first, slot) if slot == "tra" else ()))
    carrier, after = _carrier(trigger, clauses)
    filled.carrier, filled.after = carrier, after
    relative = _relative_carrier(trigger, clauses)
    if relative is not None and "subj" in roles:
        carrier, filled.carrier, after, filled.after = None, relative, False, False
        _subject(filled, roles["subj"], clauses.subject(relative))
        filled.add(roles.get("con", roles["subj"]), clauses.prepositional(relative, "con"))
    elif carrier is not None and not after:
        for slot in ("a", "con"):
            if (
                slot in roles
                and roles[slot] not in ("place", "participant")
                and not any(a.role == roles[slot] for a in filled.arguments)
            ):
                found = clauses.behind(carrier.last, slot)
                filled.add(roles[slot], tuple(m for m in found if m.first < trigger.first))
    if carrier is not None and "subj" in roles and not after and _direct(trigger, carrier, clauses):
        _carried(filled, carrier, clauses)
    if trigger.frame.type == "interview":
        _interviewed(filled, clauses)
    _possessed(filled, clauses)
    _adjectives(filled, clauses)


def _interviewed(filled: Filled, clauses: Clauses) -> None:
    """ "Evocata da X in un'intervista a Y", "ha detto X in un'intervista": who spoke was interviewed."""
    first = filled.trigger.first
    if not any(word.value == "in" for word in clauses.words[max(0, first - 3) : first]):
        return
    sentence = clauses.words[first].sentence
    before = [p for p in clauses.predicates if p.last < first and clauses.words[p.first].sentence == sentence]
    if not before:
        return
    if before[-1].mood == "participle" or before[-1].passive:
        filled.add("participant", clauses.behind(before[-1].last, "da"))
    else:
        _subject(filled, "participant", clauses.subject(before[-1]))


def _adjectives(filled: Filled, clauses: Clauses) -> None:
    """ "Un attacco russo", "colloqui russo-ucraini": the states that an adjective of the noun names."""
    trigger = filled.trigger
    role = trigger.frame.roles.get("subj") or trigger.frame.roles.get("di")
    if role in (None, "patient"):
        return
    index = trigger.last + 1
    for word in clauses.words[index : index + 4]:
        country = clauses.demonym(word.lower)
        if country and word.sentence == clauses.words[trigger.first].sentence and not word.capital:
            filled.states.append((role, country, word.index))
        elif word.text != "-" and not (
            word.alphabetic and not word.cls and not word.capital and word.index == index
        ):
            break


def _behind_noun(trigger: Trigger, slot: str, clauses: Clauses, stops: frozenset[int]) -> tuple[Mention, ...]:
    words = clauses.words
    index = trigger.last + 1
    while (
        index < len(words)
        and index - trigger.last <= _REACH
        and words[index].sentence == words[trigger.last].sentence
    ):
        word = words[index]
        mention = clauses.at.get(index)
        if mention is not None:
            if mention.prep == slot:
                return clauses.group(mention)
            index = max(index, clauses.group(mention)[-1].last) + 1
            continue
        predicate = clauses.predicate_at.get(index)
        if (
            index in stops
            or word.text in (";", ":")
            or word.cls in ("sub", "rel")
            or (predicate is not None and predicate.finite)
        ):
            return ()
        index += 1
    return ()


def _carrier(trigger: Trigger, clauses: Clauses) -> tuple[Predicate | None, bool]:
    """The verb whose object the noun is, or (with True) the verb behind it whose subject it is."""
    words = clauses.words
    index = trigger.first - 1
    sentence = words[trigger.first].sentence
    while index >= 0 and words[index].sentence == sentence and trigger.first - index <= 14:
        predicate = clauses.predicate_at.get(index)
        if predicate is not None and predicate.mood != "participle":
            return predicate, False
        if words[index].cls in ("rel", "sub") or words[index].text in (";", ":"):
            break
        if clauses.at.get(index) is not None and not clauses.at[index].prep:
            break
        index -= 1
    index = trigger.last + 1
    while index < len(words) and words[index].sentence == sentence and index - trigger.last <= 24:
        predicate = clauses.predicate_at.get(index)
        if predicate is not None and predicate.finite:
            return predicate, True
        if words[index].text in (";", ":") or (words[index].cls == "rel" and words[index].value == "that"):
            break
        index += 1
    return None, False


def _relative_carrier(trigger: Trigger, clauses: Clauses) -> Predicate | None:
    """ "La telefonata che X e Y hanno avuto": the verb of the relative clause carries the noun."""
    following = clauses.words[trigger.last + 1 : trigger.last + 3]
    if not following or following[0].cls != "rel" or following[0].value != "that":
        return None
    sentence = clauses.words[trigger.first].sentence
    after = [
        p
        for p in clauses.predicates
        if p.first > trigger.last and clauses.words[p.first].sentence == sentence and p.finite
    ]
    if (
        not after
        or after[0].lemma not in ("avere", "tenere", "svolgere", "fare")
        or not clauses.ahead_subject(after[0], trigger.last)
    ):
        return None
    return after[0]


def _direct(trigger: Trigger, carrier: Predicate, clauses: Clauses) -> bool:
    """Whether the noun is the verb's own object ("ha avuto un colloquio"), not something of it ("la durata del colloquio")."""
    index = trigger.first - 1
    while index > carrier.last and (
        clauses.words[index].cls in ("det", "poss", "num", "adv", "")
        and clauses.words[index].alphabetic
        and not clauses.words[index].capital
    ):
        index -= 1
    if index <= carrier.last:
        return True
    word = clauses.words[index]
    if word.cls == "prep" and trigger.first - index <= 4:
        return (
            (carrier.lemma, word.value) in _INTO
            or trigger.frame.type in ("visit", "interview")
            and word.value == "in"
        )
    return True


# Verbs that carry their event noun behind a preposition ("ha partecipato a un incontro", "è in visita").
_INTO = frozenset(
    {
        ("partecipare", "a"),
        ("essere", "in"),
        ("prendere", "a"),
        ("tornare", "da"),
        ("arrivare", "in"),
        ("impegnare", "in"),
    }
)


def _carried(filled: Filled, carrier: Predicate, clauses: Clauses) -> None:
    """The subject of the carrying verb takes part, in the role that the verb gives it."""
    if carrier.lemma not in SUPPORT:
        return
    way = SUPPORT[carrier.lemma]
    role = filled.trigger.frame.roles["subj"]
    kind = filled.trigger.frame.type
    preposition = clauses.words[filled.trigger.first - 1]
    if way == "announce" or (carrier.lemma == "essere" and preposition.cls != "prep"):
        return
    if way == "lead":
        role = "leadNegotiator" if kind == "negotiation" else role
    elif way == "receive":
        role = "callee" if kind == "call" else "addressee" if kind == "invitation" else role
    elif way == "host":
        role = "host"
    elif way == "ask" or carrier.passive or _causative(carrier, clauses):
        return
    _subject(filled, role, clauses.subject(carrier))


def _causative(carrier: Predicate, clauses: Clauses) -> bool:
    """ "Far iniziare i negoziati": who has others do it takes no part himself."""
    before = clauses.predicate_at.get(carrier.first - 1)
    return carrier.mood == "infinitive" and before is not None and before.lemma in ("fare", "lasciare")


def _possessed(filled: Filled, clauses: Clauses) -> None:
    """ "La sua telefonata con X": whose it is, when nobody else fills the subject's role."""
    trigger = filled.trigger
    near = clauses.words[max(0, trigger.first - 3) : trigger.first]
    possessive = next((word for word in near if word.cls == "poss"), None)
    if (
        possessive is None
        or "subj" not in trigger.frame.roles
        or any(a.role == trigger.frame.roles["subj"] and a.mention for a in filled.arguments[1:])
    ):
        return
    if possessive.value[0] == "1" and possessive.quote >= 0:
        filled.arguments.append(Argument(trigger.frame.roles["subj"], speaker=True))
        return
    governor = clauses.governor(trigger.first)
    if governor is not None and possessive.value == "3s":
        subject = clauses.subject(governor)
        _subject(filled, trigger.frame.roles["subj"], Subject(subject.mentions, subject.speaker, True))


def is_place(mention: Mention) -> bool:
    """Whether the mention can say where something is."""
    seat = bool(mention.entries) and mention.entries[0].subkind == "metonym_seat"
    return mention.kind in (EntityKind.PLACE, EntityKind.STATE) or seat


def _place(filled: Filled, clauses: Clauses, stops: frozenset[int]) -> Mention | None:
    """Where it happened: the first place under "a" or "in" behind the trigger, or at the head of its sentence."""
    words, trigger = clauses.words, filled.trigger
    taken = {id(argument.mention) for argument in filled.arguments}
    index = trigger.last + 1
    start = trigger.last
    while index < len(words) and index - start <= _REACH and words[index].sentence == words[start].sentence:
        mention = clauses.at.get(index)
        if mention is not None:
            if is_place(mention) and mention.prep in _PLACE_PREPOSITIONS and id(mention) not in taken:
                return mention
            index = mention.last + 1
            continue
        predicate = clauses.predicate_at.get(index)
        if (
            index in stops
            or words[index].cls in ("sub", "rel")
            or words[index].text in (";", ":")
            or (predicate is not None and predicate.finite and predicate is not filled.carrier)
        ):
            break
        index += 1
    first = next((w.index for w in words if w.sentence == words[start].sentence), 0)
    opening = clauses.at.get(first + 1)
    if (
        opening
        and is_place(opening)
        and opening.prep in _PLACE_PREPOSITIONS
        and id(opening) not in taken
        and start - first < 25
    ):
        return opening
    return None
