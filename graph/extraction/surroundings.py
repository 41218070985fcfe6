"""Surroundings: who speaks by the words right behind a quotation.

"…", ha detto X; "…", X said; "…", così X; "…", secondo X; "…" è il commento di X. What stands further away is
for `pointing` and `speakers`.
"""

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.owners import Owners
from graph.extraction.phrases import Phrase
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.model import EntityKind

# Marks between a quotation and the verb behind it.
_LINKS = (",", ":", "-", ";")

# What is said of a subject before its verb of saying ("the official, who declined to be named, told").
_ASIDE = 16


class Surroundings:
    """The words next to the quotations of one article."""

    def __init__(self, attributions: Attributions, owners: Owners) -> None:
        self.attributions = attributions
        self.owners = owners
        self.voices = attributions.voices
        self.phrases = attributions.voices.phrases
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.lists = self.clauses.vocabulary.lists

    def behind(self, quote: Quote) -> Attribution | None:
        """Who the words right behind the closing mark say speaks, or None when they say nothing of it."""
        start, linked = self._start(quote)
        if start is None:
            return None
        return (
            self._verb(start, linked)
            or self.owners.opener(start)
            or self._according(start)
            or self._subject_first(start, quote, linked)
            or (self._bare_subject(start, quote) if linked else None)
            or (self.owners.noun_of(start) if linked else None)
        )

    def _start(self, quote: Quote) -> tuple[int | None, bool]:
        """The first word behind the closing mark and a comma, and whether a mark links the two."""
        index, paragraph = quote.last + 2, self.words[quote.last].paragraph
        linked = self.words[quote.last].text[-1] in ",!?…-"
        while index < len(self.words) and self.words[index].paragraph == paragraph:
            word = self.words[index]
            if word.text not in _LINKS:
                stops = word.quote >= 0 or word.text[0] in '.!?)"«“'
                return (None if stops else index), linked
            linked, index = True, index + 1
        return None, linked

    def _verb(self, start: int, linked: bool) -> Attribution | None:
        """A verb of saying, or with a mark before it any verb that has somebody behind it ("…", frena X)."""
        predicate = self.clauses.predicate_at.get(start)
        if predicate is None:
            return self._unknown_verb(start) if linked else None
        if predicate.mood == "gerund" or predicate.passive:
            return None
        known = self.owners.by_verb.get(predicate.first)
        if known is not None:
            return known
        last, saying = self._chain(predicate)
        if not (linked or saying) or not predicate.finite:
            return None
        found = self.voices.behind(predicate, last)
        if found is None and saying:
            found = self.voices.antecedents.of(predicate.first)
        if found is not None and found.nobody and self.clauses.vocabulary.auxiliary(predicate.lemma) == "be":
            return None  # "è il commento di X"
        return self.owners.attribution(predicate, found) if found else None

    def _unknown_verb(self, start: int) -> Attribution | None:
        """A verb of no table, somebody right behind it ("…", gongola X; "…", si limita a dire X)."""
        verb = start
        while verb + 1 < len(self.words) and self.owners.clitic(self.words[verb]):
            verb += 1
        if not self.phrases.plain(verb) or self.words[verb].capital or verb + 1 >= len(self.words):
            return None
        place = Predicate(start, verb, verb, self.words[verb].lower, "finite", "present", "3s")
        last, saying = self._chain(place)
        phrase = self.phrases.opening(last + 1) if last + 1 < len(self.words) else None
        named = phrase is not None and not phrase.prep and phrase.mention is not None
        found = self.voices.behind(place, last) if saying or named else None
        return self.owners.attribution(place, found) if found else None

    def _chain(self, predicate: Predicate) -> tuple[int, bool]:
        """The last word of a verb with the infinitives it governs ("si limita a dire"), and whether one of
        them says."""
        last, speech = predicate.last, self.clauses.vocabulary.speech
        saying = predicate.lemma in speech
        while True:
            for index in (last + 1, last + 2):
                inner = self.clauses.predicate_at.get(index)
                if inner is not None and inner.mood == "infinitive" and inner.last > last:
                    last, saying = inner.last, saying or inner.lemma in speech
                    break
            else:
                return last, saying

    def _according(self, start: int) -> Attribution | None:
        """ "…", secondo X; "…" per X; "…", according to X; definito "…" da X."""
        word = self.words[start]
        if word.lower in self.lists.according and start + 1 < len(self.words):
            start += 1
        phrase = self.phrases.opening(start) if self.words[start].cls == "prep" else None
        mention = phrase.mention if phrase is not None else None
        if phrase is None or mention is None or mention.prep not in ("secondo", "per", "da"):
            return None
        named = self.voices.bearers.agents((mention,))
        agent = mention.prep == "da" and not self._named_passive(start)
        if not named or agent or (mention.prep == "per" and self._goes_on(phrase)):
            return None
        place = Predicate(start, phrase.last, start, mention.prep, "finite")
        return self.owners.attribution(place, Voice(named))

    def _named_passive(self, start: int) -> bool:
        """Whether a participle of naming stands before the quotation ("definito «…» da X")."""
        sentence = self.words[start].sentence
        here = [p for p in self.clauses.predicates_of(sentence) if p.last < start]
        return bool(here) and any(lemma in self.lists.naming_verbs for _, lemma in here[-1].heads)

    def _goes_on(self, phrase: Phrase) -> bool:
        following = self.words[phrase.last + 1 : phrase.last + 2]
        return not following or following[0].text not in (".", ",", ";", ":")

    def _subject_first(self, start: int, quote: Quote, linked: bool) -> Attribution | None:
        """ "…", X said: the subject right behind the quotation, its verb behind it."""
        if self.words[start].cls in ("sub", "conj", "rel") or not (linked or self._ended(quote)):
            return None
        sentence = self.words[start].sentence
        for attribution in self.attributions.of_sentence(sentence):
            predicate = attribution.predicate
            if predicate.first <= start or predicate.mood == "gerund":
                continue
            if self._adjacent(start, predicate) and (
                sentence == self.words[quote.last].sentence or self._closes(predicate)
            ):
                return attribution
            return None
        return None

    def _bare_subject(self, start: int, quote: Quote) -> Attribution | None:
        """ "…": X has no doubts; "…", X. — the person right behind, with another verb or none."""
        phrase = self.phrases.opening(start)
        mention = phrase.mention if phrase is not None and not phrase.prep else None
        following = self.words[phrase.last + 1] if phrase is not None else None
        if mention is None or mention.kind is not EntityKind.PERSON or following is None:
            return None
        colon = self.words[quote.last + 2].text == ":" and following.index in self.clauses.predicate_at
        if not colon and following.text not in (".", ";", ")"):
            return None
        place = Predicate(start, phrase.last if phrase is not None else start, start, "", "finite")
        voice = Voice(self.voices.bearers.agents((mention,)))
        return self.owners.attribution(place, voice) if voice else None

    def _ended(self, quote: Quote) -> bool:
        return not self.words[quote.last].text[-1].isalnum()

    def _adjacent(self, start: int, predicate: Predicate) -> bool:
        """Whether nothing but a subject and what is said of it stands between the quotation and the verb."""
        phrase = self.phrases.opening(start) if self.words[start].cls != "pronoun" else None
        if self.words[start].cls == "pronoun":
            return predicate.first - start <= 2  # an adverb between
        if phrase is None or phrase.prep or predicate.first - start > _ASIDE:
            return False
        between = self.clauses.words[phrase.last + 1 : predicate.first]
        return all(word.quote < 0 and word.text not in (";", ":") for word in between)

    def _closes(self, predicate: Predicate) -> bool:
        """Whether a verb of saying in the next sentence has no object of its own ("Are you?" he said.)."""
        following = self.words[predicate.last + 1 : predicate.last + 2]
        return bool(following) and (following[0].text in (".", ",") or self.phrases.over(following[0]))
