"""Sources: who says what stands at a word of the article, for quotations and for what is reported in other
words."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.speakers import Speakers
from graph.extraction.words import Word

# Attributions that grant or doubt what a noun says: a relative clause about the noun is the article's own.
_OF_NOUNS = ("doubt", "deny", "confirm")

# "Ha detto X, che …" is not told from "Lo ha detto X" by fewer words than these behind the verb.
_OBJECT = 7


class Sources:
    """Who says what in one article."""

    def __init__(self, attributions: Attributions, speakers: Speakers) -> None:
        self.attributions = attributions
        self.by_quote, self.said = speakers.by_quote, speakers.said
        self.words = attributions.clauses.words

    def of(self, index: int) -> Attribution | None:
        """Who says what stands at word `index`, or None when it is the article itself."""
        word = self.words[index]
        if word.quote >= 0 and self.by_quote[word.quote] is not None:
            return self.by_quote[word.quote]
        here = [a for a in self.attributions.of_sentence(word.sentence) if a.kind != "ask"]
        for attribution in reversed(here):
            if attribution.predicate.last < index and self._reaches(attribution, index + 1):
                return self._with_main(attribution, here)
        behind = (a for a in here if a.predicate.first > index and self._trails(a))
        return next(behind, None) or self.attributions.pointing_to(word.sentence)

    def _with_main(self, attribution: Attribution, here: Sequence[Attribution]) -> Attribution:
        """A gerund ("confermando che") has the channel of its main verb."""
        if attribution.predicate.mood != "gerund":
            return attribution
        main = (a for a in here if a.predicate.finite and a.speakers == attribution.speakers)
        return replace(attribution, channel=next(main, attribution).channel)

    def _reaches(self, attribution: Attribution, index: int) -> bool:
        """Whether what is said goes on to word `index`: no stop between, and somebody says it."""
        between = self.words[attribution.predicate.last + 1 : index]
        if any(word.text == ";" for word in between) or not attribution.speakers:
            return False
        return not self._aside(between, attribution)

    def _aside(self, between: list[Word], attribution: Attribution) -> bool:
        """Whether a relative clause or an apposition begins there, in which the article speaks itself.

        After "ha confermato un incontro tra X e Y, che era a Mosca" the clause of "che" is the article's; so
        is "ipotesi evocata da Z" behind a comma.
        """
        for left, right in pairwise(between):
            if left.text != ",":
                continue
            if right.cls == "rel" and right.value == "that" and attribution.kind in _OF_NOUNS:
                return True
            following = self.words[right.index + 1 : right.index + 2]
            noun = right.alphabetic and not (right.cls or right.forms or right.capital)
            if noun and any(form.tense == "participle" for word in following for form in word.forms):
                return True
        return False

    def _trails(self, attribution: Attribution) -> bool:
        """Whether the verb of saying stands behind what it reports: after a comma, a colon or a dash, or
        "secondo"."""
        predicate = attribution.predicate
        if not attribution.speakers:
            return False
        if predicate.lemma == "secondo":
            return True
        marks = (",", ":", "-", '"', "»", "”")
        behind = predicate.first > 0 and self.words[predicate.first - 1].text in marks
        return behind and predicate.finite and self._closes(attribution)

    def _closes(self, attribution: Attribution) -> bool:
        """A trailing verb of saying has its object before it: no "che" follows."""
        last = attribution.predicate.last
        following = self.words[last + 1 : last + 1 + _OBJECT]
        return not any(word.value == "that" and word.cls == "rel" for word in following)
