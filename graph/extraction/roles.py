"""Roles: "il ministro degli Esteri iraniano", "ambasciatore e inviato speciale", "il portavoce del Cremlino".

A role phrase is an office title of the gazetteer (or a common noun for a person) with its adjectives and
prepositional phrases. What stands inside it ("del Cremlino") modifies the person and acts in nothing.
"""

from dataclasses import dataclass

from graph.extraction.mentions import Mention
from graph.extraction.words import Word, text
from graph.lexicon.gazetteer import Gazetteer
from graph.lexicon.names import fold
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# Titles in the tables have at most this many words ("presidente del Consiglio dei ministri": five).
_LONGEST = 9

# An adjective is longer than its ending by at least this many letters.
_STEM = 3

# Between a noun for a person and the name stand two adjectives at most ("l'attivista ambientale russo X").
_QUALIFIED = 2

# "Consigliere del Presidente Bianchi, Carlo Neri": the inner name has two words at most, title included.
_APPOSED = 2

# Which prepositions may follow a title: "inviato per", "ambasciatore a", "portavoce di", "inviato in".
_LINKS = frozenset({"di", "per", "a", "presso", "in"})
_ABROAD = frozenset({"ambassador", "envoy", "consul", "diplomat", "adviser"})

# Titles that are ordinary words as well: they count only beside a name.
WEAK = frozenset(
    {
        "military",
        "generic",
        "judiciary",
        "religious",
        "monarch",
        "nickname",
        "business",
        "party_leader",
        "kind",
    }
)


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """`first`…`last` are its words; `title` the kind of office ("person" for a common noun), `country` ISO
    3166 or ""."""

    first: int
    last: int
    title: str
    country: str
    plural: bool


