"""People: capitalised names with the role before or after them, roles that stand alone, pronouns, pairs."""

from collections.abc import Iterator

from graph.extraction.mentions import OUTLET_NOUNS, Mention, capital_runs, governing_preposition
from graph.extraction.roles import RolePhrase
from graph.extraction.words import Word
from graph.lexicon.gazetteer import Entry, Gazetteer
from graph.lexicon.names import fold, surname, transliteration_key
from graph.lexicon.vocabulary import Vocabulary
from graph.model import EntityKind

# Words that make an organisation of a capitalised sequence no table knows.
_BODIES = frozenset(
    "ministero consiglio banca universita partito fondo agenzia commissione comitato camera senato tribunale corte"
    " istituto associazione fondazione unione lega fronte movimento forza esercito brigata osservatorio croce"
    " ministry council bank university party fund agency commission committee court institute union army".split()
)


def find_people(
    words: list[Word],
    known: list[Mention],
    roles: list[RolePhrase],
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
) -> list[Mention]:
    """Mentions of people (and of unknown organisations) beside the `known` names, in the order of the text."""
    taken = {index for mention in known for index in range(mention.first, mention.last + 1)}
    in_role = {index for role in roles for index in range(role.first, role.last + 1)}
    runs = {run[0]: run for run in capital_runs(words, vocabulary, taken | in_role)}
    absorbed = _absorb_places(words, known, runs, gazetteer)
    found: list[Mention] = []
    used: set[int] = set()
    for role in roles:
        mention = _with_role(words, role, runs, used, known, gazetteer)
        if mention is not None:
            found.append(mention)
    for run in runs.values():
        if run[0] in used:
            continue
        mention = _bare(words, run, gazetteer)
        if mention is not None:
            found.append(mention)
    found += _pronouns(words)
    found += _groups(words, vocabulary, in_role)
    kept = [mention for mention in known if mention not in absorbed]
    return sorted(kept + found, key=lambda mention: (mention.first, -mention.last))


def _absorb_places(
    words: list[Word], known: list[Mention], runs: dict[int, tuple[int, int]], gazetteer: Gazetteer
) -> list[Mention]:
    """Known one-word places that are a person's first or last name (Sofia Rossi, Jack London): the run takes them in."""
    absorbed = []
    for mention in known:
        if mention.kind is not EntityKind.PLACE or mention.first != mention.last:
            continue
        after = runs.get(mention.last + 1)
        adjacent = after and words[after[0]].start == words[mention.last].end + 1
        if after and adjacent and fold(words[mention.first].text) in gazetteer.first_names:
            del runs[after[0]]
            runs[mention.first] = (mention.first, after[1])
            absorbed.append(mention)
    return absorbed


def _with_role(
    words: list[Word],
    role: RolePhrase,
    runs: dict[int, tuple[int, int]],
    used: set[int],
    known: list[Mention],
    gazetteer: Gazetteer,
) -> Mention | None:
    """The mention that `role` makes with the name behind it, before it, or alone."""
    name = _name_after(words, role, runs, used)
    if name is not None:
        used.add(name[0])
        return _person(words, role.first, name[1], name, role, gazetteer)
    if _behind_name(words, role, runs, used, known):
        run = next(run for run in runs.values() if _closes(words, run[1], role))
        used.add(run[0])
        return _person(words, run[0], role.last, run, role, gazetteer)
    article = words[role.first - 1] if role.first else None
    definite = article is not None and (
        article.value == "def" or article.cls == "poss" or _articulated(article)
    )
    number = article is not None and article.value in ("2", "3", "4")
    if role.plural:
        return None
    if definite and not number:
        return _person(words, role.first, role.last, None, role, gazetteer)
    return None


def _name_after(
    words: list[Word], role: RolePhrase, runs: dict[int, tuple[int, int]], used: set[int]
) -> tuple[int, int] | None:
    run = runs.get(role.last + 1)
    if run and run[0] not in used and words[run[0]].sentence == words[role.last].sentence:
        return run
    comma = role.last + 1
    run = runs.get(role.last + 2)
    if run and run[0] not in used and words[comma].text == "," and run[1] > run[0] and role.title != "person":
        closing = words[run[1] + 1].text if run[1] + 1 < len(words) else "."
        return run if closing in (",", ".", ")", ";", ":", '"', "»") else None
    return None


def _closes(words: list[Word], last: int, role: RolePhrase) -> bool:
    """Whether a name that ends at word `last` stands right before the role, a comma (and an article) between."""
    index = role.first - 1
    if index >= 0 and (words[index].cls == "det" or words[index].cls == "poss"):
        index -= 1
    return index - 1 == last and words[index].text in (",", "(")


def _behind_name(
    words: list[Word],
    role: RolePhrase,
    runs: dict[int, tuple[int, int]],
    used: set[int],
    known: list[Mention],
) -> bool:
    closing = words[role.last + 1].text if role.last + 1 < len(words) else "."
    return closing in (",", ".", ")", ";", ":") and any(
        _closes(words, run[1], role) and run[0] not in used for run in runs.values()
    )


