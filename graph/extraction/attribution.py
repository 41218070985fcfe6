"""Attribution: who says so, through whom, by which medium; for quotations and for what is reported in other words.

Looked for, in this order: the incise inside a quotation ("- ha scritto X -"), the verb of saying right behind it,
the one before it in its sentence, "Lo ha detto X" in the next, the last speaker.
"""

from dataclasses import dataclass, replace

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.sentences import Quote
from graph.extraction.words import Word
from graph.lexicon.vocabulary import Vocabulary
from graph.model import Medium

NEWS = frozenset({"news_agency", "newspaper", "broadcaster", "online_media", "magazine"})

# Nouns near a verb of saying that name the channel.
_MEDIA = {
    "intervista": Medium.INTERVIEW,
    "interview": Medium.INTERVIEW,
    "briefing": Medium.PRESS_BRIEFING,
    "stampa": Medium.PRESS_BRIEFING,
    "giornalisti": Medium.PRESS_BRIEFING,
    "cronisti": Medium.PRESS_BRIEFING,
    "reporter": Medium.PRESS_BRIEFING,
    "nota": Medium.WRITTEN_STATEMENT,
    "comunicato": Medium.WRITTEN_STATEMENT,
    "post": Medium.SOCIAL_POST,
    "tweet": Medium.SOCIAL_POST,
    "tv": Medium.BROADCAST,
    "televisione": Medium.BROADCAST,
    "radio": Medium.BROADCAST,
}

