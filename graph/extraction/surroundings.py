"""Surroundings: who speaks by the words right behind a quotation, or right before it.

Behind it: "…", ha detto X; "…", X said; "…", così X; "…", secondo X; "…" è il commento di X. Before it: X:
"…"; le parole di X: "…". What stands further away is for `speakers`.
"""

from collections.abc import Iterator

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import Channel, channel_of
from graph.extraction.phrases import Phrase
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.extraction.words import Word

# Marks between a quotation and the verb behind it.
_LINKS = (",", ":", "-", ";")

# "È questo, in sintesi, il commento di X": so many words at most before the noun and between it and X.
_NOUN = 5
_OWNER = 4

# What is said of a subject before its verb of saying ("the official, who declined to be named, told").
_ASIDE = 16


class Surroundings:
    """The words next to the quotations of one article."""

    def __init__(self, attributions: Attributions) -> None:
        self.attributions = attributions
        self.voices = attributions.voices
        self.phrases = attributions.voices.phrases
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.lists = self.clauses.vocabulary.lists
        self._by_verb = {a.predicate.first: a for a in attributions.found}

    def attribution(self, predicate: Predicate, voice: Voice) -> Attribution:
        """An attribution by words that are no verb of saying by the table."""
        channel = channel_of(predicate, voice.mentions, self.clauses)
        return Attribution(predicate, "say", voice.mentions, channel, nobody=voice.nobody)

    def behind(self, quote: Quote) -> Attribution | None:
        """Who the words right behind the closing mark say speaks, or None when they say nothing of it."""
        start, linked = self._start(quote)
        if start is None:
            return None
        return (
            self._verb(start, linked)
            or self._opener(start)
            or self._according(start)
            or self._subject_first(start, quote, linked)
            or (self.noun_of(start) if linked else None)
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
        known = self._by_verb.get(predicate.first)
        if known is not None:
            return known
        last, saying = self._chain(predicate)
        if not (linked or saying) or not predicate.finite:
            return None
        found = self.voices.behind(predicate, last)
        if found is None and saying:
            found = self.voices.antecedents.of(predicate.first)
        return self.attribution(predicate, found) if found else None

    def _unknown_verb(self, start: int) -> Attribution | None:
        """A verb of no table, somebody right behind it ("…", gongola X; "…", si limita a dire X)."""
        verb = start
        while verb + 1 < len(self.words) and self._clitic(self.words[verb]):
            verb += 1
        if not self.phrases.plain(verb) or self.words[verb].capital or verb + 1 >= len(self.words):
            return None
        place = Predicate(start, verb, verb, self.words[verb].lower, "finite", "present", "3s")
        last, saying = self._chain(place)
        phrase = self.phrases.opening(last + 1) if last + 1 < len(self.words) else None
        named = phrase is not None and not phrase.prep and phrase.mention is not None
        found = self.voices.behind(place, last) if saying or named else None
        return self.attribution(place, found) if found else None

    def _clitic(self, word: Word) -> bool:
        return word.cls == "clitic" or word.lower in self.lists.verbal_clitics

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

    def _opener(self, start: int) -> Attribution | None:
        """ "…", così X; "…", come ha detto X; "…", così si è espresso X."""
        word = self.words[start]
        if word.value == "as" and start + 1 < len(self.words):
            predicate = self.clauses.predicate_at.get(start + 1)
            return self._by_verb.get(predicate.first) if predicate is not None else None
        if word.lower not in self.lists.saying_openers or self._clitic(word):
            return None
        predicate = self.clauses.predicate_at.get(start + 1)
        place = Predicate(start, start, start, word.lower, "finite", "present", "3")
        found = self.voices.behind(predicate) if predicate is not None else self.voices.behind(place)
        return self.attribution(predicate or place, found) if found else None

    def _according(self, start: int) -> Attribution | None:
        """ "…", secondo X; "…" per X; "…", according to X; definito "…" da X."""
        word = self.words[start]
        if word.lower in self.lists.according and start + 1 < len(self.words):
            start += 1
        phrase = self.phrases.opening(start) if self.words[start].cls == "prep" else None
        mention = phrase.mention if phrase is not None else None
        if phrase is None or mention is None or mention.prep not in ("secondo", "per", "da"):
            return None
        named = self.voices.agents((mention,))
        agent = mention.prep == "da" and not self._named_passive(start)
        if not named or agent or (mention.prep == "per" and self._goes_on(phrase)):
            return None
        place = Predicate(start, phrase.last, start, mention.prep, "finite")
        return self.attribution(place, Voice(named))

    def _named_passive(self, start: int) -> bool:
        """Whether a participle of naming stands before the quotation ("definito «…» da X")."""
        sentence = self.words[start].sentence
        here = [p for p in self.clauses.predicates_of(sentence) if p.last < start]
        return bool(here) and any(lemma in self.lists.naming_verbs for _, lemma in here[-1].heads)

    def _goes_on(self, phrase: Phrase) -> bool:
        following = self.words[phrase.last + 1 : phrase.last + 2]
        return not following or following[0].text not in (".", ",", ";", ":")

    def noun_of(self, start: int) -> Attribution | None:
        """ "…", è il commento di X; "…": parola di X; le parole di X: "…"."""
        for word in self.words[start : start + _NOUN + 1]:
            predicate = self.clauses.predicate_at.get(word.index)
            copula = predicate is None or self.clauses.vocabulary.auxiliary(predicate.lemma) == "be"
            if word.sentence != self.words[start].sentence or word.quote >= 0 or not copula:
                return None
            if word.lower in self.lists.speech_nouns and word.index not in self.clauses.at:
                return self._owner(word)
            if predicate is not None and word.index > start:
                return self._owner(self.words[predicate.last])
        return None

    def _owner(self, noun: Word) -> Attribution | None:
        """Whose words a noun of saying tells of: "di X" behind it, or "X's" before it."""
        place = Predicate(noun.index, noun.index, noun.index, noun.lower, "finite")
        before = self.clauses.at.get(noun.index - 2)
        if before is not None and self.words[noun.index - 1].cls == "poss" and before.cluster >= 0:
            return self.attribution(place, Voice((before,)))
        for word in self.words[noun.index + 1 : noun.index + 1 + _OWNER]:
            if word.sentence != noun.sentence or word.index in self.clauses.predicate_at:
                return None
            phrase = self.phrases.opening(word.index) if word.cls == "prep" else None
            if phrase is not None and phrase.prep in ("di", "da"):
                voice = self.voices.voice(phrase, place)
                return self.attribution(place, voice)
        return None

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
        return bool(following) and (following[0].text in (".", ",") or self.voices.over(following[0]))

    def colon(self, quote: Quote) -> Attribution | None:
        """X: "…", Il commento di X: "…", Più netto X, raggiunto da Y: "…"; a clause without a verb."""
        first = self.sentence_before(quote)
        if first is None:
            return None
        last = quote.first - 2
        here = self.words[first:last]
        spoken = self.noun_of_any(here)
        if spoken is not None:
            return spoken
        for word in here:
            mention = self.clauses.at.get(word.index)
            if mention is not None and not mention.prep and mention.first == word.index:
                group = self.voices.agents(self.clauses.group(mention)[:1])
                if group:
                    place = Predicate(mention.first, mention.last, mention.last, "", "finite")
                    return Attribution(place, "say", group, Channel())
        return None

    def noun_of_any(self, here: list[Word]) -> Attribution | None:
        """The owner of the last noun of saying among words."""
        for word in reversed(here):
            if word.lower in self.lists.speech_nouns and word.index not in self.clauses.at:
                owner = self._owner(word)
                if owner is not None:
                    return owner
        return None

    def sentence_before(self, quote: Quote) -> int | None:
        """The first word of the sentence that ends with the colon before a quotation, or None without one."""
        mark = quote.first - 2
        if mark < 1 or self.words[mark].text != ":":
            return None
        index = mark
        while index and self.words[index - 1].sentence == self.words[mark].sentence:
            index -= 1
        return index

    def pointing(self, quote: Quote) -> Attribution | None:
        """ "…". Lo ha detto X; "…". Così X; "…". Sono parole di X; "…". A dirlo è X."""
        start = self._next_sentence(quote)
        if start is None:
            return None
        sentence = self.words[start].sentence
        found = next((a for a in self.attributions.of_sentence(sentence) if a.pointing), None)
        return found or self._opener(start) or self._cleft(start) or self._with_words(start)

    def _next_sentence(self, quote: Quote) -> int | None:
        """The first word behind the quotation and its stop, when a sentence begins there."""
        index, sentence = quote.last + 1, self.words[quote.last].sentence
        while index < len(self.words) and not self.words[index].alphabetic:
            if self.words[index].text in ("(", '"', "«", "“") and index > quote.last + 1:
                return None
            index += 1
        if index >= len(self.words) or self.words[index].quote >= 0:
            return None
        near = self.words[index].paragraph - self.words[quote.last].paragraph <= 1
        return index if near and self.words[index].sentence != sentence else None

    def _cleft(self, start: int) -> Attribution | None:
        """ "A dirlo è X", "ad annunciarlo è stato X"."""
        infinitive = self.clauses.predicate_at.get(start + 1)
        if infinitive is None or infinitive.mood != "infinitive" or self.words[start].value != "a":
            return None
        if infinitive.lemma not in self.clauses.vocabulary.speech:
            return None
        copula = next(self._finite_behind(infinitive), None)
        found = self.voices.behind(copula) if copula is not None else None
        return self.attribution(copula, found) if copula is not None and found else None

    def _finite_behind(self, predicate: Predicate) -> Iterator[Predicate]:
        here = self.clauses.predicates_of(self.words[predicate.first].sentence)
        return (p for p in here if p.finite and p.first > predicate.last)

    def _with_words(self, start: int) -> Attribution | None:
        """ "Queste le parole di X", "Parola di X", "Con queste parole X ha": the noun of saying, then who."""
        for word in self.words[start : start + _NOUN]:
            if word.sentence != self.words[start].sentence:
                return None
            if word.lower in self.lists.speech_nouns:
                owner = self._owner(word)
                if owner is not None:
                    return owner
                demonstrative = any(w.value == "dem" for w in self.words[start : word.index])
                phrase = self.phrases.opening(word.index + 1) if demonstrative else None
                if phrase is None or phrase.prep or phrase.mention is None:
                    return None
                place = Predicate(word.index, word.index, word.index, word.lower, "finite")
                return self.attribution(place, self.voices.voice(phrase, place))
        return None
