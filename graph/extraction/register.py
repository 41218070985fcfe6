"""The register: whom the gazetteer knows by a name or an office at the time of an article."""

from datetime import date

from graph.extraction.mentions import Mention
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import same_person, surname, transliteration_key
from graph.model import Period

# A bare surname that the article nowhere spells out must belong to somebody this prominent (a minister or
# more).
_PROMINENT = 5

# Offices that one person holds at a time, so that the office names the person ("il presidente ucraino").
_SINGULAR = frozenset(
    {"head_of_state", "head_of_government", "pontiff", "foreign_minister", "defence_minister", "spokesperson"}
)


class Register:
    """The gazetteer as of the days that an article can be of; without a date, of all times."""

    def __init__(self, gazetteer: Gazetteer, published: Period | None) -> None:
        self.gazetteer = gazetteer
        self.first_day = published.earliest if published else date.min
        self.last_day = published.latest if published else date.max

    def state(self, country: str) -> Entry | None:
        """The state of an ISO code."""
        return self.gazetteer.states.get(country)

    def full(self, name: str, mention: Mention) -> Entry | None:
        """The person of this full name: by every spelling, the one in office then before a namesake."""
        found = mention.entries or [
            entry
            for entry in self.gazetteer.by_surname.get(transliteration_key(surname(name)), ())
            if any(same_person(spelling, name) for spelling in (entry.name, *entry.aliases))
        ]
        of_country = [entry for entry in found if mention.country and entry.country == mention.country]
        found = of_country or found
        return found[0] if len(found) == 1 else self._foremost(found, 0)

    def by_surname(self, name: str, mention: Mention) -> Entry | None:
        """The person whom a bare surname means: the holder of the office said with it, else the most
        prominent."""
        found = self.gazetteer.by_surname.get(transliteration_key(name), [])
        if mention.country and mention.title:
            holders = self._holders(mention)
            fitting = [entry for entry in found if entry in holders]
            if len(fitting) == 1:
                return fitting[0]
        return self._foremost(found, _PROMINENT)

    def holder(self, mention: Mention) -> Entry | None:
        """Who held the office that a role names, when it names one person's."""
        holders = self._holders(mention) if mention.country and mention.title in _SINGULAR else []
        return holders[0] if len(holders) == 1 else None

    def head(self, country: str) -> Entry | None:
        """The one person who headed a state, else its government, when the gazetteer knows one alone."""
        for kind in ("head_of_state", "head_of_government"):
            found = self.gazetteer.holders((kind,), country, self.first_day, self.last_day)
            if len(found) == 1:
                return found[0]
        return None

    def heads(self, entry: Entry, country: str) -> bool:
        """Whether somebody headed the state or its government then."""
        return any(
            term.kind in ("head_of_state", "head_of_government")
            and term.country == country
            and term.covers(self.first_day, self.last_day)
            for term in entry.terms
        )

    def held(self, entry: Entry, mention: Mention) -> bool:
        """Whether somebody held the office that a role names, for the country that it names."""
        return bool(mention.country) and any(
            term.kind == mention.title
            and term.country == mention.country
            and term.covers(self.first_day, self.last_day)
            for term in entry.terms
        )

    def _holders(self, mention: Mention) -> list[Entry]:
        return self.gazetteer.holders((mention.title,), mention.country, self.first_day, self.last_day)

    def _foremost(self, entries: list[Entry], least: int) -> Entry | None:
        """The most prominent of several, when one is, and at least so."""
        ranked = sorted(entries, key=self._prominence, reverse=True)
        if not ranked or self._prominence(ranked[0]) < least:
            return None
        tied = len(ranked) > 1 and self._prominence(ranked[1]) == self._prominence(ranked[0])
        return None if tied else ranked[0]

    def _prominence(self, entry: Entry) -> int:
        return self.gazetteer.prominence(entry, self.first_day, self.last_day)
