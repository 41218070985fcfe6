"""The forms of an Italian verb from its principal parts, each with mood, tense, person and number.

Needed because no tagger can be assumed: tense and person are what tells "riceverà" from "ha ricevuto" and
"ho sentito" (the speaker) from "ha sentito". Regular endings follow the grammar books (three conjugations,
the -isc- class, spelling changes before e and i); irregular verbs give their parts in `verbs.tsv`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")

_PRESENT = {
    "are": ("o", "i", "a", "iamo", "ate", "ano"),
    "ere": ("o", "i", "e", "iamo", "ete", "ono"),
    "ire": ("o", "i", "e", "iamo", "ite", "ono"),
    "isc": ("isco", "isci", "isce", "iamo", "ite", "iscono"),
}
_SUBJUNCTIVE = {
    "are": ("i", "i", "i", "iamo", "iate", "ino"),
    "ere": ("a", "a", "a", "iamo", "iate", "ano"),
    "ire": ("a", "a", "a", "iamo", "iate", "ano"),
    "isc": ("isca", "isca", "isca", "iamo", "iate", "iscano"),
}
_REMOTE = {
    "are": ("ai", "asti", "ò", "ammo", "aste", "arono"),
    "ere": ("ei", "esti", "é", "emmo", "este", "erono"),
    "ire": ("ii", "isti", "ì", "immo", "iste", "irono"),
}
_IMPERFECT = ("vo", "vi", "va", "vamo", "vate", "vano")
_PAST_SUBJUNCTIVE = ("ssi", "ssi", "sse", "ssimo", "ste", "ssero")
_FUTURE = ("ò", "ai", "à", "emo", "ete", "anno")
_CONDITIONAL = ("ei", "esti", "ebbe", "emmo", "este", "ebbero")
_PARTICIPLE = (("o", "s"), ("a", "s"), ("i", "p"), ("e", "p"))


@dataclass(frozen=True, slots=True)
class Verb:
    """Principal parts; an empty part is regular. `present` has six forms, `remote` is the third person
    singular,
    `future` the stem before -ò, `imperfect` the stem before -va, `subjunctive` the singular form."""

    lemma: str
    participle: str = ""
    remote: str = ""
    present: tuple[str, ...] = ()
    future: str = ""
    imperfect: str = ""
    subjunctive: str = ""
    isc: bool = False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form: `tense` is present, imperfect, remote, future, conditional, subjunctive, infinitive, gerund
    or
    participle; `person` is 1s…3p, for a participle its number (s, p), else empty."""

    form: str
    lemma: str
    tense: str
    person: str = ""


def forms(verb: Verb) -> Iterator[VerbForm]:
    """Every form of `verb`, clitics apart."""
    base, ending = _stem(verb.lemma)
    pattern = "isc" if verb.isc else ending
    for tense, person, form in _finite(verb, base, ending, pattern):
        yield VerbForm(form, verb.lemma, tense, person)
    yield VerbForm(verb.lemma, verb.lemma, "infinitive")
    if verb.lemma.endswith("e"):
        yield VerbForm(verb.lemma[:-1], verb.lemma, "infinitive")
    stem = verb.imperfect[:-1] if verb.imperfect else base
    gerund = "ando" if ending == "are" and not verb.imperfect else "endo"
    yield VerbForm(stem + gerund, verb.lemma, "gerund")
    participle = verb.participle or base + {"are": "ato", "ere": "uto", "ire": "ito"}[ending]
    for vowel, number in _PARTICIPLE:
        yield VerbForm(participle[:-1] + vowel, verb.lemma, "participle", number)


def _finite(verb: Verb, base: str, ending: str, pattern: str) -> Iterator[tuple[str, str, str]]:
    present = verb.present or tuple(_join(base, end, ending) for end in _PRESENT[pattern])
    remote = _remote(verb, base, ending)
    future = verb.future or _future(base, ending)
    past = verb.imperfect or base + ending[0]
    for index, person in enumerate(PERSONS):
        yield "present", person, present[index]
        yield "imperfect", person, past + _IMPERFECT[index]
        yield "remote", person, remote[index]
        yield "future", person, future + _FUTURE[index]
        yield "conditional", person, future + _CONDITIONAL[index]
        yield "subjunctive", person, past + _PAST_SUBJUNCTIVE[index]
    subjunctive: tuple[str, ...] = (verb.subjunctive,) * 3 + ("", "", verb.subjunctive + "no")
    if not verb.subjunctive:
        subjunctive = tuple(_join(base, end, ending) for end in _SUBJUNCTIVE[pattern])
    for person, form in zip(PERSONS, subjunctive, strict=True):
        if form:
            yield "subjunctive", person, form


def _stem(lemma: str) -> tuple[str, str]:
    """The stem and the conjugation; contracted infinitives (porre, trarre, condurre) go with -ere."""
    if lemma.endswith("rre"):
        return lemma[:-3], "ere"
    return lemma[:-3], lemma[-3:]


def _join(stem: str, end: str, ending: str) -> str:
    """Stem and ending with the spelling changes of -are verbs (cerchiamo, annunci, invii → invi)."""
    if ending == "are" and end[0] in "ie":
        if stem[-1] in "cg":
            return stem + "h" + end
        if stem.endswith("i") and end[0] == "i":
            return stem[:-1] + end
        if stem[-2:] in ("ci", "gi"):
            return stem[:-1] + end
    return stem + end


def _future(base: str, ending: str) -> str:
    if ending == "are":
        return _join(base, "er", "are")
    return base + ending[0] + "r"


def _remote(verb: Verb, base: str, ending: str) -> tuple[str, ...]:
    regular = tuple(base + end for end in _REMOTE[ending])
    if not verb.remote:
        return regular
    strong = verb.remote[:-1]
    return (strong + "i", regular[1], verb.remote, regular[3], regular[4], strong + "ero")
