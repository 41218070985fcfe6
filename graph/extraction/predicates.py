"""Predicates: verb groups with tense, person, voice and negation ("non ha né confermato né smentito").

Found from the conjugation tables and the classes of the neighbouring words, for want of a tagger: a word that
can be a noun or a verb ("visita", "incontro") is a noun behind a determiner, a preposition or an adjective.
"""

from dataclasses import dataclass

from graph.extraction.words import Word
from graph.lexicon.conjugation import VerbForm

_AUXILIARIES = frozenset({"essere", "avere", "venire", "stare"})
_MODALS = frozenset({"potere", "dovere", "volere"})
_NON_FINITE = frozenset({"infinitive", "gerund", "participle"})

# Verbs whose "essere + participle" is the perfect and not the passive.
_UNACCUSATIVE = frozenset(
    "andare venire arrivare partire tornare ritornare giungere volare avvenire accadere succedere durare restare rimanere"
    " stare nascere morire uscire entrare saltare recarsi atterrare sbarcare rientrare intervenire essere riuscire".split()
)

# Verbs of aspect and help whose infinitive is the event ("inizieremo chiamando", "cerca di incontrare").
ASPECT = frozenset(
    "iniziare cominciare continuare proseguire finire smettere riprendere tornare stare andare".split()
)


@dataclass(slots=True)
class Predicate:
    """`first`…`last` are its words, `head` the word of the main verb; `mood` finite, infinitive, gerund or participle.

    `tense` is that of the finite form: present, past, future, conditional, past_conditional, subjunctive,
    past_subjunctive. `person` is 1s…3p or "".
    """

    first: int
    last: int
    head: int
    lemma: str
    mood: str
    tense: str = ""
    person: str = ""
    negated: bool = False
    passive: bool = False
    reflexive: bool = False
    modal: str = ""
    link: str = ""
    heads: tuple[tuple[int, str], ...] = ()

    @property
    def finite(self) -> bool:
        """Whether it can be the verb of a clause."""
        return self.mood == "finite"


def find_predicates(words: list[Word], named: set[int], nouns: set[str]) -> list[Predicate]:
    """The predicates of a text, left to right; `named` are words inside names, `nouns` words that can be triggers."""
    found: list[Predicate] = []
    index = 0
    while index < len(words):
        predicate = None if index in named else _predicate(words, index, named, nouns)
        if predicate is None:
            index += 1
            continue
        found.append(predicate)
        index = predicate.last + 1
    return found


def _predicate(words: list[Word], index: int, named: set[int], nouns: set[str]) -> Predicate | None:
    word = words[index]
    form = _reading(words, index, nouns)
    if form is None:
        return None
    if form.tense not in _NON_FINITE and form.lemma in _AUXILIARIES | _MODALS:
        compound = _compound(words, index, form, named)
        if compound is not None:
            return compound
    predicate = Predicate(
        index, index, index, form.lemma, "finite" if form.tense not in _NON_FINITE else form.tense
    )
    predicate.tense = {
        "remote": "past",
        "imperfect": "past",
        "participle": "",
        "infinitive": "",
        "gerund": "",
    }.get(form.tense, form.tense)
    predicate.person = form.person if predicate.finite else ""
    predicate.reflexive = word.reflexive or _clitic_si(words, index)
    predicate.heads = ((index, form.lemma),)
    _before(words, predicate)
    return predicate


def _reading(words: list[Word], index: int, nouns: set[str]) -> VerbForm | None:
    """The verb form that the word is here, or None when it is no verb here."""
    word = words[index]
    if not word.forms or word.cls in ("prep", "rel", "conj", "num"):
        return None
    before = words[index - 1] if index and words[index - 1].sentence == word.sentence else None
    after = words[index + 1] if index + 1 < len(words) else None
    auxiliary = any(form.lemma in _AUXILIARIES | _MODALS for form in word.forms)
    if word.capital and before is not None and before.text not in '"«“-:' and not auxiliary:
        return None
    if before is not None and not auxiliary and word.lower in nouns and _nominal_before(before):
        return None
    if (
        before is not None
        and not auxiliary
        and (before.cls in ("det", "poss", "num") or before.cls == "prep")
    ):
        finite = [form for form in word.forms if form.tense not in _NON_FINITE]
        clitic = before.lower in ("lo", "la", "li", "le", "l'", "gli", "ne")
        if before.cls == "det" and clitic and finite and word.lower not in nouns:
            return _choose(finite, word)
        infinitive = [form for form in word.forms if form.tense == "infinitive"]
        return infinitive[0] if infinitive and before.cls == "prep" else None
    if (
        after is not None
        and word.lower in nouns
        and after.cls == "prep"
        and after.value in ("tra", "con", "di")
    ):
        participle = before is not None and any(form.lemma in ("avere", "essere") for form in before.forms)
        if not participle:
            return None
    return _choose(list(word.forms), word)


def _nominal_before(before: Word) -> bool:
    return before.cls in ("det", "prep", "poss", "num") or (
        not before.cls and not before.forms and not before.capital and before.alphabetic
    )


