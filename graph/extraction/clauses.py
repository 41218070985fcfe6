"""Clauses: the subject, the object and the prepositional arguments of a predicate, found by walking the words.

No parser is assumed. The walk stops at clause boundaries, skips relative clauses and appositions, inherits the
subject across "e", and takes the antecedent of a relative pronoun; a first person inside quotation marks is the
speaker. Each answer is a list of mentions (coordinated ones together), empty when the text does not say.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.extraction.mentions import Mention
from graph.extraction.predicates import Predicate
from graph.extraction.words import Word
from graph.lexicon.names import fold
from graph.model import EntityKind

# Words between a verb and a name that change nothing of who does what.
_MODIFIERS = frozenset({"ex", "stesso", "stessa", "anche", "noto", "nota", "nuovo", "nuova", "former"})

# How far an argument may stand from its predicate: nine in ten do within twelve words in the news read for the trials.
_REACH = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a predicate is about: the mentions, or `speaker` when it is the first person of a quotation."""

    mentions: tuple[Mention, ...] = ()
    speaker: bool = False
    dropped: bool = False

    def __bool__(self) -> bool:
        return bool(self.mentions) or self.speaker


class Clauses:
    """The clauses of one article."""

    def __init__(
        self,
        words: list[Word],
        mentions: list[Mention],
        predicates: list[Predicate],
        demonyms: Mapping[str, str],
        transitive: Collection[str],
    ) -> None:
        self.words = words
        self._transitive = transitive
        self._demonyms = demonyms
        self.mentions = [mention for mention in mentions if not mention.inside]
        self.predicates = predicates
        self.at: dict[int, Mention] = {}
        for mention in self.mentions:
            for index in range(mention.first, mention.last + 1):
                self.at.setdefault(index, mention)
        self.predicate_at = {index: p for p in predicates for index in range(p.first, p.last + 1)}
        self.groups = self._coordinate()

    def demonym(self, word: str) -> str:
        """The ISO code of the state that an adjective names, prefixes of compounds ("russo-ucraini") included, or ""."""
        folded = fold(word)
        return self._demonyms.get(folded, "") or self._demonyms.get(folded[:-1] + "o", "")

    def group(self, mention: Mention) -> tuple[Mention, ...]:
        """The mention with those coordinated to it, in order ("a Rubio, a Waltz e a Witkoff")."""
        return self.groups.get(id(mention), (mention,))

    def _coordinate(self) -> dict[int, tuple[Mention, ...]]:
        groups: dict[int, tuple[Mention, ...]] = {}
        chain: list[Mention] = []
        final = False
        for mention in [*self.mentions, None]:
            link = self._link(chain[-1], mention) if chain and mention is not None else ""
            if link:
                chain.append(mention)  # type: ignore[arg-type]  # a link has two ends
                final = final or link == "and"
                continue
            if len(chain) > 1 and final:
                for member in chain:
                    groups[id(member)] = tuple(chain)
            chain, final = ([mention] if mention is not None else []), False
        return groups

    def _link(self, left: Mention, right: Mention) -> str:
        """How two mentions are coordinated: "and", "comma" or not at all ("")."""
        between = self.words[left.last + 1 : right.first]
        if not 1 <= len(between) <= 6 or between[0].sentence != self.words[right.first].sentence:
            return ""
        conjunction = ""
        for word in between:
            if word.value == "and":
                conjunction = "and"
            elif word.text == ",":
                conjunction = conjunction or "comma"
            elif word.cls == "prep" and word.value != left.prep:
                return ""
            elif (
                word.cls not in ("prep", "det", "poss", "adv")
                and not (word.tags & {"time"})
                and word.lower not in ("separatamente", "anche")
            ):
                return ""
        if conjunction and between[0].cls not in ("prep", "det", "poss"):
            same = left.prep == right.prep or not right.prep
            return conjunction if same else ""
        return ""

    # -- subjects ---------------------------------------------------------------------------------------------

    def subject(self, predicate: Predicate, depth: int = 0) -> Subject:
        """The subject of `predicate` (of a passive: the one acted upon)."""
        if predicate.person[:1] == "1" and self.words[predicate.head].quote >= 0:
            return Subject(speaker=True)
        if not predicate.finite:
            return self._controller(predicate, depth)
        relative = self._antecedent(predicate)
        if relative is not None:
            return Subject(self.group(relative) if predicate.person.endswith("p") else (relative,))
        before = self._left(predicate)
        if before is not None:
            return Subject(self.group(before))
        after = self.inverted(predicate)
        dropped = (
            self._dropped(predicate, depth) if after is None or self._takes_object(predicate) else Subject()
        )
        if after is not None and not dropped:
            return Subject(self.group(after))
        return dropped

    def _takes_object(self, predicate: Predicate) -> bool:
        """A verb that takes an object, outside reported speech: what stands behind it is its object first."""
        return predicate.lemma in self._transitive and not predicate.passive and not predicate.reflexive

    def _antecedent(self, predicate: Predicate) -> Mention | None:
        """What a relative "che" right before the predicate stands for: the mention it follows."""
        index = self._relative(predicate)
        if index is None:
            return None
        index -= 1
        if index >= 0 and self.words[index].text in (",", "-"):
            index -= 1
        if index >= 0 and self.words[index].text == ")":
            return None
        for step in range(5):
            mention = self.at.get(index - step)
            if mention is not None and mention.last == index - step:
                return mention
            word = self.words[index - step] if index >= step else None
            # "Marc Fogel, un uomo meraviglioso che ho salutato": over the apposition to the name.
            if word is None or word.cls not in ("", "det") and word.text != ",":
                return None
            if (
                word.cls == ""
                and word.text != ","
                and (index - step) in self.predicate_at
                or (word.text == "," and step == 0)
            ):
                return None
        return None

    def _relative(self, predicate: Predicate) -> int | None:
        """The word "che" that opens the predicate's clause when nothing but adverbs stands between."""
        index = predicate.first
        while index > 0:
            word = self.words[index]
            if word.cls == "rel":
                return index
            if index != predicate.first and not (word.cls == "adv" or word.tags & {"time"}):
                return None
            index -= 1
        return None

    def _left(self, predicate: Predicate) -> Mention | None:
        """The nearest mention to the left that no preposition governs, inside the clause."""
        index = predicate.first - 1
        sentence = self.words[predicate.first].sentence
        quote = self.words[predicate.head].quote
        while index >= 0 and self.words[index].sentence == sentence and predicate.first - index <= 40:
            word = self.words[index]
            mention = self.at.get(index)
            if mention is not None and mention.last == index:
                free = not mention.prep or self._led(mention)
                if free and self._agrees(mention, predicate) and self._same_side(mention, quote):
                    return mention
                index = mention.first - 1
                continue
            blocker = self.predicate_at.get(index)
            if blocker is not None and blocker is not predicate:
                if blocker.link == "that" or not blocker.finite:
                    index = blocker.first - 1
                    continue
                opening = self._relative(blocker)
                if opening is None:
                    return None
                index = opening - 1
                continue
            if (
                word.cls == "sub"
                or word.text in (";", ":")
                or (word.cls == "rel" and word.value == "that" and not self._is_relative(index))
            ):
                return None
            index -= 1
        return None

    def _led(self, mention: Mention) -> bool:
        """ "Una delegazione guidata da X volerà": X stands for the delegation."""
        before = self.words[max(0, mention.first - 4) : mention.first]
        return mention.prep == "da" and any(
            word.lower[:5] in ("guida", "capeg", "presi", "compo") for word in before
        )

    def _is_relative(self, index: int) -> bool:
        return index > 0 and (self.words[index - 1].text == "," or (index - 1) in self.at)

    def _same_side(self, mention: Mention, quote: int) -> bool:
        """A subject stands in the same quotation as its verb, or outside any."""
        return self.words[mention.first].quote in (quote, -1)

    def _agrees(self, mention: Mention, predicate: Predicate) -> bool:
        plural = predicate.person.endswith("p")
        if not plural:
            return mention.number == "s"
        return len(self.group(mention)) > 1 or mention.number == "p" or mention.kind is not EntityKind.PERSON

    def inverted(self, predicate: Predicate) -> Mention | None:
        """A subject behind its verb ("lo ha detto il portavoce"), over adverbs, dates and "su Telegram"."""
        index = predicate.last + 1
        while index < len(self.words) and index - predicate.last <= 10:
            word = self.words[index]
            if word.sentence != self.words[predicate.last].sentence:
                return None
            mention = self.at.get(index)
            if mention is not None and not mention.prep:
                return mention if self._agrees(mention, predicate) else None
            following = self._over(index)
            if following is None:
                return None
            index = following
        return None

    def _over(self, index: int) -> int | None:
        """The word behind what may stand between a verb and its subject or object at `index`, or None."""
        word = self.words[index]
        mention = self.at.get(index)
        if mention is not None:
            aside = mention.kind is not EntityKind.PERSON and mention.prep in ("a", "in", "su", "da", "di")
            return mention.last + 1 if aside else None
        if (
            word.cls in ("det", "poss", "adv", "num")
            or word.tags & {"time"}
            or word.lower in _MODIFIERS
            or word.text in "-\"'"
        ):
            return index + 1
        if word.cls == "prep":
            index += 1
            while (
                index < len(self.words)
                and self.words[index].cls in ("det", "poss")
                or index in self.at
                and self.at[index].prep
            ):
                if index in self.at:
                    return self._over(index)
                index += 1
            inner = self.words[index] if index < len(self.words) else None
            if inner is not None and index in self.at:
                return self._over(index)
            if inner is not None and inner.alphabetic and not inner.cls and index not in self.predicate_at:
                return index + 1
        return None

    def _dropped(self, predicate: Predicate, depth: int) -> Subject:
        """The subject of the clause before, in this sentence or at the head of the last one."""
        if depth > 3:
            return Subject()
        sentence = self.words[predicate.first].sentence
        earlier = [
            p
            for p in self.predicates
            if p.finite and p.first < predicate.first and p.person == predicate.person and not p.passive
        ]
        same = [
            p
            for p in earlier
            if self.words[p.first].sentence == sentence
            and self.words[p.head].quote == self.words[predicate.head].quote
        ]
        if same:
            found = self.subject(same[-1], depth + 1)
            return Subject(found.mentions, found.speaker, dropped=True)
        outside = [
            p
            for p in earlier
            if self.words[p.first].sentence in (sentence - 1, sentence - 2) and self.words[p.head].quote < 0
        ]
        if outside and self.words[predicate.head].quote < 0:
            last = self.words[outside[-1].first].sentence
            main = next(p for p in outside if self.words[p.first].sentence == last)
            found = self.subject(main, depth + 1)
            return Subject(found.mentions, found.speaker, dropped=True)
        return Subject()

    def _controller(self, predicate: Predicate, depth: int) -> Subject:
        """Who does what an infinitive or a gerund says: the subject (or the person asked) of the verb it depends on."""
        if depth > 3:
            return Subject()
        cleft = self._cleft(predicate)
        if cleft is not None:
            return Subject(self.group(cleft))
        governor = self.governor(predicate.first)
        if governor is None:
            return Subject()
        if predicate.mood == "infinitive" and governor.lemma in (
            "chiedere",
            "ordinare",
            "affidare",
            "permettere",
            "consentire",
            "proporre",
        ):
            asked = self.prepositional(governor, "a")
            if asked:
                return Subject(asked)
        if predicate.mood == "infinitive" and governor.lemma in (
            "invitare",
            "incaricare",
            "esortare",
            "autorizzare",
            "delegare",
            "inviare",
        ):
            asked = self.object(governor)
            if asked:
                return Subject(asked)
        return self.subject(governor, depth + 1)

    def _cleft(self, predicate: Predicate) -> Mention | None:
        """ "A guidare la delegazione sarà X", "ad accogliere Y c'era X": the subject behind the copula."""
        if predicate.mood != "infinitive" or predicate.link != "a":
            return None
        before = predicate.first - 2
        if (
            before >= 0
            and self.words[before].sentence == self.words[predicate.first].sentence
            and self.words[before].text not in (";", ",", '"')
        ):
            return None
        sentence = self.words[predicate.first].sentence
        for copula in self.predicates:
            if (
                copula.first > predicate.last
                and self.words[copula.first].sentence == sentence
                and copula.finite
            ):
                return self.inverted(copula) if copula.lemma == "essere" else None
        return None

    def governor(self, index: int) -> Predicate | None:
        """The nearest finite predicate before word `index` in its sentence."""
        sentence = self.words[index].sentence
        before = [
            p
            for p in self.predicates
            if p.finite and p.last < index and self.words[p.first].sentence == sentence
        ]
        return before[-1] if before else None

    # -- objects and prepositional phrases --------------------------------------------------------------------

    def object(self, predicate: Predicate) -> tuple[Mention, ...]:
        """The direct object: the first mention behind the verb without a preposition, or the antecedent of "che"."""
        relative = self._antecedent(predicate)
        if relative is not None and predicate.person[:1] == "1":
            return self.group(relative)
        index = predicate.last + 1
        while index < len(self.words) and index - predicate.last <= 12:
            word = self.words[index]
            if (
                word.sentence != self.words[predicate.last].sentence
                or word.text in (".", ";", ":", ",")
                or word.cls in ("rel", "sub")
            ):
                return ()
            mention = self.at.get(index)
            if mention is not None and not mention.prep:
                return self.group(mention)
            following = None if index in self.predicate_at else self._over(index)
            if following is None:
                return ()
            index = following
        return ()

    def prepositional(self, predicate: Predicate, preposition: str) -> tuple[Mention, ...]:
        """The mentions behind the predicate that `preposition` governs, inside the clause."""
        return self.behind(predicate.last, preposition)

    def behind(self, last: int, preposition: str, stops: frozenset[int] = frozenset()) -> tuple[Mention, ...]:
        """The first group of mentions after word `last` under `preposition`, before a verb, a stop word or the clause's end."""
        index = last + 1
        sentence = self.words[last].sentence
        while index < len(self.words) and index - last <= _REACH and self.words[index].sentence == sentence:
            word = self.words[index]
            mention = self.at.get(index)
            if mention is not None:
                if mention.prep == preposition:
                    return self.group(mention)
                index = (
                    self.group(mention)[-1].last + 1 if self.group(mention)[-1].last >= index else index + 1
                )
                continue
            blocker = self.predicate_at.get(index)
            if (
                index in stops
                or word.text in (";", ":", "(")
                or word.cls in ("sub", "rel")
                or (blocker is not None and blocker.finite)
            ):
                return ()
            index += 1
        return ()

    def ahead(self, first: int, preposition: str) -> tuple[Mention, ...]:
        """The group under `preposition` before word `first` in its clause ("tra Mosca e Washington non ci sono stati colloqui")."""
        index = first - 1
        sentence = self.words[first].sentence
        verbs = 0
        while index >= 0 and self.words[index].sentence == sentence and first - index <= _REACH:
            mention = self.at.get(index)
            if mention is not None:
                group = self.group(mention)
                if group[0].prep == preposition:
                    return group
                index = group[0].first - 1
                continue
            blocker = self.predicate_at.get(index)
            if blocker is not None:
                verbs += blocker.finite
                index = blocker.first
            word = self.words[index]
            if verbs > 1 or word.cls in ("sub", "rel") or word.text in (";", ":"):
                return ()
            index -= 1
        return ()

    def ahead_subject(self, predicate: Predicate, last: int) -> bool:
        """Whether a subject stands between word `last` and the predicate."""
        return any(
            (m := self.at.get(index)) is not None and not m.prep for index in range(last + 1, predicate.first)
        )