# The verb of saying behind a quotation follows its mark, a comma or colon, and a pronoun at most.
_BEHIND = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody said something: `predicate` the verb, `speakers` who, `via` the relays from the origin outward."""

    predicate: Predicate
    kind: str
    speakers: tuple[Mention, ...]
    via: tuple[Mention, ...] = ()
    medium: Medium | None = None
    platform: Mention | None = None
    pointing: bool = False
    explicit: bool = True


class Attributions:
    """All attributions of an article, and the speaker of each of its quotations."""

    def __init__(self, words: list[Word], clauses: Clauses, quotes: list[Quote], vocabulary: Vocabulary) -> None:
        self.words = words
        self.clauses = clauses
        self.quotes = quotes
        self.vocabulary = vocabulary
        self.found = [a for a in map(self._attribution, clauses.predicates) if a is not None]
        self.found += self._according()
        self.found.sort(key=lambda attribution: attribution.predicate.first)
        self.by_quote: list[Attribution | None] = []
        for number, quote in enumerate(quotes):
            self.by_quote.append(self._of_quote(number, quote))

    def _attribution(self, predicate: Predicate) -> Attribution | None:
        kinds = {self.vocabulary.speech.get(lemma, "") for _, lemma in predicate.heads} - {""}
        outside = self.words[predicate.head].quote < 0
        if not kinds or not outside or predicate.mood == "infinitive" or predicate.passive or predicate.lemma == "parlare":
            return None
        if predicate.mood == "participle":
            return None
        kind = "doubt" if {"confirm", "deny"} <= kinds or (predicate.negated and "confirm" in kinds) else min(kinds)
        speakers, explicit = self._speakers(predicate)
        if not speakers and not predicate.finite:
            return None
        sentence = [w for w in self.words if w.sentence == self.words[predicate.first].sentence and w.quote < 0]
        via = self._relays(sentence, speakers)
        medium, platform = self._medium(sentence, predicate)
        if speakers and all(self._subkind(m) in NEWS for m in speakers) and kind == "relay":
            kind = "say"
        first = self.words[predicate.first].lower
        return Attribution(predicate, kind, speakers, via, medium, platform, first in ("lo", "l'"), explicit)

    def _speakers(self, predicate: Predicate) -> tuple[tuple[Mention, ...], bool]:
        before = self.words[predicate.first - 1] if predicate.first else None
        first = self.words[predicate.first].lower
        if before is None or before.text in '",:-»”' or first in ("lo", "l'") or before.sentence != self.words[predicate.first].sentence:
            inverted = self.clauses.inverted(predicate)
            if inverted is not None:
                return self._agents(self.clauses.group(inverted)), True
        subject = self.clauses.subject(predicate)
        return self._agents(subject.mentions), not subject.dropped

    def _agents(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if m.cluster >= 0 or m.form in ("pronoun", "pair"))

    def _subkind(self, mention: Mention) -> str:
        return mention.entries[0].subkind if mention.entries else ""

    def _relays(self, sentence: list[Word], speakers: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Agencies that pass it on: "citato dalla Tass", "riferisce la Tass", "ha detto alla Cnn", "(Tass)"."""
        relays: list[Mention] = []
        for word in sentence:
            mention = self.clauses.at.get(word.index)
            if mention is None or mention.first != word.index or mention in speakers or self._subkind(mention) not in NEWS:
                continue
            before = [w.lower for w in self.words[max(0, mention.first - 5) : mention.first]]
            cited = mention.prep == "da" and any(w.startswith(("citat", "riportat", "riferit", "ripres", "rilanciat", "pubblicat", "quot")) for w in before)
            told = mention.prep == "a" and not any(w in ("intervista", "colloquio") for w in before[-3:])
            relayed = mention.prep in ("", "secondo") and any(
                self.vocabulary.speech.get(form.lemma) in ("say", "relay") for w in self.words[max(0, mention.first - 4) : mention.first] for form in w.forms
            )
            if cited or told or relayed:
                relays.append(mention)
        return tuple(relays)

    def _medium(self, sentence: list[Word], predicate: Predicate) -> tuple[Medium | None, Mention | None]:
        for word in sentence:
            mention = self.clauses.at.get(word.index)
            if mention and mention.first == word.index and self._subkind(mention) == "social_network" and abs(word.index - predicate.last) < 12:
                return Medium.SOCIAL_POST, mention
        for word in sentence:
            if abs(word.index - predicate.last) <= 10 and word.lower in _MEDIA:
                if word.lower == "stampa" and self.words[word.index - 1].lower not in ("conferenza", "la", "alla"):
                    continue
                return _MEDIA[word.lower], None
        return None, None

    def _according(self) -> list[Attribution]:
        """"Secondo X": the whole sentence is X's."""
        found = []
        for mention in self.clauses.mentions:
            if mention.prep == "secondo" and mention.cluster >= 0 and self.words[mention.first].quote < 0:
                place = Predicate(mention.first, mention.last, mention.first, "secondo", "finite")
                found.append(Attribution(place, "say", self.clauses.group(mention), pointing=False))
        return found

    # -- quotations -------------------------------------------------------------------------------------------

    def _of_quote(self, number: int, quote: Quote) -> Attribution | None:
        inside = [a for a in self.found if quote.first <= a.predicate.first <= quote.last]
        if inside:
            return self._known(inside[0], number)
        end = self.words[quote.last].sentence
        behind = [a for a in self.found if 0 < a.predicate.first - quote.last <= _BEHIND and a.predicate.mood != "gerund"]
        if behind:
            return self._known(behind[0], number)
        start = self.words[quote.first].sentence
        before = [a for a in self.found if a.predicate.last < quote.first and self.words[a.predicate.last].sentence == start]
        if before:
            return self._known(before[-1], number)
        trailing = [a for a in self.found if a.predicate.first > quote.last and self.words[a.predicate.first].sentence == end and a.predicate.mood != "gerund"]
        if trailing:
            return self._known(trailing[0], number)
        pointing = [a for a in self.found if a.pointing and self.words[a.predicate.first].sentence == end + 1]
        if pointing:
            return self._known(pointing[0], number)
        return self._continued(quote)

    def _known(self, attribution: Attribution, number: int) -> Attribution:
        if attribution.speakers:
            return attribution
        previous = next((a for a in reversed(self.by_quote[:number]) if a is not None and a.speakers), None)
        return replace(attribution, speakers=previous.speakers if previous else ())

    def _continued(self, quote: Quote) -> Attribution | None:
        """The last speaker goes on when the quotation is a sentence of its own right behind his."""
        if self.words[quote.first].sentence == self.words[quote.last].sentence and quote.last - quote.first < 4:
            return None
        earlier = [a for a in self.found if a.predicate.last < quote.first and a.speakers]
        if not earlier:
            return None
        last = earlier[-1]
        gap = self.words[quote.first].sentence - self.words[last.predicate.last].sentence
        return replace(last, via=(), explicit=False) if gap <= 2 else None

    # -- claims -----------------------------------------------------------------------------------------------

    def of(self, index: int) -> Attribution | None:
        """Who says what stands at word `index`, or None when it is the article itself."""
        word = self.words[index]
        if word.quote >= 0 and self.by_quote[word.quote] is not None:
            return self.by_quote[word.quote]
        here = [a for a in self.found if self.words[a.predicate.first].sentence == word.sentence and a.kind != "ask"]
        before = [a for a in here if a.predicate.last < index and self._reaches(a, index)]
        if before:
            return self._with_main(before[-1], here)
        behind = [a for a in here if a.predicate.first > index and self._trails(a)]
        if behind:
            return behind[0]
        pointing = [a for a in self.found if a.pointing and a.predicate.first > index and self.words[a.predicate.first].sentence == word.sentence + 1]
        return pointing[0] if pointing else None

    def _with_main(self, attribution: Attribution, here: list[Attribution]) -> Attribution:
        """A gerund ("confermando che") has the relays and the medium of its main verb."""
        if attribution.predicate.mood == "gerund":
            main = [a for a in here if a.predicate.finite and a.speakers == attribution.speakers]
            if main:
                return replace(attribution, via=main[0].via, medium=main[0].medium, platform=main[0].platform)
        return attribution

    def _reaches(self, attribution: Attribution, index: int) -> bool:
        """Whether what is said goes on to word `index`: no stop between, and somebody says it."""
        between = self.words[attribution.predicate.last + 1 : index]
        if any(word.text == ";" for word in between):
            return False
        return bool(attribution.speakers)

    def _trails(self, attribution: Attribution) -> bool:
        """Whether the verb of saying stands behind what it reports: after a comma, a colon or a dash, or "secondo"."""
        if not attribution.speakers:
            return False
        if attribution.predicate.lemma == "secondo":
            return True
        before = self.words[attribution.predicate.first - 1] if attribution.predicate.first else None
        return before is not None and before.text in (",", ":", "-", '"', "»", "”") and attribution.predicate.finite and self._closes(attribution)

    def _closes(self, attribution: Attribution) -> bool:
        """A trailing verb of saying has its object before it: no "che" follows."""
        following = self.words[attribution.predicate.last + 1 : attribution.predicate.last + 8]
        return not any(word.value == "that" and word.cls == "rel" for word in following)


def open_incises(words: list[Word], quotes: list[Quote], vocabulary: Vocabulary) -> None:
    """Take the incises ("- ha scritto X su Truth -") out of their quotations."""
    for number, quote in enumerate(quotes):
        dashes = [w.index for w in words[quote.first : quote.last + 1] if w.text == "-" and (w.start > words[w.index - 1].end)]
        for left, right in zip(dashes, dashes[1:], strict=False):
            inside = words[left + 1 : right]
            if len(inside) > 15:
                continue
            saying = any(form.lemma in vocabulary.speech and form.person in ("3s", "3p", "s", "") for word in inside[:4] for form in word.forms)
            if saying:
                for word in words[left : right + 1]:
                    word.quote = -1
                    word.tags.add(f"incise{number}")
