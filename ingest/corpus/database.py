"""The SQLite file of a corpus: its tables, its connections, and how the corpus was built."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# `done` of an article is 1 when it is stored whole, 0 while its index entries are being written, -1 while
# they are being removed. Only originals have passages and shingles. `chore` holds what remains to be done
# for articles that are stored: look again what they are a copy of, or remove them.
SCHEMA = """
CREATE TABLE IF NOT EXISTS recipe (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL, digest TEXT NOT NULL,
    text TEXT NOT NULL, language TEXT NOT NULL, title TEXT, author TEXT, publisher TEXT, section TEXT,
    published_at TEXT, updated_at TEXT, url TEXT, estimate TEXT, provenance TEXT NOT NULL,
    captions TEXT NOT NULL, confidence REAL NOT NULL, lines TEXT NOT NULL, page_chars INTEGER NOT NULL,
    copy_of TEXT, cleaner TEXT NOT NULL, splitter TEXT NOT NULL, shingles BLOB NOT NULL,
    done INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS article_copy ON article (copy_of) WHERE copy_of NOT NULL;
CREATE INDEX IF NOT EXISTS article_digest ON article (digest);
CREATE INDEX IF NOT EXISTS article_open ON article (done) WHERE done != 1;
CREATE TABLE IF NOT EXISTS passage (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, input TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passage_article ON passage (article_id);
CREATE INDEX IF NOT EXISTS passage_input ON passage (input);
CREATE TABLE IF NOT EXISTS shingle (
    hash INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hash, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS held (
    path TEXT NOT NULL, article_id TEXT NOT NULL, PRIMARY KEY (path, article_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held_article ON held (article_id);
CREATE TABLE IF NOT EXISTS failure (
    name TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (source, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chore (
    place INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL UNIQUE, task TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS generation (value INTEGER NOT NULL);
"""
# SQLite takes 32,766 values in a statement; this many keep it short.
VALUES_AT_ONCE = 500
# A million shingles of 20,000 articles take 15 MB.
CACHE_KIB = 16_000
# Shingles fall anywhere in their table: a page that many batches touch is then written once, not once a batch.
CHECKPOINT_PAGES = 8_000


class Database:
    """SQLite access to one corpus; usable from many threads, one connection each."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self._path = path
        self._writable = writable
        self._local = threading.local()
        if writable:
            self._connection.executescript(SCHEMA)

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            mode = "rwc" if self._writable else "ro"
            uri = f"{self._path.absolute().as_uri()}?mode={mode}"
            connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
            if self._writable:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
                connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commit at the end, roll back on any exception."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def recipe(self) -> dict[str, str]:
        """How the corpus was built, key by key; empty for a new corpus."""
        if not self.count("SELECT 1 FROM sqlite_master WHERE name = 'recipe'"):
            return {}  # killed before its tables were made
        return dict(self._connection.execute("SELECT key, value FROM recipe").fetchall())

    def write_recipe(self, recipe: dict[str, str]) -> None:
        """Store how the corpus is built."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO recipe VALUES (?, ?)", recipe.items())

    def generation(self) -> int:
        """A number that grows whenever what is searched has changed, in whatever process."""
        return int(self._connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM generation").fetchone()[0])

    def count(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a read-only counting query over the tables of SCHEMA."""
        return self._connection.execute(query, values).fetchall()


def portions(values: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """The values in portions for `IN (…)`, each with its placeholders."""
    for begin in range(0, len(values), VALUES_AT_ONCE):
        part = values[begin : begin + VALUES_AT_ONCE]
        yield part, ", ".join("?" * len(part))
