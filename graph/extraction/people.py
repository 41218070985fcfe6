"""People: capitalised names with the role before or after them, roles that stand alone, pronouns, pairs."""

from collections.abc import Iterator

from graph.extraction.mentions import Mention, capital_runs, governing_preposition
from graph.extraction.pronouns import find_pairs, find_pronouns
from graph.extraction.roles import RolePhrase
from graph.extraction.words import Word, text
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import fold, surname, transliteration_key
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# What may follow a role that explains the name before it ("Anna Verdi, ministra degli Esteri, …").
_CLOSING = (",", ".", ")", ";", ":")

# A person's name has at most four words; longer sequences of capitals are titles of works and bodies.
_SHORTEST, _LONGEST = 2, 4

# The noun that says what a name is stands within three words before it ("il quotidiano online X").
_INTRODUCED = 3

# A first name that differs behind its third letter is a spelling of the same (Dmitry, Dmitrij).
_SPELLING = 3

Run = tuple[int, int]


def find_people(
    words: list[Word],
    known: list[Mention],
    roles: list[RolePhrase],
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
) -> list[Mention]:
    """Mentions of people and unknown organisations beside the `known` names, in the order of the text."""
    taken = {index for mention in known for index in range(mention.first, mention.last + 1)}
    in_role = {index for role in roles for index in range(role.first, role.last + 1)}
    runs = {run[0]: run for run in capital_runs(words, vocabulary, taken | in_role)}
    absorbed = _absorb_places(words, known, runs, {role.last + 1 for role in roles}, gazetteer)
    names = _Names(words, runs, gazetteer, vocabulary, {role.first: role.last for role in roles})
    found = []
    for role in roles:
        mention = names.with_role(role)
        if mention is not None:
            found.append(mention)
            continue
        for word in words[role.first : role.last + 1]:
            word.tags |= {"role", "roles"} if role.plural else {"role"}
    found += names.bare()
    found += names.inner(capital_runs(words, vocabulary, taken), in_role)
    found += find_pronouns(words, vocabulary)
    found += find_pairs(words, vocabulary, in_role)
    kept = [mention for mention in known if id(mention) not in absorbed]
    return sorted(kept + found, key=lambda mention: (mention.first, -mention.last))


def _absorb_places(
    words: list[Word], known: list[Mention], runs: dict[int, Run], titled: set[int], gazetteer: Gazetteer
) -> set[int]:
    """The ids of one-word places that are a first or last name (Sofia Rossi, Jack London).

    A place is a last name behind one first name that is known or follows a role (`titled`).
    """
    absorbed = set()
    by_last = {run[1]: run for run in runs.values()}
    for mention in known:
        if mention.kind is not EntityKind.PLACE or mention.first != mention.last:
            continue
        after = runs.get(mention.last + 1)
        adjacent = after and words[after[0]].start == words[mention.last].end + 1
        if after and adjacent and fold(words[mention.first].text) in gazetteer.first_names:
            del runs[after[0]]
            runs[mention.first] = (mention.first, after[1])
            absorbed.add(id(mention))
            continue
        first = by_last.get(mention.first - 1)
        if first is None or first[0] != first[1] or words[mention.first].start != words[first[1]].end + 1:
            continue
        if first[0] in titled or fold(words[first[0]].text) in gazetteer.first_names:
            runs[first[0]] = (first[0], mention.last)
            absorbed.add(id(mention))
    return absorbed