def _choose(forms: list[VerbForm], word: Word) -> VerbForm | None:
    """The likeliest reading: third person before first, indicative before subjunctive; no bare first person outside a quotation."""
    order = (
        "present",
        "remote",
        "imperfect",
        "future",
        "conditional",
        "infinitive",
        "gerund",
        "participle",
        "subjunctive",
    )
    if word.quote < 0:
        forms = [
            form
            for form in forms
            if form.person[:1] != "1" or form.lemma in _AUXILIARIES or form.tense != "present"
        ]
    forms = [form for form in forms if form.person[:1] != "2"]
    if not forms:
        return None
    return min(forms, key=lambda form: (form.person[:1] == "1" and word.quote < 0, order.index(form.tense)))


def _clitic_si(words: list[Word], index: int) -> bool:
    before = words[index - 1] if index else None
    return (
        before is not None
        and before.value in ("refl",)
        or (before is not None and before.lower in ("ci", "mi", "s'") and before.cls == "clitic")
    )


def _before(words: list[Word], predicate: Predicate) -> None:
    """Negation, reflexive clitic and linking word to the left of the predicate."""
    index = predicate.first - 1
    while index >= 0 and words[index].sentence == words[predicate.first].sentence:
        word = words[index]
        if word.cls == "neg" or word.value == "nor":
            predicate.negated = True
        elif word.cls == "clitic" or word.lower in ("lo", "la", "li", "le", "gli", "l'"):
            predicate.reflexive = predicate.reflexive or word.value == "refl" or word.lower in ("ci", "mi")
        elif word.cls == "adv" or word.text in '"«“':
            pass
        elif word.cls == "prep" and predicate.mood == "infinitive":
            predicate.link = word.value
            return
        elif word.cls in ("rel", "sub"):
            predicate.link = word.value
            return
        else:
            return
        if word.cls != "adv" and word.text not in '"«“':
            predicate.first = index
        index -= 1


def _compound(words: list[Word], index: int, auxiliary: VerbForm, named: set[int]) -> Predicate | None:
    """Auxiliary or modal with what it governs: a participle, an infinitive, a gerund, over adverbs and quotation marks."""
    wanted = (
        ("infinitive",)
        if auxiliary.lemma in _MODALS
        else ("participle", "gerund")
        if auxiliary.lemma in ("stare", "venire")
        else ("participle",)
    )
    place, passed, state = index + 1, 0, auxiliary.lemma
    heads: list[tuple[int, str]] = []
    participle_aux = ""
    while place < len(words) and words[place].sentence == words[index].sentence and passed < 6:
        word = words[place]
        readings = [form for form in word.forms if form.tense in wanted]
        if readings and place not in named and not (word.cls == "prep"):
            lemma = readings[0].lemma
            heads.append((place, lemma))
            if (
                lemma in ("essere", "venire", "avere")
                and readings[0].tense in ("participle", "infinitive")
                and _goes_on(words, place)
            ):
                participle_aux, wanted = lemma, ("participle",)
                heads.pop()
            elif lemma in _MODALS and readings[0].tense == "participle":
                wanted, state = ("infinitive",), lemma
                heads.pop()
            elif not _another(words, place):
                break
        elif not (
            word.cls in ("adv", "neg", "clitic")
            or word.text in '"«“'
            or word.value in ("nor", "both", "also")
            or word.lower in ("oggi", "ieri", "stamane", "stamattina", "stasera", "tutti", "entrambi")
            or word.lower.endswith("mente")
        ):
            break
        passed += 1
        place += 1
    if not heads:
        return None
    last, lemma = heads[-1]
    predicate = Predicate(index, last, heads[0][0], heads[0][1], "finite", heads=tuple(heads))
    predicate.person = auxiliary.person
    predicate.tense = _tense(auxiliary, bool(words[heads[0][0]].forms) and heads[0][0] != index, state)
    predicate.modal = auxiliary.lemma if auxiliary.lemma in _MODALS else (state if state in _MODALS else "")
    perfect = auxiliary.lemma == "essere" and lemma in _UNACCUSATIVE
    predicate.reflexive = _clitic_si(words, index)
    passive = auxiliary.lemma in ("essere", "venire") or participle_aux in ("essere", "venire")
    predicate.passive = passive and not perfect and not predicate.reflexive and wanted != ("infinitive",)
    if auxiliary.lemma == "stare":
        predicate.passive, predicate.tense = False, "progressive"
    predicate.negated = any(words[i].cls == "neg" or words[i].value == "nor" for i in range(index, last))
    _before(words, predicate)
    return predicate


def _goes_on(words: list[Word], place: int) -> bool:
    """Whether another participle follows the auxiliary ("è stato ricevuto", "essere raggiunta")."""
    for word in words[place + 1 : place + 4]:
        if any(form.tense == "participle" for form in word.forms):
            return True
        if word.cls not in ("adv",) and word.lower not in ("stato", "stata", "stati", "state"):
            return False
    return False


def _another(words: list[Word], place: int) -> bool:
    """Whether a coordinated participle follows ("né confermato né smentito")."""
    following = words[place + 1 : place + 3]
    return (
        len(following) == 2
        and (following[0].value in ("nor", "and", "or"))
        and any(f.tense == "participle" for f in following[1].forms)
    )


def _tense(auxiliary: VerbForm, compound: bool, modal: str) -> str:
    tense = {"remote": "past", "imperfect": "past"}.get(auxiliary.tense, auxiliary.tense)
    if auxiliary.lemma in ("avere", "essere") and compound:
        if tense == "present":
            return "past"
        if tense in ("conditional", "subjunctive"):
            return "past_" + tense
    return tense
