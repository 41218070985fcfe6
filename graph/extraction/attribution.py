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
from graph.model import EntityKind, Medium

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

# Stands for the verb of somebody who is not named.
_UNNAMED = "?"

# Quoted words of a clause ("ha definito il clima «migliore del previsto»") are fewer than this.
_FRAGMENT = 14

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

    def __init__(
        self, words: list[Word], clauses: Clauses, quotes: list[Quote], vocabulary: Vocabulary
    ) -> None:
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
        kinds = self._kinds(predicate)
        outside = self.words[predicate.head].quote < 0
        if (
            not kinds
            or not outside
            or predicate.mood == "infinitive"
            or predicate.passive
            or predicate.lemma == "parlare"
        ):
            return None
        if predicate.mood == "participle":
            return None
        kind = (
            "doubt"
            if {"confirm", "deny"} <= kinds or (predicate.negated and "confirm" in kinds)
            else min(kinds)
        )
        speakers, explicit = self._speakers(predicate)
        if not speakers and not predicate.finite:
            return None
        sentence = [
            w for w in self.words if w.sentence == self.words[predicate.first].sentence and w.quote < 0
        ]
        via = self._relays(sentence, speakers)
        medium, platform = self._medium(sentence, predicate)
        if speakers and all(self._subkind(m) in NEWS for m in speakers) and kind == "relay":
            kind = "say"
        first = self.words[predicate.first].lower
        return Attribution(predicate, kind, speakers, via, medium, platform, first in ("lo", "l'"), explicit)

    def _kinds(self, predicate: Predicate) -> set[str]:
        """The kinds of saying that the verb, or the verb with the word behind it ("rendere noto"), can be."""
        following = self.words[predicate.last + 1] if predicate.last + 1 < len(self.words) else None
        joined = (
            {following.lower, *(form.lemma for form in following.forms)} if following is not None else set()
        )
        speech = self.vocabulary.speech
        found = {speech.get(f"{predicate.lemma} {word}", "") for word in joined}
        return (found | {speech.get(lemma, "") for _, lemma in predicate.heads}) - {""}

    def _speakers(self, predicate: Predicate) -> tuple[tuple[Mention, ...], bool]:
        before = self.words[predicate.first - 1] if predicate.first else None
        first = self.words[predicate.first].lower
        if (
            before is None
            or before.text in '",:-»”'
            or first in ("lo", "l'")
            or before.sentence != self.words[predicate.first].sentence
        ):
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
            if (
                mention is None
                or mention.first != word.index
                or mention in speakers
                or self._subkind(mention) not in NEWS
            ):
                continue
            before = [w.lower for w in self.words[max(0, mention.first - 5) : mention.first]]
            cited = mention.prep == "da" and any(
                w.startswith(("citat", "riportat", "riferit", "ripres", "rilanciat", "pubblicat", "quot"))
                for w in before
            )
            told = mention.prep == "a" and not any(w in ("intervista", "colloquio") for w in before[-3:])
            relayed = mention.prep in ("", "secondo") and any(
                self.vocabulary.speech.get(form.lemma) in ("say", "relay")
                for w in self.words[max(0, mention.first - 4) : mention.first]
                for form in w.forms
            )
            if cited or told or relayed:
                relays.append(mention)
        return tuple(relays)

    def _medium(self, sentence: list[Word], predicate: Predicate) -> tuple[Medium | None, Mention | None]:
        for word in sentence:
            mention = self.clauses.at.get(word.index)
            if (
                mention
                and mention.first == word.index
                and self._subkind(mention) == "social_network"
                and abs(word.index - predicate.last) < 12
            ):
                return Medium.SOCIAL_POST, mention
        for word in sentence:
            if abs(word.index - predicate.last) <= 10 and word.lower in _MEDIA:
                if word.lower == "stampa" and self.words[word.index - 1].lower not in (
                    "conferenza",
                    "la",
                    "alla",
                ):
                    continue
                return _MEDIA[word.lower], None
        return None, None

    def _according(self) -> list[Attribution]:
        """ "Secondo X": the whole sentence is X's."""
        found = []
        for mention in self.clauses.mentions:
            if mention.prep == "secondo" and mention.cluster >= 0 and self.words[mention.first].quote < 0:
                place = Predicate(mention.first, mention.last, mention.first, "secondo", "finite")
                found.append(Attribution(place, "say", self.clauses.group(mention), pointing=False))
        return found

    # -- quotations -------------------------------------------------------------------------------------------

    def _of_quote(self, number: int, quote: Quote) -> Attribution | None:
        """The first of the places where a speaker can be named that does name one; None when somebody unnamed spoke."""
        inside = [a for a in self.found if quote.first <= a.predicate.first <= quote.last]
        if inside:
            return self._known(inside[0], number)
        here = self._behind(quote)
        if here is not None:
            return self._known(here, number) if here.predicate.lemma != _UNNAMED else None
        before = self._before(quote)
        if before is not None:
            return self._known(before, number) if before.predicate.lemma != _UNNAMED else None
        end = self.words[quote.last].sentence
        trailing = [
            a
            for a in self.found
            if a.predicate.first > quote.last
            and self.words[a.predicate.first].sentence == end
            and a.predicate.mood != "gerund"
        ]
        if trailing:
            return self._known(trailing[0], number)
        pointing = [a for a in self.found if a.pointing and self.words[a.predicate.first].sentence == end + 1]
        if pointing:
            return self._known(pointing[0], number)
        return self._held(quote) or self._continued(quote, number)

    def _behind(self, quote: Quote) -> Attribution | None:
        """The verb of saying right behind the closing mark, or any verb or "così" there with somebody behind it."""
        end = self.words[quote.last].sentence
        near = [
            a
            for a in self.found
            if 0 < a.predicate.first - quote.last <= _BEHIND and a.predicate.mood != "gerund"
        ]
        near = [a for a in near if self.words[a.predicate.first].sentence == end]
        if near:
            return self._nameless(near[0].predicate.last) or near[0]
        index = quote.last + 2
        if (
            index >= len(self.words)
            or self.words[index].text not in (",", ":", "-")
            or self.words[index].sentence != end
        ):
            return None
        verb = self.words[index + 1] if index + 1 < len(self.words) else None
        if (
            verb is None
            or verb.capital
            or (verb.cls and verb.lower not in ("così", "lo", "si"))
            or not verb.alphabetic
        ):
            return None
        predicate = self.clauses.predicate_at.get(index + 1) or Predicate(
            index + 1, index + 1, index + 1, verb.lower, "finite", "present", "3s"
        )
        speaker = self.clauses.inverted(predicate)
        if speaker is None:
            return self._nameless(predicate.last) if predicate.finite and verb.forms else None
        return Attribution(
            predicate, "say", self._agents(self.clauses.group(speaker)), *self._channel(predicate, speaker)
        )

    def _nameless(self, last: int) -> Attribution | None:
        """ "Ha detto una fonte": somebody spoke whom the article does not name, so nobody else did."""
        following = self.words[last + 1 : last + 3]
        if (
            len(following) < 2
            or following[0].cls != "det"
            or following[0].value not in ("indef", "def")
            or (last + 2) in self.clauses.at
            or (last + 1) in self.clauses.at
        ):
            return None
        noun = following[1]
        if not noun.alphabetic or noun.capital or noun.cls in ("conj", "rel"):
            return None
        return Attribution(Predicate(last, last, last, _UNNAMED, "finite"), "say", ())

    def _channel(
        self, predicate: Predicate, speaker: Mention
    ) -> tuple[tuple[Mention, ...], Medium | None, Mention | None]:
        sentence = [
            w for w in self.words if w.sentence == self.words[predicate.first].sentence and w.quote < 0
        ]
        return self._relays(sentence, (speaker,)), *self._medium(sentence, predicate)

    def _before(self, quote: Quote) -> Attribution | None:
        """The verb of saying before the opening mark in its sentence, or "X:"."""
        start = self.words[quote.first].sentence
        mark = quote.first - 1
        colon = mark > 0 and self.words[mark - 1].text == ":"
        named = self.clauses.at.get(mark - 2) if colon else None
        if named is not None and named.last == mark - 2 and not named.prep:
            place = Predicate(named.first, named.last, named.last, "dire", "finite")
            return Attribution(place, "say", self._agents((named,)))
        saying = [
            a
            for a in self.found
            if a.predicate.last < quote.first and self.words[a.predicate.last].sentence == start
        ]
        return saying[-1] if saying else None

    def _held(self, quote: Quote) -> Attribution | None:
        """The subject of the clause that holds the quoted words ("ha definito il clima «migliore del previsto»", "X accusa: «…»")."""
        start = self.words[quote.first].sentence
        mark = quote.first - 1
        colon = mark > 0 and self.words[mark - 1].text == ":"
        verbs = [
            p
            for p in self.clauses.predicates
            if p.finite
            and p.first < mark
            and self.words[p.first].sentence == start
            and self.words[p.head].quote < 0
        ]
        if not verbs or not (colon or quote.last - quote.first < _FRAGMENT):
            return None
        subject = self.clauses.subject(verbs[-1])
        speakers = self._agents(subject.mentions)
        if not speakers or subject.dropped or not all(m.kind is EntityKind.PERSON for m in speakers):
            return None
        return Attribution(verbs[-1], "say", speakers, *self._channel(verbs[-1], speakers[0]))

    def _known(self, attribution: Attribution, number: int) -> Attribution:
        if attribution.speakers:
            return attribution
        previous = next((a for a in reversed(self.by_quote[:number]) if a is not None and a.speakers), None)
        return replace(attribution, speakers=previous.speakers if previous else ())

    def _continued(self, quote: Quote, number: int) -> Attribution | None:
        """The last one quoted goes on when the quotation is a sentence of its own right behind his; in an interview the interviewed."""
        if (
            self.words[quote.first].sentence == self.words[quote.last].sentence
            and quote.last - quote.first < 4
        ):
            return None
        previous = self.by_quote[number - 1] if number else None
        if previous is not None and previous.speakers:
            gap = self.words[quote.first].sentence - self.words[self.quotes[number - 1].last].sentence
            if gap <= 2:
                return replace(previous, via=(), explicit=False)
        return self._interviewed()

    def _interviewed(self) -> Attribution | None:
        """The one person who gives an interview in this article, if it tells of one."""
        for word in self.words:
            frames = self.vocabulary.noun_frames.get(word.lower, ())
            if word.quote < 0 and any(frame.type == "interview" for frame in frames):
                governor = self.clauses.governor(word.index)
                speakers = (
                    self._agents(self.clauses.subject(governor).mentions) if governor is not None else ()
                )
                if governor is not None and len(speakers) == 1 and speakers[0].kind is EntityKind.PERSON:
                    return Attribution(governor, "say", speakers, medium=Medium.INTERVIEW, explicit=False)
        return None

    # -- claims -----------------------------------------------------------------------------------------------

    def of(self, index: int) -> Attribution | None:
        """Who says what stands at word `index`, or None when it is the article itself."""
        word = self.words[index]
        if word.quote >= 0 and self.by_quote[word.quote] is not None:
            return self.by_quote[word.quote]
        here = [
            a
            for a in self.found
            if self.words[a.predicate.first].sentence == word.sentence and a.kind != "ask"
        ]
        before = [a for a in here if a.predicate.last < index and self._reaches(a, index + 1)]
        if before:
            return self._with_main(before[-1], here)
        behind = [a for a in here if a.predicate.first > index and self._trails(a)]
        if behind:
            return behind[0]
        pointing = [
            a
            for a in self.found
            if a.pointing
            and a.predicate.first > index
            and self.words[a.predicate.first].sentence == word.sentence + 1
        ]
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
        if any(word.text == ";" for word in between) or not attribution.speakers:
            return False
        return not self._aside(between, attribution)

    def _aside(self, between: list[Word], attribution: Attribution) -> bool:
        """Whether a relative clause or an apposition begins there, in which the article speaks itself.

        After "ha confermato un incontro tra X e Y, che era a Mosca" the clause of "che" is the article's; so is
        "ipotesi evocata da Z" behind a comma.
        """
        for left, right in zip(between, between[1:], strict=False):
            noun_object = attribution.kind in ("doubt", "deny", "confirm")
            if left.text == "," and right.cls == "rel" and right.value == "that" and noun_object:
                return True
            apposed = (
                left.text == ","
                and right.alphabetic
                and not right.cls
                and not right.forms
                and not right.capital
            )
            following = self.words[right.index + 1] if right.index + 1 < len(self.words) else None
            if (
                apposed
                and following is not None
                and any(form.tense == "participle" for form in following.forms)
            ):
                return True
        return False

    def _trails(self, attribution: Attribution) -> bool:
        """Whether the verb of saying stands behind what it reports: after a comma, a colon or a dash, or "secondo"."""
        if not attribution.speakers:
            return False
        if attribution.predicate.lemma == "secondo":
            return True
        before = self.words[attribution.predicate.first - 1] if attribution.predicate.first else None
        return (
            before is not None
            and before.text in (",", ":", "-", '"', "»", "”")
            and attribution.predicate.finite
            and self._closes(attribution)
        )

    def _closes(self, attribution: Attribution) -> bool:
        """A trailing verb of saying has its object before it: no "che" follows."""
        following = self.words[attribution.predicate.last + 1 : attribution.predicate.last + 8]
        return not any(word.value == "that" and word.cls == "rel" for word in following)


def open_incises(words: list[Word], quotes: list[Quote], vocabulary: Vocabulary) -> None:
    """Take the incises ("- ha scritto X su Truth -") out of their quotations."""
    for number, quote in enumerate(quotes):
        dashes = [
            w.index
            for w in words[quote.first : quote.last + 1]
            if w.text == "-" and (w.start > words[w.index - 1].end)
        ]
        for left, right in zip(dashes, dashes[1:], strict=False):
            inside = words[left + 1 : right]
            if len(inside) > 15:
                continue
            saying = any(
                form.lemma in vocabulary.speech and form.person in ("3s", "3p", "s", "")
                for word in inside[:4]
                for form in word.forms
            )
            if saying:
                for word in words[left : right + 1]:
                    word.quote = -1
                    word.tags.add(f"incise{number}")
