"""Factuality: whether a clause says that its event happened, is planned, denied, unconfirmed, and by which
words.

Read off the tense and the mood of the verb, its negation, the verb it depends on, an adjective of the noun,
and the date: a table of cues per language, and the order in which they overrule each other (below, `judge`).
"""

from dataclasses import replace
from itertools import pairwise

from graph.extraction.assertions import Assertions, Judgement
from graph.extraction.clauses import Clauses
from graph.extraction.predicates import Predicate
from graph.extraction.slots import Filled
from graph.extraction.triggers import Trigger
from graph.extraction.words import Word
from graph.model import Modality

# Events that somebody made before they can be rejected or weighed.
_MADE = ("proposal", "invitation")

# Frames of what goes on until somebody says that it ended.
_LASTING = ("conflict.war",)

# Words before and behind a noun among which its adjectives stand ("il presunto incontro", "l'incontro
# previsto").
_BEFORE, _BEHIND = 3, 2

# A date or "in programma" bears on an event within a clause's length.
_CLAUSE = 12

# "Una telefonata tra il presidente X e il suo omologo Y, prevista": as far behind its noun.
_SCHEDULED = 22

# "In vista dell'atteso nuovo incontro": the preposition stands within five words of the noun, "dopo" within
# four.
_AHEAD, _AFTER = 5, 4

# "È in programma", "è già prevista": the word that schedules follows the copula.
_COPULA = 3