def find_roles(
    words: list[Word], known: list[Mention], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> list[RolePhrase]:
    """All role phrases, left to right, none overlapping another."""
    reader = _Roles(words, known, gazetteer, vocabulary)
    found: list[RolePhrase] = []
    index = 0
    while index < len(words):
        role = reader.at(index)
        if role is None:
            index += 1
            continue
        found.append(role)
        index = role.last + 1
    return found


class _Roles:
    """Reads the role phrase at a word; `known` are the names of states and bodies that it may hold."""

    def __init__(
        self, words: list[Word], known: list[Mention], gazetteer: Gazetteer, vocabulary: Vocabulary
    ) -> None:
        self.words = words
        self.known = {mention.first: mention for mention in known}
        self._states = {m.first: m for m in known if m.kind is EntityKind.STATE}
        self._ends = {mention.last for mention in self._states.values()}
        self.gazetteer = gazetteer
        self.vocabulary = vocabulary

    def at(self, index: int) -> RolePhrase | None:
        """The role phrase whose head begins at word `index`."""
        head = self._head(index)
        if head is None:
            return self._preceded(index)
        last, title, plural = head
        own = self._demonym(self.words[index]) if index == last else ""
        last, country = self._extend(last, title)
        seat = self.gazetteer.seats.get(fold(text(self.words[index : head[0] + 1])), "")
        return RolePhrase(index, last, title, country or own or seat, plural)

    def _preceded(self, index: int) -> RolePhrase | None:
        """ "Russian President", "Kenya's foreign minister": the state comes first."""
        both = self._both(index)
        if both is not None:
            return both
        state = self.known.get(index)
        following = state.last + 1 if state is not None else index + 1
        country = state.entries[0].country if state is not None else self._demonym(self.words[index])
        if not country or not self.words[index].capital or following + 1 >= len(self.words):
            return None
        if self.words[following].cls == "poss":
            following += 1
        head = self._head(following)
        if head is None or self.words[following].sentence != self.words[index].sentence:
            return None
        last, _ = self._extend(head[0], head[1])
        if head[1] == "person" and not (self._counterpart(head[0]) or self._named(last)):
            return None
        return RolePhrase(index, last, head[1], country, head[2])

    def _both(self, index: int) -> RolePhrase | None:
        """ "Russian and Ukrainian counterparts", "French and German foreign ministers"."""
        stretch = self.words[index : index + 4]
        if len(stretch) < 4 or stretch[1].value != "and" or stretch[3].sentence != stretch[0].sentence:
            return None
        demonyms = [self._demonym(word) for word in (stretch[0], stretch[2]) if word.capital]
        head = self._head(index + 3)
        plural = head is not None and (head[2] or self._counterpart(head[0]))
        if head is None or not plural or not all(demonyms) or len(demonyms) < 2:
            return None
        return RolePhrase(index, self._extend(head[0], head[1])[0], head[1], "", True)

    def _counterpart(self, index: int) -> bool:
        return self.words[index].lower in self.vocabulary.lists.counterparts

    def _named(self, last: int) -> bool:
        """Whether a name begins right behind a word ("Russian journalist Anna Orlova")."""
        following = self.words[last + 1] if last + 1 < len(self.words) else None
        return following is not None and following.capital and following.sentence == self.words[last].sentence

    def _demonym(self, word: Word) -> str:
        return self.gazetteer.demonyms.get(fold(word.lower), "")

    def _head(self, index: int) -> tuple[int, str, bool] | None:
        """The last word of the title that begins here, its kind, and whether it is a plural."""
        if not self.words[index].alphabetic:
            return None
        for length in range(min(_LONGEST, len(self.words) - index), 0, -1):
            stretch = self.words[index : index + length]
            if stretch[-1].sentence != stretch[0].sentence or not stretch[-1].alphabetic:
                continue
            title = self.gazetteer.titles.get(fold(text(stretch)))
            if title and not (length == 1 and stretch[0].text.isupper()):
                return index + length - 1, title[0], title[1]
        lower = self.words[index].lower
        known = self.vocabulary.nouns.get(lower) == "person" or lower in self.vocabulary.lists.counterparts
        person = known or self._national(index) or self._agentive(index)
        return (index, "person", False) if person else None

    def _agentive(self, index: int) -> bool:
        """ "L'armatore Ninu Portelli": an unknown noun for a person before a name (or "di")."""
        word = self.words[index]
        if word.capital or word.cls or not word.lower.endswith(self.vocabulary.lists.agentive_suffixes):
            return False
        if word.lower in self.vocabulary.noun_frames or not self._definite(index):
            return False
        following = self.words[index + 1 : index + 2 + _QUALIFIED]
        name = next((w for w in following if not self._is_adjective(w) and not self._demonym(w)), None)
        named = name is not None and (name.capital or name.value == "di")
        return named and following[0].sentence == word.sentence

    def _definite(self, index: int) -> bool:
        """Whether an article, a possessive or a preposition with an article stands before a word."""
        before = self.words[index - 1] if index else None
        simple = self.vocabulary.lists.simple_prepositions
        if before is None or before.sentence != self.words[index].sentence:
            return False
        return before.cls in ("det", "poss") or (before.cls == "prep" and before.lower not in simple)

    def _national(self, index: int) -> bool:
        """ "Il greco Mitsotakis", "dell'iraniano Araghchi": a demonym between an article and a name."""
        if not 0 < index < len(self.words) - 1:
            return False
        word, after = self.words[index : index + 2]
        return bool(self._demonym(word)) and not word.capital and after.capital and self._definite(index)

    def _extend(self, last: int, title: str) -> tuple[int, str]:
        """How far the phrase reaches beyond its head, and the country that it names."""
        country = ""
        while last + 1 < len(self.words) and self.words[last + 1].sentence == self.words[last].sentence:
            following = self.words[last + 1]
            demonym = self._demonym(following)
            if demonym and not following.capital:
                country, last = demonym, last + 1
            elif (state := self._adjectival(last + 1)) is not None:
                country, last = state.entries[0].country, state.last
            elif self._is_adjective(following):
                last += 1
            elif (reach := self._prepositional(last + 1, title)) is not None:
                last, said = reach
                country = country or said
            elif last in self._ends and following.value == "and" and last + 2 in self._states:
                last = self._states[last + 2].last  # "i presidenti di Norvegia e Cile"
            elif following.capital and (second := self._second(last + 1)) is not None:
                last = second  # "Minister of Foreign Affairs Prince X"
            elif following.value == "and" and (second := self._second(last + 2)) is not None:
                last = second
            else:
                break
        return last, country

    def _adjectival(self, index: int) -> Mention | None:
        """ "Inviato Usa": a state's short name directly behind a title works as an adjective."""
        state = self.known.get(index)
        short = self.words[index].lower in self.vocabulary.lists.adjectival_names
        return state if state is not None and short and state.kind is EntityKind.STATE else None

    def _is_adjective(self, word: Word) -> bool:
        lists = self.vocabulary.lists
        return (
            not word.cls
            and all(form.tense == "participle" for form in word.forms)
            and (not word.capital or word.lower in lists.title_adjectives)
            and any(
                word.lower.endswith(suffix) and len(word.lower) >= len(suffix) + _STEM
                for suffix in lists.adjective_suffixes
            )
        )

    def _second(self, index: int) -> int | None:
        """The last word of a second title after "e" that shares the name ("ambasciatore e inviato
        speciale")."""
        head = self._head(index) if index < len(self.words) else None
        return head[0] if head else None

    def _prepositional(self, index: int, title: str) -> tuple[int, str] | None:
        """The end and the country of a prepositional phrase at `index` that belongs to a title, or None."""
        link = self.words[index]
        if link.cls != "prep" or link.value not in _LINKS or (title == "person" and link.value != "di"):
            return None
        if link.value in ("a", "in") and title not in _ABROAD:
            return None
        inner = index + 1
        while inner < len(self.words) and self.words[inner].cls in ("det", "poss"):
            inner += 1
        if inner >= len(self.words) or self.words[inner].sentence != link.sentence:
            return None
        if inner in self.known:
            named = self.known[inner]
            # "Il capo della Farnesina" heads no state
            heads = named.kind is EntityKind.ORGANIZATION and title in ("generic", "person")
            return named.last, "" if heads else named.entries[0].country
        word = self.words[inner]
        if word.cls or (word.forms and not word.capital) or not word.alphabetic:
            return None
        if not word.capital:
            body = (
                word.lower in self.vocabulary.lists.outlet_nouns
                or fold(word.lower) in self.vocabulary.lists.body_nouns
            )
            return (self._capitals(inner) if body else inner), ""
        if title == "person" or link.value not in ("di", "per"):
            return None
        articulated = link.lower not in self.vocabulary.lists.simple_prepositions
        if articulated and self._closed(inner):
            return self._capitals(inner - 1), ""
        return (inner, "") if self._name_follows(inner) else None

    def _closed(self, index: int) -> bool:
        """Whether the capitals from a word on are not the holder's name: one, or a name follows."""
        last = self._capitals(index - 1)
        rest = self.words[last + 1 : last + 3]
        apposed = len(rest) > 1 and rest[0].text == "," and rest[1].capital
        return last == index or (apposed and last - index < _APPOSED)

    def _capitals(self, index: int) -> int:
        """The last of the capitalised words right behind a word ("della compagnia X"), or that word."""
        while index + 1 < len(self.words) and self.words[index + 1].capital and index + 1 not in self.known:
            index += 1
        return index

    def _name_follows(self, index: int) -> bool:
        """Whether two more capitalised words follow: then the one at `index` is not yet the person's name."""
        rest = self.words[index + 1 : index + 3]
        return len(rest) == 2 and all(word.capital and word.alphabetic for word in rest)
