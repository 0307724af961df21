"""How articles come into the catalogue and leave it, in steps that a kill cannot break.

An article counts only once its `done` mark is set, which happens after its vectors and its lexical
entries are stored. Copies are stored whole but point to their original and have no passages.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from ingest.corpus.database import Database
from ingest.corpus.rows import ArticleRow, StoredPage, lines_json

Task = Literal["compare", "remove"]


class Changes(Database):
    """Articles by id, written and removed."""

    def begin_articles(self, rows: Iterable[ArticleRow], chores: Iterable[tuple[str, Task]]) -> None:
        """Write articles in place of what has their ids, not yet done, and what must follow from it."""
        with self.transaction() as connection:
            for row in rows:
                _delete_article(connection, row.article.id)
                connection.execute("DELETE FROM chore WHERE article_id = ?", (row.article.id,))
                _insert_article(connection, row)
            _add_chores(connection, chores)

    def finish_articles(self, ids: Iterable[str]) -> None:
        """Set the done mark of articles whose index entries are stored."""
        with self.transaction() as connection:
            connection.executemany("UPDATE article SET done = 1 WHERE id = ?", [(key,) for key in ids])
            connection.execute("INSERT INTO generation VALUES (1)")

    def begin_removal(self, article_id: str) -> None:
        """Mark an article whose index entries are about to go; its copies are to be compared anew."""
        with self.transaction() as connection:
            connection.execute("UPDATE article SET done = -1 WHERE id = ?", (article_id,))
            copies = connection.execute("SELECT id FROM article WHERE copy_of = ? ORDER BY name", (article_id,))
            _add_chores(connection, [(row[0], "compare") for row in copies.fetchall()])

    def finish_removal(self, article_id: str) -> None:
        """Remove an article with its passages and shingles; no file holds it any more."""
        with self.transaction() as connection:
            _delete_article(connection, article_id)
            connection.execute("DELETE FROM held WHERE article_id = ?", (article_id,))
            connection.execute("DELETE FROM chore WHERE article_id = ?", (article_id,))
            connection.execute("INSERT INTO generation VALUES (1)")

    def chores(self) -> list[tuple[str, Task]]:
        """What remains to be done for stored articles, oldest first."""
        return self._connection.execute("SELECT article_id, task FROM chore ORDER BY place").fetchall()

    def drop_chore(self, article_id: str) -> None:
        """Nothing remains to be done for this article."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM chore WHERE article_id = ?", (article_id,))

    def change_embedder(self, recipe: dict[str, str]) -> None:
        """Build on with another embedder: every original is to be split and embedded anew, one by one."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO recipe VALUES (?, ?)", recipe.items())
            connection.execute("UPDATE article SET splitter = '' WHERE copy_of IS NULL")

    def mark_cleaned(self, article_id: str, page: StoredPage) -> None:
        """Replace what is kept of a page whose article stays as it is."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE article SET source = ?, digest = ?, lines = ?, page_chars = ?, cleaner = ? WHERE id = ?",
                (page.source, page.digest, lines_json(page.lines), page.page_chars, page.cleaner, article_id),
            )


def _insert_article(connection: sqlite3.Connection, row: ArticleRow) -> None:
    article, meta, page = row.article, row.article.metadata, row.page
    values: dict[str, Any] = {
        "id": article.id, "name": article.name, "source": page.source, "digest": page.digest,
        "text": article.text, "language": article.language, "title": meta.title, "author": meta.author,
        "publisher": meta.publisher, "section": meta.section, "published_at": meta.published_at,
        "updated_at": meta.updated_at, "url": meta.url,
        "estimate": json.dumps(meta.estimate) if meta.estimate else None,
        "provenance": json.dumps(dict(meta.provenance)), "captions": json.dumps(article.captions),
        "confidence": article.confidence, "lines": lines_json(page.lines), "page_chars": page.page_chars,
        "copy_of": row.copy_of, "cleaner": page.cleaner, "splitter": row.splitter,
        "shingles": np.array(row.shingles, dtype=np.int64).tobytes(),
    }
    number = connection.execute(
        f"INSERT INTO article ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    ).lastrowid
    connection.executemany(
        "INSERT OR REPLACE INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(p.id, p.article_id, p.kind, p.start, p.end, p.text, digest)
         for p, digest in zip(row.passages, row.inputs, strict=True)],
    )
    connection.executemany("INSERT OR IGNORE INTO shingle VALUES (?, ?)", [(value, number) for value in row.shingles])


def _delete_article(connection: sqlite3.Connection, article_id: str) -> None:
    row = connection.execute("SELECT number, shingles FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return
    number, shingles = row[0], np.frombuffer(row[1], dtype=np.int64).tolist()
    connection.executemany("DELETE FROM shingle WHERE hash = ? AND number = ?", [(s, number) for s in shingles])
    connection.execute("DELETE FROM passage WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM article WHERE number = ?", (number,))


def _add_chores(connection: sqlite3.Connection, chores: Iterable[tuple[str, Task]]) -> None:
    connection.executemany("INSERT OR REPLACE INTO chore (article_id, task) VALUES (?, ?)", list(chores))
