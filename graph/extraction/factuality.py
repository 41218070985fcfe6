"""Factuality: whether a clause says that its event happened, is planned, denied, unconfirmed, and by which words.

Read off the tense and the mood of the verb, its negation, the verb it depends on, an adjective of the noun, and
the date: a table of cues per language, and the order in which they overrule each other (below, `judge`).
"""

from dataclasses import dataclass

from graph.extraction.arguments import Filled
from graph.extraction.clauses import Clauses
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary
from graph.model import Modality

_BEFORE = {"prima", "vista", "attesa", "preparare", "preparazione", "verso", "possibile"}
_AHEAD = frozenset(
    {
        "previsto",
        "prevista",
        "previsti",
        "previste",
        "programma",
        "programmato",
        "programmata",
        "agenda",
        "calendario",
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The modality, the rule that gave it, and the words that show it (first and last), if any."""

    modality: Modality
    rule: str
    words: tuple[int, int] | None = None


class Factuality:
    """Judges the events of one article."""

    def __init__(self, clauses: Clauses, vocabulary: Vocabulary) -> None:
        self.clauses = clauses
        self.words: list[Word] = clauses.words
        self.vocabulary = vocabulary

    def judge(self, filled: Filled) -> Judgement:
        """Adjective before governor before tense before date; a frame that settles it itself first."""
        if filled.trigger.frame.modality:
            return Judgement(Modality(filled.trigger.frame.modality), "frame")
        found = (
            self._verb(filled, filled.trigger.predicate) if filled.trigger.predicate else self._noun(filled)
        )
        if found.modality is Modality.OCCURRED and filled.trigger.frame.type == "negotiation" and self._going_on(filled):
            return Judgement(Modality.ONGOING, "present", found.words)
        if found.modality is Modality.OCCURRED:
            ahead = self._near(filled)
            if ahead is not None:
                return ahead
        return found

    def _going_on(self, filled: Filled) -> bool:
        """Talks told in the present tense go on ("X negozia con Y", "le trattative sono in corso")."""
        predicate = filled.trigger.predicate or filled.carrier
        return predicate is not None and predicate.finite and predicate.tense in ("present", "progressive")

    def _verb(self, filled: Filled, predicate: Predicate) -> Judgement:
        if predicate.finite:
            return self._finite(predicate, filled.trigger.frame.type)
        if predicate.mood == "participle":
            return Judgement(Modality.OCCURRED, "participle", (predicate.first, predicate.last))
        if self._perfect_infinitive(predicate):
            return Judgement(Modality.OCCURRED, "perfect-infinitive", (predicate.first, predicate.last))
        return self._dependent(predicate)

    def _perfect_infinitive(self, predicate: Predicate) -> bool:
        """ "Dopo aver incontrato": the auxiliary is an infinitive and its head a participle."""
        head = self.words[predicate.head]
        before = self.words[predicate.head - 1] if predicate.head else None
        return (
            bool(before and before.lower in ("aver", "avere", "esser", "essere", "avendo", "essendo"))
            or any(form.tense == "participle" for form in head.forms)
            and predicate.head != predicate.first
        )

    def _finite(self, predicate: Predicate, event: str) -> Judgement:
        words = (predicate.first, predicate.last)
        if predicate.tense in ("past_conditional", "past_subjunctive", "conditional", "subjunctive"):
            return self._irreal(predicate, words)
        if predicate.negated:
            return Judgement(Modality.DENIED, "negation", words)
        if predicate.modal in ("potere",):
            return Judgement(Modality.HYPOTHETICAL, "modal", words)
        if predicate.modal in ("dovere", "volere"):
            return Judgement(Modality.PLANNED, "modal", words)
        if predicate.tense == "future":
            predicted = event in ("conflict",)
            return Judgement(Modality.PREDICTED if predicted else Modality.PLANNED, "future", words)
        if predicate.tense == "progressive":
            return Judgement(Modality.ONGOING, "progressive", words)
        if predicate.link == "if":
            return Judgement(Modality.HYPOTHETICAL, "if", words)
        return Judgement(Modality.OCCURRED, "indicative", words)

    def _irreal(self, predicate: Predicate, words: tuple[int, int]) -> Judgement:
        sentence = [w for w in self.words if w.sentence == self.words[predicate.first].sentence]
        conditional_clause = any(word.value == "if" for word in sentence)
        if conditional_clause and predicate.tense.startswith("past"):
            return Judgement(Modality.COUNTERFACTUAL, "conditional-if", words)
        if predicate.modal == "dovere" and not predicate.negated:
            return Judgement(Modality.PLANNED, "conditional-modal", words)
        if conditional_clause or predicate.modal or predicate.tense in ("subjunctive", "past_subjunctive"):
            return Judgement(Modality.HYPOTHETICAL, "conditional", words)
        return Judgement(Modality.UNCONFIRMED, "hearsay-conditional", words)

    def _dependent(self, predicate: Predicate) -> Judgement:
        """An infinitive or a gerund takes its modality from the verb it depends on."""
        governor = self.clauses.governor(predicate.first)
        words = (predicate.first, predicate.last)
        if governor is None:
            return Judgement(
                Modality.PLANNED if predicate.link == "per" else Modality.OCCURRED,
                "bare-" + predicate.mood,
                words,
            )
        if predicate.mood == "infinitive" and predicate.link == "per":
            return Judgement(Modality.PLANNED, "purpose", words)
        if predicate.mood == "infinitive" and self._commissioned(predicate, governor):
            return Judgement(Modality.PLANNED, "commission", (governor.first, governor.last))
        cue = self._governor_cue(governor)
        if cue is not None and not (governor.lemma == "annunciare" and predicate.mood == "gerund"):
            return Judgement(cue, "governor", (governor.first, governor.last))
        found = self._finite(governor, "")
        if (
            predicate.mood == "infinitive"
            and found.modality is Modality.OCCURRED
            and predicate.link in ("di", "a")
        ):
            reached = governor.lemma in (
                "riuscire",
                "finire",
                "tornare",
                "andare",
                "iniziare",
                "cominciare",
                "smettere",
            )
            return found if reached else Judgement(Modality.HYPOTHETICAL, "infinitive", words)
        return found

    def _commissioned(self, predicate: Predicate, governor: Predicate) -> bool:
        """ "Ha chiesto a X di guidare": what someone has been asked or named to do is planned, whatever comes of it."""
        commissioning = any(
            f.type == "appointment" for f in self.vocabulary.verb_frames.get(governor.lemma, ())
        )
        needs = {need for f in self.vocabulary.verb_frames.get(governor.lemma, ()) for need in f.needs}
        return commissioning and (not needs or predicate.lemma in needs)

    def _governor_cue(self, governor: Predicate) -> Modality | None:
        for lemma in (lemma for _, lemma in governor.heads):
            for cue in self.vocabulary.cues.get(lemma, ()):
                if cue.scope == "governor":
                    return Modality(cue.modality)
        return None

    def _noun(self, filled: Filled) -> Judgement:
        trigger = filled.trigger
        around = [
            *range(max(0, trigger.first - 3), trigger.first),
            *range(trigger.last + 1, min(len(self.words), trigger.last + 3)),
        ]
        for index in around:
            word = self.words[index]
            if word.sentence != self.words[trigger.first].sentence or index in self.clauses.at:
                continue
            if word.cls == "det" and word.value == "none":
                return Judgement(Modality.DENIED, "no", (index, index))
            for cue in self.vocabulary.cues.get(word.lower, ()):
                if cue.scope == "adjective":
                    return Judgement(Modality(cue.modality), "adjective", (index, index))
        lasting = Modality.ONGOING if trigger.frame.rule == "conflict.war" else Modality.OCCURRED
        if filled.carrier is not None:
            found = self._carried(filled, filled.carrier)
            return (
                Judgement(lasting, found.rule, found.words) if found.modality is Modality.OCCURRED else found
            )
        return self._preceded(filled) or Judgement(lasting, "noun")

    def _carried(self, filled: Filled, carrier: Predicate) -> Judgement:
        words = (carrier.first, carrier.last)
        kinds = {self.vocabulary.speech.get(lemma, "") for _, lemma in carrier.heads}
        if {"confirm", "deny"} <= kinds or ("confirm" in kinds and carrier.negated):
            return Judgement(Modality.UNCONFIRMED, "neither-nor", words)
        if "deny" in kinds and not filled.after:
            return Judgement(Modality.DENIED, "denial", words)
        preceded = self._preceded(filled)
        if preceded is not None:
            return preceded
        cue = self._governor_cue(carrier)
        if cue is not None and (
            not filled.after or carrier.passive or carrier.lemma in ("saltare", "sfumare")
        ):
            spoken = carrier.lemma == "annunciare" and filled.trigger.frame.type in ("statement",)
            if not spoken and not (carrier.lemma in ("chiedere", "decidere") and filled.after):
                return Judgement(cue, "governor", words)
        if not carrier.finite:
            return self._dependent(carrier)
        if filled.after and carrier.lemma == "essere" and self._scheduled(carrier):
            return Judgement(Modality.PLANNED, "scheduled", words)
        spoken = (
            bool(kinds & {"say", "confirm", "hope", "plan"})
            and not carrier.negated
            and carrier.tense != "future"
        )
        if spoken or (
            carrier.lemma not in _CARRIERS
            and carrier.tense not in ("future", "conditional", "past_conditional")
        ):
            return Judgement(Modality.OCCURRED, "noun")
        return self._finite(carrier, filled.trigger.frame.type)

    def _scheduled(self, carrier: Predicate) -> bool:
        following = self.words[carrier.last + 1 : carrier.last + 4]
        return any(word.lower in _AHEAD for word in following)

    def _preceded(self, filled: Filled) -> Judgement | None:
        """ "In vista dell'incontro", "prima della visita": not yet; "dopo la telefonata": already."""
        first = filled.trigger.first
        before = [
            w for w in self.words[max(0, first - 5) : first] if w.sentence == self.words[first].sentence
        ]
        for word in before:
            if word.lower in ("vista", "attesa") and self.words[word.index - 1].value == "in":
                return Judgement(Modality.PLANNED, "ahead-of", (word.index - 1, word.index))
        if before and any(
            w.value in ("dopo", "durante") or w.lower in ("termine", "margine", "corso") for w in before[-4:]
        ):
            return Judgement(Modality.OCCURRED, "after")
        return None

    def _near(self, filled: Filled) -> Judgement | None:
        """A date yet to come, or "domani", in the clause of something told in the present tense."""
        predicate = filled.trigger.predicate or filled.carrier
        if predicate is not None and predicate.tense not in ("present", ""):
            return None
        trigger = filled.trigger
        for word in self.words[max(0, trigger.first - 12) : trigger.last + 13]:
            if word.sentence == self.words[trigger.first].sentence and "future" in word.tags:
                return Judgement(Modality.PLANNED, "date", (word.index, word.index))
        if trigger.predicate is None:
            following = self.words[trigger.last + 1 : trigger.last + 12]
            for word in following:
                if word.sentence == self.words[trigger.first].sentence and word.lower in _AHEAD:
                    return Judgement(Modality.PLANNED, "scheduled", (word.index, word.index))
        return None


# Verbs whose own tense and negation are those of the event noun they carry.
_CARRIERS = frozenset(
    "avere tenere svolgere fare essere avvenire effettuare ricevere intrattenere concludere iniziare avviare condurre guidare rilasciare"
    " concedere firmare raggiungere siglare rivolgere compiere partecipare prendere cominciare proseguire continuare riprendere"
    " durare seguire precedere pubblicare scambiare ospitare presiedere tenersi svolgersi accettare restare rimanere pronunciare".split()
)
