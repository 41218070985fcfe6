"""Finding things by words in the full-text index of a generation: ranked, marked, tolerant of spelling.

A word stands for all words of the vocabulary with the same key (see its spelling module), so Zelenskiy finds
Zelenskyj and a singular its plural; what is written just so ranks first. A word that nobody wrote is replaced
by the nearest one that somebody did, and the answer says so.
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import QueryError, StoreError
from graph.store.search import documents, index
from graph.store.search.phrases import Phrase, phrases
from graph.store.search.vocabulary import Vocabulary

MOST = 5000
"""Documents that are ranked: who finds more has to ask more precisely, and sees that there are more."""

PATIENCE = 2.0
"""Seconds that one search may take; a graph of ten million triples needs some hundredths."""

_RANKED = """SELECT document.id, iri, kind, field, language, start, score
FROM (SELECT rowid AS row, rank AS score FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?)
JOIN document ON id = row"""

_THINGS = f"SELECT DISTINCT iri FROM document WHERE kind IN ({', '.join('?' for _ in documents.KINDS)})"

_ROWS = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"

BEGIN, END = "\ue000", "\ue001"
"""Signs of no alphabet that mark the words found inside a snippet."""

CONTEXT = 28
"""Words of a snippet."""

EXACT = 2.0
"""How many times a document counts that holds the words just as they are asked for."""

WEIGHTS = {"label": 3.0, "alias": 2.5, "quotation": 1.3, "text": 1.0}
"""How many times a hit counts by where it is: who asks for a name wants the thing, then words about it."""

TERM = 0.4
"""How many times a hit counts in the vocabulary's own labels: few ask for "call" to see a class."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found. `words` is its best document in pieces: (text, whether it was asked for).

    `field` is label, alias, quotation or text; `start` the offset of an article's passage; `score` is higher
    for better, comparable within one answer only.
    """

    iri: str
    kind: str
    label: str
    field: str
    language: str
    start: int
    score: float
    words: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: the hits of one page in order, how many there are in all and by kind.

    `more` says that the count stops short; `asked` is what was really looked for when it differs.
    """

    hits: tuple[Hit, ...]
    total: int
    kinds: dict[str, int]
    more: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    """A document that matches: which file, its row, what it is of, its score (higher is better)."""

    file: int
    row: int
    iri: str
    kind: str
    field: str
    language: str
    start: int
    score: float


