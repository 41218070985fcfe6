"""Assertions: what a verb says of its event or of one that depends on it: done, planned, open, denied.

Finite verbs by tense, mood, negation and modal; infinitives and gerunds by the verb that they depend on.
"""

from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.predicates import Predicate
from graph.model import Modality

# A verb that the tense of makes a prediction when it is in the future, and not a plan.
_FORETOLD = ("conflict",)

# Tenses of what is said not to be plain fact.
_IRREAL = ("past_conditional", "past_subjunctive", "conditional", "subjunctive")

# "Nessun emissario della Guyana ha": the subject begins within seven words before its verb.
_SUBJECT = 7

# "Se" opens a clause within a clause's length before its verb.
_CLAUSE = 12


@dataclass(frozen=True, slots=True)
class Judgement:
    """The modality, the rule that gave it, and the words that show it (first and last), if any."""

    modality: Modality
    rule: str
    words: tuple[int, int] | None = None


class Assertions:
    """Judges the verbs of one article."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.vocabulary = clauses.vocabulary

    def verb(self, event: str, predicate: Predicate) -> Judgement:
        """What a verb says of the event of type `event` that it evokes."""
        if predicate.finite:
            return self.finite(predicate, event)
        if predicate.mood == "participle":
            return Judgement(Modality.OCCURRED, "participle", (predicate.first, predicate.last))
        hearsay = self._hearsay(predicate)
        if hearsay is not None:
            return hearsay
        if self._perfect_infinitive(predicate):
            return Judgement(Modality.OCCURRED, "perfect-infinitive", (predicate.first, predicate.last))
        return self.dependent(predicate)

    def _hearsay(self, predicate: Predicate) -> Judgement | None:
        """ "Is said to have met", "is rumoured to be flying": a passive of saying governs the infinitive."""
        governor = self.clauses.governor(predicate.first)
        if governor is None or not governor.passive or predicate.mood != "infinitive":
            return None
        if governor.lemma not in self.vocabulary.lists.hearsay_verbs:
            return None
        return Judgement(Modality.UNCONFIRMED, "hearsay", (governor.first, governor.last))

    def _perfect_infinitive(self, predicate: Predicate) -> bool:
        """ "Dopo aver incontrato": the auxiliary is an infinitive and its head a participle."""
        head = self.words[predicate.head]
        auxiliaries = self.vocabulary.lists.perfect_infinitives
        if predicate.head and self.words[predicate.head - 1].lower in auxiliaries:
            return True
        return predicate.head != predicate.first and any(form.tense == "participle" for form in head.forms)

    def finite(self, predicate: Predicate, event: str) -> Judgement:
        """What tense, mood, negation and modal of a finite verb say."""
        words = (predicate.first, predicate.last)
        if predicate.tense in _IRREAL:
            return self._irreal(predicate, words)
        if predicate.negated:
            return Judgement(Modality.DENIED, "negation", words)
        nobody = self._nobody(predicate)
        if nobody is not None:
            return Judgement(Modality.DENIED, "no", nobody)
        modal = self.vocabulary.auxiliaries.get(predicate.modal)
        if modal is not None and modal.modality is not None:
            return Judgement(modal.modality, "modal", words)
        if predicate.tense == "future":
            foreseen = self._foreseen(predicate)
            if foreseen is not None:
                return foreseen
            if any(word.value == "if" for word in self.clauses.sentence(predicate.first)):
                return Judgement(Modality.HYPOTHETICAL, "if-future", words)
            foretold = event in _FORETOLD
            return Judgement(Modality.PREDICTED if foretold else Modality.PLANNED, "future", words)
        if predicate.tense == "progressive":
            return Judgement(Modality.ONGOING, "progressive", words)
        if self._supposed(predicate):
            return Judgement(Modality.HYPOTHETICAL, "if", words)
        return Judgement(Modality.OCCURRED, "indicative", words)

    def _nobody(self, predicate: Predicate) -> tuple[int, int] | None:
        """ "Nessun emissario ha incontrato X", "nobody has invited him": the word that denies, if any."""
        sentence = self.words[predicate.first].sentence
        for word in reversed(self.words[max(0, predicate.first - _SUBJECT) : predicate.first]):
            blocker = self.clauses.predicate_at.get(word.index)
            if word.sentence != sentence or word.text in (",", ";", ":") or word.cls in ("rel", "sub"):
                return None
            if blocker is not None and blocker.finite:
                return None
            if word.value == "none" or word.lower in self.vocabulary.lists.nobody:
                return word.index, word.index
        return None

    def _foreseen(self, predicate: Predicate) -> Judgement | None:
        """ "Prevede che si incontreranno": what others foresee is no plan."""
        governor = self.clauses.governor(predicate.first)
        if governor is None or governor.lemma not in self.vocabulary.lists.foreseeing:
            return None
        between = self.words[governor.last + 1 : predicate.first]
        if all(word.cls not in ("rel", "sub") or word.value != "that" for word in between):
            return None
        return Judgement(Modality.PREDICTED, "foreseen", (governor.first, governor.last))

    def _supposed(self, predicate: Predicate) -> bool:
        """Whether "se" opens the predicate's clause, with its subject between at most."""
        for word in reversed(self.words[max(0, predicate.first - _CLAUSE) : predicate.first]):
            if word.sentence != self.words[predicate.first].sentence or word.text in (",", ";", ":"):
                return False
            if word.value == "if" or word.cls in ("rel", "sub"):
                return word.value == "if"
        return predicate.link == "if"

    def _irreal(self, predicate: Predicate, words: tuple[int, int]) -> Judgement:
        """Conditional and subjunctive: with "se" unreal or open, of a modal what it says, alone hearsay."""
        supposed = any(word.value == "if" for word in self.clauses.sentence(predicate.first))
        if supposed and predicate.tense.startswith("past"):
            return Judgement(Modality.COUNTERFACTUAL, "conditional-if", words)
        modal = self.vocabulary.auxiliaries.get(predicate.modal)
        if (
            modal is not None
            and modal.conditional is Modality.PLANNED
            and not (predicate.negated or supposed)
        ):
            return self._foreseen(predicate) or Judgement(Modality.PLANNED, "conditional-modal", words)
        if supposed or predicate.modal or predicate.tense.endswith("subjunctive"):
            return Judgement(Modality.HYPOTHETICAL, "conditional", words)
        return Judgement(Modality.UNCONFIRMED, "hearsay-conditional", words)

    def dependent(self, predicate: Predicate) -> Judgement:
        """An infinitive or a gerund takes its modality from the verb it depends on."""
        governor = self.clauses.governor(predicate.first)
        words = (predicate.first, predicate.last)
        if governor is None:
            return self._bare(predicate)
        infinitive = predicate.mood == "infinitive"
        if infinitive and predicate.link == "per":
            return Judgement(Modality.PLANNED, "purpose", words)
        if infinitive and self._commissioned(predicate, governor):
            return Judgement(Modality.PLANNED, "commission", (governor.first, governor.last))
        lists = self.vocabulary.lists
        cue = self.governor_cue(governor)
        if cue is not None and (infinitive or governor.lemma not in lists.announcing):
            return Judgement(cue, "governor", (governor.first, governor.last))
        found = self.finite(governor, "")
        achieved = governor.lemma in lists.achieving
        if (
            infinitive
            and predicate.link in ("di", "a")
            and found.modality is Modality.OCCURRED
            and not achieved
        ):
            return Judgement(Modality.HYPOTHETICAL, "infinitive", words)
        return found

    def _bare(self, predicate: Predicate) -> Judgement:
        """Nothing before it governs: a purpose, "ad accogliere X c'era Y", or an infinitive as a subject."""
        words = (predicate.first, predicate.last)
        here = self.clauses.predicates_of(self.words[predicate.first].sentence)
        behind = next((p for p in here if p.finite and p.first > predicate.last), None)
        if predicate.link == "a" and behind is not None:
            return self.finite(behind, "")
        if predicate.mood == "gerund":
            return Judgement(Modality.OCCURRED, "bare-gerund", words)
        purpose = predicate.link == "per"
        return Judgement(Modality.PLANNED if purpose else Modality.HYPOTHETICAL, "bare-infinitive", words)

    def _commissioned(self, predicate: Predicate, governor: Predicate) -> bool:
        """ "Ha chiesto a X di guidare": what someone has been asked or named to do is planned, whatever comes
        of it."""
        frames = self.vocabulary.verb_frames.get(governor.lemma, ())
        commissioning = any(frame.type == "appointment" for frame in frames)
        needs = {need for frame in frames for need in frame.needs}
        return commissioning and (not needs or predicate.lemma in needs)

    def governor_cue(self, governor: Predicate) -> Modality | None:
        """What a verb makes of what depends on it, by the table of cues."""
        cues = (cue for _, lemma in governor.heads for cue in self.vocabulary.cues.get(lemma, ()))
        return next((Modality(cue.modality) for cue in cues if cue.scope == "governor"), None)
