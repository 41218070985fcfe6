"""Channels: the outlets that pass a statement on, and the medium it was made through."""

from dataclasses import dataclass

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.model import Medium

NEWS = frozenset({"news_agency", "newspaper", "broadcaster", "online_media", "magazine"})

# "Citato ieri sera dall'agenzia X", "un'intervista al quotidiano X", "riferisce la X": words between, at
# most.
_CITED = 5
_TOLD = 3
_RELAYED = 4

# A platform or a medium is named within this many words of the verb of saying.
_PLATFORM = 11
_MEDIUM = 10


@dataclass(frozen=True, slots=True)
class Channel:
    """`via` are the relays from the origin outward; `platform` is the social network, if it is one."""

    via: tuple[Mention, ...] = ()
    medium: Medium | None = None
    platform: Mention | None = None


def subkind(mention: Mention) -> str:
    """What kind of organisation or place a mention is by the gazetteer, or ""."""
    return mention.entries[0].subkind if mention.entries else ""


def channel_of(predicate: Predicate, speakers: tuple[Mention, ...], clauses: Clauses) -> Channel:
    """The channel that the sentence of a verb of saying names, outside its quotations."""
    named = [
        mention
        for word in clauses.sentence(predicate.first)
        if word.quote < 0
        and (mention := clauses.at.get(word.index)) is not None
        and mention.first == word.index
    ]
    news = [m for m in named if m not in speakers and subkind(m) in NEWS]
    via = tuple(mention for mention in news if _relays(mention, clauses))
    for mention in named:
        if subkind(mention) == "social_network" and abs(mention.first - predicate.last) <= _PLATFORM:
            return Channel(via, Medium.SOCIAL_POST, mention)
    return Channel(via, _medium(predicate, clauses))


def _relays(mention: Mention, clauses: Clauses) -> bool:
    """Whether an outlet passes on: "citato dalla Tass", "riferisce la Tass", "ha detto alla Cnn"."""
    lists, speech = clauses.vocabulary.lists, clauses.vocabulary.speech
    before = clauses.words[max(0, mention.first - _CITED) : mention.first]
    if mention.prep == "da":
        return any(word.lower.startswith(lists.citing_stems) and _of_words(word, clauses) for word in before)
    if mention.prep == "a":
        return all(word.lower not in lists.told_nouns for word in before[-_TOLD:])
    return mention.prep in ("", "secondo") and any(
        speech.get(form.lemma) in ("say", "relay") for word in before[-_RELAYED:] for form in word.forms
    )


def _of_words(participle: Word, clauses: Clauses) -> bool:
    """Whether a participle is said of words or of who says them, not of another noun ("le indiscrezioni
    pubblicate da")."""
    before = clauses.words[participle.index - 1] if participle.index else participle
    noun = before.alphabetic and not (before.cls or before.capital or before.index in clauses.at)
    verb = before.index in clauses.predicate_at
    return not noun or verb or before.lower in clauses.vocabulary.lists.speech_nouns


def _medium(predicate: Predicate, clauses: Clauses) -> Medium | None:
    for word in clauses.sentence(predicate.first):
        noun = clauses.vocabulary.media.get(word.lower.rstrip(".")) if word.quote < 0 else None
        if noun is None or abs(word.index - predicate.last) > _MEDIUM:
            continue
        if not noun.behind or (word.index and clauses.words[word.index - 1].lower in noun.behind):
            return noun.medium
    return None
