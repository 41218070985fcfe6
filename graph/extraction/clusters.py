"""Clusters: which mentions of an article are the same agent or place, and which gazetteer entry that is.

Full names come first; a surname joins the full name that bears it; a role joins the agent it was said of, or
the holder of that office on the article's day. First names are compared before two full names are merged.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from graph.extraction.mentions import Mention, governing_preposition
from graph.extraction.roles import WEAK
from graph.extraction.words import Word
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import fold, surname, transliteration_key
from graph.model import EntityKind, Period

# A bare surname that the article nowhere spells out must belong to somebody this prominent (a minister or more).
_PROMINENT = 5

# Words that say that the name behind them is a region's, not its capital's.
_REGIONS = frozenset({"regione", "oblast", "provincia", "distretto", "governatorato", "region", "province"})

# Offices that a role without a name may stand for, besides its own kind.
_EQUIVALENT = {
    "head_of_state": ("head_of_state",),
    "head_of_government": ("head_of_government",),
    "foreign_minister": ("foreign_minister",),
    "defence_minister": ("defence_minister",),
    "spokesperson": ("spokesperson",),
}


@dataclass(slots=True)
class Agent:
    """One cluster in the making: `mentions` are its mentions in order, `entry` what the gazetteer knows of it."""

    number: int
    kind: EntityKind
    name: str
    entry: Entry | None = None
    mentions: list[Mention] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)


class Clusters:
    """All agents and places of one article."""

    def __init__(self, raw: str, words: list[Word], gazetteer: Gazetteer, published: Period | None) -> None:
        self.raw = raw
        self.words = words
        self.gazetteer = gazetteer
        self.first_day = published.earliest if published else date.min
        self.last_day = published.latest if published else date.max
        self.agents: list[Agent] = []

    def resolve(self, mentions: list[Mention]) -> list[Mention]:
        """Give every mention its cluster; return those that have one, or may get one from the discourse."""
        for mention in mentions:
            mention.prep = governing_preposition(self.words, mention.first)
            if mention.form == "place" and self._bearer(mention):
                mention.form, mention.kind = "name", EntityKind.PERSON
            if mention.form in ("name", "place", "collective") and mention.kind is not EntityKind.PERSON:
                self._join_entry(mention)
        people = [mention for mention in mentions if mention.kind is EntityKind.PERSON]
        full = [mention for mention in people if mention.form == "name" and self._long(mention)]
        for mention in full:
            self._join_full(mention)
        for mention in people:
            if mention.cluster < 0 and mention.name and not self._long(mention):
                self._join_surname(mention)
            elif mention.form == "candidate":
                self._join_candidate(mention)
        for mention in people:
            if mention.form == "role":
                self._join_role(mention)
        return [
            mention
            for mention in mentions
            if mention.cluster >= 0 or mention.form in ("pronoun", "pair", "team")
        ]

    def state(self, country: str) -> Agent | None:
        """The state of ISO code `country` as an agent of this article, new when it has not been named yet."""
        entry = self.gazetteer.states.get(country)
        return self._of_entry(entry) if entry else None

    def located(self, mention: Mention) -> Agent:
        """What a mention means as a place: a seat ("alla Casa Bianca") is its building, anything else itself."""
        agent = self.agents[mention.cluster]
        if agent.kind is not EntityKind.ORGANIZATION or agent.entry is None:
            return agent
        entry = replace(
            agent.entry, key=agent.entry.key.replace("organization:", "place:"), kind=EntityKind.PLACE
        )
        building = next((a for a in self.agents if a.entry is not None and a.entry.key == entry.key), None)
        building = building or self._new(EntityKind.PLACE, entry.name, entry)
        if mention not in building.mentions:
            building.mentions.append(mention)
        return building

    def text(self, mention: Mention) -> str:
        """The words of a mention's name, or of all of it."""
        first, last = mention.name or (mention.first, mention.last)
        stretch = self.words[first : last + 1]
        return "".join(
            (" " if p and w.start > stretch[p - 1].end else "") + w.text for p, w in enumerate(stretch)
        )

    def _long(self, mention: Mention) -> bool:
        return (
            mention.name is not None and mention.name[1] > mention.name[0] and " " in fold(self.text(mention))
        )

    def _add(self, agent: Agent, mention: Mention) -> None:
        mention.cluster = agent.number
        agent.mentions.append(mention)
        if mention.title:
            agent.titles.add(mention.title)
        if mention.country:
            agent.countries.add(mention.country)

    def _new(self, kind: EntityKind, name: str, entry: Entry | None = None) -> Agent:
        agent = Agent(len(self.agents), kind, name, entry)
        self.agents.append(agent)
        return agent

    def _of_entry(self, entry: Entry) -> Agent:
        for agent in self.agents:
            if agent.entry is entry:
                return agent
        return self._new(entry.kind, entry.name, entry)

    def _join_entry(self, mention: Mention) -> None:
        if mention.entries:
            self._add(self._of_entry(self._best_place(mention)), mention)
            return
        name = self.text(mention)
        for agent in self.agents:
            if agent.kind is mention.kind and fold(agent.name) == fold(name):
                self._add(agent, mention)
                return
        self._add(self._new(mention.kind, name), mention)

    def _best_place(self, mention: Mention) -> Entry:
        """A state before its namesake; a capital or city before the region called after it, unless "region" stands before."""
        order = {"capital": 0, "city": 1, "region_capital": 1, "region": 2}
        before = {word.lower for word in self.words[max(0, mention.first - 4) : mention.first]}
        if before & _REGIONS:
            order["region"] = -1
        return min(
            mention.entries,
            key=lambda entry: (entry.kind is not EntityKind.STATE, order.get(entry.subkind, 0)),
        )

    def _join_full(self, mention: Mention) -> None:
        name = self.text(mention)
        for agent in self.agents:
            tail = agent.kind is EntityKind.PERSON and fold(agent.name).endswith(f" {fold(name)}")
            if tail or (agent.kind is EntityKind.PERSON and same_person(agent.name, name)):
                if len(name) > len(agent.name) and not agent.entry:
                    agent.name = name
                self._add(agent, mention)
                return
        entry = self._known(name, mention)
        for agent in self.agents:
            if entry is not None and agent.entry is entry:
                self._add(agent, mention)
                return
        self._add(self._new(EntityKind.PERSON, name, entry), mention)

    def _known(self, name: str, mention: Mention) -> Entry | None:
        """The gazetteer's person of this name: by every spelling, the one in office then before a namesake."""
        found = mention.entries or [
            entry
            for entry in self.gazetteer.by_surname.get(transliteration_key(surname(name)), ())
            if same_person(entry.name, name) or any(same_person(alias, name) for alias in entry.aliases)
        ]
        if mention.country and any(entry.country == mention.country for entry in found):
            found = [entry for entry in found if entry.country == mention.country]
        if len(found) == 1:
            return found[0]
        ranked = sorted(found, key=self._prominence, reverse=True)
        if ranked and self._prominence(ranked[0]) > self._prominence(ranked[1]):
            return ranked[0]
        return None

    def _prominence(self, entry: Entry) -> int:
        return self.gazetteer.prominence(entry, self.first_day, self.last_day)

    def _join_surname(self, mention: Mention) -> None:
        name = self.text(mention)
        bearers = [
            agent for agent in self.agents if agent.kind is EntityKind.PERSON and self._bears(agent, name)
        ]
        if bearers:
            before = [agent for agent in bearers if any(m.first < mention.first for m in agent.mentions)]
            self._add(max(before or bearers, key=lambda agent: self._fits(agent, mention)), mention)
            return
        entry = self._by_surname(name, mention)
        if entry is not None:
            self._add(self._of_entry(entry), mention)
        elif mention.role is not None or mention.form == "name":
            self._add(self._new(EntityKind.PERSON, name), mention)

    def _bearer(self, mention: Mention) -> bool:
        """Whether the article or the table of people knows somebody by this name ("a Zelensky" is no place)."""
        name = self.text(mention)
        return self._by_surname(name, mention) is not None or any(
            word.capital
            and fold(word.text) == fold(name)
            and words_before
            and words_before.capital
            and words_before.sentence == word.sentence
            for words_before, word in zip(self.words, self.words[1:], strict=False)
        )

    def _fits(self, agent: Agent, mention: Mention) -> tuple[bool, bool, int]:
        latest = max((m.first for m in agent.mentions if m.first < mention.first), default=-1)
        return (
            bool(mention.country) and mention.country in agent.countries,
            bool(mention.title) and mention.title in agent.titles,
            latest,
        )

    @staticmethod
    def _bears(agent: Agent, name: str) -> bool:
        folded = fold(name)
        if (
            agent.entry is not None
            and agent.entry.country
            and transliteration_key(surname(agent.entry.name, agent.entry.country))
            == transliteration_key(folded)
        ):
            return True
        key = transliteration_key(folded)
        own = fold(agent.name)
        return transliteration_key(surname(own)) == key or transliteration_key(own.split()[-1]) == key

    def _by_surname(self, name: str, mention: Mention) -> Entry | None:
        found = self.gazetteer.by_surname.get(transliteration_key(name), [])
        if mention.country and mention.title:
            holders = self.gazetteer.holders((mention.title,), mention.country, self.first_day, self.last_day)
            fitting = [entry for entry in found if entry in holders]
            if len(fitting) == 1:
                return fitting[0]
        ranked = sorted(found, key=self._prominence, reverse=True)
        if not ranked or self._prominence(ranked[0]) < _PROMINENT:
            return None
        if len(ranked) > 1 and self._prominence(ranked[1]) == self._prominence(ranked[0]):
            return None
        return ranked[0]

    def _join_candidate(self, mention: Mention) -> None:
        """A capitalised sequence without other evidence is a person when the article uses its last word alone, too."""
        if not self._long(mention):
            return
        last = fold(self.text(mention)).split()[-1]
        alone = any(
            word.capital and fold(word.text) == last and not mention.first <= word.index <= mention.last
            for word in self.words
        )
        if alone:
            mention.form = "name"
            self._join_full(mention)

    def _join_role(self, mention: Mention) -> None:
        fitting = [
            agent for agent in self.agents if agent.kind is EntityKind.PERSON and self._holds(agent, mention)
        ]
        if fitting:
            self._add(max(fitting, key=lambda agent: self._fits(agent, mention)), mention)
            return
        kinds = _EQUIVALENT.get(mention.title)
        if mention.country and kinds:
            holders = self.gazetteer.holders(kinds, mention.country, self.first_day, self.last_day)
            if len(holders) == 1:
                self._add(self._of_entry(holders[0]), mention)

    def _holds(self, agent: Agent, mention: Mention) -> bool:
        """Whether the article said this role of the agent before, or the agent held the office then."""
        before = [m for m in agent.mentions if m.first < mention.first]
        if not before:
            return False
        if mention.title in WEAK or mention.title == "person":
            head = self.words[mention.role[0]].lower if mention.role else ""
            return any(m.role and self.words[m.role[0]].lower[:-1] == head[:-1] for m in before)
        said = mention.title in agent.titles and (
            not mention.country or not agent.countries or mention.country in agent.countries
        )
        held = agent.entry is not None and any(
            term.kind == mention.title
            and (not mention.country or term.country == mention.country)
            and term.covers(self.first_day, self.last_day)
            for term in agent.entry.terms
        )
        return said or (held and bool(mention.country))


def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: the same surname, first names equal, an initial, or one edit apart."""
    first, second = fold(one).split(), fold(other).split()
    if len(first) < 2 or len(second) < 2:
        return False
    if transliteration_key(surname(one)) != transliteration_key(surname(other)):
        return False
    a, b = first[0].rstrip("."), second[0].rstrip(".")
    return (
        a == b
        or transliteration_key(a) == transliteration_key(b)
        or (1 in (len(a), len(b)) and a[0] == b[0])
        or _one_edit(a, b)
    )


def _one_edit(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 3:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
