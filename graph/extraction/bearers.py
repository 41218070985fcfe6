"""Bearers: whom a noun phrase or a pronoun means in the place of a speaker.

A name means who bears it, "una fonte" nobody, "la donna" and "the official" whom the text told of before,
"the ministry" the body named before with that word.
"""

from graph.extraction.antecedents import NOBODY, Antecedents, Voice, stem
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.phrases import Phrase, Phrases
from graph.extraction.predicates import Predicate
from graph.extraction.roles import WEAK
from graph.extraction.subjects import subject_of
from graph.extraction.words import Word
from graph.lexicon.gazetteer import gazetteer
from graph.lexicon.names import fold
from graph.model import EntityKind

# "A senior administration official": so many words between the article and the noun.
_QUALIFIED = 4


class Bearers:
    """Whom the phrases of one article mean."""

    def __init__(self, clauses: Clauses, phrases: Phrases, antecedents: Antecedents) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.vocabulary = clauses.vocabulary
        self.lists = clauses.vocabulary.lists
        self.phrases = phrases
        self.antecedents = antecedents
        self._unnamed: set[str] = set()
        self._introduced = self._introductions()

    def voice(self, phrase: Phrase, predicate: Predicate) -> Voice:
        """Who the phrase in the place of the subject is."""
        mention = phrase.mention
        if mention is not None and mention.form == "pronoun":
            named = self.phrases.introduced(phrase)  # "dice lui, X"
            if named is not None and named.cluster >= 0:
                return Voice((named,))
            return self.pronoun(self.words[mention.first])
        if mention is not None and mention.form == "role" and mention.title in WEAK:
            # "Il capo della Farnesina": somebody of that country who was named, before the tables' guess.
            meant = (
                self.antecedents.of(mention.first, country=mention.country) if mention.country else Voice()
            )
            return meant or Voice(self.agents((mention,))) or NOBODY
        if mention is not None:
            group = self.clauses.group(mention) if predicate.person.endswith(("p", "3")) else (mention,)
            return Voice(self.agents(group)) or NOBODY
        named = self.phrases.introduced(phrase)
        if named is not None and named.cluster >= 0:
            return Voice((named,))
        return self._common(phrase)

    def _common(self, phrase: Phrase) -> Voice:
        """ "Una fonte" is nobody, "la donna" the last person told of, unless she is "una donna" herself."""
        held = self._named_by_office(phrase)
        if held is not None:
            return Voice((held,))
        stems = {stem(self.words[index]) for index in phrase.nouns} - {""}
        if phrase.article != "def" or self._unnamed & stems:
            self._unnamed |= stems
            return NOBODY
        if not self._human(phrase):
            return self._institution(phrase, stems)
        shown = (self.antecedents.gender(self.words[index]) for index in (phrase.first, *phrase.nouns))
        gender = next((one for one in shown if one), "")
        country = self._country(phrase)
        described = self.antecedents.described(phrase.first, stems, country)
        if described is not None:
            return Voice((described,))
        return self.antecedents.of(phrase.first, gender, country) or NOBODY

    def _institution(self, phrase: Phrase, stems: set[str]) -> Voice:
        """ "The ministry", "il partito": the body named before with that word; "the official" the spokesman
        whom the text named, if it told of no other."""
        if any(self.words[index].lower in self.lists.officials for index in phrase.nouns):
            introduced = any(self._introduced.get(one, phrase.first) < phrase.first for one in stems)
            return NOBODY if introduced else self.antecedents.of(phrase.first) or NOBODY
        for mention in self.clauses.before(phrase.first):
            body = mention.kind in (EntityKind.ORGANIZATION, EntityKind.STATE) and mention.cluster >= 0
            inside = {self.words[index].lower for index in range(mention.first, mention.last + 1)}
            if body and inside & {self.words[index].lower for index in phrase.nouns}:
                return Voice((mention,))
        self._unnamed |= stems
        return NOBODY

    def _introductions(self) -> dict[str, int]:
        """Where the text first tells of an official, a diplomat … without a name."""
        found: dict[str, int] = {}
        for word in self.words:
            if word.lower in self.lists.officials and word.index not in self.clauses.at:
                before = self.words[max(0, word.index - _QUALIFIED) : word.index]
                article = next((w for w in reversed(before) if w.cls in ("det", "num", "poss")), None)
                if article is None or article.value not in ("def", "dem"):
                    found.setdefault(stem(word), word.index)
        return found

    def _named_by_office(self, phrase: Phrase) -> Mention | None:
        """ "L'assistente del Presidente X": X is the assistant when the tables know no such office of his."""
        last = phrase.last + 1
        inner = self.phrases.opening(last) if last < len(self.words) and self._human(phrase) else None
        mention = inner.mention if inner is not None and inner.prep == "di" else None
        if mention is None or mention.role is None or mention.name is None or not mention.entries:
            return None
        held = {term.kind for entry in mention.entries for term in entry.terms}
        return mention if held and mention.title not in held else None

    def _country(self, phrase: Phrase) -> str:
        """The country that an adjective or a name gives ("il premier del Qatar", "Ireland's minister")."""
        for index in range(phrase.first, phrase.last + 1):
            owner = self.clauses.at.get(index)
            if owner is not None and owner.entries and owner.kind is not EntityKind.PERSON:
                return owner.entries[0].country
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

    def speaks(self, phrase: Phrase) -> bool:
        """Whether a phrase is for somebody who can say something, rather than for what is said."""
        anonymous = any(self._anonymous(self.words[index]) for index in phrase.nouns)
        return phrase.mention is not None or anonymous or self._human(phrase)

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
