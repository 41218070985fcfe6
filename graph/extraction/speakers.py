"""Speakers: who said the words of each quotation.

Looked for, in this order: the incise inside it ("- ha scritto X -"), the verb right behind it, the one before
it in its sentence, one later in its sentence, "Lo ha detto X" in the next, the clause that holds it, the last
speaker.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import Channel, channel_of
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.sentences import Quote
from graph.extraction.subjects import subject_of
from graph.model import EntityKind, Medium

# Stands for the verb of somebody who is not named.
_UNNAMED = "?"

# Quoted words of a clause ("ha definito il clima «migliore del previsto»") are fewer than this.
_FRAGMENT = 14

# A quotation of fewer words inside one sentence is a term, which nobody goes on to say.
_TERM = 5

# The verb of saying behind a quotation follows its mark, a comma or colon, and a pronoun at most.
_BEHIND = 5

# The name that an unknown title leads to stands within this many words of the verb.
_LEADING = 11

# The last speaker goes on when at most this many sentences lie between the two quotations.
_GAP = 2


class Speakers:
    """The speaker of each quotation of an article; `by_quote` has None where nobody is known."""

    def __init__(self, attributions: Attributions, quotes: list[Quote]) -> None:
        self.attributions = attributions
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.vocabulary = self.clauses.vocabulary
        self.quotes = quotes
        self.by_quote: list[Attribution | None] = []
        for quote in quotes:
            self.by_quote.append(self._of(quote))

    def _of(self, quote: Quote) -> Attribution | None:
        """The first of the places where a speaker can be named that does name one; None when it names
        nobody."""
        places: tuple[Callable[[Quote], Attribution | None], ...] = (
            self._incise,
            self._behind,
            self._before,
            self._trailing,
            self._pointing,
        )
        for place in places:
            found = place(quote)
            if found is not None:
                return self._known(found) if found.predicate.lemma != _UNNAMED else None
        return self._holding(quote) or self._continued(quote) or self._interviewed(quote)

    def _incise(self, quote: Quote) -> Attribution | None:
        first, last = self.words[quote.first].sentence, self.words[quote.last].sentence
        inside = (a for sentence in range(first, last + 1) for a in self.attributions.of_sentence(sentence))
        return next((a for a in inside if quote.first <= a.predicate.first <= quote.last), None)

    def _behind(self, quote: Quote) -> Attribution | None:
        """The verb of saying right behind the closing mark, or any verb or "così" there with somebody behind
        it."""
        here = self.attributions.of_sentence(self.words[quote.last].sentence)
        for attribution in here:
            distance = attribution.predicate.first - quote.last
            if 0 < distance <= _BEHIND and attribution.predicate.mood != "gerund":
                return self._nameless(attribution.predicate.last) or attribution
        verb = self._verb_behind(quote)
        if verb is None:
            return None
        speaker = self.clauses.inverted(verb)
        if speaker is None:
            named = self.words[quote.last + 3].forms and verb.finite  # else it is an opener, not a verb
            return self._nameless(verb.last) if named else None
        channel = channel_of(verb, (speaker,), self.clauses)
        return Attribution(verb, "say", self.attributions.agents(self.clauses.group(speaker)), channel)

    def _verb_behind(self, quote: Quote) -> Predicate | None:
        """Whatever verb stands behind the closing mark and a comma: "«…», frena X", "«…», così X"."""
        stretch = self.words[quote.last + 2 : quote.last + 4]  # behind the mark: comma and verb
        if len(stretch) < 2 or stretch[0].sentence != self.words[quote.last].sentence:
            return None
        comma, verb = stretch
        openers = self.vocabulary.lists.saying_openers
        opens = verb.alphabetic and not verb.capital and (not verb.cls or verb.lower in openers)
        if comma.text not in (",", ":", "-") or not opens:
            return None
        index = verb.index
        return self.clauses.predicate_at.get(index) or Predicate(
            index, index, index, verb.lower, "finite", "present", "3s"
        )

    def _nameless(self, last: int) -> Attribution | None:
        """ "Ha detto una fonte": somebody spoke whom the article does not name, so nobody else did."""
        following = self.words[last + 1 : last + 3]
        if len(following) < 2 or any(word.index in self.clauses.at for word in following):
            return None
        article, noun = following
        if article.cls != "det" or article.value not in ("indef", "def"):
            return None
        if not noun.alphabetic or noun.capital or noun.cls in ("conj", "rel"):
            return None
        named = self._explained(last)
        if named is not None:
            place = Predicate(last, last, last, "", "finite")
            return Attribution(place, "say", self.attributions.agents((named,)), Channel())
        return Attribution(Predicate(last, last, last, _UNNAMED, "finite"), "say", (), Channel())

    def _explained(self, last: int) -> Mention | None:
        """ "Ha detto il direttore della Sala Stampa, padre X": the name that such a noun leads to."""
        for word in self.words[last + 1 : last + 1 + _LEADING]:
            predicate = self.clauses.predicate_at.get(word.index)
            mention = self.clauses.at.get(word.index)
            if word.sentence != self.words[last].sentence or (predicate is not None and predicate.finite):
                return None
            if mention is not None and mention.form == "name" and not mention.prep:
                return mention if mention.kind is EntityKind.PERSON else None
        return None

    def _before(self, quote: Quote) -> Attribution | None:
        """The verb of saying before the opening mark in its sentence, or "X:"."""
        mark = quote.first - 1
        named = self.clauses.at.get(mark - 2) if self._colon(quote) else None
        if named is not None and named.last == mark - 2 and not named.prep:
            place = Predicate(named.first, named.last, named.last, "", "finite")
            return Attribution(place, "say", self.attributions.agents((named,)), Channel())
        here = self.attributions.of_sentence(self.words[quote.first].sentence)
        return next((a for a in reversed(here) if a.predicate.last < quote.first), None)

    def _colon(self, quote: Quote) -> bool:
        return quote.first > 1 and self.words[quote.first - 2].text == ":"

    def _trailing(self, quote: Quote) -> Attribution | None:
        here = self.attributions.of_sentence(self.words[quote.last].sentence)
        after = (a for a in here if a.predicate.first > quote.last)
        return next((a for a in after if a.predicate.mood != "gerund"), None)

    def _pointing(self, quote: Quote) -> Attribution | None:
        return self.attributions.pointing_to(self.words[quote.last].sentence)

    def _holding(self, quote: Quote) -> Attribution | None:
        """The subject of the clause around the quoted words ("ha definito il clima «buono»", "X accusa:
        «…»")."""
        mark = quote.first - 1
        here = self.clauses.predicates_of(self.words[quote.first].sentence)
        verbs = [p for p in here if p.finite and p.first < mark and self.words[p.head].quote < 0]
        if not verbs or not (self._colon(quote) or quote.last - quote.first < _FRAGMENT):
            return None
        subject = subject_of(verbs[-1], self.clauses)
        speakers = self.attributions.agents(subject.mentions)
        if not speakers or subject.dropped or not _people(speakers):
            return None
        return Attribution(verbs[-1], "say", speakers, channel_of(verbs[-1], speakers[:1], self.clauses))

    def _known(self, attribution: Attribution) -> Attribution:
        """An attribution without a speaker ("ha aggiunto") has the last one quoted."""
        if attribution.speakers:
            return attribution
        previous = next((a for a in reversed(self.by_quote) if a is not None and a.speakers), None)
        return replace(attribution, speakers=previous.speakers) if previous else attribution

    def _continued(self, quote: Quote) -> Attribution | None:
        """The last one quoted goes on when the quotation is a sentence of its own right behind his."""
        if self._term(quote) or not self.by_quote:
            return None
        previous = self.by_quote[-1]
        last = self.quotes[len(self.by_quote) - 1].last
        gap = self.words[quote.first].sentence - self.words[last].sentence
        if previous is None or not previous.speakers or gap > _GAP:
            return None
        return replace(previous, channel=replace(previous.channel, via=()))

    def _term(self, quote: Quote) -> bool:
        same = self.words[quote.first].sentence == self.words[quote.last].sentence
        return same and quote.last - quote.first + 1 < _TERM

    def _interviewed(self, quote: Quote) -> Attribution | None:
        return None if self._term(quote) else self._interviewee

    @cached_property
    def _interviewee(self) -> Attribution | None:
        """The one person who gives an interview in this article, if it tells of one."""
        for word in self.words:
            frames = self.vocabulary.noun_frames.get(word.lower, ())
            if word.quote >= 0 or all(frame.type != "interview" for frame in frames):
                continue
            governor = self.clauses.governor(word.index)
            if governor is None:
                continue
            speakers = self.attributions.agents(subject_of(governor, self.clauses).mentions)
            if len(speakers) == 1 and _people(speakers):
                return Attribution(governor, "say", speakers, Channel(medium=Medium.INTERVIEW))
        return None


def _people(mentions: tuple[Mention, ...]) -> bool:
    return all(mention.kind is EntityKind.PERSON for mention in mentions)