class _Names:
    """The capitalised sequences of an article (`runs` by their first word), each used by one mention."""

    def __init__(
        self,
        words: list[Word],
        runs: dict[int, Run],
        gazetteer: Gazetteer,
        vocabulary: Vocabulary,
        role_ends: dict[int, int],
    ) -> None:
        self._role_ends = role_ends
        self._role_heads = role_ends.keys()
        self.words = words
        self.runs = runs
        self.gazetteer = gazetteer
        self.vocabulary = vocabulary
        self._by_last = {run[1]: run for run in runs.values()}
        self._used: set[int] = set()
        self._openings: dict[int, int] = {}

    def with_role(self, role: RolePhrase) -> Mention | None:
        """The mention that `role` makes with the name behind it, before it, or alone."""
        name = self._behind(role)
        if name is not None:
            self._used.add(name[0])
            return self._person(self._openings.get(role.first, role.first), name[1], name, role)
        name = self._before(role)
        if name is not None:
            self._used.add(name[0])
            return self._person(name[0], role.last, name, role)
        second = self._apposed(role)
        if second is not None:
            self._openings[second] = self._openings.get(role.first, role.first)
            return None
        if not role.plural and self._definite(role.first):
            return self._person(role.first, role.last, None, role)
        return None

    def bare(self) -> Iterator[Mention]:
        """The names that no role took."""
        return (self._bare(run) for run in self.runs.values() if run[0] not in self._used)

    def inner(self, runs: list[Run], in_role: set[int]) -> Iterator[Mention]:
        """Whom a role names ("amministratrice della compagnia X", "consigliere del Presidente Y")."""
        for first, last in runs:
            if not (first in in_role and last in in_role):
                continue
            while first < last and fold(self.words[first].text) in self.gazetteer.titles:
                first += 1
            mention = self._bare((first, last))
            if mention.kind is EntityKind.ORGANIZATION or first == last:
                yield mention

    def _behind(self, role: RolePhrase) -> Run | None:
        """The name right behind a role, or behind a comma when it has two words and closes the apposition."""
        run = self.runs.get(role.last + 1)
        sentence = self.words[role.last].sentence
        if run and run[0] not in self._used and self.words[run[0]].sentence == sentence:
            return run
        run = self.runs.get(role.last + 2)
        bare = role.title == "person" and role.first == role.last
        if run is None or run[0] in self._used or bare:
            return None
        # "Il ministro degli Esteri, Tajani, ha": one word must be a surname that the tables know
        known = transliteration_key(fold(self._text(run))) in self.gazetteer.by_surname
        single = run[1] == run[0] and not known
        closing = self.words[run[1] + 1].text if run[1] + 1 < len(self.words) else "."
        comma = self.words[role.last + 1].text == ","
        return run if comma and not single and closing in (*_CLOSING, '"', "»") else None

    def _before(self, role: RolePhrase) -> Run | None:
        """The name that the role explains behind a comma or in brackets, an article between at most."""
        closing = self.words[role.last + 1].text if role.last + 1 < len(self.words) else "."
        index = role.first - 1
        if index >= 0 and self.words[index].cls in ("det", "poss"):
            index -= 1
        if index < 1 or closing not in _CLOSING or self.words[index].text not in (",", "("):
            return None
        run = self._by_last.get(index - 1)
        return run if run is not None and run[0] not in self._used else None

    def _apposed(self, role: RolePhrase) -> int | None:
        """ "Il primo ministro del Qatar, lo sceicco X": where the role with the name begins."""
        rest = self.words[role.last + 1 : role.last + 3]
        if len(rest) < 2 or rest[0].text != "," or role.plural:
            return None
        second = role.last + (3 if rest[1].value == "def" else 2)
        return second if second in self._role_heads and self._named(second) else None

    def _named(self, second: int) -> bool:
        """Whether a name follows the role that begins at a word."""
        last = self._role_ends.get(second, second)
        run = self.runs.get(last + 1)
        return run is not None and run[0] not in self._used

    def _definite(self, first: int) -> bool:
        """Whether a role names somebody in particular: an article, a possessive or "dal", "al" before it."""
        before = self.words[first - 1] if first else None
        if before is None:
            return False
        simple = self.vocabulary.lists.simple_prepositions
        articulated = before.cls == "prep" and before.lower not in simple
        return before.value == "def" or before.cls == "poss" or articulated

    def _person(self, first: int, last: int, name: Run | None, role: RolePhrase) -> Mention:
        entries: list[Entry] = []
        if name:
            entries = self.gazetteer.find(self._text(name), EntityKind.PERSON)
        return Mention(
            first=first,
            last=last,
            kind=EntityKind.PERSON,
            form="name" if name else "role",
            name=name,
            role=(role.first, role.last),
            entries=entries,
            prep=governing_preposition(self.words, first, self.vocabulary),
            title=role.title,
            country=role.country,
        )

    def _bare(self, run: Run) -> Mention:
        """A name without a role: known, or with a known first name; the rest waits for its cluster."""
        name = self._text(run)
        things = self.vocabulary.lists.thing_nouns
        if name.lower() in self.vocabulary.noun_frames or not things.isdisjoint(fold(name).split()):
            # "Phone Call", "Nobel Peace Prize": a headline's capitals, or what is nobody
            return Mention(run[0], run[1], EntityKind.PERSON, "candidate", name=run)
        folded = fold(name).split()
        entries = self.gazetteer.find(name, EntityKind.PERSON)
        several = len(folded) > 1
        body = several and not set(folded).isdisjoint(self.vocabulary.lists.body_nouns)
        kind, form = EntityKind.PERSON, "candidate"
        if entries or (several and folded[0] in self.gazetteer.first_names and not body):
            form = "name"
        elif body or self._introduced(run[0]):
            kind, form = EntityKind.ORGANIZATION, "name"
        elif self._located(run):
            kind, form = EntityKind.PLACE, "place"
        elif several and (self._known_surname(name) or self._looks_personal(run)):
            form = "name"
        elif self._in_place(run[0]) and not name.isupper():
            kind, form = EntityKind.PLACE, "place"
        return Mention(run[0], run[1], kind, form, name=run, entries=entries)

    def _located(self, run: Run) -> bool:
        """ "Red Square", "il ponte Leonardo": a noun for a place in the name or before it."""
        places = self.vocabulary.lists.place_nouns
        before = self.words[run[0] - 1].lower if run[0] else ""
        inside = {self.words[run[0]].lower, self.words[run[1]].lower} if run[1] > run[0] else set()
        return before in places or not inside.isdisjoint(places)

    def _text(self, run: Run) -> str:
        return text(self.words[run[0] : run[1] + 1])

    def _introduced(self, first: int) -> bool:
        """ "Il quotidiano X": a noun for an outlet or a body makes X an organisation."""
        return any(
            word.lower in self.vocabulary.lists.outlet_nouns
            for word in self.words[max(0, first - _INTRODUCED) : first]
            if word.sentence == self.words[first].sentence
            and all(w.alphabetic and not w.capital for w in self.words[word.index : first])
        )

    def _looks_personal(self, run: Run) -> bool:
        """Two to four capitalised words that no table knows are most often a person's name in the news."""
        stretch = [word for word in self.words[run[0] : run[1] + 1] if word.alphabetic]
        plain = all(not word.text.isupper() and not any(c.isdigit() for c in word.text) for word in stretch)
        if not (_SHORTEST <= len(stretch) <= _LONGEST and plain):
            return False
        initial = run[0] == 0 or self.words[run[0] - 1].sentence != self.words[run[0]].sentence
        return not (initial and (stretch[0].cls or stretch[0].forms)) and not self._in_place(run[0])

    def _in_place(self, first: int) -> bool:
        """An unknown name right behind a simple "a" or "in" ("a Kupiansk") is a place's."""
        before = self.words[first - 1] if first else None
        return (
            before is not None
            and before.lower in self.vocabulary.lists.locative_prepositions
            and before.sentence == self.words[first].sentence
        )

    def _known_surname(self, name: str) -> bool:
        namesakes = self.gazetteer.by_surname.get(transliteration_key(surname(name)), ())
        first = fold(name).split()[0][:_SPELLING]
        return any(fold(entry.name).split()[0][:_SPELLING] == first for entry in namesakes)