def _articulated(word: Word) -> bool:
    """A preposition with the article in it (al, dalla, nell')."""
    return word.cls == "prep" and word.lower not in (
        "a",
        "ad",
        "con",
        "di",
        "d'",
        "da",
        "in",
        "su",
        "tra",
        "fra",
        "per",
    )


def _person(
    words: list[Word],
    first: int,
    last: int,
    name: tuple[int, int] | None,
    role: RolePhrase,
    gazetteer: Gazetteer,
) -> Mention:
    entries: list[Entry] = []
    if name:
        entries = gazetteer.find(_text(words, *name), EntityKind.PERSON)
    return Mention(
        first=first,
        last=last,
        kind=EntityKind.PERSON,
        form="name" if name else "role",
        name=name,
        role=(role.first, role.last),
        entries=entries,
        prep=governing_preposition(words, first),
        title=role.title,
        country=role.country,
    )


def _bare(words: list[Word], run: tuple[int, int], gazetteer: Gazetteer) -> Mention | None:
    """A name without a role: known, or with a known first name; the rest waits for `clusters` to recognise it."""
    text = _text(words, *run)
    folded = fold(text).split()
    entries = gazetteer.find(text, EntityKind.PERSON)
    kind, form = EntityKind.PERSON, "candidate"
    if entries or (
        len(folded) > 1 and folded[0] in gazetteer.first_names and not _BODIES.intersection(folded)
    ):
        form = "name"
    elif len(folded) > 1 and _BODIES.intersection(folded):
        kind, form = EntityKind.ORGANIZATION, "name"
    elif _outlet_before(words, run[0]):
        kind, form = EntityKind.ORGANIZATION, "name"
    elif len(folded) > 1 and (_known_surname(text, gazetteer) or _looks_personal(words, run)):
        form = "name"
    elif _place_before(words, run[0]) and not text.isupper():
        kind, form = EntityKind.PLACE, "place"
    return Mention(run[0], run[1], kind, form, name=run, entries=entries)


def _outlet_before(words: list[Word], first: int) -> bool:
    """ "Il quotidiano X", "the daily X": a noun for an outlet or a body makes X an organisation."""
    return any(
        word.lower in OUTLET_NOUNS
        for word in words[max(0, first - 3) : first]
        if word.sentence == words[first].sentence
    )


def _looks_personal(words: list[Word], run: tuple[int, int]) -> bool:
    """Two or three capitalised words that no table knows are a person's name more often than anything else in the news."""
    stretch = [word for word in words[run[0] : run[1] + 1] if word.alphabetic]
    short = 2 <= len(stretch) <= 4
    plain = all(not word.text.isupper() and not any(c.isdigit() for c in word.text) for word in stretch)
    if not (short and plain):
        return False
    initial = run[0] == 0 or words[run[0] - 1].sentence != words[run[0]].sentence
    return not (initial and (stretch[0].cls or stretch[0].forms)) and not _place_before(words, run[0])


def _place_before(words: list[Word], first: int) -> bool:
    """An unknown name right behind a simple "a" or "in" ("a Kupiansk") is a place's."""
    before = words[first - 1] if first else None
    return (
        before is not None
        and before.lower in ("a", "ad", "in", "near")
        and before.sentence == words[first].sentence
    )


def _known_surname(text: str, gazetteer: Gazetteer) -> bool:
    key = transliteration_key(surname(text))
    first = fold(text).split()[0]
    return any(fold(entry.name).split()[0][:3] == first[:3] for entry in gazetteer.by_surname.get(key, ()))


def _pronouns(words: list[Word]) -> Iterator[Mention]:
    for word in words:
        if word.cls == "pronoun" and word.value in ("3s", "3p"):
            number = word.value[1]
            yield Mention(word.index, word.index, EntityKind.PERSON, "pronoun", number=number)
        elif word.lower in ("entrambi", "ambedue") and word.quote < 0:
            following = words[word.index + 1] if word.index + 1 < len(words) else None
            if following is None or following.value != "def":
                yield Mention(word.index, word.index, EntityKind.PERSON, "pair", number="p")


def _groups(words: list[Word], vocabulary: Vocabulary, in_role: set[int]) -> Iterator[Mention]:
    """ "I due leader", "i due capi di Stato", "i nostri rispettivi team"."""
    for word in words:
        if (
            word.value == "2"
            and word.index
            and words[word.index - 1].value in ("def", "a", "con", "tra", "di", "da")
        ):
            last = word.index
            after = words[last + 1] if last + 1 < len(words) else None
            kind = vocabulary.nouns.get(after.lower, {}).get("kind") if after else None
            if after and (kind == "pair" or last + 1 in in_role):
                last += 1
                while last + 1 < len(words) and (
                    last + 1 in in_role or words[last + 1].value == "di" or words[last].value == "di"
                ):
                    last += 1
                yield Mention(word.index, last, EntityKind.PERSON, "pair", number="p")
            elif after and (after.cls in ("verb", "adv", "neg") or after.forms or after.value == "refl"):
                yield Mention(word.index, last, EntityKind.PERSON, "pair", number="p")


def _text(words: list[Word], first: int, last: int) -> str:
    stretch = words[first : last + 1]
    return "".join(
        (" " if p and w.start > stretch[p - 1].end else "") + w.text for p, w in enumerate(stretch)
    )
