"""Subjects: who does what a predicate says.

The antecedent of a relative "che", the nearest free mention to the left, one behind the verb, or the subject
of the clause before; an infinitive has that of the verb it depends on, or the person asked. A first person
inside quotation marks is the speaker.
"""

from dataclasses import dataclass, replace

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate

# A subject stands at most this many words before its verb, relative clauses and appositions included.
_REACH = 40

# A subject is taken over from at most this many clauses in turn; further back it is a guess.
_CHAIN = 3

# "Una delegazione guidata dal ministro X": the participle stands within four words of the name.
_LED = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a predicate is about: the mentions, or `speaker` when it is the first person of a quotation."""

    mentions: tuple[Mention, ...] = ()
    speaker: bool = False
    dropped: bool = False

    def __bool__(self) -> bool:
        return bool(self.mentions) or self.speaker


def subject_of(predicate: Predicate, clauses: Clauses, depth: int = 0) -> Subject:
    """The subject of `predicate` (of a passive: the one acted upon); `depth` counts the clauses gone
    through."""
    if predicate.person[:1] == "1" and clauses.words[predicate.head].quote >= 0:
        return Subject(speaker=True)
    if not predicate.finite:
        return _controller(predicate, clauses, depth)
    relative = clauses.antecedent(predicate)
    if relative is not None:
        return Subject(clauses.group(relative) if predicate.person.endswith("p") else (relative,))
    if _of_noun(predicate, clauses):
        return Subject()
    before = _left(predicate, clauses)
    if before is not None:
        return Subject(clauses.group(before))
    after = clauses.inverted(predicate)
    if after is None or _takes_object(predicate, clauses):
        dropped = _dropped(predicate, clauses, depth)
        if dropped or after is None or _unnamed(predicate, clauses):
            return dropped
    return Subject(clauses.group(after))


def _of_noun(predicate: Predicate, clauses: Clauses) -> bool:
    """ "Un accordo che libererebbe gli ostaggi": the subject is a noun that names nobody."""
    opening = clauses.relative(predicate)
    if opening is None or not opening or clauses.words[opening].value != "that":
        return False
    noun = clauses.words[opening - 1]
    thing = noun.alphabetic and not (noun.cls or noun.forms or noun.capital)
    return thing and noun.index not in clauses.at and noun.index not in clauses.predicate_at


def _unnamed(predicate: Predicate, clauses: Clauses) -> bool:
    """ "Il parlamento ha eletto X": a noun with its article right before the verb is its subject."""
    words, index = clauses.words, predicate.first - 1
    noun = index
    while index >= 0 and _plain(index, clauses):
        index -= 1
    return (
        index < noun and index >= 0 and words[index].cls == "det" and words[index].value in ("def", "indef")
    )


def _plain(index: int, clauses: Clauses) -> bool:
    """Whether a word is an ordinary noun or adjective: of no closed class, no name, no verb, no date."""
    word = clauses.words[index]
    free = index not in clauses.at and index not in clauses.predicate_at and "time" not in word.tags
    return free and word.alphabetic and not word.cls and not word.capital


def _takes_object(predicate: Predicate, clauses: Clauses) -> bool:
    """A verb that takes an object, outside reported speech: what stands behind it is its object first."""
    transitive = predicate.lemma in clauses.vocabulary.transitive
    return transitive and not predicate.passive and not predicate.reflexive


def _left(predicate: Predicate, clauses: Clauses) -> Mention | None:
    """The nearest mention to the left that no preposition governs, inside the clause."""
    words = clauses.words
    index, quote = predicate.first - 1, words[predicate.head].quote
    sentence = words[predicate.first].sentence
    while index >= 0 and words[index].sentence == sentence and predicate.first - index <= _REACH:
        mention = clauses.at.get(index)
        if mention is not None and mention.last == index:
            free = not mention.prep or _led(mention, clauses)
            inside = words[mention.first].quote in (quote, -1)
            if free and inside and clauses.agrees(mention, predicate):
                return mention
            index = mention.first - 1
            continue
        blocker = clauses.predicate_at.get(index)
        if blocker is not None and blocker is not predicate:
            opening = _opening(blocker, clauses)
            if opening is None:
                return None
            index = opening - 1
            continue
        if _bars(index, clauses):
            return None
        index -= 1
    return None


def _opening(blocker: Predicate, clauses: Clauses) -> int | None:
    """Where a clause between a subject and its verb begins; None when it is a main clause and ends the
    search."""
    if blocker.link == "that" or not blocker.finite:
        return blocker.first
    return clauses.relative(blocker)


def _bars(index: int, clauses: Clauses) -> bool:
    """Whether a word ends the clause to its right: a conjunction, a semicolon, an unrelative "che"."""
    word = clauses.words[index]
    relative = index > 0 and (clauses.words[index - 1].text == "," or (index - 1) in clauses.at)
    that = word.cls == "rel" and word.value == "that" and not relative
    return word.cls == "sub" or word.text in (";", ":") or that


def _led(mention: Mention, clauses: Clauses) -> bool:
    """ "Una delegazione guidata da X volerà": X stands for the delegation."""
    before = clauses.words[max(0, mention.first - _LED) : mention.first]
    stems = clauses.vocabulary.lists.leading_stems
    return mention.prep == "da" and any(word.lower.startswith(stems) for word in before)


def _dropped(predicate: Predicate, clauses: Clauses, depth: int) -> Subject:
    """The subject of the clause before, in this sentence or at the head of the last one."""
    if depth > _CHAIN:
        return Subject()
    words = clauses.words
    quote, sentence = words[predicate.head].quote, words[predicate.first].sentence
    same = [
        p
        for p in clauses.predicates_of(sentence)
        if p.first < predicate.first and _alike(p, predicate) and words[p.head].quote == quote
    ]
    if same:
        return _taken_over(same[-1], clauses, depth)
    if quote >= 0 or predicate.person not in clauses.vocabulary.lists.dropping:
        return Subject()
    for earlier in (sentence - 1, sentence - 2):
        outside = [
            p for p in clauses.predicates_of(earlier) if _alike(p, predicate) and words[p.head].quote < 0
        ]
        if outside:
            return _taken_over(outside[0], clauses, depth)
    return Subject()


def _alike(one: Predicate, other: Predicate) -> bool:
    """Whether two predicates can share their subject: finite, of the same person, the first no passive."""
    return one.finite and one.person == other.person and not one.passive


def _taken_over(predicate: Predicate, clauses: Clauses, depth: int) -> Subject:
    return replace(subject_of(predicate, clauses, depth + 1), dropped=True)


def _controller(predicate: Predicate, clauses: Clauses, depth: int) -> Subject:
    """Who does what an infinitive or a gerund says: the subject of the verb it depends on, or the person
    asked."""
    if depth > _CHAIN:
        return Subject()
    cleft = _cleft(predicate, clauses)
    if cleft is not None:
        return Subject(clauses.group(cleft))
    if _impersonal(predicate, clauses):
        return Subject()
    governor = clauses.governor(predicate.first)
    if governor is None:
        main = clauses.main_behind(predicate)
        return subject_of(main, clauses, depth + 1) if main is not None else Subject()
    if predicate.mood == "infinitive":
        lists = clauses.vocabulary.lists
        asked: tuple[Mention, ...] = ()
        if governor.lemma in lists.dative_controllers:
            asked = clauses.behind(governor.last, "a")
        elif governor.lemma in lists.object_controllers:
            asked = clauses.object(governor)
        if asked:
            return Subject(asked)
    return subject_of(governor, clauses, depth + 1)


def _impersonal(predicate: Predicate, clauses: Clauses) -> bool:
    """ "L'importanza di proseguire i negoziati": nobody in particular would do it."""
    before = clauses.words[max(0, predicate.first - 2) : predicate.first]
    return len(before) == 2 and before[0].lower in clauses.vocabulary.lists.impersonal_nouns


def _cleft(predicate: Predicate, clauses: Clauses) -> Mention | None:
    """ "A guidare la delegazione sarà X", "ad accogliere Y c'era X": the subject behind the copula."""
    if predicate.mood != "infinitive" or predicate.link != "a":
        return None
    words, before = clauses.words, predicate.first - 2
    sentence = words[predicate.first].sentence
    if before >= 0 and words[before].sentence == sentence and words[before].text not in (";", ",", '"'):
        return None
    after = (p for p in clauses.predicates_of(sentence) if p.finite and p.first > predicate.last)
    copula = next(after, None)
    if copula is None or clauses.vocabulary.auxiliary(copula.lemma) != "be":
        return None
    return clauses.inverted(copula)
