"""Clusters: which mentions of an article are the same agent or place, and which gazetteer entry that is.

Full names come first; a surname joins the full name that bears it; a role joins the agent it was said of, or
the holder of that office on the article's day. First names are compared before two full names are merged.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph.extraction.mentions import Mention, governing_preposition
from graph.extraction.register import Register
from graph.extraction.roles import WEAK
from graph.extraction.words import Word, text
from graph.lexicon.gazetteer import Entry
from graph.lexicon.names import fold, same_person, surname, transliteration_key
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# The noun that says that a name is a region's stands within four words before it.
_REGION = 4

# Which namesake a bare place name means, unless "regione" stands before it.
_ORDER = {"capital": 0, "city": 1, "region_capital": 1, "region": 2}


@dataclass(slots=True)
class Agent:
    """One cluster in the making: `mentions` are its mentions in order, `entry` what the gazetteer knows of
    it.

    `firsts` are the first words of its mentions in the order of the text; `roles` where each role word was
    first said of it.
    """

    number: int
    kind: EntityKind
    name: str
    entry: Entry | None = None
    mentions: list[Mention] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    roles: dict[str, int] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def before(self, index: int) -> int:
        """The first word of its last mention before word `index`, or -1."""
        place = bisect_left(self.firsts, index)
        return self.firsts[place - 1] if place else -1


class Clusters:
    """All agents and places of one article."""

    def __init__(self, words: list[Word], register: Register, vocabulary: Vocabulary) -> None:
        self.words = words
        self.register = register
        self.vocabulary = vocabulary
        self.agents: list[Agent] = []
        self._by_entry: dict[str, Agent] = {}
        self._by_name: dict[tuple[EntityKind, str], Agent] = {}
        self._by_surname: dict[str, list[Agent]] = defaultdict(list)
        self._by_role: dict[str, dict[int, Agent]] = defaultdict(dict)
        self._capitals: dict[str, list[int]] = defaultdict(list)
        self._last_names: set[str] = set()
        for word in words:
            if word.capital:
                self._capitals[fold(word.text)].append(word.index)
        for before, word in pairwise(words):
            if word.capital and before.capital and before.sentence == word.sentence:
                self._last_names.add(fold(word.text))

    def resolve(self, mentions: list[Mention]) -> list[Mention]:
        """Give every mention its cluster; return those that have one, or may get one from the discourse."""
        for mention in mentions:
            mention.prep = governing_preposition(self.words, mention.first, self.vocabulary)
            after = self.words[mention.last + 1] if mention.last + 1 < len(self.words) else None
            if after is not None and after.cls == "poss" and after.start == self.words[mention.last].end:
                mention.prep = "di"  # "Wanjohi's return"
            if mention.form == "place" and self._bearer(mention):
                mention.form, mention.kind = "name", EntityKind.PERSON
            if mention.form in ("name", "place", "collective") and mention.kind is not EntityKind.PERSON:
                self._join_entry(mention)
        people = [mention for mention in mentions if mention.kind is EntityKind.PERSON]
        for mention in people:
            if mention.form == "name" and self._long(mention):
                self._join_full(mention)
        for mention in people:
            if mention.cluster < 0 and mention.name and not self._long(mention):
                self._join_surname(mention)
            elif mention.form == "candidate":
                self._join_candidate(mention)
        for mention in people:
            if mention.form == "role":
                self._join_role(mention)
        return [m for m in mentions if m.cluster >= 0 or m.form in ("pronoun", "pair")]

    def state(self, country: str) -> Agent | None:
        """The state of ISO code `country` as an agent of this article, new when it has not been named yet."""
        entry = self.register.state(country)
        return self._of_entry(entry) if entry else None

    def located(self, mention: Mention) -> Agent:
        """What a mention means as a place: a seat ("alla Casa Bianca") is its building, anything else
        itself."""
        agent = self.agents[mention.cluster]
        if agent.kind is not EntityKind.ORGANIZATION or agent.entry is None:
            return agent
        key = agent.entry.key.replace("organization:", "place:")
        building = self._of_entry(replace(agent.entry, key=key, kind=EntityKind.PLACE))
        if all(known is not mention for known in building.mentions):
            building.mentions.append(mention)
        return building

    def _text(self, mention: Mention) -> str:
        """The words of a mention's name, or of all of it."""
        first, last = mention.name or (mention.first, mention.last)
        return text(self.words[first : last + 1])

    def _long(self, mention: Mention) -> bool:
        """Whether a mention has a first name and a surname."""
        several = mention.name is not None and mention.name[1] > mention.name[0]
        return several and " " in fold(self._text(mention))

    def _add(self, agent: Agent, mention: Mention) -> None:
        mention.cluster = agent.number
        agent.mentions.append(mention)
        insort(agent.firsts, mention.first)
        if mention.title:
            agent.titles.add(mention.title)
            self._by_role[mention.title][agent.number] = agent
        if mention.country:
            agent.countries.add(mention.country)
        if mention.role is not None:
            head = self._head(mention)
            self._by_role[head][agent.number] = agent
            agent.roles[head] = min(mention.first, agent.roles.get(head, mention.first))

    def _head(self, mention: Mention) -> str:
        """The word of a role without its ending, which gender changes ("l'avvocato", "l'avvocata"), as a
        key."""
        return f"={self.words[mention.role[0]].lower[:-1]}" if mention.role else ""

    def _new(self, kind: EntityKind, name: str, entry: Entry | None = None) -> Agent:
        agent = Agent(len(self.agents), kind, name, entry)
        self.agents.append(agent)
        self._by_name.setdefault((kind, fold(name)), agent)
        if entry is not None:
            self._by_entry[entry.key] = agent
            for term in entry.terms:
                self._by_role[term.kind][agent.number] = agent
        if kind is EntityKind.PERSON:
            self._index(agent)
        return agent

    def _index(self, agent: Agent) -> None:
        """Find a person by the surname of the article's spelling and by that of the gazetteer."""
        own = fold(agent.name)
        surnames = {surname(own), own.split()[-1], fold(agent.name.split()[-1])} if own else {""}
        if agent.entry is not None and agent.entry.country:
            surnames.add(surname(agent.entry.name, agent.entry.country))
        for name in surnames:
            bearers = self._by_surname[transliteration_key(name)]
            if all(bearer is not agent for bearer in bearers):
                bearers.append(agent)

    def _of_entry(self, entry: Entry) -> Agent:
        return self._by_entry.get(entry.key) or self._new(entry.kind, entry.name, entry)

    def _join_entry(self, mention: Mention) -> None:
        if mention.entries:
            self._add(self._of_entry(self._best_place(mention)), mention)
            return
        name = self._text(mention)
        known = self._by_name.get((mention.kind, fold(name)))
        self._add(known or self._new(mention.kind, name), mention)

    def _best_place(self, mention: Mention) -> Entry:
        """A state before its namesake; a capital or city before its region, unless "region" stands before."""
        before = {word.lower for word in self.words[max(0, mention.first - _REGION) : mention.first]}
        region = not before.isdisjoint(self.vocabulary.lists.region_nouns)
        order = _ORDER | {"region": -1} if region else _ORDER
        return min(
            mention.entries,
            key=lambda entry: (entry.kind is not EntityKind.STATE, order.get(entry.subkind, 0)),
        )

    def _bearers(self, *names: str) -> list[Agent]:
        """The people of the article whom one of `names` can name, in the order in which they were found."""
        found = {a.number: a for name in names for a in self._by_surname.get(transliteration_key(name), ())}
        return [found[number] for number in sorted(found)]

    def _join_full(self, mention: Mention) -> None:
        name = self._text(mention)
        folded = fold(name)
        for agent in self._bearers(surname(folded), folded.split()[-1]):
            if fold(agent.name).endswith(f" {folded}") or same_person(agent.name, name):
                if len(name) > len(agent.name) and not agent.entry:
                    agent.name = name
                    self._index(agent)
                self._add(agent, mention)
                return
        entry = self.register.full(name, mention)
        known = self._by_entry.get(entry.key) if entry is not None else None
        self._add(known or self._new(EntityKind.PERSON, name, entry), mention)

    def _join_surname(self, mention: Mention) -> None:
        name = self._text(mention)
        bearers = self._bearers(fold(name))
        if bearers:
            before = [agent for agent in bearers if agent.before(mention.first) >= 0]
            self._add(max(before or bearers, key=lambda agent: _fits(agent, mention)), mention)
            return
        entry = self.register.by_surname(name, mention)
        if entry is not None:
            self._add(self._of_entry(entry), mention)
        elif mention.role is not None or mention.form == "name":
            self._add(self._new(EntityKind.PERSON, name), mention)

    def _bearer(self, mention: Mention) -> bool:
        """Whether the article or the gazetteer knows somebody by this name ("a Draghi" is no place)."""
        name = self._text(mention)
        return fold(name) in self._last_names or self.register.by_surname(name, mention) is not None

    def _join_candidate(self, mention: Mention) -> None:
        """A capitalised sequence is a person's name when the article uses its last word alone, too."""
        if not self._long(mention):
            return
        last = fold(self._text(mention)).split()[-1]
        if any(not mention.first <= index <= mention.last for index in self._capitals[last]):
            mention.form = "name"
            self._join_full(mention)

    def _join_role(self, mention: Mention) -> None:
        fitting = [agent for agent in self._eligible(mention) if self._holds(agent, mention)]
        if fitting:
            head = self._head(mention)
            self._add(max(fitting, key=lambda a: (head in a.roles, *_fits(a, mention))), mention)
            return
        holder = self.register.holder(mention) or self._leader(mention)
        if holder is not None:
            self._add(self._of_entry(holder), mention)

    def _leader(self, mention: Mention) -> Entry | None:
        """ "Il leader di Ankara", "il suo omologo russo": who heads that state, by the article or the
        gazetteer."""
        word = self.words[mention.role[0]].lower if mention.role else ""
        lists = self.vocabulary.lists
        if not mention.country or word not in (*lists.leaders, *lists.counterparts):
            return None
        for agent in reversed(self.agents):
            entry = agent.entry if agent.kind is EntityKind.PERSON else None
            named = agent.before(mention.first) >= 0
            if entry is not None and named and self.register.heads(entry, mention.country):
                return entry
        return self.register.head(mention.country)

    def _eligible(self, mention: Mention) -> Iterator[Agent]:
        """The people of whom a role of this kind, or its very word, was said, or who held such an office."""
        key = self._head(mention) if mention.title in (*WEAK, "person") else mention.title
        found = self._by_role.get(key, {})
        return (found[number] for number in sorted(found) if found[number].kind is EntityKind.PERSON)

    def _holds(self, agent: Agent, mention: Mention) -> bool:
        """Whether the article said this role of the agent before, or the agent held the office then."""
        if agent.before(mention.first) < 0:
            return False
        if mention.title in (*WEAK, "person"):
            return agent.roles.get(self._head(mention), mention.first) < mention.first
        known = agent.countries or ({agent.entry.country} if agent.entry and agent.entry.country else set())
        same = not mention.country or not known or mention.country in known
        said = mention.title in agent.titles and same
        return said or (agent.entry is not None and self.register.held(agent.entry, mention))


def _fits(agent: Agent, mention: Mention) -> tuple[bool, bool, int]:
    """How well a surname or a role fits an agent: the same country, the same office, named last."""
    return mention.country in agent.countries, mention.title in agent.titles, agent.before(mention.first)
