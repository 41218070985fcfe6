"""The words of a language and their uses: closed classes, verb forms, frames, cues. Tables of
`data/lexicon/`."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.lexicon.conjugation import Verb, VerbForm, forms
from graph.lexicon.inflection import english_forms
from graph.lexicon.lists import lists_of
from graph.lexicon.tables import DATA, rows, values
from graph.lexicon.times import calendar_of
from graph.model import Medium, Modality

# What a frame says of an argument: the column of the table it stands in.
SLOTS = ("subj", "obj", "a", "con", "da", "di", "tra", "in", "su", "contro", "per")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a verb or noun evokes an event: `roles` maps a slot (subject, object, a preposition) to the role it
    fills.

    `needs` are words of which one must stand near (al telefono); `bars` words that must not; `least` how many
    agents make an event of it; `about` the type of another event this one is about; `bodies` its type when no
    person takes part.
    """

    rule: str
    pos: str
    lemma: str
    type: str
    roles: dict[str, str]
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    least: int = 1
    about: str = ""
    modality: str = ""
    bodies: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """What a verb does with the event noun that it carries ("ha avuto una telefonata").

    `part` is what its subject is in the event: own (what the noun says of a subject), lead, host, receive,
    ask, announce, or empty when the verb carries no part; `through` the preposition before the noun;
    `settles` whether the event is as real as the verb.
    """

    part: str
    through: str
    settles: bool


@dataclass(frozen=True, slots=True)
class Auxiliary:
    """`kind` is have, be, become (the passive), progressive or modal.

    `modality` is what a modal makes of its event, `conditional` what its conditional does; both None
    otherwise.
    """

    kind: str
    modality: Modality | None = None
    conditional: Modality | None = None


@dataclass(frozen=True, slots=True)
class MediumNoun:
    """A noun that names the medium; `behind` are words of which one must stand before it, if any."""

    medium: Medium
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that settles whether its event happened: `scope` says where it must stand (adjective, governor,
    near)."""

    word: str
    scope: str
    modality: str


class Vocabulary:
    """All tables of one language, indexed by lower-case form."""

    def __init__(self, language: str, folder: Path = DATA / "lexicon") -> None:
        self.language = language
        here = folder / language
        self.classes: dict[str, tuple[str, str]] = {}
        for row in rows(here / "words.tsv", required=("word", "class")):
            self.classes.setdefault(row["word"], (row["class"], row["value"]))
        self.verb_forms = _verb_forms(here)
        self.speech = {row["lemma"]: row["kind"] for row in rows(here / "speech.tsv")}
        self.verb_frames: dict[str, list[Frame]] = defaultdict(list)
        self.noun_frames: dict[str, list[Frame]] = defaultdict(list)
        for frame in _frames(here):
            index = self.verb_frames if frame.pos == "verb" else self.noun_frames
            for form in values(frame.lemma):
                index[form].append(frame)
        self.transitive = {
            lemma
            for lemma, frames in self.verb_frames.items()
            if any("obj" in frame.roles for frame in frames)
        }
        self.cues: dict[str, list[Cue]] = defaultdict(list)
        for row in rows(here / "cues.tsv", required=("word", "scope", "modality")):
            for form in values(row["word"]):
                self.cues[form].append(Cue(form, row["scope"], row["modality"]))
        self.nouns = {
            form: row["kind"]
            for row in rows(here / "nouns.tsv", required=("forms", "kind"))
            for form in values(row["forms"])
        }
        self.lists = lists_of(here)
        self.calendar = calendar_of(here)
        self.support = _support(here)
        self.auxiliaries = {
            row["lemma"]: Auxiliary(row["kind"], _modality(row["modality"]), _modality(row["conditional"]))
            for row in rows(here / "auxiliaries.tsv", required=("lemma", "kind", "modality", "conditional"))
        }
        self.phrasals = {
            lemma
            for table in (self.speech, self.verb_frames, self.cues, self.support)
            for lemma in table
            if " " in lemma
        }
        self.media = {
            row["word"]: MediumNoun(Medium(row["medium"]), values(row["behind"]))
            for row in rows(here / "media.tsv", required=("word", "medium"))
        }

    def auxiliary(self, lemma: str) -> str:
        """What kind of auxiliary or modal a lemma is, or ""."""
        known = self.auxiliaries.get(lemma)
        return known.kind if known else ""


def _modality(cell: str) -> Modality | None:
    return Modality(cell) if cell else None


def _support(folder: Path) -> dict[str, Support]:
    return {
        row["lemma"]: Support(row["part"], row["through"], row["settles"] == "yes")
        for row in rows(folder / "support.tsv", required=("lemma", "part", "through", "settles"))
    }


def _verb_forms(folder: Path) -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = defaultdict(list)
    for row in rows(folder / "verbs.tsv", required=("lemma",)):
        if "past" in row:  # English gives three parts, Italian its own columns
            for form in english_forms(row["lemma"], row["past"], row["participle"]):
                found[form.form].append(form)
            continue
        verb = Verb(
            lemma=row["lemma"],
            participle=row["participle"],
            remote=row["remote"],
            present=values(row["present"]),
            future=row["future"],
            imperfect=row["imperfect"],
            subjunctive=row["subjunctive"],
            isc=row["class"] == "isc",
        )
        for form in forms(verb):
            found[form.form].append(form)
    for row in rows(folder / "irregular_forms.tsv", required=("form", "lemma", "tense")):
        found[row["form"]].append(VerbForm(row["form"], row["lemma"], row["tense"], row["person"]))
    return {form: tuple(readings) for form, readings in found.items()}


def _frames(folder: Path) -> list[Frame]:
    return [
        Frame(
            rule=row["rule"],
            pos=row["pos"],
            lemma=row["lemma"],
            type=row["type"],
            roles={slot: row[slot] for slot in SLOTS if row.get(slot)},
            needs=values(row["needs"]),
            bars=values(row["bars"]),
            least=int(row["least"] or 1),
            about=row["about"],
            modality=row["modality"],
            bodies=row["bodies"],
        )
        for row in rows(folder / "frames.tsv", required=("rule", "pos", "lemma", "type"))
    ]


@lru_cache(maxsize=4)
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of `language` (an ISO 639-1 code for which `data/lexicon/` has a folder), read once per
    process."""
    return Vocabulary(language)
