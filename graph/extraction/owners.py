"""Owners: whose words they are by a noun of saying, by "così X", or by any words that name a speaker.

"Il commento di X", "X's words", "parola di X": the noun is no verb of saying, its owner speaks.
"""

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import channel_of
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word

# "È questo, in sintesi, il commento di X": so many words at most before the noun and between it and X.
_NOUN = 5
_OWNER = 4


class Owners:
    """The owners of words in one article."""

    def __init__(self, attributions: Attributions) -> None:
        self.voices = attributions.voices
        self.phrases = attributions.voices.phrases
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.lists = self.clauses.vocabulary.lists
        self.by_verb = {a.predicate.first: a for a in attributions.found}

    def attribution(self, predicate: Predicate, voice: Voice) -> Attribution:
        """An attribution by words that are no verb of saying by the table."""
        channel = channel_of(predicate, voice.mentions, self.clauses)
        return Attribution(predicate, "say", voice.mentions, channel, nobody=voice.nobody)

    def opener(self, start: int) -> Attribution | None:
        """ "…", così X; "…", come ha detto X; "…", così si è espresso X."""
        word = self.words[start]
        if word.value == "as" and start + 1 < len(self.words):
            predicate = self.clauses.predicate_at.get(start + 1)
            return self.by_verb.get(predicate.first) if predicate is not None else None
        if word.lower not in self.lists.saying_openers or self.clitic(word):
            return None
        predicate = self.clauses.predicate_at.get(start + 1)
        place = Predicate(start, start, start, word.lower, "finite", "present", "3")
        found = self.voices.behind(predicate) if predicate is not None else self.voices.behind(place)
        return self.attribution(predicate or place, found) if found else None

    def noun_of(self, start: int) -> Attribution | None:
        """ "…", è il commento di X; "…": parola di X; le parole di X: "…"."""
        for word in self.words[start : start + _NOUN + 1]:
            predicate = self.clauses.predicate_at.get(word.index)
            copula = predicate is None or self.clauses.vocabulary.auxiliary(predicate.lemma) == "be"
            if word.sentence != self.words[start].sentence or word.quote >= 0 or not copula:
                return None
            if word.lower in self.lists.speech_nouns and word.index not in self.clauses.at:
                return self.owner(word)
            if predicate is not None and word.index > start:
                return self.owner(self.words[predicate.last])
        return None

    def owner(self, noun: Word) -> Attribution | None:
        """Whose words a noun of saying tells of: "di X" behind it, or "X's" before it."""
        place = Predicate(noun.index, noun.index, noun.index, noun.lower, "finite")
        before = self.clauses.at.get(noun.index - 2)
        if before is not None and self.words[noun.index - 1].cls == "poss" and before.cluster >= 0:
            return self.attribution(place, Voice((before,)))
        for word in self.words[noun.index + 1 : noun.index + 1 + _OWNER]:
            predicate = self.clauses.predicate_at.get(word.index)
            if word.sentence != noun.sentence or (predicate is not None and predicate.mood != "participle"):
                return None
            phrase = self.phrases.opening(word.index) if word.cls == "prep" else None
            lent = word.index - 1 in self.clauses.predicate_at  # "le parole attribuite a X"
            if phrase is not None and (phrase.prep in ("di", "da") or (phrase.prep == "a" and lent)):
                voice = self.voices.bearers.voice(phrase, place)
                return self.attribution(place, voice)
        return None

    def noun_of_any(self, here: list[Word]) -> Attribution | None:
        """The owner of the last noun of saying among words."""
        for word in reversed(here):
            if word.lower in self.lists.speech_nouns and word.index not in self.clauses.at:
                owner = self.owner(word)
                if owner is not None:
                    return owner
        return None

    def clitic(self, word: Word) -> bool:
        return word.cls == "clitic" or word.lower in self.lists.verbal_clitics
