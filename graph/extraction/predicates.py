"""Predicates: verb groups with tense, person, voice and negation ("non ha né confermato né smentito").

Found from the conjugation tables and the classes of the neighbouring words, for want of a tagger: a word that
can be a noun or a verb ("visita", "incontro") is a noun behind a determiner, a preposition or an adjective.
"""

from dataclasses import dataclass, field

from graph.extraction.readings import Readings
from graph.extraction.words import NON_FINITE, Word
from graph.lexicon.conjugation import VerbForm
from graph.lexicon.vocabulary import Vocabulary

# At most this many words stand between an auxiliary and what it governs.
_GAP = 6

_MARKS = '"«“'


@dataclass(slots=True)
class Predicate:
    """`first`…`last` are its words, `head` the word of the main verb; `mood` finite, infinitive, gerund or
    participle.

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


def find_predicates(words: list[Word], named: set[int], vocabulary: Vocabulary) -> list[Predicate]:
    """The predicates of a text, left to right; `named` are the words inside names."""
    reader = _Predicates(words, named, vocabulary)
    found: list[Predicate] = []
    index = 0
    while index < len(words):
        predicate = None if index in named else reader.at(index)
        if predicate is None:
            index += 1
            continue
        reader.join_particle(predicate)
        found.append(predicate)
        index = predicate.last + 1
    return found


class _Predicates:
    """Reads the verb group that begins at a word."""

    def __init__(self, words: list[Word], named: set[int], vocabulary: Vocabulary) -> None:
        self.words = words
        self.named = named
        self.vocabulary = vocabulary
        self.lists = vocabulary.lists
        self._readings = Readings(words, vocabulary)

    def at(self, index: int) -> Predicate | None:
        """The predicate whose first verb is the word at `index`, or None when it is no verb here."""
        form = self._readings.of(index)
        if form is None:
            return None
        if form.tense not in NON_FINITE and form.lemma in self.vocabulary.auxiliaries:
            compound = self._compound(index, form)
            if compound is not None:
                return compound
        if form.tense in ("infinitive", "gerund") and self.vocabulary.auxiliary(form.lemma) in ("have", "be"):
            perfect = self._perfect(index, form)
            if perfect is not None:
                return perfect
        finite = form.tense not in NON_FINITE
        predicate = Predicate(index, index, index, form.lemma, "finite" if finite else form.tense)
        predicate.tense = _plain(form.tense) if finite else ""
        predicate.person = form.person if finite else ""
        predicate.reflexive = self.words[index].reflexive or self._reflexive_clitic(index)
        predicate.heads = ((index, form.lemma),)
        self._before(predicate)
        return predicate

    def join_particle(self, predicate: Predicate) -> None:
        """ "Call off", "rule out": verb and particle are one lemma where a table knows them so."""
        following = self.words[predicate.last + 1] if predicate.last + 1 < len(self.words) else None
        phrasal = f"{predicate.heads[-1][1]} {following.lower}" if following is not None else ""
        if following is not None and phrasal in self.vocabulary.phrasals:
            if len(predicate.heads) == 1:
                predicate.lemma = phrasal
            predicate.heads = (*predicate.heads[:-1], (predicate.heads[-1][0], phrasal))
            predicate.last = following.index

    def _perfect(self, index: int, auxiliary: VerbForm) -> Predicate | None:
        """ "Aver incontrato", "essere stato ricevuto": an infinitive or a gerund of what is done."""
        group = _Group(("participle",), auxiliary.lemma)
        for word in self.words[index + 1 : index + 1 + _GAP]:
            form = next((form for form in word.forms if form.tense == "participle"), None)
            if form is None and not self._medial(word):
                break
            if form is not None and not self._governed(group, word.index, form):
                break
        if not group.heads:
            return None
        (head, lemma), kind = group.heads[0], self.vocabulary.auxiliary(auxiliary.lemma)
        predicate = Predicate(index, head, head, lemma, auxiliary.tense, heads=tuple(group.heads))
        perfect = kind == "be" and lemma in self.lists.unaccusatives
        predicate.reflexive = self.words[index].reflexive
        predicate.passive = "be" in (kind, group.inner) and not perfect and not predicate.reflexive
        self._before(predicate)
        return predicate

    def _reflexive_clitic(self, index: int) -> bool:
        before = self.words[index - 1] if index else None
        if before is None:
            return False
        return before.value == "refl" or (
            before.cls == "clitic" and before.lower in self.lists.reflexive_clitics
        )

    def _before(self, predicate: Predicate) -> None:
        """Negation, reflexive clitic and linking word to the left of the predicate."""
        index = predicate.first - 1
        sentence = self.words[predicate.first].sentence
        while index >= 0 and self.words[index].sentence == sentence:
            word = self.words[index]
            if word.cls == "pronoun" and predicate.person == "3" and word.value[0] == "1":
                predicate.person = (
                    word.value
                )  # "I have met": the verb does not tell the person, the pronoun does
            clitic = word.cls == "clitic" or word.lower in self.lists.verbal_clitics
            if word.cls == "neg" or word.value == "nor":
                predicate.negated = True
            elif clitic:
                own = word.lower in self.lists.reflexive_clitics
                predicate.reflexive = predicate.reflexive or word.value == "refl" or own
            elif word.cls not in ("adv", "pronoun") and word.text not in _MARKS:
                if word.cls in ("rel", "sub") or (word.cls == "prep" and predicate.mood == "infinitive"):
                    predicate.link = word.value
                return
            if clitic or word.cls == "neg" or word.value == "nor":
                predicate.first = index
            index -= 1

    def _compound(self, index: int, auxiliary: VerbForm) -> Predicate | None:
        """Auxiliary or modal with what it governs, over adverbs and quotation marks."""
        kind = self.vocabulary.auxiliary(auxiliary.lemma)
        group = _Group(
            {
                "modal": ("infinitive",),
                "future": ("infinitive",),
                "do": ("infinitive",),
                "be": ("participle", "gerund"),
                "progressive": ("participle", "gerund"),
                "become": ("participle", "gerund"),
            }.get(kind, ("participle",)),
            auxiliary.lemma,
        )
        place, sentence = index + 1, self.words[index].sentence
        while place < len(self.words) and self.words[place].sentence == sentence and place - index <= _GAP:
            readings = [form for form in self.words[place].forms if form.tense in group.wanted]
            if readings and place not in self.named and self.words[place].cls != "prep":
                if not self._governed(group, place, readings[0]) and not self._another(place, group):
                    break
            elif not self._medial(self.words[place]):
                break
            place += 1
        return self._grouped(index, auxiliary, group) if group.heads else None

    def _governed(self, group: "_Group", place: int, form: VerbForm) -> bool:
        """Take a governed form into the group; True when it is an auxiliary or modal itself and the group
        goes on."""
        kind = self.vocabulary.auxiliary(form.lemma)
        if kind in ("be", "become", "have") and form.tense != "gerund" and self._goes_on(place):
            group.inner, group.wanted = kind, ("participle",)
            return True
        if kind == "modal" and form.tense == "participle":
            group.wanted, group.governor = ("infinitive",), form.lemma
            return True
        group.heads.append((place, form.lemma))
        return False

    def _medial(self, word: Word) -> bool:
        """Whether a word can stand between an auxiliary and its participle."""
        return (
            word.cls in ("adv", "neg", "clitic")
            or word.text in _MARKS
            or word.value in ("nor", "both", "also")
            or word.lower in self.lists.medial_adverbs
            or word.lower.endswith(self.lists.adverb_suffixes)
        )

    def _grouped(self, index: int, auxiliary: VerbForm, group: "_Group") -> Predicate:
        (head, first), (last, lemma) = group.heads[0], group.heads[-1]
        kind = self.vocabulary.auxiliary(auxiliary.lemma)
        predicate = Predicate(index, last, head, first, "finite", heads=tuple(group.heads))
        predicate.person = auxiliary.person
        predicate.tense = _tense(auxiliary, kind)
        modal = self.vocabulary.auxiliary(group.governor) in ("modal", "future")
        predicate.modal = group.governor if modal else ""
        perfect = kind == "be" and lemma in self.lists.unaccusatives
        predicate.reflexive = self._reflexive_clitic(index)
        passive = kind in ("be", "become") or group.inner in ("be", "become")
        governed = group.wanted != ("infinitive",)
        predicate.passive = passive and governed and not perfect and not predicate.reflexive
        gerund = any(form.tense == "gerund" for form in self.words[head].forms)
        if kind == "progressive" or (gerund and "be" in (kind, group.inner)):
            predicate.passive, predicate.tense = False, "progressive"
        predicate.negated = any(w.cls == "neg" or w.value == "nor" for w in self.words[index:last])
        self._before(predicate)
        return predicate

    def _goes_on(self, place: int) -> bool:
        """Whether another participle follows the auxiliary ("è stato ricevuto", "essere raggiunta")."""
        for word in self.words[place + 1 : place + 4]:
            if any(form.tense == "participle" for form in word.forms):
                return True
            if word.cls != "adv":
                return False
        return False

    def _another(self, place: int, group: "_Group") -> bool:
        """Whether a coordinated one follows ("né confermato né smentito", "né confermare né smentire")."""
        following = self.words[place + 1 : place + 3]
        return (
            len(following) == 2  # the conjunction and the participle
            and following[0].value in ("nor", "and", "or")
            and any(form.tense in group.wanted for form in following[1].forms)
        )


@dataclass(slots=True)
class _Group:
    """A verb group in the making: the moods `wanted` next, the modal or auxiliary that governs, the main
    verbs."""

    wanted: tuple[str, ...]
    governor: str
    inner: str = ""
    heads: list[tuple[int, str]] = field(default_factory=list)


def _plain(tense: str) -> str:
    return "past" if tense in ("remote", "imperfect") else tense


def _tense(auxiliary: VerbForm, kind: str) -> str:
    tense = _plain(auxiliary.tense)
    if kind in ("have", "be"):
        if tense == "present":
            return "past"
        if tense in ("conditional", "subjunctive"):
            return f"past_{tense}"
    return tense