class Index:
    """The index of one generation, open for one thread at a time."""

    def __init__(self, generation: Path) -> None:
        """Raises StoreError where the generation has no index."""
        paths = index.files(generation)
        if not paths:
            raise StoreError("this graph has no full-text index yet", remedy="make it: parleygraph index")
        self._files = [
            sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            for path in paths
        ]
        self._vocabulary = Vocabulary(self._files)

    def close(self) -> None:
        """Frees the files."""
        for file in self._files:
            file.close()

    def find(
        self, text: str, kind: str = "", offset: int = 0, limit: int = 20, language: str = "en"
    ) -> Found:
        """The things that `text` finds, best first; `kind` keeps those of one kind only.

        Raises QueryError for a text without a word, or a search that takes too long.
        """
        asked = phrases(text)
        with self._within(PATIENCE):
            expressions, said = self._expressions(asked)
            matches: list[_Match] = []
            used = ""
            for expression in expressions:
                used, matches = expression, self._matches(expression, self._vocabulary.literal(asked))
                if matches:
                    break
            best = _best(matches)
            counts = Counter(match.kind for match in best)
            wanted = [match for match in best if not kind or match.kind == kind]
            page = wanted[offset : offset + limit]
            hits = tuple(self._hit(match, used, language) for match in page)
        more = len(matches) >= MOST
        return Found(hits, len(wanted), dict(counts.most_common()), more, said if hits else "")

    def suggest(self, text: str, limit: int = 8, language: str = "en") -> tuple[Hit, ...]:
        """The things whose names go on from what has been typed so far; none for nothing typed."""
        try:
            asked = phrases(text.replace('"', " "))
        except QueryError:
            return ()
        ways = [asked]
        if not text[-1:].isspace():  # what may go on; or it is whole, in a spelling with an ending of its own
            ways.insert(0, (*asked[:-1], replace(asked[-1], open=True)))
        with self._within(PATIENCE):
            for way in ways:
                expression = self._vocabulary.expression(way, "AND")
                named = [
                    match
                    for match in self._matches(expression, self._vocabulary.literal(way))
                    if match.field in ("label", "alias") and match.kind not in ("term", "claim")
                ]
                if named:
                    return tuple(self._hit(match, expression, language) for match in _best(named)[:limit])
        return ()

    def things(self, offset: int, limit: int) -> list[str]:
        """The IRIs of things of ours that have a page, in their order, some at a time."""
        rows = self._files[0].execute(
            f"{_THINGS} ORDER BY iri LIMIT ? OFFSET ?", (*documents.KINDS, limit, offset)
        )
        return [str(iri) for (iri,) in rows]

    def count_things(self) -> int:
        """How many such things there are; those that came since the index was made anew do not count."""
        row = self._files[0].execute(f"SELECT count(*) FROM ({_THINGS})", documents.KINDS).fetchone()
        return int(row[0])

    def _expressions(self, asked: Sequence[Phrase]) -> tuple[list[str], str]:
        """What to look for, one after the other until something is found; and the words if they changed."""
        known = self._vocabulary.corrected(asked)
        said = " ".join(str(phrase) for phrase in known) if known != tuple(asked) else ""
        expressions = [self._vocabulary.expression(known, "AND")]
        if sum(not phrase.excluded for phrase in known) > 1:
            expressions.append(self._vocabulary.expression(known, "OR"))
        return expressions, said

    def _matches(self, expression: str, literal: str) -> list[_Match]:
        found = []
        replaced = self._replaced()
        for number, file in enumerate(self._files):
            exact = {row for (row,) in file.execute(_ROWS, (literal, MOST))}
            rows = file.execute(_RANKED, (expression, MOST))
            for row, iri, kind, field, language, start, score in rows:
                if number > 0 or iri not in replaced:
                    weight = WEIGHTS[field] * (TERM if kind == "term" else 1) * (EXACT if row in exact else 1)
                    found.append(_Match(number, row, iri, kind, field, language, start, -score * weight))
        return found

    def _replaced(self) -> set[str]:
        if len(self._files) == 1:
            return set()
        return {iri for (iri,) in self._files[1].execute("SELECT iri FROM replaced")}

    def _hit(self, match: _Match, expression: str, language: str) -> Hit:
        file = self._files[match.file]
        snippet = file.execute(
            "SELECT snippet(words, 0, ?, ?, '…', ?) FROM words WHERE words MATCH ? AND rowid = ?",
            (BEGIN, END, CONTEXT, expression, match.row),
        ).fetchone()[0]
        label = self._label(match, language)
        return Hit(
            match.iri,
            match.kind,
            label,
            match.field,
            match.language,
            match.start,
            round(match.score, 3),
            tuple(marked(snippet)),
        )

    def _label(self, match: _Match, language: str) -> str:
        """What the thing found is called: in that language, else in English, else in any."""
        labels = self._files[match.file].execute(
            "SELECT text FROM document WHERE iri = ? AND field = 'label' "
            "ORDER BY language = ? DESC, language = 'en' DESC, text LIMIT 1",
            (match.iri, language),
        )
        return str(next(labels, ("",))[0])

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Stops a search that takes too long, and tells what SQLite refuses as a QueryError."""
        deadline = time.monotonic() + seconds
        for file in self._files:
            file.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = (
                f"the search took longer than {seconds:g} seconds"
                if "interrupt" in str(error)
                else str(error)
            )
            raise QueryError(reason, remedy="ask for rarer words") from error
        finally:
            for file in self._files:
                file.set_progress_handler(None, 0)


def find(generation: Path, text: str, limit: int = 20) -> Found:
    """What one search finds, for a program that asks once."""
    with closing(Index(generation)) as opened:
        return opened.find(text, limit=limit)


def marked(snippet: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a snippet in order, with whether they are words that were asked for."""
    for number, part in enumerate(snippet.split(BEGIN)):
        found, end, rest = part.partition(END)
        if number > 0 and end:
            yield found, True
            found = rest
        if found:
            yield found, False


def _best(matches: Sequence[_Match]) -> list[_Match]:
    """The best document of each thing, best thing first."""
    best: dict[str, _Match] = {}
    for match in matches:
        held = best.get(match.iri)
        if held is None or match.score > held.score:
            best[match.iri] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.iri))
