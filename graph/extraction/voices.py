"""Voices: who speaks by a verb of saying, and where the text says so.

The subject stands behind the verb after a quotation ("…", ha detto X), before it elsewhere. A noun that names
nobody ("una fonte", "the official") hides every name beyond it; a pronoun, an unsaid subject and "la donna"
are looked up among `antecedents`.
"""

from graph.extraction.antecedents import NOBODY, Antecedents, Voice
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.phrases import Phrase, Phrases
from graph.extraction.predicates import Predicate
from graph.extraction.subjects import subject_of
from graph.extraction.words import Word
from graph.lexicon.gazetteer import gazetteer
from graph.lexicon.names import fold
from graph.model import EntityKind

# A subject behind its verb stands within this many words: over "ai giornalisti, a margine del vertice".
_BEHIND = 26

# Marks behind which a verb of saying has its subject behind it.
_MARKS = ('"', ",", ":", "-", "»", "”", "“", "«")

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
        self._unnamed: set[str] = set()

    def of(self, predicate: Predicate, pointing: bool = False) -> Voice:
        """Who says by `predicate`; `pointing` when its object is what was said before ("lo ha detto X")."""
        before = self.words[predicate.first - 1] if predicate.first else None
        opening = before is None or before.sentence != self.words[predicate.first].sentence
        inverted = opening or (before is not None and self._inverts(before)) or pointing
        found = self.behind(predicate) if inverted and predicate.person[:1] != "1" else None
        if found is not None:
            return found
        return self.ahead(predicate)

    def _inverts(self, before: Word) -> bool:
        return before.text in _MARKS or before.lower in self.lists.inverting

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
            if self.over(word):
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
            if not phrase.prep:
                return self.voice(phrase, predicate)
            index = phrase.last + 1
        return None

    def over(self, word: Word) -> bool:
        """Whether a word between a verb and its subject says nothing of who speaks."""
        return (
            word.cls in ("adv", "neg", "clitic")
            or "time" in word.tags
            or word.lower in self.lists.medial_adverbs
            or word.lower in self.lists.transparent
            or word.lower.endswith(self.lists.adverb_suffixes)
        )

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

    def ahead(self, predicate: Predicate) -> Voice:
        """The subject before a verb, in its clause or by what was told before."""
        index, sentence = predicate.first - 1, self.words[predicate.first].sentence
        while index >= 0 and self.words[index].sentence == sentence:
            word = self.words[index]
            if word.cls == "pronoun":
                return self.pronoun(word)
            if self.over(word):
                index -= 1
                continue
            if word.quote >= 0 or word.text in ('"', "»", "”"):
                return self.antecedents.of(predicate.first)
            phrase = self.phrases.ending(index)
            if phrase is None or predicate.person[:1] == "1":
                break
            if not phrase.prep:
                return self.voice(phrase, predicate)
            index = phrase.first - 1
        return self._clause(predicate)

    def _clause(self, predicate: Predicate) -> Voice:
        """The subject by the grammar of clauses, but an unsaid one by what was said before."""
        subject = subject_of(predicate, self.clauses)
        mentions = self.agents(subject.mentions)
        if subject.dropped or not mentions:
            meant = self.antecedents.of(predicate.first) if predicate.finite else Voice()
            return meant or Voice(mentions)
        return Voice(mentions)

    def pronoun(self, word: Word) -> Voice:
        """Whom a pronoun of the third person means; nobody in particular when it is a plural."""
        if word.value == "3p":
            return NOBODY
        if word.value not in ("3s", "it"):
            return Voice()
        return self.antecedents.of(word.index, self._gender(word))

    def _gender(self, word: Word) -> str:
        if word.lower in self.lists.feminine:
            return "f"
        return "m" if word.lower in self.lists.masculine else ""

    def agents(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Those that can speak: known ones, and whom a pronoun means."""
        found: list[Mention] = []
        for mention in mentions:
            if mention.form == "pronoun":
                found += self.pronoun(self.words[mention.first]).mentions
            elif mention.cluster >= 0 or mention.form == "pair":
                found.append(mention)
        return tuple(found)

    def voice(self, phrase: Phrase, predicate: Predicate) -> Voice:
        """Who the phrase in the place of the subject is."""
        mention = phrase.mention
        if mention is not None and mention.form == "pronoun":
            return self.pronoun(self.words[mention.first])
        if mention is not None:
            group = self.clauses.group(mention) if predicate.person.endswith(("p", "3")) else (mention,)
            return Voice(self.agents(group)) or NOBODY
        named = self.phrases.introduced(phrase)
        if named is not None and named.cluster >= 0:
            return Voice((named,))
        return self._common(phrase)

    def _common(self, phrase: Phrase) -> Voice:
        """ "Una fonte" is nobody, "la donna" the last person told of, unless she is "una donna" herself."""
        stems = {self.words[index].lower.rstrip("aeios") for index in phrase.nouns}
        if phrase.article != "def" or self._unnamed & stems or not self._human(phrase):
            self._unnamed |= stems
            return NOBODY
        gender = self._gender(self.words[phrase.first])
        return self.antecedents.of(phrase.first, gender, self._country(phrase)) or NOBODY

    def _country(self, phrase: Phrase) -> str:
        """The country that an adjective, or a name behind the noun, gives ("il premier del Qatar")."""
        for index in range(phrase.first, phrase.last + 1):
            demonym = self.clauses.demonym(self.words[index].lower)
            if demonym:
                return demonym
        last = phrase.last + 1
        inner = self.phrases.opening(last) if last < len(self.words) else None
        mention = inner.mention if inner is not None and inner.prep == "di" else None
        return mention.entries[0].country if mention is not None and mention.entries else ""

    def _human(self, phrase: Phrase) -> bool:
        """Whether one of the nouns is for a person: a title, or a noun of the tables."""
        titles = gazetteer().titles
        return any(
            self.vocabulary.nouns.get(word.lower) == "person"
            or fold(word.lower) in titles
            or word.lower in self.lists.speaking_nouns
            or word.lower.endswith(self.lists.agentive_suffixes)
            for word in (self.words[index] for index in phrase.nouns)
            if not self._anonymous(word)
        )

    def _anonymous(self, word: Word) -> bool:
        return word.lower in self.lists.anonymous_nouns


def people(voice: Voice) -> bool:
    """Whether those who speak are persons, all of them."""
    return all(mention.kind is EntityKind.PERSON for mention in voice.mentions)
