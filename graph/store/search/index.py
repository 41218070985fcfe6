"""The full-text index of a generation: SQLite FTS5 files that belong to it and never change after it.

    words.base.fts     the documents of an earlier generation, shared by hard link
    words.delta.fts    what has changed since, small enough to be copied with each generation

SQLite comes with Python and ranks (bm25), folds accents and cuts snippets itself:
https://www.sqlite.org/fts5.html
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store.search.documents import Document, all_documents, documents_of
from graph.store.search.spelling import key

log = logging.getLogger(__name__)

SUFFIX = ".fts"
BASE = f"words.base{SUFFIX}"
DELTA = f"words.delta{SUFFIX}"

SMALL = 2000
"""Documents that a delta may hold in any case: some 30 articles, a copy of about a megabyte."""

SHARE = 10
"""A delta that exceeds this part of its base (one in ten) is merged by making the index anew."""

SCHEMA = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL,
    language TEXT NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE word (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, key TEXT NOT NULL, n INTEGER NOT NULL);
CREATE TABLE replaced (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'document', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE occurring USING fts5vocab ('words', 'row');
CREATE VIRTUAL TABLE similar USING fts5 (key, content = '', tokenize = 'trigram', detail = 'none');
"""
"""`word` is the vocabulary with the key of each word's spellings; `similar` finds keys by three letters."""

INDEXES = """
CREATE INDEX document_iri ON document (iri);
CREATE INDEX word_key ON word (key);
"""
"""Made when the tables are full, which takes half the time."""


def ensure(generation: Path, store: Path) -> None:
    """Makes the index of a closed database that has none; `store` keeps the articles' texts."""
    if not (generation / BASE).exists():
        build(generation, Store.read_only(str(generation)), store)


def build(generation: Path, database: Store, store: Path) -> None:
    """Makes the index of `database` anew, in the folder `generation`."""
    draft = generation / f"{BASE}.part"
    draft.unlink(missing_ok=True)
    _write(draft, all_documents(database, store))
    (generation / DELTA).unlink(missing_ok=True)
    draft.rename(generation / BASE)  # whoever looks meanwhile sees the whole, or nothing


def follow(previous: Path, generation: Path, database: Store, things: Iterable[str], store: Path) -> None:
    """Makes the index of `generation` from that of `previous`; `things` are the IRIs of what differs.

    A thing differs when a name, a quotation's words or an article came or went; more things do no harm.
    """
    changed = sorted(set(things))
    if not (previous / BASE).exists():
        build(generation, database, store)
        return
    os.link(previous / BASE, generation / BASE)
    delta = generation / DELTA
    if (previous / DELTA).exists():
        shutil.copyfile(previous / DELTA, delta)
    else:
        _write(delta, ())
    with _opened(delta) as connection:
        _forget(connection, changed)
        _insert(connection, documents_of(database, store, changed))
        _learn(connection)
        held = _count(connection, "document") + _count(connection, "replaced")
    if held > SMALL:
        with closing(sqlite3.connect(generation / BASE)) as connection:
            whole = _count(connection, "document")
        if held * SHARE > whole:
            build(generation, database, store)


def _write(path: Path, documents: Iterable[Document]) -> None:
    with _opened(path) as connection:
        connection.executescript(SCHEMA)
        count = _insert(connection, documents)
        _learn(connection)
        connection.executescript(INDEXES)
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    log.info("%d documents indexed in %s", count, path.name)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for writing, without a journal: it is not in force before it is whole."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            yield connection
    except sqlite3.Error as error:
        remedy = "check the space and the rights"
        raise StoreError(f"cannot be written: {error}", place=str(path), remedy=remedy) from error


def _insert(connection: sqlite3.Connection, documents: Iterable[Document]) -> int:
    """Adds documents; how many. New rows get numbers above all that are there."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM document").fetchone()[0]
    connection.executemany(
        "INSERT INTO document (iri, kind, field, language, start, text) VALUES (?, ?, ?, ?, ?, ?)", documents
    )
    added = connection.execute(
        "INSERT INTO words (rowid, text) SELECT id, text FROM document WHERE id > ?", (last,)
    )
    return added.rowcount


def _forget(connection: sqlite3.Connection, things: Iterable[str]) -> None:
    """Takes out what the delta holds of some things, and marks what the base holds as replaced."""
    for iri in things:
        connection.execute(
            "INSERT INTO words (words, rowid, text) SELECT 'delete', id, text FROM document WHERE iri = ?",
            (iri,),
        )
        connection.execute("DELETE FROM document WHERE iri = ?", (iri,))
        connection.execute("INSERT OR IGNORE INTO replaced VALUES (?)", (iri,))


def _learn(connection: sqlite3.Connection) -> None:
    """Adds to the vocabulary the words that are new; one that no longer occurs does no harm."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM word").fetchone()[0]
    connection.create_function("key", 1, key, deterministic=True)
    connection.execute(
        "INSERT INTO word (term, key, n) "
        "SELECT term, key(term), doc FROM occurring WHERE term NOT IN (SELECT term FROM word)"
    )
    connection.execute("INSERT INTO similar (rowid, key) SELECT id, key FROM word WHERE id > ?", (last,))


def _count(connection: sqlite3.Connection, table: str) -> int:
    """The rows of one of our own tables."""
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0])


def files(generation: Path) -> list[Path]:
    """The files of the index, the base first."""
    return [path for path in (generation / BASE, generation / DELTA) if path.exists()]