class Factuality:
    """Judges the events of one article."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.vocabulary = clauses.vocabulary
        self.assertions = Assertions(clauses)

    def judge(self, filled: Filled) -> Judgement:
        """Adjective before governor before tense before date; a frame that settles it itself first."""
        if filled.trigger.frame.modality:
            return Judgement(Modality(filled.trigger.frame.modality), "frame")
        predicate = filled.trigger.predicate
        found = (
            self.assertions.verb(filled.trigger.frame.type, predicate)
            if predicate is not None
            else self._noun(filled)
        )
        if found.modality is not Modality.OCCURRED:
            return found
        if filled.trigger.frame.type == "negotiation" and self._going_on(filled):
            return Judgement(Modality.ONGOING, "present", found.words)
        return self._near(filled) or self._hedged(filled) or found

    def _hedged(self, filled: Filled) -> Judgement | None:
        """ "Forse", "probabilmente" in the clause."""
        trigger = filled.trigger
        first = trigger.predicate.first if trigger.predicate is not None else trigger.first
        for word in self.words[max(0, first - _CLAUSE) : trigger.last + 1 + _BEHIND]:
            if word.sentence != self.words[first].sentence:
                continue
            for cue in self.vocabulary.cues.get(word.lower, ()):
                if cue.scope == "near" and not self._parted(word.index, first):
                    return Judgement(Modality(cue.modality), "hedge", (word.index, word.index))
        return None

    def _parted(self, index: int, first: int) -> bool:
        """Whether a clause boundary lies between two words."""
        between = self.words[min(index, first) + 1 : max(index, first)]
        return any(word.text in (",", ";", ":") or word.cls in ("rel", "sub") for word in between)

    def _going_on(self, filled: Filled) -> bool:
        """Talks told in the present tense go on ("X negozia con Y", "le trattative sono in corso")."""
        predicate = filled.trigger.predicate or filled.carrier
        return predicate is not None and predicate.finite and predicate.tense in ("present", "progressive")

    def _noun(self, filled: Filled) -> Judgement:
        """By its adjective, its carrying verb, or what stands before it; a war goes on, anything else took
        place."""
        settled = self._adjective(filled.trigger) or self._fallen_through(filled) or self._rumoured(filled)
        if settled is not None:
            return settled
        visiting = self._on_visit(filled)
        if visiting is not None:
            return visiting
        lasting = Modality.ONGOING if filled.trigger.frame.rule in _LASTING else Modality.OCCURRED
        if filled.carrier is None:
            return self._preceded(filled) or Judgement(lasting, "noun")
        found = self._carried(filled, filled.carrier)
        return replace(found, modality=lasting) if found.modality is Modality.OCCURRED else found

    def _fallen_through(self, filled: Filled) -> Judgement | None:
        """ "È saltato il colloquio che doveva avere": the verb right before denies, whatever stands
        behind."""
        first = filled.trigger.first
        for word in reversed(self.words[max(0, first - _AFTER) : first]):
            verb = self.clauses.predicate_at.get(word.index)
            if verb is not None:
                fallen = verb.finite and verb.lemma in self.vocabulary.lists.falling_through
                return (
                    Judgement(Modality.DENIED, "fallen-through", (verb.first, verb.last)) if fallen else None
                )
            if (
                word.cls in ("rel", "sub")
                or word.text in (";", ":")
                or word.sentence != self.words[first].sentence
            ):
                return None
        return None

    def _rumoured(self, filled: Filled) -> Judgement | None:
        """ "Le voci di un incontro", "reports of a meeting"."""
        first = filled.trigger.first
        before = [
            w for w in self.words[max(0, first - _AFTER) : first] if w.sentence == self.words[first].sentence
        ]
        for word, link in pairwise(before):
            if word.lower in self.vocabulary.lists.rumour_nouns and link.value in ("di", "su", "per"):
                return Judgement(Modality.UNCONFIRMED, "rumour", (word.index, word.index))
        return None

    def _on_visit(self, filled: Filled) -> Judgement | None:
        """ "X, in visita a Oslo fino a giovedì", "who is on a visit to": it goes on."""
        trigger = filled.trigger
        near = self.words[max(0, trigger.first - 2) : trigger.first]
        on = any(word.value in ("in", "su") and word.cls == "prep" for word in near)
        carrier = filled.carrier
        being = carrier is not None and self.vocabulary.auxiliary(carrier.lemma) == "be"
        if (
            trigger.frame.type != "visit"
            or not on
            or (being and carrier is not None and carrier.tense != "present")
        ):
            return None
        if carrier is not None and not being and trigger.first - 3 < carrier.last < trigger.first:
            return None  # "è andato in visita"
        return Judgement(Modality.ONGOING, "on-visit", (trigger.first, trigger.last))

    def _adjective(self, trigger: Trigger) -> Judgement | None:
        around = [
            *self.words[max(0, trigger.first - _BEFORE) : trigger.first],
            *self.words[trigger.last + 1 : trigger.last + 1 + _BEHIND],
        ]
        for word in around:
            if word.sentence != self.words[trigger.first].sentence or word.index in self.clauses.at:
                continue
            if word.cls == "det" and word.value == "none":
                return Judgement(Modality.DENIED, "no", (word.index, word.index))
            found = self._cue_among([word])
            if found is not None:
                return found
        return None

    def _cue_among(self, words: list[Word]) -> Judgement | None:
        """What the first adjective of the table among `words` says of its event."""
        for word in words:
            for cue in self.vocabulary.cues.get(word.lower, ()):
                if cue.scope == "adjective":
                    return Judgement(Modality(cue.modality), "adjective", (word.index, word.index))
        return None

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
        if self._entrusted(filled, carrier):
            return Judgement(Modality.PLANNED, "commission", words)
        cue = self.assertions.governor_cue(carrier)
        if cue is not None and self._governs(carrier, filled):
            return Judgement(cue, "governor", words)
        if not carrier.finite:
            return self.assertions.verb(filled.trigger.frame.type, carrier)
        copula = self.vocabulary.auxiliary(carrier.lemma) == "be"
        if copula and self._scheduled(carrier.last + 1, _COPULA) is not None:
            return Judgement(Modality.PLANNED, "scheduled", words)
        said = self._cue_among(self.words[carrier.last + 1 : carrier.last + 1 + _COPULA]) if copula else None
        if filled.after and said is not None:
            return said  # "uno scambio è possibile"
        return (
            Judgement(Modality.OCCURRED, "noun")
            if self._tells(carrier, kinds)
            else self.assertions.finite(carrier, filled.trigger.frame.type)
        )

    def _entrusted(self, filled: Filled, carrier: Predicate) -> bool:
        """ "Ha affidato a X la guida dei negoziati": talks that somebody is appointed to lead are planned."""
        first = filled.trigger.first
        near = self.words[max(0, first - _AFTER) : first]
        led = any(word.lower in self.vocabulary.lists.leading_nouns for word in near)
        frames = self.vocabulary.verb_frames.get(carrier.lemma, ())
        return led and not filled.after and any(frame.type == "appointment" for frame in frames)

    def _governs(self, carrier: Predicate, filled: Filled) -> bool:
        """Whether a verb with a cue bears on the noun: as its object, or as its subject when the verb says
        so of it."""
        lists = self.vocabulary.lists
        if filled.after and not (carrier.passive or carrier.lemma in lists.falling_through):
            return False
        kind = filled.trigger.frame.type
        if kind in _MADE and carrier.lemma in lists.presupposing:
            return False
        spoken = carrier.lemma in lists.announcing and kind == "statement"
        return not spoken and not (filled.after and carrier.lemma in lists.leaving_open)

    def _tells(self, carrier: Predicate, kinds: set[str]) -> bool:
        """Whether the verb tells of an event that took place, whatever its own tense and negation say of
        itself."""
        said = not kinds.isdisjoint(("say", "confirm", "hope", "plan"))
        if said and not carrier.negated and carrier.tense != "future":
            return True
        support = self.vocabulary.support.get(carrier.lemma)
        settles = support is not None and support.settles
        return not settles and carrier.tense not in ("future", "conditional", "past_conditional")

    def _scheduled(self, first: int, reach: int) -> Word | None:
        """A word like "previsto" or "in programma" among `reach` words of the sentence from `first` on."""
        stretch = self.words[first : first + reach]
        scheduled = self.vocabulary.lists.scheduled
        return next((w for w in stretch if w.sentence == stretch[0].sentence and w.lower in scheduled), None)

    def _preceded(self, filled: Filled) -> Judgement | None:
        """ "In vista dell'incontro": not yet; "dopo la telefonata": already."""
        first, lists = filled.trigger.first, self.vocabulary.lists
        sentence = self.words[first].sentence
        before = [word for word in self.words[max(0, first - _AHEAD) : first] if word.sentence == sentence]
        for word in before:
            if word.lower in lists.ahead_nouns and self.words[word.index - 1].value == "in":
                return Judgement(Modality.PLANNED, "ahead-of", (word.index - 1, word.index))
        if any(w.value in ("dopo", "durante") or w.lower in lists.past_nouns for w in before[-_AFTER:]):
            return Judgement(Modality.OCCURRED, "after")
        return None

    def _near(self, filled: Filled) -> Judgement | None:
        """A date yet to come, or "in programma", in the clause of something told in the present tense."""
        predicate, trigger = filled.trigger.predicate or filled.carrier, filled.trigger
        if predicate is not None and predicate.tense not in ("present", ""):
            return None
        sentence = self.words[trigger.first].sentence
        for word in self.words[max(0, trigger.first - _CLAUSE) : trigger.last + 1 + _CLAUSE]:
            if word.sentence == sentence and "future" in word.tags:
                return Judgement(Modality.PLANNED, "date", (word.index, word.index))
        scheduled = self._scheduled(trigger.last + 1, _SCHEDULED) if trigger.predicate is None else None
        if scheduled is not None and scheduled.sentence == sentence:
            return Judgement(Modality.PLANNED, "scheduled", (scheduled.index, scheduled.index))
        return None
