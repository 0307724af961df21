"""The catalogue of a corpus: articles, passages, files and failures in one SQLite file.

An article counts only once its `done` mark is set, which happens after its vectors and its lexical
entries are stored. Copies are stored whole but point to their original and have no passages.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.article import Article, Failure, Line, Metadata, Passage

SCHEMA = """
CREATE TABLE IF NOT EXISTS recipe (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, digest TEXT NOT NULL,
    text TEXT NOT NULL, language TEXT NOT NULL, title TEXT, author TEXT, publisher TEXT, section TEXT,
    published_at TEXT, updated_at TEXT, url TEXT, estimate TEXT, provenance TEXT NOT NULL,
    captions TEXT NOT NULL, confidence REAL NOT NULL, lines TEXT NOT NULL, page_chars INTEGER NOT NULL,
    copy_of TEXT, done INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS article_copy ON article (copy_of);
CREATE INDEX IF NOT EXISTS article_source ON article (source);
CREATE TABLE IF NOT EXISTS passage (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passage_article ON passage (article_id);
CREATE TABLE IF NOT EXISTS shingle (hash INTEGER NOT NULL, article_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS shingle_hash ON shingle (hash);
CREATE INDEX IF NOT EXISTS shingle_article ON shingle (article_id);
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS generation (value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS failure (name TEXT PRIMARY KEY, source TEXT NOT NULL, reason TEXT NOT NULL);
"""

ARTICLE_COLUMNS = (
    "name, text, language, title, author, publisher, section, published_at, updated_at, url, estimate,"
    " provenance, captions, confidence"
)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """What is kept of the page behind an article: its file, content digest, lines and length in characters."""

    source: str
    digest: str
    lines: tuple[Line, ...]
    page_chars: int


class Catalogue:
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

    # recipe

    def recipe(self) -> dict[str, str]:
        """How the corpus was built, key by key; empty for a new corpus."""
        return dict(self._connection.execute("SELECT key, value FROM recipe").fetchall())

    def write_recipe(self, recipe: dict[str, str]) -> None:
        """Store how the corpus is built."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO recipe VALUES (?, ?)", recipe.items())

    def generation(self) -> int:
        """A number that grows whenever what is searched has changed, in whatever process."""
        return int(self._connection.execute("SELECT COUNT(*) FROM generation").fetchone()[0])

    # files and failures

    def file_stamp(self, path: str) -> tuple[int, int] | None:
        """Size in bytes and modification time in nanoseconds of a file when it was last taken whole."""
        row = self._connection.execute("SELECT size, mtime_ns FROM file WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def write_file_stamp(self, path: str, stamp: tuple[int, int]) -> None:
        """Remember that a file was taken whole in this state."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (path, *stamp))

    def forget_file(self, path: str) -> None:
        """Forget a file's state, so that the next run reads it again."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM file WHERE path = ?", (path,))

    def known_files(self) -> list[str]:
        """The paths of all files taken so far."""
        return [row[0] for row in self._connection.execute("SELECT path FROM file ORDER BY path")]

    def failures(self, source: str | None = None) -> list[Failure]:
        """Pages that could not be taken, by name; those of one file when `source` is given."""
        where, values = ("WHERE source = ?", (source,)) if source else ("", ())
        rows = self._connection.execute(f"SELECT name, reason FROM failure {where} ORDER BY name", values)
        return [Failure(*row) for row in rows]

    def replace_failures(self, source: str, failures: Iterable[Failure]) -> None:
        """Remember the failures of a file in place of those it had before."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM failure WHERE source = ?", (source,))
            connection.executemany(
                "INSERT OR REPLACE INTO failure VALUES (?, ?, ?)",
                [(failure.name, source, failure.reason) for failure in failures],
            )

    # articles

    def begin_article(self, article: Article, page: StoredPage, copy_of: str | None) -> None:
        """Write an article and its page, not yet done; what was there under its id is replaced."""
        meta = article.metadata
        lines = [[line.text, line.start, line.end, line.kind, line.reason] for line in page.lines]
        row = (
            article.id, article.name, page.source, page.digest, article.text, article.language, meta.title,
            meta.author, meta.publisher, meta.section, meta.published_at, meta.updated_at, meta.url,
            json.dumps(meta.estimate) if meta.estimate else None, json.dumps(dict(meta.provenance)),
            json.dumps(article.captions), article.confidence, json.dumps(lines), page.page_chars, copy_of,
        )
        with self.transaction() as connection:
            _delete_article(connection, article.id)
            connection.execute(f"INSERT INTO article VALUES ({', '.join('?' * len(row))}, 0)", row)

    def finish_articles(self, articles: Iterable[tuple[str, Sequence[Passage], Sequence[int]]]) -> None:
        """Store passages and shingle hashes and set the done mark, for (article id, passages, shingles)."""
        with self.transaction() as connection:
            for article_id, passages, shingles in articles:
                connection.executemany(
                    "INSERT OR REPLACE INTO passage VALUES (?, ?, ?, ?, ?, ?)",
                    [(p.id, p.article_id, p.kind, p.start, p.end, p.text) for p in passages],
                )
                connection.executemany(
                    "INSERT INTO shingle VALUES (?, ?)", [(value, article_id) for value in shingles]
                )
                connection.execute("UPDATE article SET done = 1 WHERE id = ?", (article_id,))
            connection.execute("INSERT INTO generation VALUES (1)")

    def mark_unfinished(self, article_id: str) -> None:
        """Take the done mark off an article whose index entries are about to go."""
        with self.transaction() as connection:
            connection.execute("UPDATE article SET done = 0 WHERE id = ?", (article_id,))

    def delete_article(self, article_id: str) -> None:
        """Remove an article with its passages and shingles."""
        with self.transaction() as connection:
            _delete_article(connection, article_id)
            connection.execute("INSERT INTO generation VALUES (1)")

    def article_state(self, article_id: str) -> tuple[str, str, bool] | None:
        """Content digest, source file and done mark of an article, or None when there is none."""
        row = self._connection.execute(
            "SELECT digest, source, done FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        return (row[0], row[1], bool(row[2])) if row else None

    def articles_of_source(self, source: str) -> list[str]:
        """Ids of the finished articles that came from a file."""
        rows = self._connection.execute("SELECT id FROM article WHERE source = ? AND done = 1", (source,))
        return [row[0] for row in rows]

    def unfinished_articles(self) -> list[tuple[str, str]]:
        """(id, source) of articles whose run was broken off before their done mark."""
        return self._connection.execute("SELECT id, source FROM article WHERE done = 0").fetchall()

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if it is stored whole."""
        row = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ? AND done = 1", (article_id,)
        ).fetchone()
        return _article_of(row) if row else None

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by id, those stored whole."""
        wanted, found = list(ids), {}
        for begin in range(0, len(wanted), 500):
            part = wanted[begin : begin + 500]
            rows = self._connection.execute(
                f"SELECT id, {ARTICLE_COLUMNS} FROM article WHERE done = 1 AND id IN ({', '.join('?' * len(part))})",
                part,
            )
            found.update({row[0]: _article_of(row[1:]) for row in rows})
        return found

    def articles(self, *, originals_only: bool = False) -> Iterator[Article]:
        """All articles by name; only those that are no copies when `originals_only`."""
        where = "AND copy_of IS NULL" if originals_only else ""
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE done = 1 {where} ORDER BY name"
        )
        for row in rows.fetchall():
            yield _article_of(row)

    def stored_page(self, article_id: str) -> StoredPage | None:
        """What is kept of the page behind an article."""
        row = self._connection.execute(
            "SELECT source, digest, page_chars FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        return StoredPage(row[0], row[1], self.lines(article_id), row[2]) if row else None

    def lines(self, article_id: str) -> tuple[Line, ...]:
        """All lines of the page behind an article, kept and dropped."""
        row = self._connection.execute("SELECT lines FROM article WHERE id = ?", (article_id,)).fetchone()
        return tuple(Line(*fields) for fields in json.loads(row[0])) if row else ()

    def original_of(self, article_id: str) -> str | None:
        """Id of the original an article is a copy of, or None."""
        row = self._connection.execute("SELECT copy_of FROM article WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def copies_of(self, article_id: str) -> list[str]:
        """Ids of the copies of an article, by name."""
        rows = self._connection.execute(
            "SELECT id FROM article WHERE copy_of = ? AND done = 1 ORDER BY name", (article_id,)
        )
        return [row[0] for row in rows]

    def copies(self) -> list[tuple[str, str]]:
        """(name of the copy, name of the original), by name."""
        return self._connection.execute(
            "SELECT c.name, o.name FROM article c JOIN article o ON c.copy_of = o.id WHERE c.done = 1"
            " ORDER BY c.name"
        ).fetchall()

    # passages and shingles

    def passages(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Passages with their language by id; those not stored, or of an article not done, are left out."""
        found: dict[str, tuple[Passage, str]] = {}
        for begin in range(0, len(ids), 500):
            part = ids[begin : begin + 500]
            rows = self._connection.execute(
                'SELECT p.id, p.article_id, p.start, p."end", p.text, p.kind, a.language FROM passage p'
                " JOIN article a ON a.id = p.article_id AND a.done = 1"
                f" WHERE p.id IN ({', '.join('?' * len(part))})",
                part,
            )
            found.update({row[0]: (Passage(*row[1:6]), row[6]) for row in rows})
        return found

    def headlines(self, limit: int) -> list[tuple[str, str, int]]:
        """(title, language, length of the text) of the longest originals that have a title."""
        return self._connection.execute(
            "SELECT title, language, LENGTH(text) FROM article WHERE done = 1 AND copy_of IS NULL"
            " AND title IS NOT NULL ORDER BY LENGTH(text) DESC, name LIMIT ?",
            (limit,),
        ).fetchall()

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in order of their start."""
        rows = self._connection.execute(
            'SELECT article_id, start, "end", text, kind FROM passage WHERE article_id = ? ORDER BY kind, start',
            (article_id,),
        )
        return [Passage(*row) for row in rows]

    def shingle_matches(self, hashes: Sequence[int]) -> dict[str, int]:
        """How many of the shingle hashes each stored article shares, by article id."""
        counts: dict[str, int] = {}
        for begin in range(0, len(hashes), 500):
            part = hashes[begin : begin + 500]
            rows = self._connection.execute(
                "SELECT article_id, COUNT(*) FROM shingle WHERE hash IN"
                f" ({', '.join('?' * len(part))}) GROUP BY article_id",
                part,
            )
            for article_id, count in rows:
                counts[article_id] = counts.get(article_id, 0) + count
        return counts

    def count(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a read-only counting query over the tables of SCHEMA."""
        return self._connection.execute(query, values).fetchall()


def _delete_article(connection: sqlite3.Connection, article_id: str) -> None:
    connection.execute("DELETE FROM passage WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM shingle WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM article WHERE id = ?", (article_id,))


def _article_of(row: Sequence[Any]) -> Article:
    name, text, language, *fields, estimate, provenance, captions, confidence = row
    title, author, publisher, section, published_at, updated_at, url = fields
    return Article(
        name=name, text=text, language=language, captions=tuple(json.loads(captions)), confidence=confidence,
        metadata=Metadata(
            title, author, publisher, section, published_at, updated_at, url,
            tuple(json.loads(estimate)) if estimate else None, json.loads(provenance),
        ),
    )
