"""Interviews: who answers where the article sets question and answer one below the other.

An answer is a paragraph that is one quotation; the question before it, in a paragraph of its own or right
before it, has no marks. Whoever the rest of the article is about most gives the interview.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.extraction.antecedents import Voice
from graph.extraction.attribution import Attribution, Attributions
from graph.extraction.channels import Channel
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.quotes import Quote
from graph.extraction.voices import people
from graph.model import EntityKind, Medium

# Two answers make an interview, one does where the article calls itself so.
_ANSWERS = 2

# An answer may have a label before its mark ("R. - «").
_LABEL = 4

# Who says something, stands before the colon of the heading or is addressed counts as much as who is named
# three times.
_SPEAKING = 3


class Interview:
    """The questions and answers of one article; `speaker` answers, None when the article is no interview."""

    def __init__(self, attributions: Attributions, quotes: Sequence[Quote]) -> None:
        self.attributions = attributions
        self.clauses = attributions.clauses
        self.words = self.clauses.words
        self.bounds: dict[int, tuple[int, int]] = {}
        for word in self.words:
            first, _ = self.bounds.get(word.paragraph, (word.index, word.index))
            self.bounds[word.paragraph] = (first, word.index)
        self._quoted = {self.words[quote.first].paragraph for quote in quotes}
        self._naming = {
            self.words[mention.first].paragraph
            for mention in self.clauses.mentions
            if _person(mention) and self.words[mention.first].quote < 0
        }
        self._answers = {i for i, quote in enumerate(quotes) if self._answer(quote)}
        self._asked = {self._before(self.words[quotes[i].first].paragraph) for i in self._answers}
        self._questions = {w.sentence for w in self.words if w.text == "?" and w.quote < 0}
        called = self._called()
        self.speaker = self._speaker(quotes, called)
        self.regular = self.speaker is not None and len(self._answers) >= _ANSWERS
        self.throughout = self.regular or called is not None

    def answers(self, number: int) -> bool:
        """Whether the quotation of that number answers a question of the interviewer."""
        return self.speaker is not None and number in self._answers

    def _before(self, paragraph: int) -> int:
        """The paragraph before another that has words, or -1."""
        earlier = paragraph - 1
        while earlier >= 0 and earlier not in self.bounds:
            earlier -= 1
        return earlier

    def _answer(self, quote: Quote) -> bool:
        """Whether a quotation is a paragraph of its own behind a question, or stands right behind one."""
        asked = quote.first - 2
        if asked < 0:
            return False
        here = self.words[quote.first].paragraph
        if self.words[asked].paragraph == here:
            return self.words[asked].text == "?" and self.words[asked].quote < 0
        first, last = self.bounds[here]
        alone = quote.first - first <= _LABEL and (last - quote.last <= 2 or here not in self._naming)
        before = self._before(here)
        return alone and before >= 0 and (before not in self._quoted or self._question(before))

    def _question(self, paragraph: int) -> bool:
        return paragraph >= 0 and self.words[self.bounds[paragraph][1]].text == "?"

    def _speaker(self, quotes: Sequence[Quote], called: Attribution | None) -> Attribution | None:
        asks = any(self._question(paragraph) for paragraph in self._asked) or any(
            self.words[quotes[i].first - 2].text == "?" for i in self._answers
        )
        if called is None and not asks:
            return None
        person = self._protagonist() if self._answers else None
        if person is None:
            return called
        place = Predicate(person.first, person.last, person.last, "", "finite")
        return Attribution(place, "say", (person,), Channel(medium=Medium.INTERVIEW))

    def _called(self) -> Attribution | None:
        """The one person who gives an interview by the article's own words."""
        frames = self.clauses.vocabulary.noun_frames
        for word in self.words:
            if word.quote >= 0 or all(frame.type != "interview" for frame in frames.get(word.lower, ())):
                continue
            governor = self.clauses.governor(word.index)
            voice = self.attributions.voices.of(governor) if governor is not None else Voice()
            if governor is not None and len(voice.mentions) == 1 and people(voice):
                return Attribution(governor, "say", voice.mentions, Channel(medium=Medium.INTERVIEW))
        return None

    def _protagonist(self) -> Mention | None:
        """The person whom the article is about outside quotations and questions, the first named of several.

        Who speaks there counts most, a name under a preposition ("il governo di X") nothing.
        """
        counts: Counter[int] = Counter()
        first: dict[int, Mention] = {}
        for mention in self.clauses.mentions:
            weight = self._weight(mention)
            if weight:
                counts[mention.cluster] += weight
                first.setdefault(mention.cluster, mention)
        for attribution in self.attributions.found:
            for mention in attribution.speakers:
                if (
                    mention.cluster in first
                    and self.words[attribution.predicate.first].paragraph not in self._asked
                ):
                    counts[mention.cluster] += _SPEAKING
        for mention in (*self._addressed(), *self._named_as_such()):
            first.setdefault(mention.cluster, mention)
            counts[mention.cluster] += _SPEAKING
        best = max(counts.values(), default=0)
        return next((first[cluster] for cluster in first if counts[cluster] == best), None)

    def _addressed(self) -> Iterator[Mention]:
        """ "Ministro, ha chiamato?": whose title opens a question."""
        for paragraph in self._asked:
            if paragraph < 0:
                continue
            title = self.words[self.bounds[paragraph][0]]
            comma = self.words[title.index + 1 : title.index + 2]
            if title.index in self.clauses.at or not comma or comma[0].text != ",":
                continue
            antecedents = self.attributions.voices.antecedents
            person = antecedents.described(len(self.words) - 1, {title.lower.rstrip("aeios")})
            if person is not None:
                yield person

    def _named_as_such(self) -> Iterator[Mention]:
        """ "Intervista a X", "an interview with X"."""
        frames = self.clauses.vocabulary.noun_frames
        for word in self.words:
            if word.quote < 0 and any(frame.type == "interview" for frame in frames.get(word.lower, ())):
                for prep in ("a", "con"):
                    yield from (m for m in self.clauses.behind(word.index, prep)[:1] if _person(m))

    def _weight(self, mention: Mention) -> int:
        word = self.words[mention.first]
        if word.quote >= 0 or not _person(mention):
            return 0
        behind = self.words[mention.last + 1].text if mention.last + 1 < len(self.words) else ""
        opens = mention.first == self.bounds[word.paragraph][0]
        if word.paragraph in self._asked:
            return _SPEAKING if opens and behind == "," else 0  # "Mr. X, did you call?"
        if word.sentence in self._questions:
            return 0
        before = self.words[mention.first - 1] if mention.first else None
        modifies = (
            before is not None and before.alphabetic and not before.cls and before.sentence == word.sentence
        )
        if mention.prep or (modifies and mention.role is None):
            return 0
        heading = word.paragraph == self.words[0].paragraph and behind == ":"
        return _SPEAKING if heading else 1


def _person(mention: Mention) -> bool:
    return mention.kind is EntityKind.PERSON and mention.cluster >= 0
