"""Attribution: the places where the article says that somebody said something, through whom, by which
medium."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.extraction.antecedents import NOBODY, Voice
from graph.extraction.channels import NEWS, Channel, channel_of, subkind
from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.voices import Voices

# What is said follows its verb within four words ("ha concluso il ministro: «…»").
_SAID = 4

# "Quoted the presidential spokesman Ivan Petrov as saying": so many words between.
_QUOTED = 9

# Behind one of these marks a verb of saying has its subject behind it (", ha detto X").
_CLOSED = '"»”'
_MARKS = '",:-»”'


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody said something: `predicate` the verb, `speakers` who (empty: somebody unnamed), `channel` how.

    `kind` is that of speech.tsv, or doubt (neither confirmed nor denied); `pointing` tells that the verb's
    object is the sentence before ("lo ha detto X"), `nobody` that the text names nobody ("una fonte").
    """

    predicate: Predicate
    kind: str
    speakers: tuple[Mention, ...]
    channel: Channel
    pointing: bool = False
    nobody: bool = False


class Attributions:
    """All attributions of an article, in the order of the text."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.voices = Voices(clauses)
        according = list(self._according())
        for one in according:
            self.voices.antecedents.hear(one.predicate.first, Voice(one.speakers, one.nobody))
        found = [self._cited(a) for a in map(self._verbal, clauses.predicates) if a is not None]
        self.found = sorted([*found, *according], key=lambda a: a.predicate.first)
        self._by_sentence: dict[int, list[Attribution]] = defaultdict(list)
        for attribution in self.found:
            self._by_sentence[clauses.words[attribution.predicate.first].sentence].append(attribution)

    def of_sentence(self, sentence: int) -> Sequence[Attribution]:
        """The attributions whose verb stands in a sentence."""
        return self._by_sentence.get(sentence, ())

    def pointing_to(self, sentence: int) -> Attribution | None:
        """The one of the next sentence that points to this one ("Lo ha detto X")."""
        return next((a for a in self.of_sentence(sentence + 1) if a.pointing), None)

    def _verbal(self, predicate: Predicate) -> Attribution | None:
        """The attribution that a verb of saying outside quotations makes, if it is one."""
        vocabulary, words = self.clauses.vocabulary, self.clauses.words
        kinds = self._kinds(predicate)
        reported = predicate.mood in ("infinitive", "participle") or predicate.passive
        talk = vocabulary.speech.get(predicate.lemma) == "talk"
        if not kinds or reported or talk or words[predicate.head].quote >= 0:
            return None
        voice = self._voice(predicate)
        speakers = voice.mentions
        said = predicate.finite and (voice or predicate.person in vocabulary.lists.dropping)
        if not speakers and not said:
            return None
        unsure = {"confirm", "deny"} <= kinds or (predicate.negated and "confirm" in kinds)
        kind = "doubt" if unsure else min(kinds)
        if kind == "relay" and speakers and all(subkind(mention) in NEWS for mention in speakers):
            kind = "say"
        channel = channel_of(predicate, speakers, self.clauses)
        if channel.platform is None and not self._quotes(predicate):
            return None
        aside = voice.nobody and (predicate.reflexive or kind == "relay")
        if not aside and not self.voices.subordinate(predicate):
            self.voices.antecedents.hear(predicate.first, voice)
        return Attribution(predicate, kind, speakers, channel, self._points(predicate), voice.nobody)

    def _quotes(self, predicate: Predicate) -> bool:
        """Whether a verb that also carries event nouns ("concludere", "pubblicare") is one of saying here."""
        vocabulary, words = self.clauses.vocabulary, self.clauses.words
        support = vocabulary.support.get(predicate.lemma)
        if support is None or support.part not in ("own", ""):
            return True
        before = words[predicate.first - 1 : predicate.first] if predicate.first else []
        following = words[predicate.last + 1 : predicate.last + 1 + _SAID]
        said = any(word.value == "that" or word.text in _MARKS for word in following)
        closed = words[max(0, predicate.first - _QUOTED) : predicate.first]
        behind = any(
            word.quote < 0 and word.text in _CLOSED and words[word.index - 1].quote >= 0 for word in closed
        )
        return said or behind or any(word.text in _MARKS for word in before) or self._points(predicate)

    def _quoted(self, attribution: Attribution) -> Attribution:
        """ "The agency quoted X as saying": X says it, and the agency passes it on."""
        predicate, clauses = attribution.predicate, self.clauses
        behind = clauses.words[predicate.last + 1 : predicate.last + 1 + _QUOTED]
        if clauses.vocabulary.speech.get(predicate.lemma) != "relay" or all(w.value != "as" for w in behind):
            return attribution
        phrase = self.voices.phrases.opening(predicate.last + 1)
        if phrase is None:
            return attribution
        voice = self.voices.bearers.voice(phrase, predicate)
        via = (*attribution.speakers, *attribution.channel.via)
        channel = replace(attribution.channel, via=via)
        return replace(attribution, kind="say", speakers=voice.mentions, channel=channel, nobody=voice.nobody)

    def _cited(self, attribution: Attribution) -> Attribution:
        """ "Lo riferisce la Tass, citando X": X says it, and the agency passes it on."""
        attribution = self._quoted(attribution)
        speakers, clauses = attribution.speakers, self.clauses
        if not speakers or any(subkind(mention) not in NEWS for mention in speakers):
            return attribution
        for other in clauses.predicates_of(clauses.words[attribution.predicate.first].sentence):
            relays = other.mood == "gerund" and clauses.vocabulary.speech.get(other.lemma) == "relay"
            origin = self.voices.bearers.agents(clauses.object(other)) if relays else ()
            if origin:
                channel = replace(attribution.channel, via=(*speakers, *attribution.channel.via))
                return replace(attribution, speakers=origin, channel=channel)
        return attribution

    def _kinds(self, predicate: Predicate) -> set[str]:
        """The kinds of saying that the verb, or the verb with the word behind it ("rendere noto"), can be."""
        speech, words = self.clauses.vocabulary.speech, self.clauses.words
        found = {speech.get(lemma, "") for _, lemma in predicate.heads}
        for following in words[predicate.last + 1 : predicate.last + 2]:
            for word in (following.lower, *(form.lemma for form in following.forms)):
                found.add(speech.get(f"{predicate.lemma} {word}", ""))
        return found - {""}

    def _points(self, predicate: Predicate) -> bool:
        """ "Lo ha detto X"; "è quanto si legge in una nota di X"."""
        words, lists = self.clauses.words, self.clauses.vocabulary.lists
        before = words[predicate.first - 1].lower if predicate.first else ""
        return words[predicate.first].lower in lists.pointing or before in lists.pointing_conjunctions

    def _voice(self, predicate: Predicate) -> Voice:
        """Who says; of "è quanto si legge in una nota di X" it is X."""
        before = self.clauses.words[predicate.first - 1].lower if predicate.first else ""
        written = predicate.reflexive and predicate.lemma in self.clauses.vocabulary.lists.reading
        if written or before in self.clauses.vocabulary.lists.pointing_conjunctions:
            authors = self.voices.bearers.agents(self.clauses.behind(predicate.last, "in"))
            if authors or written:
                return Voice(authors) or NOBODY
        return self.voices.of(predicate, self._points(predicate))

    def _according(self) -> Iterator[Attribution]:
        """ "Secondo X" and "X, secondo cui": the whole sentence is X's; an outlet only passes it on."""
        words, lists = self.clauses.words, self.clauses.vocabulary.lists
        for mention in self.clauses.mentions:
            voiced = mention.prep == "secondo" or self._voiced(mention)
            if not voiced or mention.cluster < 0 or words[mention.first].quote >= 0:
                continue
            place = Predicate(mention.first, mention.last, mention.first, "secondo", "finite")
            group = self.clauses.group(mention)
            if all(subkind(member) in NEWS for member in group):
                yield Attribution(place, "say", (), Channel(via=group), nobody=True)
            else:
                yield Attribution(place, "say", group, Channel())
        for word in words[1:-1]:
            relative = word.value == "secondo" and words[word.index + 1].cls == "rel" and word.quote < 0
            before = word.index - 1 - (word.lower in lists.according)
            before -= words[before].text == ","
            antecedent = self.clauses.at.get(before) if relative and before >= 0 else None
            if antecedent is not None and antecedent.cluster >= 0:
                place = Predicate(word.index, word.index + 1, word.index, "secondo", "finite")
                yield Attribution(place, "say", (antecedent,), Channel())

    def _voiced(self, mention: Mention) -> bool:
        """ "A detta di X", "stando a X", "in the words of X"."""
        words = self.clauses.words
        reach = range(mention.first - 1, max(-1, mention.first - 4), -1)
        prep = next((index for index in reach if words[index].cls == "prep"), -1)
        if prep < 1 or words[prep].value != mention.prep:
            return False
        for phrase in self.clauses.vocabulary.lists.voicing:
            *before, last = phrase.split()
            said = [word.lower for word in words[max(0, prep - len(before)) : prep]]
            if said == before and (words[prep].lower == last or words[prep].value == last):
                return True
        return False
