"""Voices: who speaks by a verb of saying, and where the text says so.

The subject stands behind the verb after a quotation ("…", ha detto X), before it elsewhere. A noun that names
nobody ("una fonte", "the official") hides every name beyond it; a pronoun, an unsaid subject and "la donna"
are looked up among `antecedents`.
"""

from graph.extraction.antecedents import Antecedents, Voice
from graph.extraction.bearers import Bearers
from graph.extraction.clauses import Clauses
from graph.extraction.foregoing import Foregoing
from graph.extraction.phrases import Phrase, Phrases
from graph.extraction.predicates import Predicate
from graph.extraction.subjects import subject_of
from graph.lexicon.names import ARABIC_ARTICLES
from graph.model import EntityKind

# A subject behind its verb stands within this many words: over "ai giornalisti, a margine del vertice".
_BEHIND = 26

# Marks behind which a verb of saying has its subject behind it.
_MARKS = ('"', ",", ":", "-", "»", "”", "“", "«")

_CLOSING = ('"', "»", "”")

# A conjunction stands within this many words before the verb of its clause.
_CLAUSE = 12

_OPENING = ('"', "«", "“", "„")


class Voices:
    """Who speaks by each verb of one article."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.vocabulary = clauses.vocabulary
        self.lists = clauses.vocabulary.lists
        self.phrases = Phrases(clauses)
        self.antecedents = Antecedents(clauses)
        self.bearers = Bearers(clauses, self.phrases, self.antecedents)
        self._foregoing = Foregoing(clauses, self.phrases, self.bearers, self.of)
        self.antecedents.stated = self._foregoing.stated

    def of(self, predicate: Predicate, pointing: bool = False) -> Voice:
        """Who says by `predicate`; `pointing` when its object is what was said before ("lo ha detto X")."""
        if predicate.mood == "gerund":
            return self._accompanying(predicate)
        found = self.behind(predicate) if self._inverts(predicate) or pointing else None
        if found is not None and found.nobody and not pointing and self._has_object(predicate):
            found = None
        if found is None:
            found = self._foregoing.stated(predicate)
        if found is None and predicate.finite and predicate.person in ("", *self.lists.dropping):
            found = self.antecedents.of(predicate.first)
        return found or Voice()

    def _has_object(self, predicate: Predicate) -> bool:
        """Whether what stands behind a verb is what it says, not who: a noun for no person, and no quotation
        before the verb ("X, a Roma, ha annunciato un accordo")."""
        before = self.words[predicate.first - 1] if predicate.first else None
        if (
            before is None
            or before.text in _CLOSING
            or before.sentence != self.words[predicate.first].sentence
        ):
            return False
        if before.text == "," and before.index and self.words[before.index - 1].text in _CLOSING:
            return False
        phrase = self.phrases.opening(predicate.last + 1) if predicate.last + 1 < len(self.words) else None
        return phrase is not None and not phrase.prep and not self.bearers.speaks(phrase)

    def _accompanying(self, gerund: Predicate) -> Voice:
        """The subject of the main verb that a gerund goes with ("X denied it, calling the report …")."""
        here = self.clauses.predicates_of(self.words[gerund.first].sentence)
        own = self._own_subject(gerund)
        if own is not None:
            return own
        main = [p for p in here if p.finite and p.link not in ("that", "if") and self.words[p.head].quote < 0]
        said = self.antecedents.last_said(gerund.first)
        if said:
            return said
        main = [p for p in main if not self.subordinate(p)]
        ahead = [p for p in main if p.last < gerund.first and self.clauses.relative(p) is None]
        behind = [p for p in main if p.first > gerund.last]
        if not ahead and not behind:
            return Voice(self.bearers.agents(subject_of(gerund, self.clauses).mentions))
        return self.of(ahead[0] if ahead else behind[0])

    def subordinate(self, predicate: Predicate) -> bool:
        """Whether a conjunction opens the clause of a verb ("once X briefs Y", "whether X had")."""
        index, sentence = predicate.first - 1, self.words[predicate.first].sentence
        while index >= 0 and self.words[index].sentence == sentence and predicate.first - index <= _CLAUSE:
            word = self.words[index]
            if word.cls == "sub":
                return word.value not in ("but", "so")
            if index in self.clauses.predicate_at or word.text in (",", ";", ":", *_CLOSING):
                return False
            index -= 1
        return False

    def _own_subject(self, gerund: Predicate) -> Voice | None:
        """ "With X saying …, and vowing": the name right before an English gerund, or the gerund before."""
        if self.vocabulary.language != "en" or not gerund.first:
            return None
        before = gerund.first - 1
        if self.words[before].cls == "conj":
            here = self.clauses.predicates_of(self.words[before].sentence)
            fellows = [p for p in here if p.mood == "gerund" and p.last < before]
            return self.of(fellows[-1]) if fellows else None
        phrase = self.phrases.ending(before)
        if phrase is None or phrase.mention is None or phrase.prep not in ("", "con"):
            return None
        return self.bearers.voice(phrase, gerund)

    def _inverts(self, predicate: Predicate) -> bool:
        """Whether a verb of saying has its subject behind it: behind a quotation, or as an incise.

        An Italian one has behind any mark, unless a name with its apposition stands before the comma.
        """
        before = self.words[predicate.first - 1] if predicate.first else None
        if predicate.person[:1] == "1":
            return False
        if before is None or before.sentence != self.words[predicate.first].sentence:
            return True
        quoted = before.index > 0 and self.words[before.index - 1].text in _CLOSING
        if before.text in _CLOSING or (before.text == "," and quoted):
            return True
        if before.text == "," and self._between_commas(before.index):
            return True
        if self.vocabulary.language == "en" or (before.text == "," and self._named_before(before.index)):
            return False
        return before.text in _MARKS or before.lower in self.lists.inverting

    def _named_before(self, comma: int) -> bool:
        """Whether the clause that a comma ends opens with a name and a comma ("X, citato da Y, ha detto")."""
        phrase = self._foregoing.opening_phrase(comma)
        return phrase is not None and phrase.mention is not None

    def _between_commas(self, comma: int) -> bool:
        """ "The talks, said Morel, will go on": a verb and somebody, closed by a comma or a stop."""
        predicate = self.clauses.predicate_at.get(comma + 1)
        index = predicate.last + 1 if predicate is not None else len(self.words)
        speaking = False
        while index < len(self.words) and self.words[index].sentence == self.words[comma].sentence:
            if self.phrases.over(self.words[index]):
                index += 1
                continue
            phrase = self.phrases.opening(index)
            if phrase is None:
                return speaking and self.words[index].text in (",", ".")
            speaking = speaking or (not phrase.prep and self.bearers.speaks(phrase))
            index = phrase.last + 1
        return speaking

    def behind(self, predicate: Predicate, last: int | None = None) -> Voice | None:
        """The subject behind a verb that ends at word `last`; None when none stands there."""
        if predicate.lemma in self.lists.addressing:
            return None
        start = predicate.last if last is None else last
        index = start + 1
        while index < len(self.words) and index - start <= _BEHIND:
            word = self.words[index]
            if word.sentence != self.words[start].sentence or word.quote >= 0:
                return None
            if self.phrases.over(word):
                index += 1
                continue
            if word.text == ",":
                close = self._parenthesis(index)
                if close is None:
                    return None
                index = close + 1
                continue
            phrase = self.phrases.opening(index)
            if phrase is None or index in self.clauses.predicate_at:
                return None
            arabic = phrase.mention is not None and self._article_of_name(phrase)
            if arabic:
                return self.bearers.voice(phrase, predicate)
            if not phrase.prep and not self._adverbial(phrase):
                return self.bearers.voice(phrase, predicate)
            index = phrase.last + 1
        return None

    def _article_of_name(self, phrase: Phrase) -> bool:
        """ "Ha detto al Nujaifi": the preposition is the article that the full name has, too."""
        article = self.words[phrase.first]
        if article.lower not in ARABIC_ARTICLES or phrase.mention is None:
            return False
        cluster = phrase.mention.cluster
        earlier = (
            m for m in self.clauses.before(phrase.first) if m.cluster == cluster and m.name is not None
        )
        return any(
            self.words[index].lower == article.lower
            for m in earlier
            for index in range(m.name[0] if m.name else 0, m.last)
        )

    def _adverbial(self, phrase: Phrase) -> bool:
        """Whether a bare word between a verb and a subject is an adverb ("disse allora il presidente")."""
        following = self.words[phrase.last + 1 : phrase.last + 2]
        bare = not phrase.article and phrase.mention is None and len(phrase.nouns) == 1
        if not bare or not following or self.words[phrase.last].capital:
            return False
        mention = self.clauses.at.get(following[0].index)
        return following[0].cls == "det" or (mention is not None and not mention.prep)

    def _parenthesis(self, comma: int) -> int | None:
        """The comma that closes a phrase of circumstance behind a verb ("ha detto, in visita a X, Y")."""
        following = self.words[comma + 1] if comma + 1 < len(self.words) else None
        gerund = self.clauses.predicate_at.get(comma + 1)
        if following is None or not (
            following.cls == "prep" or (gerund is not None and gerund.mood == "gerund")
        ):
            return None
        for word in self.words[comma + 2 : comma + _BEHIND]:
            if word.sentence != self.words[comma].sentence or word.text in (";", ":", *_OPENING):
                return None
            if word.text == ",":
                return word.index
        return None


def people(voice: Voice) -> bool:
    """Whether those who speak are persons, all of them."""
    return all(mention.kind is EntityKind.PERSON for mention in voice.mentions)
