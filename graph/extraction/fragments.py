"""Fragments: who speaks by the clause that holds a few quoted words.

X ha definito l'incontro «utile»; X ha detto che «si vedrà»; per X è «una resa»; X si è detto «pronto» e Y
«molto meno»; il clima è «buono», ha detto X.
"""

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.mentions import Mention
from graph.extraction.owners import Owners
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.extraction.subjects import subject_of
from graph.extraction.voices import people
from graph.model import EntityKind

# Quoted words of a clause ("ha definito il clima «migliore del previsto»") are fewer than this.
_FRAGMENT = 14


class Fragments:
    """The clauses around the quotations of one article."""

    def __init__(self, attributions: Attributions, owners: Owners, quotes: list[Quote]) -> None:
        self.attributions = attributions
        self.voices = attributions.voices
        self.owners = owners
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.vocabulary = self.clauses.vocabulary
        self.last_words = {quote.last for quote in quotes}

    def before(self, quote: Quote) -> Attribution | None:
        """The verb of saying before the quotation in its sentence, or one that calls something by it."""
        sentence = self.words[quote.first].sentence
        here = self.attributions.of_sentence(sentence)
        found = next((a for a in reversed(here) if a.predicate.last < quote.first), None)
        named = self.named(quote)
        if named is not None and (found is None or named.predicate.first > found.predicate.first):
            return named
        return found

    def named(self, quote: Quote) -> Attribution | None:
        """ "X ha definito l'incontro «utile»"."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        verbs = [p for p in here if p.last < quote.first and self.words[p.head].quote < 0]
        if not verbs or verbs[-1].lemma not in self.vocabulary.lists.naming_verbs:
            return None
        if verbs[-1].passive or verbs[-1].mood == "participle":
            agent = self.clauses.behind(verbs[-1].last, "da")
            return self.by_name(agent[0]) if agent and agent[0].first < quote.first else None
        found = self.voices.of(verbs[-1])
        return self.owners.attribution(verbs[-1], found) if found else None

    def trailing(self, quote: Quote) -> Attribution | None:
        """A verb of saying that closes the sentence ("Il clima è «buono» e si va avanti, ha detto X")."""
        for attribution in self.attributions.of_sentence(self.words[quote.last].sentence):
            predicate = attribution.predicate
            if predicate.first <= quote.last or predicate.mood == "gerund":
                continue
            before = self.words[predicate.first - 1]
            english = self.vocabulary.language == "en" or predicate.lemma in self.vocabulary.lists.according
            return attribution if english or before.text in (",", "-", ":", '"', "»", "”") else None
        return None

    def gapped(self, quote: Quote) -> Attribution | None:
        """ "X si è detto «fiducioso» e Y «molto meno»": a name right before the words, no verb of its own."""
        index = quote.first - 2
        if index >= 0 and self.words[index].cls == "det":
            index -= 1
        mention = self.clauses.at.get(index)
        if mention is None or mention.prep:
            return None
        before = self.words[mention.first - 1] if mention.first else None
        here = self.clauses.sentence(index)
        same = any(word.index in self.last_words for word in here if word.index < index)
        joined = before is not None and (before.cls in ("conj", "sub") or before.text in (",", ";"))
        return self.by_name(mention) if same and joined else None

    def view(self, quote: Quote) -> Attribution | None:
        """ "Per X è «una vittoria»": whose view it is opens the clause."""
        for word in reversed(self.clauses.sentence(quote.first)):
            if word.index >= quote.first - 1:
                continue
            if word.text in (";", ":"):
                return None
            mention = self.clauses.at.get(word.index)
            if mention is None or mention.first != word.index or mention.prep != "per":
                continue
            before = [w for w in self.words[max(0, mention.first - 3) : mention.first] if w.cls == "prep"]
            opening = before[-1].index if before else mention.first
            left = self.words[opening - 1] if opening else None
            opens = left is None or left.sentence != word.sentence or left.text in (",", ";")
            return self.by_name(mention) if opens and mention.kind is not EntityKind.PLACE else None
        return None

    def holding(self, quote: Quote) -> Attribution | None:
        """The subject of the clause around a few quoted words ("X ha accolto «con gioia» l'invito")."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        verbs = [p for p in here if self.outside(p, quote)]
        if not verbs or verbs[-1].passive or quote.last - quote.first >= _FRAGMENT:
            return None
        subject = subject_of(verbs[-1], self.clauses)
        voice = Voice(self.voices.bearers.agents(subject.mentions))
        if not voice.mentions or subject.dropped or not people(voice):
            return None
        return self.owners.attribution(verbs[-1], voice)

    def by_name(self, mention: Mention) -> Attribution | None:
        voice = Voice(self.voices.bearers.agents((mention,)))
        place = Predicate(mention.first, mention.last, mention.last, "", "finite")
        return self.owners.attribution(place, voice) if voice else None

    def outside(self, predicate: Predicate, quote: Quote) -> bool:
        return predicate.finite and predicate.last < quote.first - 1 and self.words[predicate.head].quote < 0

    def part(self, quote: Quote) -> bool:
        """Whether the sentence of the article that holds the quotation has a verb of its own before it."""
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        return any(self.outside(predicate, quote) for predicate in here)
