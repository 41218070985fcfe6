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

_CLOSING = ('"', "»", "”")

# "X, the official who was to chair the talks, told": so many words at most between a name and its verb.
_APART = 30

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
        self.antecedents.stated = self.stated
        self._unnamed: set[str] = set()
        self._stated: dict[int, Voice | None] = {}

    def of(self, predicate: Predicate, pointing: bool = False) -> Voice:
        """Who says by `predicate`; `pointing` when its object is what was said before ("lo ha detto X")."""
        before = self.words[predicate.first - 1] if predicate.first else None
        opening = before is None or before.sentence != self.words[predicate.first].sentence
        inverted = opening or (before is not None and self._inverts(before)) or pointing
        found = self.behind(predicate) if inverted and predicate.person[:1] != "1" else None
        if found is None:
            found = self.stated(predicate)
        if found is None and predicate.finite and predicate.person in ("", *self.lists.dropping):
            found = self.antecedents.of(predicate.first)
        return found or Voice()

    def _inverts(self, before: Word) -> bool:
        """Whether a verb of saying behind this word has its subject behind it.

        An English one has only behind a quotation, or between two commas.
        """
        if self.vocabulary.language == "en" and before.text not in _CLOSING:
            quoted = before.index and self.words[before.index - 1].text in _CLOSING
            return before.text == "," and bool(quoted or self._between_commas(before.index))
        return before.text in _MARKS or before.lower in self.lists.inverting

    def _between_commas(self, comma: int) -> bool:
        """ "The talks, said Morel, will go on"."""
        predicate = self.clauses.predicate_at.get(comma + 1)
        phrase = self.phrases.opening(predicate.last + 1) if predicate is not None else None
        following = self.words[phrase.last + 1 : phrase.last + 2] if phrase is not None else []
        return bool(following) and following[0].text in (",", ".")

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

    def stated(self, predicate: Predicate) -> Voice | None:
        """The subject that stands before a verb in its clause; None when the clause leaves it unsaid."""
        if predicate.first in self._stated:
            return self._stated[predicate.first]
        self._stated[predicate.first] = None
        found = self._ahead(predicate) if predicate.person[:1] != "1" else Voice()
        self._stated[predicate.first] = found
        return found

    def _ahead(self, predicate: Predicate) -> Voice | None:
        index, sentence = predicate.first - 1, self.words[predicate.first].sentence
        while index >= 0 and self.words[index].sentence == sentence:
            word = self.words[index]
            if word.cls == "pronoun":
                return self.pronoun(word)
            if self.over(word):
                index -= 1
                continue
            if word.quote >= 0 or word.text in _CLOSING:
                return None
            if word.cls == "rel" and word.value == "that":
                return self._relative(index, predicate)
            if word.text == ",":
                return None if self._incise(predicate) else self._apposed(index, predicate)
            if word.cls in ("conj", "sub"):
                return self._coordinated(predicate)
            phrase = self.phrases.ending(index)
            if phrase is None:
                return self._clause(predicate)
            if not phrase.prep:
                return self.voice(phrase, predicate)
            index = phrase.first - 1
        return self._clause(predicate)

    def _clause(self, predicate: Predicate) -> Voice | None:
        """The subject by the grammar of clauses, which knows names alone."""
        subject = subject_of(predicate, self.clauses)
        mentions = self.agents(subject.mentions)
        if subject.dropped:
            return self._coordinated(predicate)
        return Voice(mentions) if mentions else None

    def _coordinated(self, predicate: Predicate) -> Voice | None:
        """ "X è arrivato e ha detto": the subject of the verb before in the sentence."""
        here = self.clauses.predicates_of(self.words[predicate.first].sentence)
        fellows = [
            p
            for p in here
            if p.finite and p.last < predicate.first and p.link != "that" and self.words[p.head].quote < 0
        ]
        return self.of(fellows[-1]) if fellows else None

    def _relative(self, index: int, predicate: Predicate) -> Voice | None:
        """ "X, che ha aggiunto", "an official who said": what stands before the relative."""
        last = index - 1 - (index > 0 and self.words[index - 1].text == ",")
        while last >= 0 and self.words[last].sentence == self.words[index].sentence:
            phrase = self.phrases.ending(last)
            if phrase is None:
                return self._clause(predicate)
            if phrase.prep != "di" or phrase.mention is not None:
                return self.voice(phrase, predicate)
            last = phrase.first - 1
        return self._clause(predicate)

    def _incise(self, predicate: Predicate) -> bool:
        """ "Mosca, ha detto ancora, respinge": nothing but a verb of saying between two commas."""
        for word in self.words[predicate.last + 1 : predicate.last + 1 + _BEHIND]:
            if not self.over(word):
                return word.text in (",", ".")
        return False

    def _apposed(self, comma: int, predicate: Predicate) -> Voice | None:
        """ "X, the envoy who was to chair it, told": the name that opens the clause, a comma behind it."""
        first, sentence = comma, self.words[comma].sentence
        while first and self.words[first - 1].sentence == sentence and comma - first <= _APART:
            before = self.words[first - 1]
            if before.quote >= 0 or before.text in (*_CLOSING, ";", ":"):
                break
            first -= 1
        while first < comma and (self.over(self.words[first]) or self.words[first].text == ","):
            first += 1
        phrase = self.phrases.opening(first)
        following = self.words[phrase.last + 1] if phrase is not None else None
        if phrase is None or phrase.prep or following is None or following.text not in (",", "("):
            return self._clause(predicate)
        return self.voice(phrase, predicate)

    def pronoun(self, word: Word) -> Voice:
        """Whom a pronoun of the third person means; nobody in particular when it is a plural."""
        if word.value == "3p":
            return NOBODY
        if word.value not in ("3s", "it"):
            return Voice()
        return self.antecedents.pronoun(word) if word.value == "3s" else self._body(word.index)

    def _body(self, index: int) -> Voice:
        """What "it" means that can speak: the body or the state that was the last subject."""
        sentence = self.words[index].sentence
        for earlier in (sentence, sentence - 1, sentence - 2):
            for predicate in self.clauses.predicates_of(earlier):
                if predicate.finite and predicate.first < index and self.words[predicate.head].quote < 0:
                    found = [m for m in subject_of(predicate, self.clauses).mentions if m.cluster >= 0]
                    if found and found[0].kind in (EntityKind.ORGANIZATION, EntityKind.STATE):
                        return Voice((found[0],))
        return Voice()

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
        gender = self.antecedents.gender(self.words[phrase.first])
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
